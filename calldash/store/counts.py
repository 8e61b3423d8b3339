"""How many rows each table of the store has."""

from typing import Any

_TABLES = (
    "SELECT table_name FROM duckdb_tables() "
    "WHERE database_name = current_database() AND NOT temporary AND NOT internal ORDER BY table_name"
)


def of_tables(cursor: Any) -> dict[str, int]:
    """Table -> rows, by name of the table."""
    names = [name for (name,) in cursor.execute(_TABLES).fetchall()]
    return {name: int(cursor.execute(f'SELECT count(*) FROM "{name}"').fetchall()[0][0]) for name in names}

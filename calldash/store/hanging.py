"""What hangs on a call by its system and id, and follows when several ids turn out to be one call's."""

from collections.abc import Mapping

import duckdb

# Tables in which a call has one line, or lines that belong together, and those in which lines of several may stand.
_ONE, _SEVERAL = ("marked", "transcripts", "transcript_lines", "talk_figures"), ("marks", "links", "callbacks")
TABLES = (*_ONE, *_SEVERAL)


def ids(cursor: duckdb.DuckDBPyConnection, system: str) -> set[str]:
    """The ids of `system` on which something hangs."""
    parts = " UNION ".join(f"SELECT id FROM {table} WHERE system = $system" for table in TABLES)
    return {id_ for (id_,) in cursor.execute(parts, {"system": system}).fetchall()}


def follow(cursor: duckdb.DuckDBPyConnection, system: str, moved: Mapping[str, str]) -> None:
    """What hangs on each old id of `moved` hangs on the new one; where the new one has its own, that stays."""
    for old, new in moved.items():
        named = {"system": system, "old": old, "new": new}
        for table in _ONE:
            cursor.execute(
                f"DELETE FROM {table} WHERE system = $system AND id = $old "
                f"AND EXISTS (FROM {table} WHERE system = $system AND id = $new)",
                named,
            )
        for table in TABLES:
            cursor.execute(f"UPDATE {table} SET id = $new WHERE system = $system AND id = $old", named)

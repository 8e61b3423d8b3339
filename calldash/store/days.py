"""Which days the rollups speak for: whoever changes calls says of which days."""

from collections.abc import Iterable
from datetime import date

import duckdb


def touch(cursor: duckdb.DuckDBPyConnection, days: Iterable[date]) -> None:
    """The calls of these days are no longer what they were when they were added up; talks may go on into the next."""
    if touched := sorted(set(days)):
        cursor.execute("DELETE FROM rollup_days WHERE day IN (SELECT unnest($1))", [touched])
        cursor.execute("INSERT INTO rollup_days SELECT unnest($1), FALSE, FALSE", [touched])
        cursor.execute("UPDATE rollup_days SET fresh = FALSE WHERE day - 1 IN (SELECT unnest($1))", [touched])


def touch_all(cursor: duckdb.DuckDBPyConnection) -> None:
    """No day is what it was."""
    cursor.execute("DELETE FROM rollup_days")
    cursor.execute("INSERT INTO rollup_days SELECT DISTINCT day, FALSE, FALSE FROM calls")


def of(cursor: duckdb.DuckDBPyConnection, text: str, values: dict[str, object] | None = None) -> list[date]:
    """The different days in the only column of what a statement gives."""
    cursor.execute(text, values)
    found: set[date] = set()
    while part := cursor.fetchmany(100_000):
        found.update(day for (day,) in part)
    return list(found)

"""Tracking numbers: an inbound call whose rows name no source has that of its line on its local day, reversibly."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date

import duckdb

from calldash.store import deals, sources


@dataclass(frozen=True)
class Line:
    """What the line advertises from a local day until another, both inclusive; None is an open end."""

    line: str
    source: str
    medium: str | None = None
    campaign: str | None = None
    from_day: date | None = None
    until_day: date | None = None


def lines(cursor: duckdb.DuckDBPyConnection) -> list[Line]:
    """The rows of the table, by line and day."""
    found = cursor.execute(
        "SELECT line, source, medium, campaign, from_day, until_day FROM tracking "
        "ORDER BY line, from_day NULLS FIRST, until_day"
    ).fetchall()
    return [Line(*row) for row in found]


def replace(cursor: duckdb.DuckDBPyConnection, wanted: Sequence[Line], who: str) -> int:
    """Puts `wanted` in the place of the whole table; calls and rollups follow. Gives how many calls changed.

    The changed calls stay in the temporary table `tracked (call_no)`.
    """
    before = set(lines(cursor))
    changed = sorted({one.line for one in before ^ set(wanted)})
    for one in before - set(wanted):
        cursor.execute(
            "DELETE FROM tracking WHERE line = $1 AND from_day IS NOT DISTINCT FROM $2", [one.line, one.from_day]
        )
    for one in [one for one in wanted if one not in before]:
        cursor.execute("INSERT INTO tracking VALUES ($1, $2, $3, $4, $5, $6, $7)", [*astuple(one), who])
    count = sources.derive(cursor, "line IN (SELECT unnest($lines))", {"lines": changed})
    deals.follow_sources(cursor)
    return count


def forget(cursor: duckdb.DuckDBPyConnection, who: str) -> None:
    """Removes what `who` entered."""
    made = {Line(*row[:6]) for row in cursor.execute("FROM tracking WHERE made_by = $1", [who]).fetchall()}
    if made:
        replace(cursor, [one for one in lines(cursor) if one not in made], who)

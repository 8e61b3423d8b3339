"""Tracking numbers: an inbound call whose rows name no source has that of its line on its local day, reversibly."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date

import duckdb

from calldash.store import days, deals


@dataclass(frozen=True)
class Line:
    """What the line advertises from a local day until another, both inclusive; None is an open end."""

    line: str
    source: str
    medium: str | None = None
    campaign: str | None = None
    from_day: date | None = None
    until_day: date | None = None


# The columns of a call `i`, as its rows give it, that its row `t` of the table decides.
IN_FORCE = {
    "source": "coalesce(i.source, t.source)",
    "medium": "coalesce(i.medium, t.medium)",
    "campaign": "coalesce(i.campaign, t.campaign)",
    "source_by": "CASE WHEN i.source IS NOT NULL THEN 'provider' WHEN t.source IS NOT NULL THEN 'tracking' END",
    "given_medium": "if(t.source IS NOT NULL, i.medium, NULL)",
    "given_campaign": "if(t.source IS NOT NULL, i.campaign, NULL)",
}
_JOIN = (
    "LEFT JOIN {table} t ON i.source IS NULL AND i.direction = 'inbound' AND t.line = i.line "
    "AND {day} >= coalesce(t.from_day, DATE '0001-01-01') AND {day} <= coalesce(t.until_day, DATE '9999-12-31')"
)
_NOTHING = "(SELECT * FROM tracking LIMIT 0)"
# Calls of the lines concerned as their rows give them.
_GIVEN = (
    "SELECT call_no, line, direction, day, if(source_by = 'tracking', NULL, source) AS source, "
    "if(source_by = 'tracking', given_medium, medium) AS medium, "
    "if(source_by = 'tracking', given_campaign, campaign) AS campaign "
    "FROM calls WHERE line IN (SELECT unnest($lines))"
)


def join(cursor: duckdb.DuckDBPyConnection, day: str) -> str:
    """The JOIN of `t` to calls `i` whose local day is the SQL `day`; it costs nothing where no line is known."""
    there = cursor.execute("SELECT 1 FROM tracking LIMIT 1").fetchone()
    return _JOIN.format(table="tracking" if there else _NOTHING, day=day)


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
    return _apply(cursor, changed)


def forget(cursor: duckdb.DuckDBPyConnection, who: str) -> None:
    """Removes what `who` entered."""
    made = {Line(*row[:6]) for row in cursor.execute("FROM tracking WHERE made_by = $1", [who]).fetchall()}
    if made:
        replace(cursor, [one for one in lines(cursor) if one not in made], who)


def _apply(cursor: duckdb.DuckDBPyConnection, changed: Sequence[str]) -> int:
    """Gives the calls of the lines `changed` the source that the table says now."""
    wanted = ", ".join(f"{sql} AS {name}" for name, sql in IN_FORCE.items())
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE wanted_sources AS SELECT i.call_no, {wanted} FROM ({_GIVEN}) i "
        f"{join(cursor, 'i.day')}",
        {"lines": list(changed)},
    )
    differs = " OR ".join(f"c.{name} IS DISTINCT FROM w.{name}" for name in IN_FORCE)
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE tracked AS SELECT c.call_no, c.client_id, c.day "
        f"FROM calls c JOIN wanted_sources w USING (call_no) WHERE {differs}"
    )
    sets = ", ".join(f"{name} = w.{name}" for name in IN_FORCE)
    cursor.execute(
        f"UPDATE calls SET {sets} FROM wanted_sources w "
        "WHERE w.call_no = calls.call_no AND calls.call_no IN (SELECT call_no FROM tracked)"
    )
    cursor.execute("DROP TABLE wanted_sources")
    days.touch(cursor, days.of(cursor, "SELECT DISTINCT day FROM tracked"))
    deals.follow_sources(cursor)
    [(count,)] = cursor.execute("SELECT count(*) FROM tracked").fetchall()
    return int(count)

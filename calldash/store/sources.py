"""Where calls and spend come from: what they say, else the line called, under the names that this counts as.

What they say stays beside it, so that the table of lines and that of names can change.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any

import duckdb

from calldash.store import days

_SOURCE, _CAMPAIGN = "coalesce(i.source, t.source)", "coalesce(i.campaign, t.campaign)"
_RENAMED = "coalesce(n.as_source, w.as_source) IS NOT NULL"
# The columns of a call `i`, as its rows give it, that its line `t`, its source `w` and its campaign `n` decide.
IN_FORCE = {
    "source": f"coalesce(n.as_source, w.as_source, {_SOURCE})",
    "medium": "coalesce(i.medium, t.medium)",
    "campaign": f"coalesce(n.as_campaign, {_CAMPAIGN})",
    "source_by": "CASE WHEN i.source IS NOT NULL THEN 'provider' WHEN t.source IS NOT NULL THEN 'tracking' END",
    "given_medium": "if(t.source IS NOT NULL, i.medium, NULL)",
    "given_campaign": "if(t.source IS NOT NULL, i.campaign, NULL)",
    "written_source": f"if({_RENAMED}, {_SOURCE}, NULL)",
    "written_campaign": f"if({_RENAMED}, {_CAMPAIGN}, NULL)",
}
_OF_SPEND = ("source", "campaign", "written_source", "written_campaign")
_OF_LINE = (
    "LEFT JOIN tracking t ON i.source IS NULL AND i.direction = 'inbound' AND t.line = i.line "
    "AND {day} >= coalesce(t.from_day, DATE '0001-01-01') AND {day} <= coalesce(t.until_day, DATE '9999-12-31')"
)
# A source is looked up first, then a campaign of what the source counts as.
_NAMED = (
    f"LEFT JOIN (SELECT * FROM campaign_names WHERE campaign IS NULL) w ON w.source = {_SOURCE} "
    f"LEFT JOIN (SELECT * FROM campaign_names WHERE campaign IS NOT NULL) n "
    f"ON n.source = coalesce(w.as_source, {_SOURCE}) AND n.campaign = {_CAMPAIGN}"
)
# Of each table its JOIN, and what its columns are called in `IN_FORCE`.
_TABLES = {
    "tracking": (_OF_LINE, re.compile(r"\bt\.\w+")),
    "campaign_names": (_NAMED, re.compile(r"\b[wn]\.\w+")),
}
# What is written of a call or of spend, whatever it counts as.
WRITTEN = {
    "source": "coalesce(written_source, source)",
    "campaign": "if(written_source IS NULL, campaign, written_campaign)",
}
_AS_GIVEN = (
    "SELECT call_no, line, direction, day, "
    f"if(source_by = 'tracking', NULL, {WRITTEN['source']}) AS source, "
    "if(source_by = 'tracking', given_medium, medium) AS medium, "
    f"if(source_by = 'tracking', given_campaign, {WRITTEN['campaign']}) AS campaign FROM calls WHERE "
)


def told(
    cursor: duckdb.DuckDBPyConnection, day: str = "NULL", asked: Collection[str] = tuple(_TABLES)
) -> tuple[dict[str, str], str]:
    """`IN_FORCE` by the tables `asked`, for calls `i` whose local day is the SQL `day`, and the JOINs that it needs.

    What a table without rows would say is NULL there: a million rows ask it nothing.
    """
    said = {table: table in asked and _has_rows(cursor, table) for table in _TABLES}

    def spelled(sql: str) -> str:
        for table, (_join, names) in _TABLES.items():
            sql = sql if said[table] else names.sub("NULL", sql)
        return sql

    joins = [spelled(join.format(day=day)) for table, (join, _names) in _TABLES.items() if said[table]]
    return {name: spelled(sql) for name, sql in IN_FORCE.items()}, " ".join(joins)


def _has_rows(cursor: duckdb.DuckDBPyConnection, table: str) -> bool:
    return cursor.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None


def derive(cursor: duckdb.DuckDBPyConnection, where: str, values: Mapping[str, Any]) -> int:
    """Gives calls (SQL over a call, with values) the source that the tables say now; rollups follow.

    Gives how many changed; they stay in the temporary table `tracked (call_no, client_id, day)`.
    """
    columns, joins = told(cursor, "i.day")
    wanted = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
    asked = f"SELECT i.call_no, {wanted} FROM ({_AS_GIVEN} {where}) i {joins}"
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE wanted_sources AS {asked}", dict(values))
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
    [(count,)] = cursor.execute("SELECT count(*) FROM tracked").fetchall()
    return int(count)


def derive_spend(cursor: duckdb.DuckDBPyConnection) -> int:
    """Gives lines of spend the names that the table says now; gives how many changed."""
    columns, joins = told(cursor, asked=("campaign_names",))
    wanted = ", ".join(f"{columns[name]} AS {name}" for name in _OF_SPEND)
    given = ", ".join(f"{sql} AS {name}" for name, sql in WRITTEN.items())
    differs = " OR ".join(f"spend.{name} IS DISTINCT FROM w.{name}" for name in _OF_SPEND)
    found = cursor.execute(
        f"UPDATE spend SET {', '.join(f'{name} = w.{name}' for name in _OF_SPEND)} FROM ("
        f"SELECT i.spend_no, {wanted} FROM (SELECT spend_no, {given} FROM spend) i {joins}) w "
        f"WHERE w.spend_no = spend.spend_no AND ({differs})"
    ).fetchall()
    return int(found[0][0])

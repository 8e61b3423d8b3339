"""Keeping the facts on calls that depend on their neighbours; the rules themselves are in facts.sql."""

from collections.abc import Sequence

import duckdb

from calldash.settings import Settings
from calldash.store import busy, days, deals, sql, workdays

# The facts of calls, those together that mostly change together: a column is written only of calls where it may differ.
_TOGETHER = (
    ("is_unique", "is_repeat", "is_episode"), ("next_inbound_at",),
    ("first_attempt_at", "closed_at", "closed_by", "due_at", "work_delay_s"),
)  # fmt: skip
FACTS = tuple(name for names in _TOGETHER for name in names)
_HOUR, _DAY = 3600.0, 86400.0
_OF_NEIGHBOURS = "call_no, client_id, system, id, started_at, ended_at, kind, direction, answered, spam, team"

# Calls that had facts and are none any more that has.
_FACTLESS = (
    "is_unique IS NOT NULL AND (spam OR kind <> 'voice' OR direction <> 'inbound') "
    "AND client_id IN (SELECT client_id FROM touched)"
)


def refresh(cursor: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Computes the facts of all stored calls of the clients in the temporary table `touched (client_id)`."""
    find(cursor, settings)
    update(cursor, _FACTLESS)
    deals.follow(cursor, settings)


def find(cursor: duckdb.DuckDBPyConnection, settings: Settings, of: Sequence[str] = ("calls",)) -> None:
    """Puts the facts of the clients in `touched` into the temporary table `facts`, a row a call.

    The calls are those of the tables or views `of`: what is not stored yet may count as if it were.
    """
    parts = " UNION ALL ".join(f"SELECT {_OF_NEIGHBOURS} FROM {table}" for table in of)
    cursor.execute(f"CREATE OR REPLACE TEMP VIEW neighbours AS {parts}")
    memory = settings.unique_memory_days
    sql.run(cursor, "facts.sql", window=settings.callback_window_h * _HOUR)
    workdays.spans(cursor, settings)
    sql.run(
        cursor,
        "clocks.sql",
        repeat=settings.repeat_days * _DAY,
        memory=memory * _DAY if memory is not None else None,
        target=settings.callback_target_min * 60,
    )


def update(cursor: duckdb.DuckDBPyConnection, factless: str = "FALSE") -> None:
    """Writes what is in `facts` to those stored calls that say something else, and nulls to those `factless` (SQL)."""
    differ = [" OR ".join(f"c.{name} IS DISTINCT FROM f.{name}" for name in names) for names in _TOGETHER]
    has = [" OR ".join(f"{name} IS NOT NULL" for name in names) for names in _TOGETHER]
    # First which: a RETURNING would read every column of all the calls.
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE other_facts AS SELECT f.*, c.day, {_numbered(differ)} FROM facts f "
        f"JOIN calls c ON c.call_no = f.call_no WHERE {' OR '.join(differ)} UNION ALL BY NAME "
        f"SELECT call_no, day, {_numbered(has)} FROM calls WHERE {factless}"
    )
    for at, names in enumerate(_TOGETHER):
        cursor.execute(
            f"UPDATE calls SET {', '.join(f'{name} = f.{name}' for name in names)} "
            f"FROM (FROM other_facts WHERE differs_{at}) f WHERE calls.call_no = f.call_no"
        )
    days.touch(cursor, days.of(cursor, "SELECT DISTINCT day FROM other_facts"))


def _numbered(conditions: Sequence[str]) -> str:
    return ", ".join(f"({one}) AS differs_{at}" for at, one in enumerate(conditions))


def refresh_all(cursor: duckdb.DuckDBPyConnection, settings: Settings, rezone: bool) -> None:
    """Computes the facts of every call; with `rezone` the local days and hours too."""
    if rezone:
        local = "timezone($1, timezone('UTC', started_at))"
        cursor.execute(
            f"UPDATE calls SET day = CAST({local} AS DATE), hour = hour({local}), weekday = isodow({local})",
            [settings.zone],
        )
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT client_id FROM calls WHERE client_id IS NOT NULL"
    )
    refresh(cursor, settings)
    busy.refresh_all(cursor, settings)
    days.touch_all(cursor)

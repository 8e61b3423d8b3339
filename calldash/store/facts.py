"""Keeping the facts on calls that depend on their neighbours; the rules themselves are in facts.sql."""

import duckdb

from calldash.settings import Settings
from calldash.store import sql

FACTS = ("is_unique", "is_repeat", "next_inbound_at", "is_episode", "first_attempt_at", "closed_at", "closed_by")
_HOUR, _DAY = 3600.0, 86400.0


def refresh(cursor: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Computes the facts of all calls of the clients in the temporary table `touched (client_id)`."""
    memory = settings.unique_memory_days
    sql.run(
        cursor,
        "facts.sql",
        window=settings.callback_window_h * _HOUR,
        repeat=settings.repeat_days * _DAY,
        memory=memory * _DAY if memory is not None else None,
    )
    changed = " OR ".join(f"calls.{name} IS DISTINCT FROM facts.{name}" for name in FACTS)
    given = ", ".join(f"{name} = facts.{name}" for name in FACTS)
    cursor.execute(f"UPDATE calls SET {given} FROM facts WHERE calls.call_no = facts.call_no AND ({changed})")
    none = ", ".join(f"{name} = NULL" for name in FACTS)
    cursor.execute(
        f"UPDATE calls SET {none} WHERE is_unique IS NOT NULL "
        "AND client_id IN (SELECT client_id FROM touched) AND call_no NOT IN (SELECT call_no FROM facts)"
    )


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

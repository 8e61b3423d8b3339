"""Keeping the fact that everybody in the queue was talking when a call was missed; the rule is in busy.sql."""

from datetime import date, timedelta

import duckdb

from calldash.settings import Settings
from calldash.store import days, sql

_OTHERWISE = (
    "UPDATE calls SET all_busy = {value} WHERE day BETWEEN $first AND $last AND {before} "
    "AND call_no {among} (SELECT call_no FROM all_busy) RETURNING day"
)


def refresh(cursor: duckdb.DuckDBPyConnection, settings: Settings, first: date, last: date) -> None:
    """Computes the fact anew for the calls that talks and rings of the local days `first` to `last` bear on."""
    reach = last + timedelta(days=settings.queue_member_days)
    [(newest,)] = cursor.execute("SELECT max(day) FROM calls WHERE day <= $1", [reach]).fetchall()
    if newest is None:
        return
    period = {"first": first, "last": newest}
    sql.run(cursor, "busy.sql", **period, days=settings.queue_member_days)
    for value, before, among in (("TRUE", "all_busy IS NULL", "IN"), ("NULL", "all_busy", "NOT IN")):
        text = _OTHERWISE.format(value=value, before=before, among=among)
        days.touch(cursor, days.of(cursor, text, period))


def refresh_all(cursor: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Computes the fact anew for every call."""
    [(first, last)] = cursor.execute("SELECT min(day), max(day) FROM calls").fetchall()
    if first:
        refresh(cursor, settings, first, last)


def days_of(cursor: duckdb.DuckDBPyConnection) -> tuple[date, date] | None:
    """The first and the last day that the batch may speak of, of calls that come or go; before it is written.

    A day more at each end: local days differ from UTC's, and telling them row by row takes long.
    """
    [(first, last)] = cursor.execute(
        "SELECT min(day), max(day) FROM ("
        "SELECT CAST(min(v_started_at) AS DATE) - 1 AS day FROM typed "
        "UNION ALL SELECT CAST(max(v_started_at) AS DATE) + 1 FROM typed "
        "UNION ALL SELECT day FROM calls WHERE call_no IN (SELECT call_no FROM met WHERE NOT same))"
    ).fetchall()
    return (first, last) if first else None

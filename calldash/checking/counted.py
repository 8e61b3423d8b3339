"""Counts that must agree, and rows that must have another: a line of a table each, and none may be found."""

from collections.abc import Iterator

from calldash.checking.finding import REPAIR, RESTORE, Finding, Looked
from calldash.i18n import mark
from calldash.store.hanging import TABLES

_KEPT = mark("Nothing is lost: import the calls again and it belongs to them, or leave it.")
_LOCAL_DAY = "timezone($zone, timezone('UTC', started_at))"
# What is counted, the sentence where it is not 0, and what to do.
_COUNTS = (
    (
        "SELECT count(*) - count(DISTINCT call_no) FROM calls",
        mark("{count} calls share their number with another call."),
        RESTORE,
    ),
    (
        "SELECT count(*) - count(DISTINCT (system, id)) FROM calls",
        mark("{count} calls are stored twice."),
        RESTORE,
    ),
    (
        "SELECT count(*) FROM calls c WHERE has_legs <> (c.call_no IN (SELECT call_no FROM legs))",
        mark("{count} calls do not agree with their legs on whether there are any."),
        RESTORE,
    ),
    (
        "SELECT count(*) FROM (SELECT call_no FROM legs GROUP BY call_no, leg_no HAVING count(*) > 1)",
        mark("{count} legs of calls are stored twice."),
        RESTORE,
    ),
    (
        f"SELECT count(*) FROM calls WHERE day <> CAST({_LOCAL_DAY} AS DATE) OR hour <> hour({_LOCAL_DAY}) "
        f"OR weekday <> isodow({_LOCAL_DAY})",
        mark("{count} calls stand on a wrong local day or hour."),
        REPAIR,
    ),
    (
        "SELECT count(*) FROM imports i WHERE rows_rejected <> "
        "(SELECT count(*) FROM rejects r WHERE r.import_id = i.import_id)",
        mark("{count} imports counted other rejected rows than are kept."),
        RESTORE,
    ),
    (
        "SELECT count(*) FROM imports WHERE rows_read <> "
        "rows_new + rows_changed + rows_same + rows_rejected + rows_ignored",
        mark("{count} imports read other rows than they account for."),
        RESTORE,
    ),
    (
        "SELECT count(*) FROM systems s WHERE newest_at IS DISTINCT FROM "
        "(SELECT max(started_at) FROM calls c WHERE c.system = s.system)",
        mark("{count} phone systems have another newest call than is noted."),
        RESTORE,
    ),
    (
        "SELECT count(DISTINCT day) FROM calls WHERE day NOT IN (SELECT day FROM rollup_days)",
        mark("{count} days with calls are not known to the rollups."),
        REPAIR,
    ),
)
# Rows of a table whose columns must stand in another, and what to do about those that do not.
_LINKS = (
    ("legs", "calls", ("call_no",), RESTORE),
    ("calls", "clients", ("client_id",), RESTORE),
    ("calls", "imports", ("import_id",), RESTORE),
    ("rows", "imports", ("import_id",), RESTORE),
    ("rejects", "imports", ("import_id",), RESTORE),
    ("calls", "systems", ("system",), RESTORE),
    ("sessions", "accounts", ("login",), RESTORE),
    ("one_time_codes", "accounts", ("login",), RESTORE),
    ("attributed", "deals", ("deal_no",), RESTORE),
    *((table, "calls", ("system", "id"), _KEPT) for table in TABLES),
)


def counts(looked: Looked) -> Iterator[Finding]:
    """Counts that do not agree."""
    for text, sentence, advice in _COUNTS:
        values = {"zone": looked.store.settings.zone} if "$zone" in text else ()
        if count := looked.rows(text, values)[0][0]:
            yield Finding(sentence, advice, {"count": count})


def links(looked: Looked) -> Iterator[Finding]:
    """Rows that hang on nothing; what is empty hangs on nothing by itself, as the code for the first account."""
    for table, whole, columns, advice in _LINKS:
        same = " AND ".join(f"p.{column} = t.{column}" for column in columns)
        known = " AND ".join(f"nullif(CAST(t.{column} AS VARCHAR), '') IS NOT NULL" for column in columns)
        text = f'SELECT count(*) FROM "{table}" t ANTI JOIN "{whole}" p ON {same} WHERE {known}'
        if count := looked.rows(text)[0][0]:
            sentence = mark("{count} rows of the table {table} belong to nothing in the table {whole}.")
            yield Finding(sentence, advice, {"count": count, "table": table, "whole": whole})

"""Facts on calls that depend on other calls, computed anew beside those that are stored."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from calldash.checking.finding import REPAIR, Finding, Looked
from calldash.i18n import mark
from calldash.store import Store, facts, sql

# Computed at once: so many calls, of whole clients; so many days of them. The memory that it takes stays the same.
_CALLS, _DAYS = 1_000_000, 92
_SOME = (
    "CREATE OR REPLACE TEMP TABLE touched AS "
    "SELECT DISTINCT client_id FROM calls WHERE client_id IS NOT NULL AND client_id % $parts = $part"
)
_OTHERS = ", ".join(f"count(*) FILTER (c.{name} IS DISTINCT FROM f.{name})" for name in facts.FACTS)
_SAME = (
    f"SELECT {_OTHERS} FROM calls c LEFT JOIN facts f ON f.call_no = c.call_no "
    "WHERE coalesce(c.client_id % $parts, 0) = $part"
)
_BUSY = (
    "SELECT count(*) FROM calls WHERE day BETWEEN $first AND $last "
    "AND coalesce(all_busy, FALSE) <> (call_no IN (SELECT call_no FROM all_busy))"
)


def differing(looked: Looked) -> Iterator[Finding]:
    """Calls whose facts are others than follow from the calls; only temporary tables are written."""
    [(calls, first, last)] = looked.rows("SELECT count(*), min(day), max(day) FROM calls")
    if not calls:
        return
    counts = Counter[str]()
    parts = -(-calls // _CALLS)
    for part in range(parts):
        looked.step(0.8 * part / parts)
        counts.update(_of_clients(looked, {"parts": parts, "part": part}))
    days = (last - first).days + 1
    for begin in range(0, days, _DAYS):
        looked.step(0.8 + 0.2 * begin / days)
        counts["all_busy"] += _busy(looked, first + timedelta(begin), min(first + timedelta(begin + _DAYS - 1), last))
    for fact, count in counts.items():
        if count:
            sentence = mark("Of {count} calls the stored fact {fact} is another than their neighbours give.")
            yield Finding(sentence, REPAIR, {"count": count, "fact": fact})


def _of_clients(looked: Looked, some: dict[str, int]) -> dict[str, int]:
    looked.cursor.execute(_SOME, some)
    facts.find(looked.cursor, looked.store.settings)
    return dict(zip(facts.FACTS, looked.rows(_SAME, some)[0], strict=True))


def _busy(looked: Looked, first: date, last: date) -> int:
    period = {"first": first, "last": last}
    sql.run(looked.cursor, "busy.sql", **period, days=looked.store.settings.queue_member_days)
    return int(looked.rows(_BUSY, period)[0][0])


def repair(store: Store) -> None:
    """Computes local days and all facts anew; the rollups follow when the app runs."""
    with store.writing() as cursor:
        facts.refresh_all(cursor, store.settings, rezone=True)

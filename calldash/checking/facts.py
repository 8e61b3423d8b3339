"""Facts on calls that depend on other calls, computed anew beside those that are stored."""

from collections.abc import Iterator

from calldash.checking.finding import REPAIR, Finding, Looked
from calldash.i18n import mark
from calldash.store import Store, facts, sql

_EVERYBODY = "CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT client_id FROM calls WHERE client_id IS NOT NULL"
_SAME = (
    "SELECT count(*) FROM calls c LEFT JOIN facts f ON f.call_no = c.call_no WHERE c.{name} IS DISTINCT FROM f.{name}"
)
_BUSY = "SELECT count(*) FROM calls WHERE coalesce(all_busy, FALSE) <> (call_no IN (SELECT call_no FROM all_busy))"


def differing(looked: Looked) -> Iterator[Finding]:
    """Calls whose facts are others than follow from the calls; only temporary tables are written."""
    settings = looked.store.settings
    looked.cursor.execute(_EVERYBODY)
    facts.find(looked.cursor, settings)
    counts = {name: looked.rows(_SAME.format(name=name))[0][0] for name in facts.FACTS}
    [(first, last)] = looked.rows("SELECT min(day), max(day) FROM calls")
    if first:
        sql.run(looked.cursor, "busy.sql", first=first, last=last, days=settings.queue_member_days)
        counts["all_busy"] = looked.rows(_BUSY)[0][0]
    for fact, count in counts.items():
        if count:
            sentence = mark("Of {count} calls the stored fact {fact} is another than their neighbours give.")
            yield Finding(sentence, REPAIR, {"count": count, "fact": fact})


def repair(store: Store) -> None:
    """Computes local days and all facts anew; the rollups follow when the app runs."""
    with store.writing() as cursor:
        facts.refresh_all(cursor, store.settings, rezone=True)

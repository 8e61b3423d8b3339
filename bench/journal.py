"""How long a page of the journal takes over the big store: first, middle and last page, by several columns."""

from collections.abc import Iterator

from bench.scratch import Scratch
from bench.table import Line, seconds_of
from calldash.filters import CallFilter, from_pairs
from calldash.filters.arranged import USUAL
from calldash.query import Moment, Question, count_of, listing
from calldash.store import Store, open_store
from calldash.ui.journal.pages import keys
from calldash.ui.journal.state import PAGE_ROWS

_AIM = 1.0  # seconds
_SORTS = ("started_at", "talk_s", "cost", "employee", "status")
_FILTERS: dict[str, dict[str, str]] = {
    "all calls": {},
    "tagged, in working hours": {"tag": "vip", "working": "yes"},
}


def journal(scratch: Scratch) -> list[Line]:
    """The pages and the sums above them."""
    store = open_store(scratch.big_store())
    try:
        return list(measured(store))
    finally:
        store.close()


def measured(store: Store) -> Iterator[Line]:
    """The lines over an open store."""
    for name, pairs in _FILTERS.items():
        chosen = from_pairs(pairs)
        asked = count_of(chosen, Moment(store.settings, store.now()))
        listed = int(store.rows(asked.sql, asked.values)[0][0])
        yield _line(f"journal, {name} ({listed:,}): sums", store, asked)
        for sort in _SORTS:
            yield from _pages(store, chosen, sort, listed)


def _pages(store: Store, chosen: CallFilter, sort: str, listed: int) -> Iterator[Line]:
    last = (listed - 1) // PAGE_ROWS * PAGE_ROWS
    for place, offset in (("first", 0), ("middle", last // 2), ("last", last)):
        moment = Moment(store.settings, store.now())
        asked = listing(keys(USUAL), chosen, moment, sort, True, PAGE_ROWS, offset, listed)
        yield _line(f"  by {sort}, {place} page", store, asked)


def _line(measure: str, store: Store, asked: Question) -> Line:
    seconds = seconds_of(lambda: store.frame(asked.sql, asked.values))
    return Line(measure, f"{seconds * 1000:.0f} ms", seconds, _AIM, " s")

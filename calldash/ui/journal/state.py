"""What the journal shows besides its filter, in the URL as codes: columns in their order, sorting, page, open call."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import ceil
from urllib.parse import urlencode

import streamlit as st

from calldash.filters import CallFilter, arranged
from calldash.filters.arranged import USUAL
from calldash.metrics import CALL_COLUMNS
from calldash.server.running import store
from calldash.store import named
from calldash.ui import address

PAGE_ROWS = 50
_PAGE, CALL = "page", "call"
_NAMES = (arranged.COLUMNS, arranged.SORT, arranged.ORDER, _PAGE)
_SORTED = "started_at"
_SEEN = "journal_seen"
_LONGEST = 18  # digits of a number that a store can hold


@dataclass(frozen=True)
class View:
    """How the journal is shown; `page` counts from 1."""

    columns: tuple[str, ...] = USUAL
    sort: str = _SORTED
    descending: bool = True
    page: int = 1

    def sorted_by(self, column: str) -> "View":
        """The same by another column, or the other way round by the same one, from the first page."""
        return replace(self, sort=column, descending=column != self.sort or not self.descending, page=1)

    def within(self, calls: int) -> "View":
        """The same on a page that `calls` calls have."""
        return replace(self, page=min(self.page, pages(calls)))

    @property
    def offset(self) -> int:
        """How many calls stand before this page."""
        return (self.page - 1) * PAGE_ROWS


def pages(calls: int) -> int:
    """How many pages `calls` calls fill; an empty journal has one."""
    return max(1, ceil(calls / PAGE_ROWS))


def parse(pairs: dict[str, str]) -> View:
    """The view that `pairs` describe; what is nonsense counts as not given."""
    sorting = arranged.sorting(pairs, CALL_COLUMNS, _SORTED)
    return View(arranged.columns(pairs), *sorting, page=max(1, number(pairs.get(_PAGE)) or 1))


def to_pairs(view: View) -> dict[str, str]:
    """The view as names and texts that `parse` understands; defaults are left out."""
    pairs = arranged.column_pairs(view.columns) | arranged.sorting_pairs(view.sort, view.descending, _SORTED)
    return pairs | ({_PAGE: str(view.page)} if view.page > 1 else {})


def number(text: str | None) -> int | None:
    """A whole number as a URL holds it; None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= _LONGEST else None


def current(chosen: CallFilter) -> View:
    """The view of the URL; a filter that has changed since the last run begins at its first page."""
    page = st.query_params.get(_PAGE)
    seen = st.session_state.get(_SEEN)
    if page and seen and seen[0] != chosen and seen[1] == page:
        del st.query_params[_PAGE]
    st.session_state[_SEEN] = (chosen, st.query_params.get(_PAGE))
    return parse(_here())


def put(view: View) -> None:
    """Makes `view` that of the URL."""
    others = {name: value for name, value in _here().items() if name not in _NAMES}
    st.query_params.from_dict(others | to_pairs(view))


def open_call() -> str | None:
    """The name of the call that the URL opens, as it is written there; None when it opens none."""
    return st.query_params.get(CALL)


def opened() -> int | None:
    """The number of the call that the URL opens; None when it opens none, or names one that is not there."""
    return named.find(store(), open_call())


def pairs_of(call_no: int) -> dict[str, str]:
    """What an address says to open a call."""
    return {CALL: named.name(store(), call_no)}


def put_call(call_no: int | None) -> None:
    """Opens a call; None closes the one that is open."""
    if call_no is not None:
        st.query_params.update(pairs_of(call_no))
    elif CALL in st.query_params:
        del st.query_params[CALL]


def put_step(call_no: int, page: int) -> None:
    """Opens a call that stands on a page of the list, and shows that page."""
    put(replace(parse(_here()), page=page))
    put_call(call_no)


def links(calls: Iterable[int]) -> dict[int, tuple[str, bool]]:
    """By the calls' numbers: the address, relative to this page, that opens each too, and whether it is open now."""
    here, now_open = address.read() | _here(), open_call()
    found = named.names(store(), calls).items()
    return {number: ("?" + urlencode(here | {CALL: name}), name == now_open) for number, name in found}


def _here() -> dict[str, str]:
    return {name: st.query_params[name] for name in st.query_params}

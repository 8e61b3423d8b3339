"""Pages of the journal: the calls of one, and the calls before and after one of them in the whole list."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from calldash import query
from calldash.filters import CallFilter
from calldash.query import Moment
from calldash.server.running import store
from calldash.store import Store
from calldash.ui import asking
from calldash.ui.journal import state, table
from calldash.ui.journal.state import PAGE_ROWS, View


@dataclass(frozen=True)
class Step:
    """A call and the page of the list that it stands on."""

    call_no: int
    page: int


@dataclass(frozen=True)
class Around:
    """The neighbours of a call in the list, and of those with a recording; None at the list's ends."""

    before: Step | None = None
    after: Step | None = None
    recorded: tuple[int | None, int | None] = (None, None)


def page(view: View, chosen: CallFilter, listed: int) -> pd.DataFrame:
    """The calls of a page of the `listed` ones: what the view shows, their recordings, the currency of money."""
    return _page(store(), view, chosen, listed, asking.stamp())


def keys(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns to ask for so that `columns` can be shown and the next recording found."""
    return tuple(dict.fromkeys((*table.needed(columns), "recording")))


@st.cache_data(max_entries=64, show_spinner=False)
def _page(_store: Store, view: View, chosen: CallFilter, listed: int, stamp: tuple[str, ...]) -> pd.DataFrame:  # noqa: ARG001
    moment = Moment(_store.settings, _store.now())
    asked = query.listing(
        keys(view.columns), chosen, moment, view.sort, view.descending, PAGE_ROWS, view.offset, listed
    )
    return _store.frame(asked.sql, asked.values)


def showing(call_no: int, view: View, chosen: CallFilter, listed: int) -> View:
    """The view on the page that has a call, if that is the view's own or the one before or after; else as it is."""
    pages = (view.page, view.page + 1, view.page - 1)
    for number in pages:
        near = replace(view, page=number)
        if 0 < number <= state.pages(listed) and any(
            step.call_no == call_no for step, _recorded in _steps(near, chosen, listed)
        ):
            return near
    return view


def around(call_no: int, view: View, chosen: CallFilter, listed: int) -> Around:
    """The neighbours of a call; nobody for one that the view's page does not have."""
    here = _steps(view, chosen, listed)
    place = next((index for index, (step, _recorded) in enumerate(here) if step.call_no == call_no), None)
    if place is None:
        return Around()
    if place == 0 and view.page > 1:
        here = [*_steps(replace(view, page=view.page - 1), chosen, listed), *here]
        place += PAGE_ROWS
    if place == len(here) - 1 and view.page < state.pages(listed):
        here += _steps(replace(view, page=view.page + 1), chosen, listed)
    before, after = here[:place][::-1], here[place + 1 :]
    recorded = [next((step.call_no for step, has in side if has), None) for side in (before, after)]
    return Around(
        before[0][0] if before else None, after[0][0] if after else None, (recorded[0], recorded[1])
    )  # fmt: skip


def _steps(view: View, chosen: CallFilter, listed: int) -> list[tuple[Step, bool]]:
    """The calls of a page in their order, and whether each has a recording."""
    found = page(view, chosen, listed)
    numbers = zip(found["call_no"], found["recording"].notna(), strict=True)
    return [(Step(int(number), view.page), bool(has)) for number, has in numbers]

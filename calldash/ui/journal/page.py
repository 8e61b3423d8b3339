"""The journal of calls: what is listed in sum, columns and sorting to choose, a page of rows, the whole as a file."""

from dataclasses import replace
from functools import partial

import streamlit as st

from calldash import formats
from calldash.filters import CallFilter, to_pairs
from calldash.i18n import gettext as _
from calldash.metrics import CALL_COLUMNS
from calldash.telling.values import column_title
from calldash.ui import downloads
from calldash.ui.call_card import card
from calldash.ui.costs import charged
from calldash.ui.fields import hold
from calldash.ui.journal import columns, pages, picked, state, sums, table
from calldash.ui.journal.state import PAGE_ROWS, View

_SORT, _PAGE, _TABLE = "journal_sort", "journal_page", "journal_table"
_HEIGHT = "40rem"  # of the table, before it scrolls under its header


def draw(chosen: CallFilter) -> None:
    """Draws the journal of a filter, and the card of the call that the URL opens."""
    found = sums.of(chosen)
    listed = int(found["listed"])
    opened = state.opened()
    view = _view(chosen, listed, opened)
    picked.keep(chosen)
    if state.open_call():  # first, so that what is wrong with a link is read before the list
        card.show(opened, partial(pages.around, view=view, chosen=chosen, listed=listed))
    if listed:
        st.html(sums.markup(found))
        charged.draw(chosen)
        _controls(view, chosen)
        picked.draw(chosen, listed)
        _rows(view, chosen, listed)
    else:
        st.info(_("Nothing to show here: choose a longer period or fewer filters."), icon=":material/search_off:")


def _view(chosen: CallFilter, listed: int, number: int | None) -> View:
    """The view of the URL; who goes on from the page's last call, as in the player, takes the list along."""
    view = state.current(chosen).within(listed)
    if number is None or not listed:
        return view
    shown = pages.showing(number, view, chosen, listed)
    if shown != view:
        state.put(shown)
    return shown


def _controls(view: View, chosen: CallFilter) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="journal-controls"):
        with st.popover(_("Columns"), icon=":material/view_column:"):
            columns.draw(view)
        hold(_SORT, view.sort)
        st.selectbox(
            _("Sort by"), list(CALL_COLUMNS), format_func=column_title, key=_SORT, width=230, on_change=_sort_changed,
            args=(view,),
        )  # fmt: skip
        way = _("Descending") if view.descending else _("Ascending")
        icon = ":material/arrow_downward:" if view.descending else ":material/arrow_upward:"
        st.button(way, icon=icon, key="journal_order", on_click=state.put, args=(view.sorted_by(view.sort),))
        _download(view, chosen)


def _sort_changed(view: View) -> None:
    state.put(View(view.columns, st.session_state[_SORT], view.descending))


def _page_changed(view: View, key: str) -> None:
    state.put(replace(view, page=st.session_state[key]))


def _rows(view: View, chosen: CallFilter, listed: int) -> None:
    calls = pages.page(view, chosen, listed)
    table.draw(calls, _TABLE, _("Calls"), view, listed, _HEIGHT)
    if listed > PAGE_ROWS:
        count = state.pages(listed)
        key = f"{_PAGE}_{view.page}_{count}"  # one key for all would bring back the page it was left on
        st.pagination(count, default=view.page, key=key, on_change=_page_changed, args=(view, key))
        first, last = view.offset + 1, view.offset + len(calls)
        st.caption(_("Calls {first} to {last} of {all}").format(**_numbers(first=first, last=last, all=listed)))


def _numbers(**values: int) -> dict[str, str]:
    return {name: formats.number(value) for name, value in values.items()}


def _download(view: View, chosen: CallFilter) -> None:
    downloads.draw(to_pairs(chosen) | state.to_pairs(replace(view, page=1)), key="journal_download")

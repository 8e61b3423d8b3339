"""The journal of calls: what is listed in sum, columns and sorting to choose, a page of rows, the whole as a file."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from calldash import formats, i18n, query
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import ngettext
from calldash.metrics import CALL_COLUMNS
from calldash.query import Moment
from calldash.server.running import store
from calldash.store import Store
from calldash.ui import asking, call_card, journal_csv, journal_state, journal_table
from calldash.ui.fields import hold
from calldash.ui.journal_cells import column_title
from calldash.ui.journal_state import PAGE_ROWS, View
from calldash.ui.safe import as_html

_COLUMNS, _SORT, _PAGE, _TABLE = "journal_columns", "journal_sort", "journal_page", "journal_table"
_HEIGHT = "40rem"  # of the table, before it scrolls under its header


def draw(chosen: CallFilter) -> None:
    """Draws the journal of a filter, and the card of the call that the URL opens."""
    listed, talk, cost = _totals(store(), chosen, asking.stamp())
    view = journal_state.current(chosen).within(listed)
    if listed:
        st.html(_summary(listed, talk, cost))
        _controls(view, chosen, listed)
        _rows(view, chosen, listed)
    else:
        st.info(_("Nothing to show here: choose a longer period or fewer filters."), icon=":material/search_off:")
    if text := journal_state.open_call():
        call_card.show(text)


def _moment(found: Store) -> Moment:
    return Moment(found.settings, found.now())


@st.cache_data(max_entries=64, show_spinner=False)
def _totals(_store: Store, chosen: CallFilter, stamp: tuple[str, ...]) -> tuple[int, Any, Any]:  # noqa: ARG001
    asked = query.count_of(chosen, _moment(_store))
    listed, talk, cost = _store.rows(asked.sql, asked.values)[0]
    return int(listed), talk, cost


@st.cache_data(max_entries=64, show_spinner=False)
def _page(_store: Store, view: View, chosen: CallFilter, stamp: tuple[str, ...]) -> pd.DataFrame:  # noqa: ARG001
    keys = journal_table.needed(view.columns)
    asked = query.listing(keys, chosen, _moment(_store), view.sort, view.descending, PAGE_ROWS, view.offset)
    return _store.frame(asked.sql, asked.values)


def _summary(listed: int, talk: Any, cost: Any) -> str:
    """What is listed, in sum, as HTML."""
    calls = ngettext("{number} call", "{number} calls", listed).format(number=formats.number(listed))
    parts = [f"<b>{as_html(calls)}</b>"]
    reasons = (_("No time known in this selection"), _("No amount known, or several currencies"))
    sums = ((_("Talk"), "seconds", talk), (_("Cost"), "money", cost))
    for (name, unit, value), reason in zip(sums, reasons, strict=True):
        why = f" <small>({as_html(reason)})</small>" if value is None else ""
        parts.append(f"{as_html(name)}: <b>{as_html(formats.in_unit(unit, value))}</b>{why}")
    spans = "".join(f"<span>{part}</span>" for part in parts)
    return f'<div style="display:flex;flex-wrap:wrap;gap:.2rem 1.5rem;font-variant-numeric:tabular-nums">{spans}</div>'


def _controls(view: View, chosen: CallFilter, listed: int) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="journal-controls"):
        with st.popover(_("Columns"), icon=":material/view_column:"):
            _columns(view)
        hold(_SORT, view.sort)
        st.selectbox(
            _("Sort by"), list(CALL_COLUMNS), format_func=column_title, key=_SORT, width=230, on_change=_sort_changed,
            args=(view,),
        )  # fmt: skip
        way = _("Descending") if view.descending else _("Ascending")
        icon = ":material/arrow_downward:" if view.descending else ":material/arrow_upward:"
        st.button(way, icon=icon, key="journal_order", on_click=journal_state.put, args=(view.sorted_by(view.sort),))
        _download(view, chosen, listed)


def _columns(view: View) -> None:
    number, shown = st.session_state.get(_COLUMNS, (0, ()))
    # A popover draws its fields when it opens: values set from outside come as the default of a new field.
    number += shown != view.columns
    st.session_state[_COLUMNS] = (number, view.columns)
    key = f"{_COLUMNS}_{number}"
    st.multiselect(
        _("Columns, in the order in which they stand"), list(CALL_COLUMNS), list(view.columns), key=key,
        format_func=column_title, on_change=_columns_changed, args=(view, key), placeholder=_("The usual columns"),
    )  # fmt: skip
    usual = View(sort=view.sort, descending=view.descending, page=view.page)
    st.button(_("The usual columns"), key="journal_usual", on_click=journal_state.put, args=(usual,))


def _columns_changed(view: View, key: str) -> None:
    picked = tuple(st.session_state[key])
    if picked:
        st.session_state[_COLUMNS] = (st.session_state[_COLUMNS][0], picked)
    picked = picked or journal_state.USUAL
    journal_state.put(View(picked, view.sort, view.descending, view.page))


def _sort_changed(view: View) -> None:
    journal_state.put(View(view.columns, st.session_state[_SORT], view.descending))


def _page_changed(view: View, key: str) -> None:
    journal_state.put(View(view.columns, view.sort, view.descending, st.session_state[key]))


def _rows(view: View, chosen: CallFilter, listed: int) -> None:
    calls = _page(store(), view, chosen, asking.stamp())
    journal_table.draw(calls, view.columns, _TABLE, _("Calls"), view, _HEIGHT)
    if listed > PAGE_ROWS:
        pages = journal_state.pages(listed)
        key = f"{_PAGE}_{view.page}_{pages}"  # one key for all would bring back the page it was left on
        st.pagination(pages, default=view.page, key=key, on_change=_page_changed, args=(view, key))
        first, last = view.offset + 1, view.offset + len(calls)
        st.caption(_("Calls {first} to {last} of {all}").format(**_numbers(first=first, last=last, all=listed)))


def _numbers(**values: int) -> dict[str, str]:
    return {name: formats.number(value) for name, value in values.items()}


def _download(view: View, chosen: CallFilter, listed: int) -> None:
    content = partial(
        journal_csv.file, store(), view.columns, chosen, view.sort, view.descending, reader=i18n.language()
    )
    cut = listed > journal_csv.LIMIT
    numbers = _numbers(limit=journal_csv.LIMIT, all=listed)
    st.download_button(
        _("First {limit} of {all} as CSV").format(**numbers) if cut else _("Download as CSV"),
        content,
        file_name="calls.csv",
        mime="text/csv",
        key="journal_csv",
        icon=":material/download:",
        on_click="ignore",
    )

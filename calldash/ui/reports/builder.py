"""A report put together by choosing: what it shows, by which rows and columns, in which order."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from calldash.filters.arranged import USUAL
from calldash.i18n import gettext as _
from calldash.labels import dimension_title, title
from calldash.metrics import CALL_COLUMNS, DIMENSIONS, METRICS
from calldash.telling.values import column_title
from calldash.templates.content import CALLS, FIGURES, MOST_ACROSS, MOST_METRICS, MOST_ROWS, Content
from calldash.ui.fields import hold
from calldash.ui.reports import state

# A client is chosen by a number that means nothing to people: no breakdown for a report.
BREAKDOWNS = tuple(key for key in DIMENSIONS if key != "client_id")


def draw(content: Content) -> None:
    """Draws the fields of a content; a change of one is shown at once and stands in the URL."""
    names = {FIGURES: _("Figures"), CALLS: _("Calls one by one")}
    key = "report_what"
    hold(key, content.what)
    st.segmented_control(
        _("What"), list(names), format_func=names.__getitem__, key=key, required=True, on_change=_what_changed,
        label_visibility="collapsed",
    )  # fmt: skip
    if content.is_figures:
        _figures(content)
    else:
        _calls(content)


def _what_changed() -> None:
    what = st.session_state["report_what"]
    state.put(state.NEW if what == FIGURES else Content())


def _figures(content: Content) -> None:
    with st.grid(3, min_column_width=260):
        rows = [key for key in BREAKDOWNS if key not in content.across]
        _several("rows", _("Rows"), content, rows, dimension_title, MOST_ROWS)
        across = [key for key in BREAKDOWNS if key not in content.rows]
        _several("across", _("Columns"), content, across, dimension_title, MOST_ACROSS)
        _several("metrics", _("Numbers"), content, list(METRICS), title, MOST_METRICS)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _order(content, ["", *content.metrics], title)
        hold("report_totals", content.totals)
        st.toggle(_("Totals"), key="report_totals", on_change=_totals_changed, args=(content,))


def _calls(content: Content) -> None:
    _several("columns", _("Columns, in the order in which they stand"), content, list(CALL_COLUMNS), column_title, None)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _order(content, ["", *CALL_COLUMNS], column_title)


def _several(
    field: str, label: str, content: Content, options: list[str], name: Callable[[str], str], most: int | None
) -> None:
    key = f"report_{field}"
    hold(key, list(getattr(content, field)))
    st.multiselect(
        label, options, key=key, format_func=name, max_selections=most, on_change=_several_changed,
        args=(content, field), placeholder=_("choose"),
    )  # fmt: skip


def _several_changed(content: Content, field: str) -> None:
    picked: Any = tuple(st.session_state[f"report_{field}"])
    if field == "metrics":
        picked = picked or state.NEW.metrics
        content = replace(content, sort=content.sort if content.sort in picked else "")
    if field == "columns":
        picked = picked or USUAL
    state.put(replace(content, **{field: picked}))


def _order(content: Content, options: Sequence[str], name: Callable[[str], str]) -> None:
    usual = _("Natural order") if content.is_figures else _("Start of the call")
    hold("report_sort", content.sort)
    st.selectbox(
        _("Sort by"), options, key="report_sort", format_func=lambda key: name(key) if key else usual, width=260,
        on_change=_sort_changed, args=(content,),
    )  # fmt: skip
    if content.sort or not content.is_figures:
        way = _("Descending") if content.descending else _("Ascending")
        icon = ":material/arrow_downward:" if content.descending else ":material/arrow_upward:"
        turned = replace(content, descending=not content.descending)
        st.button(way, icon=icon, key="report_order", on_click=state.put, args=(turned,))


def _sort_changed(content: Content) -> None:
    state.put(replace(content, sort=st.session_state["report_sort"], descending=True))


def _totals_changed(content: Content) -> None:
    state.put(replace(content, totals=st.session_state["report_totals"]))

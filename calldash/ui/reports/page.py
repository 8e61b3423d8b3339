"""An open report: its filter, the fields it is put together with, keeping and taking it away, and the table."""

import pandas as pd
import streamlit as st

from calldash import query
from calldash.export import FORMATS
from calldash.filters import CallFilter, to_pairs
from calldash.i18n import gettext as _
from calldash.i18n import language
from calldash.people import viewer
from calldash.query import Moment
from calldash.server.running import store
from calldash.store import Store
from calldash.templates import Content, content
from calldash.templates.pivot import Pivot, pivot
from calldash.ui import asking, downloads, drill, filter_bar, menu
from calldash.ui.journal.table import needed
from calldash.ui.reports import (
    builder,
    grid,
    keep,
    table,
    words,  # fmt: skip
)
from calldash.ui.reports.state import Opened
from calldash.ui.safe import as_markdown

_COLUMNS = 50  # of figures on a page; a file has more
_CALLS = 50  # of a list on a page; the journal has all


def draw(opened: Opened) -> None:
    """Draws the report that is open."""
    with st.container(key="reports-back"):
        st.page_link(
            menu.page("reports"), label=_("All reports"), icon=":material/arrow_back:", query_params=_only_language()
        )
    changed = f" :small[:gray[· {_('changed')}]]" if opened.changed else ""
    st.subheader(as_markdown(opened.title) + changed, anchor=False)
    filter_bar.draw(compared=False)
    with st.expander(_("What the report shows"), icon=":material/tune:", expanded=opened.template is None):
        builder.draw(opened.content)
    with st.container(horizontal=True, key="report-actions"):
        keep.draw(opened)
        _downloads(opened)
    (_figures if opened.content.is_figures else _calls)(opened)


def _only_language() -> dict[str, str]:
    return {"lang": language()}


def _downloads(opened: Opened) -> None:
    pairs = to_pairs(opened.chosen) | content.to_pairs(opened.content)
    stem = opened.template.key if opened.template else ""
    pairs |= {content.REPORT: stem} if stem else {}
    if not viewer.current().may("export"):
        return
    with st.popover(_("Download"), icon=":material/download:", key="report_download"):
        st.html(downloads.links(pairs, tuple(FORMATS)))
        itself = keep.as_template(opened)
        asked = pairs | to_pairs(itself.chosen) | {"period": itself.period, "title": opened.title}
        st.html(downloads.files("report", [(_("The report itself (TOML)"), asked)]))


def _figures(opened: Opened) -> None:
    found = _pivot(store(), opened.content, opened.chosen, asking.stamp(), language())
    if not found.lines:
        drill.chart(None, "report_empty", opened.chosen)
        return
    table.figures(found, opened.chosen, opened.title)
    left_out = words.left_out(len(found.lines), found.left_out, grid.LINES)
    if left_out:
        st.caption(_("Not all is shown here; a file has all: {what}.").format(what="; ".join(left_out)))


@st.cache_data(max_entries=64, show_spinner=False)
def _pivot(_store: Store, asked: Content, chosen: CallFilter, stamp: tuple[str, ...], reader: str) -> Pivot:  # noqa: ARG001
    return pivot(_store, asked, chosen, _COLUMNS)


def _calls(opened: Opened) -> None:
    asked, columns = opened.content, opened.content.columns
    listed = _listed(store(), asked, opened.chosen, asking.stamp())
    if listed.empty:
        drill.chart(None, "report_empty", opened.chosen)
        return
    table.calls(listed, columns, opened.chosen, opened.title)
    pairs = {name: text for name, text in content.to_pairs(asked).items() if name != "what"}
    if menu.exists("calls"):
        params = pairs | to_pairs(opened.chosen) | _only_language()
        st.page_link(menu.page("calls"), label=_("All of them in the journal"), query_params=params)


@st.cache_data(max_entries=64, show_spinner=False)
def _listed(_store: Store, asked: Content, chosen: CallFilter, stamp: tuple[str, ...]) -> pd.DataFrame:  # noqa: ARG001
    moment, sort = Moment(_store.settings, _store.now()), asked.sort or "started_at"
    found = query.listing(needed(asked.columns), chosen, moment, sort, asked.descending, _CALLS, 0)
    return _store.frame(found.sql, found.values)

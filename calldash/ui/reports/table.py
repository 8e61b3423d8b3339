"""A report on the page, as HTML of our own; every number and name opens the calls behind it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.templates.pivot import Pivot
from calldash.ui import address, component, drill, menu
from calldash.ui.journal import state
from calldash.ui.reports import grid

_draw = component.table("calldash_report", "reports/table")


def figures(found: Pivot, chosen: CallFilter, caption: str) -> None:
    """Shows a pivot over a filter. A click on a number opens the calls behind it, one on a name all calls of it."""
    picked = _picked(grid.of_pivot(found), caption)
    if picked:
        drill.open_calls(_behind(found, chosen, *picked))


def _behind(found: Pivot, chosen: CallFilter, row: int, cell: int) -> CallFilter:
    """The filter of the calls behind a cell; cell -1 is the name of the row, a row after the last the totals."""
    content = found.content
    lines = found.lines[: grid.LINES]
    if row < len(lines):
        chosen = drill.narrowed(chosen, content.rows, lines[row])
    if cell < 0:
        return chosen
    group, metric = divmod(cell, len(content.metrics))
    head = grid.groups(found)[group]
    if head:
        chosen = drill.narrowed(chosen, content.across, head)
    return replace(chosen, behind=content.metrics[metric])


def calls(frame: pd.DataFrame, columns: Sequence[str], chosen: CallFilter, caption: str) -> None:
    """Shows calls of a listing. A click on the first cell of one opens it in the journal of the filter."""
    picked = _picked(grid.of_calls(frame, columns), caption)
    if picked:
        where = address.params(chosen) | state.pairs_of(int(frame["call_no"].iloc[picked[0]]))
        st.switch_page(menu.page("calls"), query_params=where)


def _picked(table: dict[str, Any], caption: str) -> tuple[int, int] | None:
    """Draws the table; row and cell of what was clicked."""
    words = {"caption": caption, "open": _("Open the calls") if menu.exists("calls") else ""}
    opened = _draw(key="report_table", data=table | words, on_open_change=lambda: None)["open"]
    return (int(opened[0]), int(opened[1])) if opened else None

"""Employees by hour, weekday or day: a grid of one number, in parts where there are many people."""

import pandas as pd
import streamlit as st

from calldash import charts, formats
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import mark
from calldash.labels import title
from calldash.metrics import METRICS
from calldash.ui import asking, drill, recent

NUMBERS = (
    "handled_calls",
    "handled_talk_s",
    "rings",
    "missed_rings",
    "pickup_share",
    "avg_pickup_s",
    "longest_break_s",
)
_COLUMNS = {"hour": mark("by hour"), "weekday": mark("by weekday"), "day": mark("by day")}
_WARM = ("missed_rings", "avg_pickup_s", "longest_break_s")  # of these much is worth a look
PAGE = 20  # rows that fit a screen


def draw(chosen: CallFilter) -> None:
    """Draws the grid of the number and the columns chosen above it."""
    drill.heading(_("Who is loaded when"))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        names = {key: title(key) for key in NUMBERS}
        number = st.selectbox(
            _("Number"),
            NUMBERS,
            format_func=names.__getitem__,
            key="load_number",
            label_visibility="collapsed",
            width=300,
        )
        column = st.segmented_control(
            _("Columns"), list(_COLUMNS), format_func=lambda key: _(_COLUMNS[key]), key="load_columns",
            default="hour", required=True, label_visibility="collapsed",
        )  # fmt: skip
        seen = recent.period(chosen) if METRICS[number].table == "gaps" else chosen
        grain = asking.grain(seen) if column == "day" else column
        shown = _part(asking.ask([number], ["employee", grain], seen, cases=True).dropna(subset=["employee"]), number)
    meaning = "missed" if number in _WARM else "answered"
    figure = charts.matrix(shown, "employee", grain, number, meaning)
    drill.chart(figure, "matrix", seen, ["employee", grain], number, alt=_("Who is loaded when"))
    if seen != chosen:
        recent.note(seen)
    _notes(shown, number)


def _notes(shown: pd.DataFrame, number: str) -> None:
    cases = f"{number}_cases"
    if cases in shown and (shown[cases] < formats.FEW).any():
        st.caption(_("A ring: fewer than {number} cases in that cell.").format(number=formats.FEW))
    if number == "avg_pickup_s" and shown[number].isna().all():
        st.caption(_("The phone system does not report each ring, so the time to pick up is not known."))


def _part(found: pd.DataFrame, number: str) -> pd.DataFrame:
    """The rows of as many employees as fit, by name."""
    names = sorted(found.loc[found[number].notna(), "employee"].unique(), key=str.casefold)
    pages = -(-len(names) // PAGE)
    if pages > 1:
        if st.session_state.get("load_part", 1) > pages:
            st.session_state["load_part"] = 1
        first = (st.pagination(pages, key="load_part") - 1) * PAGE
        names = names[first : first + PAGE]
    kept = found[found["employee"].isin(names)]
    return kept.sort_values("employee", key=lambda column: column.str.casefold(), kind="stable")

"""The most talks at one moment by team and by line, and the longest break between the calls of each employee."""

import streamlit as st

from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import mark
from calldash.ui import asking, drill, recent, tables

# The title of a table, its number, and what the number is broken down by.
_TABLES = (
    (mark("Peak in parallel by team"), "peak_parallel", "team"),
    (mark("Peak in parallel by line"), "peak_parallel", "line"),
    (mark("Longest break between calls"), "longest_break_s", "employee"),
)


def draw(chosen: CallFilter) -> None:
    """Draws the three tables side by side."""
    seen = recent.period(chosen)
    for column, (name, number, by) in zip(st.columns(3), _TABLES, strict=True):
        with column:
            drill.heading(_(name))
            found = asking.ask([number], [by], seen)
            tables.show(found[found[number] > 0], by, [number], seen, f"{number}_{by}")
    st.caption(_("A peak: employees who talked with clients at one moment. A break lies between two talks of one day."))
    if seen != chosen:
        recent.note(seen)

"""The most talks at one moment by team, line and line group, and the longest break between calls by employee."""

import streamlit as st

from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import mark
from calldash.server.running import store
from calldash.ui import asking, drill, recent, tables

# The title of a table, its number, and what the number is broken down by.
_TABLES = (
    (mark("Peak in parallel by team"), "peak_parallel", "team"),
    (mark("Peak in parallel by line"), "peak_parallel", "line"),
    (mark("Peak in parallel by line group"), "peak_parallel", "line_group"),
    (mark("Longest break between calls"), "longest_break_s", "employee"),
)


def draw(chosen: CallFilter) -> None:
    """Draws the tables side by side; that of groups where there are any."""
    seen = recent.period(chosen)
    shown = [one for one in _TABLES if one[2] != "line_group" or store().settings.line_groups]
    for column, (name, number, by) in zip(st.columns(len(shown)), shown, strict=True):
        with column:
            drill.heading(_(name))
            found = asking.ask([number], [by], seen)
            tables.show(found[found[number] > 0], by, [number], seen, f"{number}_{by}")
    st.caption(_("A peak: employees who talked with clients at one moment. A break lies between two talks of one day."))
    if seen != chosen:
        recent.note(seen)

"""A fair comparison of employees: each beside what everybody would have done with the same calls, with its noise."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from calldash import charts, formats
from calldash.charts import Difference
from calldash.employees import fairness
from calldash.employees.fairness import Compared
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import mark, ngettext
from calldash.labels import title
from calldash.metrics import METRICS
from calldash.ui import asking, drill

_ROWS = 25  # that fit a screen


@dataclass(frozen=True)
class Subject:
    """What is compared: of which report, how, which way is better (0: neither), and what the interval is called."""

    report: str
    compare: Callable[[pd.DataFrame], list[Compared]]
    better: int
    method: str


# By the key of the figure in the catalogue.
SUBJECTS = {
    "pickup_share": Subject(
        "fair_rings", lambda cells: fairness.shares(cells, "rings", "taken"), 1,
        mark("the interval is Wilson's of a share"),
    ),
    "avg_handled_talk_s": Subject(
        "fair_talks", lambda cells: fairness.means(cells, "talks", "talk_s", "talk_squares"), 0,
        mark("the interval is the normal one of a mean"),
    ),
}  # fmt: skip


def draw(chosen: CallFilter) -> None:
    """Draws the differences and the table of the figure chosen."""
    drill.heading(_("Fair comparison"), _("the same direction, hour and queue for all"))
    key = drill.choice("fair_figure", tuple(SUBJECTS))
    found = SUBJECTS[key].compare(asking.report(SUBJECTS[key].report, chosen))
    enough = [one for one in found if one.place is not None]
    if not found:
        drill.chart(None, "fair", chosen)
        return
    left, right = st.columns((3, 4))
    with left:
        if enough:
            drill.chart(figure(key, enough), "fair", chosen, ["employee"], key)
        else:
            st.info(_("Nobody has {number} cases yet: too few to compare.").format(number=formats.FEW))
    with right:
        _table(key, found)
    st.caption(_words(key))


def figure(key: str, found: Sequence[Compared]) -> go.Figure | None:
    """The chart of the differences: those of both ends where there are many."""
    shown = found if len(found) <= _ROWS else [*found[: _ROWS // 2], *found[-(_ROWS // 2) :]]
    rows = [
        Difference(one.employee, one.difference, one.low, one.high, _meaning(key, one), _said(key, one), one.employee)
        for one in shown
    ]
    ends = [end for one in shown for end in (one.low, one.high)]
    return charts.intervals(rows, charts.signed_ticks(min(ends), max(ends), METRICS[key].unit))


def _meaning(key: str, one: Compared) -> str:
    """Grey within noise; else by whether that is good, or blue where it is neither."""
    if one.within_noise:
        return "other"
    good = SUBJECTS[key].better * one.difference
    return "answered" if not good else "good" if good > 0 else "bad"


def _said(key: str, one: Compared) -> str:
    actual, expected = formats.show(key, one.actual), formats.show(key, one.expected)
    beside = _("expected {value}").format(value=expected)
    unit = METRICS[key].unit
    span = f"{formats.signed_in_unit(unit, one.low)} … {formats.signed_in_unit(unit, one.high)}"
    return f"{one.employee}\n{title(key)}: {actual}, {beside}\n{verdict(one)}: {span}"


def verdict(one: Compared) -> str:
    """What can be said of a difference, in a word or two."""
    if one.place is None:
        return _("too few cases")
    if one.within_noise:
        return _("within noise")
    return _("above") if one.difference > 0 else _("below")


def _table(key: str, found: Sequence[Compared]) -> None:
    unit = METRICS[key].unit
    rows = pd.DataFrame(
        {
            _("Place"): [formats.NOTHING if one.place is None else formats.number(one.place) for one in found],
            _("Employee"): [one.employee for one in found],
            _("Cases"): [one.cases for one in found],
            _("Actual"): [one.actual for one in found],
            _("Expected"): [one.expected for one in found],
            _("Difference"): [one.difference for one in found],
            _("What it says"): [verdict(one) for one in found],
        }
    )
    style = rows.style.format(formats.number, subset=[_("Cases")])
    style = style.format(lambda value: formats.show(key, value), subset=[_("Actual"), _("Expected")])
    style = style.format(lambda value: formats.signed_in_unit(unit, float(str(value))), subset=[_("Difference")])
    right = {
        name: st.column_config.NumberColumn(name, alignment="right")
        for name in (_("Cases"), _("Actual"), _("Expected"), _("Difference"))
    }
    st.dataframe(style, key="fair_table", hide_index=True, column_config=right, height=min(len(rows), 12) * 35 + 38)


def _words(key: str) -> str:
    few = ngettext("Below {number} case nobody has a place.", "Below {number} cases nobody has a place.", formats.FEW)
    text = _(
        "Expected: what all together reach with the same calls, by direction, hour and queue; hours in which only one "
        "person worked are left out. At 95 % ({method}) one in twenty stands out by chance alone."
    )
    return f"{text.format(method=_(SUBJECTS[key].method))} {few.format(number=formats.FEW)}"

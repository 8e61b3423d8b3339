"""How evenly the work is shared out: the curve with its coefficient, and the two people who should swap."""

import pandas as pd
import streamlit as st

from calldash import charts, formats
from calldash.employees import lorenz
from calldash.employees.lorenz import Swap
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.labels import value_label
from calldash.ui import asking, drill
from calldash.ui.safe import as_html

_TALK = "handled_talk_s"


def draw(chosen: CallFilter) -> None:
    """Draws the curve of all employees of the filter, and beside it says who should swap in which team."""
    found = asking.ask([_TALK], ["team", "employee"], chosen).dropna(subset=["employee", _TALK])
    found = found[found[_TALK] > 0]
    people = found.groupby("employee")[_TALK].sum().sort_values(kind="stable")
    coefficient = lorenz.gini([float(load) for load in people])
    left, right = st.columns(2)
    with left:
        _curve(people, coefficient, chosen)
    if len(people) > 1 and coefficient is not None:
        with right:
            drill.heading(_("Who should swap"), _("the most and the least loaded of a team"))
            st.html(f"<p>{as_html(words(lorenz.best_swap(_teams(found))))}</p>")
            st.caption(_("By talk alone: who works part-time talks less for a good reason."))


def _curve(people: "pd.Series[float]", coefficient: float | None, chosen: CallFilter) -> None:
    known = len(people) > 1 and coefficient is not None
    standout = _("Gini {value}").format(value=formats.number(round(coefficient or 0, 2))) if known else ""
    drill.heading(_("How evenly talk is shared out"), standout)
    points = lorenz.curve([float(load) for load in people])
    names = _("all alike"), _("employees, the least loaded first")
    drill.chart(charts.lorenz(points, _words(points, people), *names), "lorenz", chosen)
    if known:
        st.caption(_("Gini: 0 when all talk alike, near 1 when one does all the talk. Balance of load is 1 − Gini."))


def _words(points: list[lorenz.Point], people: "pd.Series[float]") -> list[str]:
    """What hovering says: the person who comes in at a corner, and what part of the talk all up to there do."""
    texts = [
        _("{people} of employees do {talk} of the talk").format(people=formats.share(x), talk=formats.share(y))
        for x, y in points
    ]
    heads = ["", *(f"{name}: {formats.duration(float(load))}\n" for name, load in people.items())]
    return [head + text for head, text in zip(heads, texts, strict=False)]


def _teams(found: pd.DataFrame) -> dict[str | None, dict[str, float]]:
    teams: dict[str | None, dict[str, float]] = {}
    for team, name, load in zip(found["team"], found["employee"], found[_TALK], strict=True):
        teams.setdefault(None if pd.isna(team) else str(team), {})[str(name)] = float(load)
    return teams


def words(swap: Swap | None) -> str:
    """Who should swap with whom, and what the team gains."""
    if swap is None:
        return _("Nobody: in each team all talk alike, or there is only one.")
    text = _(
        "{most} talked {most_talk}, {least} {least_talk} (team: {team}). If each took the other's place half of the "
        "time, the balance of the team would go from {before} to {after}."
    )
    return text.format(
        most=swap.most,
        most_talk=formats.duration(swap.most_load),
        least=swap.least,
        least_talk=formats.duration(swap.least_load),
        team=value_label("team", swap.team),
        before=formats.share(swap.before),
        after=formats.share(swap.after),
    )

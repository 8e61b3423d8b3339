"""How soon missed clients are called back, by either clock, and what calling back sooner or later brings."""

from typing import NamedTuple

import pandas as pd
import streamlit as st

from calldash import charts, formats
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import mark
from calldash.missed import callback_delays
from calldash.missed.callback_delays import EDGES
from calldash.missed.curve import Step, as_drawn, curve, delay_of, share_at
from calldash.server.running import store
from calldash.ui import asking, drill

_SHOWN_S = EDGES[-1]
_CLOCK = "curve_clock"
_CLOCKS = {"all": mark("All minutes"), "working": mark("Working minutes")}


class _Told(NamedTuple):
    """The curve as it is drawn, how many clients it is of, where it is at the target, when half are called back."""

    drawn: list[Step]
    clients: int
    at_target: Step | None
    half: float | None


def clock() -> str:
    """A switch between the clocks; the one of the setting comes first."""
    names = {key: _(words) for key, words in _CLOCKS.items()}
    first = store().settings.callback_clock
    return st.segmented_control(
        _("Clock"), list(names), format_func=names.__getitem__, key=_CLOCK, default=first, required=True,
        label_visibility="collapsed",
    )  # fmt: skip


def draw(chosen: CallFilter, by: str) -> None:
    """Draws the curve by a clock, and says what it tells of the target."""
    target = store().settings.callback_target_min * 60
    told = _told(_key(chosen, by), chosen, by, target)
    words = _("target {time}").format(time=formats.duration(target))
    drill.chart(charts.callback_curve(told.drawn, _SHOWN_S, target, words), "curve", chosen)
    if not told.drawn:
        return
    at_target, half = told.at_target, told.half
    text = _("Within the target {share} ({low}–{high}) of {number} clients; half of them {half}.")
    st.caption(
        text.format(
            share=formats.share(at_target.share if at_target else 0.0),
            low=formats.share(at_target.low if at_target else 0.0),
            high=formats.share(at_target.high if at_target else 0.0), number=formats.number(told.clients),
            half=_("within {time}").format(time=formats.duration(half)) if half is not None else _("never"),
        )
    )  # fmt: skip
    st.caption(
        _(
            "Kaplan–Meier with its 95 % interval: clients who got through themselves, whose window ended or who still "
            "wait count until then, not after."
        )
    )


@st.cache_data(max_entries=64, show_spinner=False)
def _told(key: str, _chosen: CallFilter, _by: str, target: float) -> _Told:  # noqa: ARG001
    found = callback_delays.delays(store(), _chosen, _by)
    steps = curve(found)
    clients = sum(tried + gone for _at, tried, gone in found)
    return _Told(as_drawn(steps, _SHOWN_S), clients, share_at(steps, target), delay_of(steps, 0.5))


@st.cache_data(max_entries=64, show_spinner=False)
def _results(key: str, _chosen: CallFilter, _by: str) -> pd.DataFrame:  # noqa: ARG001
    return callback_delays.results(store(), _chosen, _by)


def _key(chosen: CallFilter, by: str) -> str:
    return repr((chosen, by, asking.stamp()))


def results(chosen: CallFilter, by: str) -> None:
    """Draws a table: of clients first tried so soon, how many were reached and how many bought."""
    found = _results(_key(chosen, by), chosen, by)
    if found.empty:
        st.info(_("Nobody was called back in this selection."), icon=":material/search_off:")
        return
    table = pd.DataFrame(
        {
            _("First tried"): [_class(int(row)) for row in found["class"]],
            _("Clients"): [formats.number(int(count)) for count in found["clients"]],
            _("Reached"): [_rate(*pair) for pair in zip(found["reached"], found["clients"], strict=True)],
            _("Bought"): [_rate(*pair) for pair in zip(found["bought"], found["clients"], strict=True)],
        }
    )
    st.table(table, border="horizontal", hide_index=True)
    st.caption(
        _(
            "Settled ones only: reached, or the window is over. Bought: a call that sold within the window. "
            "In brackets the 95 % interval."
        )
    )


def _class(place: int) -> str:
    if place == len(EDGES):
        return _("later than {time}").format(time=formats.duration(EDGES[-1]))
    return _("within {time}").format(time=formats.duration(EDGES[place]))


def _rate(part: int, whole: int) -> str:
    return f"{formats.share(part / whole)} ({formats.interval(part / whole, int(whole))})"

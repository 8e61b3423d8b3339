"""What the page about waiting says of the service level, of lengths of waits, and of queues."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from calldash import charts, formats
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import mark, ngettext
from calldash.server.running import store
from calldash.staffing.patience import ENOUGH, patience
from calldash.ui import asking, drill, tables

_SHAPES: dict[str, tuple[str, Callable[[pd.DataFrame, int, str], Any]]] = {
    "spans": (mark("Spans"), charts.waits),
    "each": (mark("Seconds"), charts.seconds),
    "upto": (mark("Running total"), charts.cumulated),
}
_LINES = ("inbound_calls", "avg_wait_s", "avg_missed_wait_s", "missed_share", "service_level")
_QUEUES = ("inbound_calls", "queue_visits", "avg_wait_s", "median_wait_s", "p90_wait_s", "service_level")


def target() -> tuple[float, str]:
    """The service level to reach, and the name of its line."""
    wanted = store().settings.service_level_target
    return wanted, _("target {share}").format(share=formats.share(wanted))


def definition() -> None:
    """Says which service level is shown: its threshold, and who is left out of it."""
    held = store().settings
    text = _("Answered within {threshold} / inbound calls with a known wait, without clients who left before {short}.")
    st.caption(
        text.format(threshold=formats.duration(held.service_level_s), short=formats.duration(held.short_abandon_s))
    )


def distribution(chosen: CallFilter) -> None:
    """Draws how long answered and missed calls waited; says how many waits are not known, how patient clients are."""
    shape = st.segmented_control(
        _("Show"),
        list(_SHAPES),
        format_func=lambda key: _(_SHAPES[key][0]),
        key="waiting_shape",
        default="spans",
        required=True,
        label_visibility="collapsed",
    )
    found = asking.lengths("waits", chosen)
    threshold = store().settings.service_level_s
    words = _("threshold {time}").format(time=formats.duration(threshold))
    by = [] if shape == "upto" else ["wait_s", "status"]
    figure = _SHAPES[shape][1](found, threshold, words)
    drill.chart(figure, f"waits_{shape}", chosen, by, "inbound_calls")
    if figure is not None and shape != "spans":
        _left_out(found, int(figure.data[0].x[-1]))
    known = found[["answered", "missed"]].to_numpy().sum()
    unknown = int(asking.one(["inbound_calls"], chosen)["inbound_calls"] - known)
    if unknown:
        text = ngettext("The wait of {number} call is not known.", "The wait of {number} calls is not known.", unknown)
        st.caption(text.format(number=formats.number(unknown)))
    st.caption(patience_words(found))


def _left_out(waits: pd.DataFrame, last: int) -> None:
    """Says how many calls waited longer than the axis shows."""
    longer = int(waits.loc[waits["wait_s"] > last, ["answered", "missed"]].to_numpy().sum())
    if longer:
        text = ngettext("{number} call waited longer than {time}.", "{number} calls waited longer than {time}.", longer)
        st.caption(text.format(number=formats.number(longer), time=formats.duration(last)))


def patience_words(waits: pd.DataFrame) -> str:
    """How long clients are ready to wait, out of the lengths `waits`: the estimate, its interval, from how many."""
    waited = float((waits["wait_s"] * (waits["answered"] + waits["missed"])).sum())
    gave_up = int(waits["gave_up"].sum())
    found = patience(waited, gave_up)
    if found is None:
        text = _("Patience of clients: not known, {number} hung up while waiting and at least {least} are needed.")
        return text.format(number=gave_up, least=ENOUGH)
    text = _(
        "Patience of clients: {mean} on average (95 %: {low}–{high}), from {number} who hung up. "
        "Who was answered sooner counts with the time waited."
    )
    low, high = formats.duration(found.low_s), formats.duration(found.high_s)
    number = formats.number(found.gave_up)
    return text.format(mean=formats.duration(found.mean_s), low=low, high=high, number=number)


def by_queue(chosen: CallFilter) -> None:
    """Draws the table of queues; visits only where the phone system tells of them."""
    found = asking.ask(_QUEUES, ["queue"], chosen, cases=True)
    keys = [key for key in _QUEUES if key != "queue_visits" or found[key].fillna(0).any()]
    found = found.assign(counted=[_cases(count) for count in found["service_level_cases"]])
    tables.show(found, "queue", keys, chosen, "queues", beside={"counted": _("Counted")})
    st.caption(_("Waits are the whole call's, over all queues it passed. Counted: calls the service level speaks of."))


def by_line(chosen: CallFilter) -> None:
    """Draws the table of the company's own numbers that were called."""
    tables.by_dimension("line", _LINES, chosen.choose("direction", ["inbound"]), "lines")


def _cases(count: float) -> str:
    return formats.NOTHING if pd.isna(count) else formats.number(int(count))

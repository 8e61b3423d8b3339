"""The same days replayed with one more and one fewer person: what that means in missed clients."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from calldash import formats
from calldash.i18n import gettext as _
from calldash.i18n import mark
from calldash.labels import period_label
from calldash.staffing.comparing import FEWER, MORE, PLANNED, REALLY, SEEDS, THERE, Comparison
from calldash.staffing.patience import ENOUGH
from calldash.ui.safe import as_markdown

_PLANS = {
    REALLY: mark("What happened"),
    THERE: mark("Replay: those who were there"),
    MORE: mark("Replay: one more person"),
    FEWER: mark("Replay: one fewer"),
    PLANNED: mark("Replay: those needed, by the formula"),
}


def draw(found: tuple[Comparison, list[date]] | None) -> None:
    """Draws what each plan comes to, with a sentence above."""
    if found is None:
        text = _("A replay needs to know how long clients wait: at least {number} must have hung up.")
        st.info(text.format(number=formats.number(ENOUGH)), icon=":material/hourglass_disabled:")
        return
    compared, days = found
    for text in _sentences(compared.plans):
        st.markdown(as_markdown(text))
    _table(compared.plans)
    for text in _notes(compared, days):
        st.caption(as_markdown(text))


def _sentences(plans: pd.DataFrame) -> list[str]:
    """What one person more or fewer changes, seed by seed against the same days with those who were there."""
    usual = plans[plans["plan"] == THERE].set_index("seed")["clients"]
    found = []
    for plan, text in (
        (MORE, _("One more person in every half hour shown: {change} missed clients a week ({low} to {high}).")),
        (FEWER, _("One person fewer in every half hour shown: {change} missed clients a week ({low} to {high}).")),
    ):
        changes = plans[plans["plan"] == plan].set_index("seed")["clients"] - usual
        if len(changes):
            shown = {"change": changes.mean(), "low": changes.min(), "high": changes.max()}
            found.append(text.format(**{name: formats.signed(round(value)) for name, value in shown.items()}))
    return found


def _table(plans: pd.DataFrame) -> None:
    rows = [_row(plan, plans[plans["plan"] == plan]) for plan in _PLANS if (plans["plan"] == plan).any()]
    titles = (_("Staff"), _("Missed clients a week"), _("Missed calls a week"), _("In time"), _("Mean wait"))
    shown = pd.DataFrame(rows, columns=list(titles))
    st.table(shown.set_index(titles[0]))


def _row(plan: str, runs: pd.DataFrame) -> Sequence[str]:
    return (
        _(_PLANS[plan]),
        _span(runs["clients"]),
        _span(runs["missed"]),
        formats.in_unit("share", runs["service_level"].mean()),
        formats.in_unit("seconds", runs["wait_s"].mean()),
    )


def _span(values: "pd.Series[float]") -> str:
    low, high = (formats.number(round(value)) for value in (values.min(), values.max()))
    return formats.number(round(values.mean())) + (f" ({low}–{high})" if low != high else "")


def _notes(compared: Comparison, days: list[date]) -> list[str]:
    text = _(
        "Calls of {period} in the half hours shown, {days}; {number} draws (seeds {first}–{last}), "
        "in brackets the least and the most."
    )
    found = [
        text.format(
            period=period_label(days[0], days[-1]), days=formats.days(len(days)), number=formats.number(len(SEEDS)),
            first=SEEDS[0], last=SEEDS[-1],
        )
    ]  # fmt: skip
    if compared.busy:
        text = _(
            "Each call keeps a person {times} times as long as is recorded, so that the replay misses as many calls as "
            "really were missed: picking up, notes, breaks. Those needed by the formula are free between calls."
        )
        found.append(text.format(times=formats.number(compared.busy)))
    return found

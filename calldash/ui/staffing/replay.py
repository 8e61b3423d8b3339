"""The same days replayed with one more and one fewer person: what that means in missed clients."""

from datetime import date

import pandas as pd
import streamlit as st

from calldash import formats
from calldash.i18n import gettext as _
from calldash.i18n import mark
from calldash.labels import period_label, title
from calldash.staffing.comparing import FEWER, MORE, PLANNED, REALLY, SEEDS, THERE, Comparison
from calldash.staffing.patience import ENOUGH
from calldash.ui import style
from calldash.ui.safe import as_html, as_markdown

_PLANS = {
    REALLY: mark("What happened"),
    THERE: mark("Those who were there"),
    MORE: mark("One more"),
    FEWER: mark("One fewer"),
    PLANNED: mark("Needed by the formula"),
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
    titles = (_("Staff"), title("missed_clients"), title("missed_calls"), _("In time"), _("Mean wait"))
    head = "".join(f'<th scope="col">{as_html(one)}</th>' for one in titles)
    rows = [_row(plan, plans[plans["plan"] == plan]) for plan in _PLANS if (plans["plan"] == plan).any()]
    style.also("plans")
    st.html(f'<table class="cd-plans"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>')


def _row(plan: str, runs: pd.DataFrame) -> str:
    level = formats.in_unit("share", runs["service_level"].mean())
    wait = formats.in_unit("seconds", runs["wait_s"].mean())
    cells = (_span(runs["clients"]), _span(runs["missed"]), as_html(level), as_html(wait))
    return f'<tr><th scope="row">{as_html(_(_PLANS[plan]))}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


def _span(values: "pd.Series[float]") -> str:
    low, high = (formats.number(round(value)) for value in (values.min(), values.max()))
    between = f" <small>({as_html(low)}–{as_html(high)})</small>" if low != high else ""
    return as_html(formats.number(round(values.mean()))) + between


def _notes(compared: Comparison, days: list[date]) -> list[str]:
    text = _(
        "A week's numbers. All but the first replay the calls of {period} in the half hours shown, {days}: "
        "{number} draws (seeds {first}–{last}), in brackets the least and the most."
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

"""What the page about the forecast asks and says: the outlook of the filter's calls, its sentences and pictures."""

from collections.abc import Iterator
from datetime import date

import pandas as pd
import streamlit as st

from calldash import charts, formats, labels
from calldash.filters import CallFilter
from calldash.forecast.outlook import Outlook, Short, outlook, timeless
from calldash.forecast.rules import LAST, LEAST
from calldash.forecast.trying import LEARN_WEEKS, TRY_WEEKS
from calldash.i18n import gettext as _
from calldash.i18n import ngettext
from calldash.server.running import store
from calldash.settings import Settings
from calldash.ui import asking, drill
from calldash.ui.safe import as_markdown

_BEFORE = 42  # days drawn before those ahead


def asked(chosen: CallFilter) -> Outlook | Short:
    """The outlook of a filter's inbound calls, kept until calls or settings change; its days do not matter."""
    chosen = timeless(chosen)
    return _outlook(store().settings, chosen, repr((chosen, asking.stamp())))


@st.cache_data(max_entries=32, show_spinner=False)
def _outlook(_settings: Settings, _chosen: CallFilter, key: str) -> Outlook | Short:  # noqa: ARG001
    history = asking.days() or (date.max, date.max)
    return outlook(_count, _chosen, history, _settings)


def _count(chosen: CallFilter) -> pd.DataFrame:
    return asking.ask(["inbound_calls"], ["day", "hour"], chosen).rename(columns={"inbound_calls": "calls"})


def short(found: Short) -> None:
    """Says why nothing is forecast."""
    text = _(
        "Too little history for a forecast: {known} with calls, {needed} are needed – {learn} to learn from and "
        "{tried} to see how far off it is."
    )
    weeks = {"known": found.weeks, "needed": LEARN_WEEKS + TRY_WEEKS, "learn": LEARN_WEEKS, "tried": TRY_WEEKS}
    shown = {name: _weeks(number) if name == "known" else formats.number(number) for name, number in weeks.items()}
    st.info(as_markdown(text.format(**shown)), icon=":material/hourglass_disabled:")


def _weeks(number: int) -> str:
    return ngettext("{number} whole week", "{number} whole weeks", number).format(number=formats.number(number))


def sentences(found: Outlook) -> None:
    """Says what comes, and how far one may trust it."""
    with st.container(border=True, gap="xsmall", key="forecast-says"):
        for icon, text in _sentences(found):
            st.markdown(f":material/{icon}: {as_markdown(text)}")


def _sentences(found: Outlook) -> Iterator[tuple[str, str]]:
    told = found.days.dropna(subset=["calls"])
    if len(told):
        most = told.iloc[int(told["calls"].argmax())]
        text = _("{period}: about {calls} calls are expected. Most come on {day}: {most} ({low}–{high}).")
        ends = (found.days["day"].iloc[0].date(), found.days["day"].iloc[-1].date())
        yield "trending_up", text.format(
            period=labels.period_label(*ends), calls=_whole(told["calls"].sum()), day=day_name(most["day"]),
            most=_whole(most["calls"]), low=_whole(most["low"]), high=_whole(most["high"]),
        )  # fmt: skip
    yield "straighten", error(found)
    yield from _silent(found.days)


def error(found: Outlook) -> str:
    """How far off the rule in use was, beside the simple one."""
    errors = {score.key: formats.share(score.error) for score in found.scores}
    words = {"weeks": _last_weeks(found.weeks), "error": errors[found.rule], "simple": errors[LAST]}
    if found.rule == LAST:
        return _("Off by {error} over {weeks}: nothing did better than the simple rule “as last week”.").format(**words)
    return _("Off by {error} over {weeks}; the simple rule “as last week” was off by {simple}.").format(**words)


def _last_weeks(number: int) -> str:
    return ngettext("the last {number} week", "the last {number} weeks", number).format(number=formats.number(number))


def _silent(days: pd.DataFrame) -> Iterator[tuple[str, str]]:
    unknown = days[days["calls"].isna()]
    if len(unknown):
        text = _("No number for {days}: fewer than {least} days of the kind (holidays, say) are known.")
        named = ", ".join(day_name(day) for day in unknown["day"])
        yield "event_busy", text.format(days=named, least=formats.number(LEAST))


def day_name(day: pd.Timestamp) -> str:
    """A day with its weekday: Mon, 2 Mar 2026."""
    return f"{labels.weekday(day.isoweekday())}, {labels.day_label(day.date())}"


def _whole(value: float) -> str:
    return formats.NOTHING if pd.isna(value) else formats.number(round(value))


def by_days(found: Outlook, chosen: CallFilter) -> None:
    """Draws the last weeks with the two to come; a click on a past day opens its calls."""
    drill.heading(_("Calls by day"))
    names = (_("Calls that came"), _("Expected calls"), _("between these on four days of five"))
    figure = charts.come_and_expected(found.past[-_BEFORE:], found.days, names)
    drill.chart(figure, "forecast_days", timeless(chosen), ["day"], "inbound_calls")


def by_hours(found: Outlook, chosen: CallFilter) -> None:
    """Draws the days to come by hours."""
    drill.heading(_("Calls by day and hour"), _("point at an hour for its numbers"))
    drill.chart(charts.expected_hours(found.hours, _("Expected calls")), "forecast_hours", chosen)

"""What the page about staffing asks and says: the study of the filter's calls, its sentences, charts and table."""

from collections.abc import Iterator
from datetime import date

import pandas as pd
import streamlit as st

from calldash import charts, formats
from calldash.filters import CallFilter
from calldash.forecast.outlook import Outlook
from calldash.i18n import gettext as _
from calldash.i18n import ngettext
from calldash.labels import weekday
from calldash.server.running import store
from calldash.settings import Settings
from calldash.staffing.comparing import Comparison
from calldash.staffing.days import FEW, span
from calldash.staffing.erlang import UNSTABLE
from calldash.staffing.options import FORECAST, Options
from calldash.staffing.study import Study, replayed, study
from calldash.ui import asking, drill
from calldash.ui.forecast import page as forecast
from calldash.ui.safe import as_markdown

_LONGER = 1.5  # times: from here on the recorded handling is not the whole work
_SLIGHT = 0.5  # of a person: less is neither missing nor to spare


def asked(chosen: CallFilter, options: Options) -> Study:
    """The study of a filter, kept until calls or settings change."""
    return _study(store().settings, chosen, options, repr((chosen, options, asking.stamp())))


@st.cache_data(max_entries=32, show_spinner=False)
def _study(_settings: Settings, _chosen: CallFilter, _options: Options, key: str) -> Study:  # noqa: ARG001
    history = asking.days() or (date.max, date.max)
    coming = forecast.asked(_chosen) if _options.basis == FORECAST else None
    hours = coming.hours if isinstance(coming, Outlook) else None
    return study(asking.report, _chosen, history, _settings, _options, hours)


def compared(chosen: CallFilter, found: Study) -> tuple[Comparison, list[date]] | None:
    """The replays of the study, kept as long."""
    return _compared(store().settings, chosen, found, repr((chosen, found.options, asking.stamp())))


@st.cache_data(max_entries=32, show_spinner=False)
def _compared(
    _settings: Settings,
    _chosen: CallFilter,
    _found: Study,
    key: str,  # noqa: ARG001
) -> tuple[Comparison, list[date]] | None:
    return replayed(asking.report, _chosen, _found, _settings)


def sentences(found: Study, busy: float | None) -> None:
    """Says what stands out in the week: where people are missing, where there are too many.

    `busy` is how many times its recorded handling a call really keeps a person, where a replay told.
    """
    with st.container(border=True, gap="xsmall", key="staffing-says"):
        for icon, text in (*_sentences(found), *_longer(busy)):
            st.markdown(f":material/{icon}: {as_markdown(text)}")


def _sentences(found: Study) -> Iterator[tuple[str, str]]:
    week = found.week[found.week["agents"].notna()]
    if week["there"].isna().all():
        yield "visibility_off", _("Who was there is not known: the calls name no employees.")
        return
    spare = week["spare"].astype("float64")
    short, over = week[spare <= -_SLIGHT], week[spare >= _SLIGHT]
    text = _("In {number} of {whole} half hours of the week people are missing, in {over} there are more than needed.")
    counts = (formats.number(len(rows)) for rows in (short, week, over))
    yield "groups", text.format(**dict(zip(("number", "whole", "over"), counts, strict=True)))
    if len(short):
        text = _("Most are missing on {when}: {there} free for calls, {agents} needed.")
        yield "trending_down", text.format(**_place(week.iloc[int(spare.argmin())]))
    if len(over):
        text = _("Most are to spare on {when}: {there} free for calls, {agents} needed.")
        yield "trending_up", text.format(**_place(week.iloc[int(spare.argmax())]))
    yield from _swamped(int((week["there_level"] == UNSTABLE).sum()))


def _swamped(halves: int) -> Iterator[tuple[str, str]]:
    if halves:
        text = ngettext(
            "In {number} half hour of the week calls come faster than those there can take them: unstable.",
            "In {number} half hours of the week calls come faster than those there can take them: unstable.",
            halves,
        )
        yield "warning", text.format(number=formats.number(halves))


def _longer(busy: float | None) -> Iterator[tuple[str, str]]:
    if busy and busy >= _LONGER:
        text = _(
            "By the calls really missed, a call keeps a person {times} times as long as is recorded: "
            "the formula asks for too few people as long as nobody records that work."
        )
        yield "hourglass_top", text.format(times=formats.number(busy))


def _place(row: "pd.Series[float]") -> dict[str, str]:
    there = formats.number(round(max(0.0, row["there"] - row["outbound"]), 1))
    when = f"{weekday(int(row['weekday']))}, {span(int(row['half']))}"
    return {"when": when, "there": there, "agents": formats.number(int(row["agents"]))}


def nothing(found: Study) -> None:
    """Says why there is nothing to plan from."""
    text = _("No whole day with inbound calls here: choose a longer period or fewer filters.")
    if found.rows["calls"].sum():
        text = _("No call came in working hours, nor while anybody was there: choose all half hours.")
    st.info(text, icon=":material/search_off:")


def pictures(found: Study, chosen: CallFilter) -> None:
    """Draws calls and people by half hours; a click opens the inbound calls of the hour."""
    left, right = st.columns(2)
    with left:
        drill.heading(_("Calls by half hour"), _few(found))
        figure = charts.calls_by_half(found.halves, _("On a mean day"), _("up to a busy day: nine of ten have no more"))
        drill.chart(figure, "staffing_calls", chosen, ["hour"], "inbound_calls")
    with right:
        drill.heading(_("People needed and people there"))
        names = (_("Was there, mean"), _("Needed on the phones"), _("On the roster for them"))
        figure = charts.people_by_half(found.halves, *names)
        drill.chart(figure, "staffing_people", chosen, ["hour"], "inbound_calls")


def _few(found: Study) -> str:
    days = int(found.halves["days"].min())
    return _("too little history: {days}").format(days=formats.days(days)) if days < FEW else ""


def notes(found: Study, options: Options) -> None:
    """Says what the figures rest on, where that is not what the `options` ask for, and what they leave out."""
    for text in _notes(found, options):
        st.caption(as_markdown(text))


def _notes(found: Study, options: Options) -> Iterator[str]:
    if found.options != options:
        yield _("Too little history for a forecast: the calls of a mean day are taken.")
    yield _("{days} counted. Left out: holidays and moved days – {free}, ends of the history – {cut}.").format(
        days=formats.days(len(found.days.counted)),
        free=formats.number(found.days.free),
        cut=formats.number(found.days.cut),
    )
    if found.patience:
        yield _("Clients wait {mean} on average before they hang up ({low}–{high}; {number} hung up).").format(
            mean=formats.duration(found.patience.mean_s), low=formats.duration(found.patience.low_s),
            high=formats.duration(found.patience.high_s), number=formats.number(found.patience.gave_up),
        )  # fmt: skip
    elif found.options.model == "a":
        yield _("Too few clients hung up to know their patience: Erlang C is shown in place of Erlang A.")
    if not found.wrapup:
        yield _("After-call work is not known and counts as 0: more people are needed than it says here.")
    if found.outside >= 1:
        yield _("{number} calls a week come in half hours not shown; nobody is planned for them.").format(
            number=formats.number(round(found.outside))
        )
    yield _("All people here count as one group that takes any call: choose a queue or a team where it is not so.")

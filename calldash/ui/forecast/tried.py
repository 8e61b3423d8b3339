"""How far off forecasts were: real days beside what was said of them a week before, and the rules side by side."""

import pandas as pd
import streamlit as st

from calldash import charts, formats, labels
from calldash.filters import CallFilter
from calldash.forecast.outlook import LONGEST, Outlook, timeless
from calldash.forecast.rules import RULES
from calldash.forecast.trying import Score, off
from calldash.hours.schedule import HOLIDAY
from calldash.i18n import gettext as _
from calldash.ui import drill, style
from calldash.ui import terms as glossary_terms
from calldash.ui.forecast.page import day_name
from calldash.ui.safe import as_html, as_markdown

_WEEK = 7


def draw(found: Outlook, chosen: CallFilter) -> None:
    """Draws the tried weeks, and the table of the rules."""
    said = found.tried[found.tried["ahead"] == _WEEK].sort_values("day")
    names = (_("Calls that came"), _("Said a week before"), _("between these on four days of five"))
    line = said.drop(columns="calls").rename(columns={"said": "calls"})
    figure = charts.come_and_expected(said[["day", "calls"]], line, names)
    drill.chart(figure, "forecast_tried", timeless(chosen), ["day"], "inbound_calls")
    head = (_("Rule"), _("Off by, all days"), _("1–7 days ahead"), _("8–14 days ahead"), _("Calls a day"))
    _table(head, [_scored(score, score.key == found.rule) for score in found.scores])
    for text in _notes(found):
        st.caption(as_markdown(text))


def _scored(score: Score, in_use: bool) -> tuple[str, ...]:
    errors = (formats.share(one) for one in (score.error, score.near, score.far))
    return (_title(score.key, in_use), *errors, formats.number(round(score.calls, 1)))


def _title(key: str, in_use: bool) -> str:
    title = next(_(rule.title) for rule in RULES if rule.key == key)
    return _("{rule} – in use").format(rule=title) if in_use else title


def _notes(found: Outlook) -> list[str]:
    held = [formats.NOTHING if one is None else formats.share(one) for one in (found.held, found.hours_held)]
    count = formats.number(int(found.tried["said"].notna().sum()))
    return [
        _(
            "Each day was said 1 to 14 days before, from what was known then: {count} forecasts. Off by: all that was "
            "said too much or too little, as a share of the calls that came; by hours it is {hours}."
        ).format(count=count, hours=formats.share(off(found.tried_hours))),
        _(
            "Within the band lay {days} of the days and {hours} of the hours with a call or more expected; four of "
            "five (80 %) are meant to. Each week was judged by the errors of the other weeks."
        ).format(days=held[0], hours=held[1]),
        _(
            "Learnt from {days} up to {last}, at most a year; the period above does not matter. Holidays and moved "
            "days count as their kind."
        ).format(days=formats.days(len(found.past)), last=labels.day_label(found.past["day"].iloc[-1].date()))
        if len(found.past) < LONGEST
        else _("Learnt from the year up to {last}; the period above does not matter. Holidays and moved days count as "
               "their kind.").format(last=labels.day_label(found.past["day"].iloc[-1].date())),
    ]  # fmt: skip


def table(found: Outlook) -> None:
    """The days to come with their numbers."""
    head = (_("Day"), _("Expected calls"), _("Between"))
    _table(head, [(_named(row), _whole(row["calls"]), _between(row)) for _at, row in found.days.iterrows()])


def _named(row: "pd.Series[float]") -> str:
    kind = f" · {_('holiday')}" if row["kind"] == HOLIDAY else ""
    return day_name(pd.Timestamp(row["day"])) + kind


def _whole(value: float) -> str:
    return formats.NOTHING if pd.isna(value) else formats.number(round(value))


def _between(row: "pd.Series[float]") -> str:
    return formats.NOTHING if pd.isna(row["low"]) else f"{_whole(row['low'])}–{_whole(row['high'])}"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    titles = "".join(f'<th scope="col">{as_html(one)}</th>' for one in head)
    lines = [
        f'<tr><th scope="row">{as_html(first)}</th>{"".join(f"<td>{as_html(cell)}</td>" for cell in rest)}</tr>'
        for first, *rest in rows
    ]
    style.also("plans")
    st.html(f'<table class="cd-plans"><thead><tr>{titles}</tr></thead><tbody>{"".join(lines)}</tbody></table>')


def terms(asked: str) -> None:
    """For the glossary: what the rules say in whose name, key or meaning `asked` occurs."""
    words = [(_(rule.title), rule.key, _(rule.words)) for rule in RULES]
    glossary_terms.draw(_("Rules of the forecast"), words, asked)

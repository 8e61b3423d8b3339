"""What the glossary tells about a number: its subject, its SQL as it is asked now, the settings behind it. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from calldash.glossary.subjects import OTHER, SUBJECTS
from calldash.i18n import mark
from calldash.metrics import DIMENSIONS, FLAGS, METRICS, Metric
from calldash.query import Moment, Question, expand

# What an aggregate runs over.
ROWS = {
    "calls": mark("calls and messages"),
    "legs": mark("legs of calls, with their own employee, team and queue"),
    "people": mark("employees, with the seconds each talked, the least first"),
    "gaps": mark("talks, with the time since the employee's talks before on that day"),
    "signed": mark("the time employees were signed in, a row a day"),
    "presence": mark("legs of calls and the time employees were signed in"),
    "talks": mark("calls whose recording was listened to"),
    "moments": mark("beginnings and ends of talk, with how many talk at once"),
    "spend": mark("calls, days of ad spend, and deals under the sources of their calls"),
    "paid_sources": mark("sources whose ad spend is known"),
}
UNITS = {
    "count": mark("a count"),
    "share": mark("a share"),
    "seconds": mark("a time"),
    "money": mark("an amount"),
    "rate": mark("a number of times"),
}
BETTER = {"higher": mark("more is better"), "lower": mark("less is better")}
SETTINGS = {
    "service_level_s": mark("Answered in time is within, seconds"),
    "short_abandon_s": mark("A client who gives up sooner does not count as abandoned, seconds"),
    "callback_target_min": mark("Called back in time is within, minutes"),
    "callback_window_h": mark("A missed client is waited for, hours"),
    "target_talk_s": mark("A target call talks at least, seconds"),
    "repeat_days": mark("A repeat call comes within, days"),
    "unique_memory_days": mark("A client is unique again after, days"),
    "margin": mark("Margin of sales"),
    "currency": mark("Currency where none is given"),
    "ad_cost_vat": mark("Ad cost counts with VAT (in) or without (out)"),
    "sales_from": mark("Sales come from: calls, deals, or deals where there are any (auto)"),
    "attribution": mark("A deal is put down to: the first call, the last one before it, or all in equal parts"),
    "attribution_window_days": mark("A call may bring a deal for, days"),
    "working_hours": mark("Working hours"),
    "team_hours": mark("Working hours of teams"),
    "holiday_country": mark("Country of public holidays"),
    "day_exceptions": mark("Days with hours of their own"),
    "callback_clock": mark("Minutes in which the list of callbacks is judged"),
    "ledger_days": mark("Missed clients stay in the list of callbacks, days"),
    "line_groups": mark("Groups of lines"),
    "queue_member_days": mark("A member of a queue was rung in it within, days"),
    "zone": mark("Time zone of days and hours"),
}
# Settings behind columns that were computed when calls were stored.
_BEHIND_COLUMNS = {
    "is_episode": ("callback_window_h",),
    "is_unique": ("unique_memory_days",),
    "is_repeat": ("repeat_days",),
}
_DAYS = re.compile(r"(?:DATE '[-0-9]+'(?:, )?){4,}")  # public holidays of many years
_PLACE = re.compile(r"\$(\w+)")
_NAME = re.compile(r"\{(\w+)\}")
_BREAKS = re.compile(r" (?=FILTER \(|/ nullif\(|AND |WHEN |ELSE |END\b)")


@dataclass(frozen=True)
class Term:
    """A number of the catalogue and the msgid of its subject."""

    metric: Metric
    subject: str


def terms() -> list[Term]:
    """Every number of the catalogue, by subject."""
    placed = [Term(METRICS[key], subject) for subject, keys in SUBJECTS.items() for key in keys]
    known = {term.metric.key for term in placed}
    return placed + [Term(metric, OTHER) for key, metric in METRICS.items() if key not in known]


def in_force(text: str, moment: Moment) -> str:
    """SQL of the catalogue as it is asked now, with flags, thresholds and "now" filled in: to be read, not run."""
    asked = Question()
    sql = expand(text, moment, asked)
    return _PLACE.sub(lambda found: _literal(asked.values[found[1]]), sql)


def broken(sql: str) -> str:
    """The same SQL on several lines, so that it fits a phone; a long list of days is told by its number."""
    shorter = _DAYS.sub(lambda found: f"… {found[0].count('DATE')} …", sql)
    return _BREAKS.sub("\n  ", shorter)


def _literal(value: Any) -> str:
    if isinstance(value, datetime):
        return f"'{value:%Y-%m-%d %H:%M:%S}'"
    return "'" + str(value).replace("'", "''") + "'"


def settings_of(metric: Metric) -> tuple[str, ...]:
    """The names of the settings that change this number, in the order of `SETTINGS`."""
    text = " ".join(_unfolded(f"{metric.sql} {metric.cases or ''}"))
    found = {*metric.settings, *_NAME.findall(text)}
    found |= {name for column, names in _BEHIND_COLUMNS.items() if re.search(rf"\b{column}\b", text) for name in names}
    return tuple(name for name in SETTINGS if name in found)


def _unfolded(text: str) -> Iterable[str]:
    """The text, and the text of every flag it leans on."""
    yield text
    for name in dict.fromkeys(_NAME.findall(text)):
        if name in FLAGS:
            yield from _unfolded(FLAGS[name])


def breakdowns() -> list[tuple[str, str, tuple[str, ...]]]:
    """Every breakdown: key, SQL, the possible values where they are few."""
    return [(one.key, one.sql, one.values) for one in DIMENSIONS.values()]

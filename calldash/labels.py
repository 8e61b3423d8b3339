"""The catalogue in the reader's language: titles of numbers and breakdowns, words for values. Pure."""

from datetime import date
from typing import Any, Literal

import pandas as pd
from babel.dates import format_date, format_skeleton, get_day_names

from calldash.i18n import gettext, language, locale, pgettext
from calldash.i18n import gettext as _
from calldash.metrics import DIMENSIONS, METRICS
from calldash.numbers.place_names import in_english
from calldash.settings import line_groups

# Values that are words: English by dimension and code; the dimension is the context of the translation.
VALUES: dict[str, dict[str, str]] = {
    "direction": {"inbound": "Inbound", "outbound": "Outbound", "internal": "Internal"},
    "kind": {"voice": "Voice", "sms": "SMS", "mms": "MMS", "data": "Data"},
    "status": {
        "answered": "Answered",
        "missed": "Missed",
        "unreached": "Not reached",
        "unanswered": "Not answered",
        "message": "Message",
        "spam": "Spam",
    },
    "miss_reason": {
        "off_hours": "Outside working hours",
        "no_agents": "Nobody signed in",
        "busy": "Busy",
        "no_answer": "Rang out",
        "rejected": "Rejected",
        "technical": "Technical fault",
        "blocked": "Blocked",
        "abandoned": "Client hung up",
        "unknown": "Reason not known",
    },
    "miss_cause": {
        "closed": "Closed hours",
        "nobody": "Nobody signed in",
        "all_busy": "Everybody busy",
        "rang_out": "Rang out",
        "left_short": "Left at once",
        "left_10": "Left before 10 s",
        "left_20": "Left before 20 s",
        "left_30": "Left before 30 s",
        "left_60": "Left before 1 min",
        "left_later": "Left later",
        "technical": "Technical fault",
        "rejected": "Rejected",
        "unknown": "Cause not known",
    },
    "callback": {
        "called_back": "Called back",
        "got_through": "Got through alone",
        "tried": "Tried in vain",
        "lost": "Lost",
        "pending": "Still to call back",
    },
    "promptness": {"timely": "In time", "late": "Late"},
    "source_by": {"provider": "The phone system", "tracking": "The line that was called"},
    "nature": {
        "spam": "Spam",
        "unique": "Unique",
        "target": "Target, not the first",
        "repeat": "Repeat",
        "other": "Any other",
    },
    "ruled": {
        "spam": "Spam by a rule",
        "not_spam": "No spam by a rule",
        "target": "Target by a rule",
        "not_target": "Not target by a rule",
        "tag": "Only a tag by a rule",
    },
    "recorded": {"yes": "With a recording", "no": "Without a recording"},
    "transcribed": {"yes": "With a transcript", "no": "Without a transcript"},
    "outcome": {"success": "Success", "failure": "Failure"},
    "roaming": {"yes": "In roaming", "no": "Not in roaming"},
    "number_kind": {
        "mobile": "Mobile",
        "landline": "Landline",
        "either": "Landline or mobile",
        "toll_free": "Free for callers",
        "premium": "Premium number",
        "shared_cost": "Shared cost",
        "voip": "Internet telephony",
        "other": "Other number",
    },
    "working": {"yes": "In working hours", "no": "Outside working hours"},
}


def title(metric: str) -> str:
    """The name of a number, by its key."""
    return gettext(METRICS[metric].title)


def short_title(metric: str) -> str:
    """The same for the head of a column, where the table's subject says the rest."""
    short = {
        "handled_calls": pgettext("column", "Calls"),
        "handled_talk_s": pgettext("column", "Talk"),
        "avg_handled_talk_s": pgettext("column", "Mean talk"),
        "load_share": pgettext("column", "Load"),
        "rings": pgettext("column", "Rings"),
        "missed_rings": pgettext("column", "Not taken"),
        "pickup_share": pgettext("column", "Taken"),
        "avg_pickup_s": pgettext("column", "To pick up"),
        "longest_break_s": pgettext("column", "Longest break"),
        "peak_parallel": pgettext("column", "Peak"),
        "outbound_calls": pgettext("column", "Outbound"),
        "reach_rate": pgettext("column", "Reached"),
        "inbound_calls": pgettext("column", "Inbound"),
        "unique_calls": pgettext("column", "Unique"),
        "target_calls": pgettext("column", "Target"),
        "unique_target_calls": pgettext("column", "Unique target"),
        "repeat_calls": pgettext("column", "Repeat"),
        "missed_calls": pgettext("column", "Missed"),
        "missed_share": pgettext("column", "Missed, share"),
        "sale_calls": pgettext("column", "Sales"),
    }
    return short.get(metric) or title(metric)


def definition(metric: str) -> str:
    """What a number means, in a sentence."""
    return gettext(METRICS[metric].words)


def dimension_title(dimension: str) -> str:
    """The name of a breakdown, by its key."""
    return gettext(DIMENSIONS[dimension].title)


def value_label(dimension: str, value: Any) -> str:
    """A value of a breakdown as people read it; null is "not known"."""
    if value is None or pd.isna(value) or value == "":
        return _("not known")
    if DIMENSIONS[dimension].type == "date":
        return day_label(_as_date(value), dimension)
    if dimension == "weekday":
        return weekday(int(value))
    if dimension == "hour":
        return f"{int(value)}:00"
    if dimension == "line_group" and value == line_groups.NONE:
        return _("not in a group")
    if dimension == "country":
        return str(locale().territories.get(str(value), value))
    if dimension in ("region", "carrier"):
        return in_english(str(value)) if language() == "en" else str(value)
    if words := VALUES.get(dimension):
        word = words.get(str(value))
        return pgettext(dimension, word) if word else str(value)
    return str(int(value)) if DIMENSIONS[dimension].type == "number" else str(value)


def value_code(dimension: str, value: Any) -> str | None:
    """A cell of a frame as `CallFilter` holds the value; None is "not known"."""
    if value is None or pd.isna(value) or value == "":
        return None
    if DIMENSIONS[dimension].type == "date":
        return _as_date(value).isoformat()
    return str(int(value)) if DIMENSIONS[dimension].type == "number" else str(value)


def weekday(number: int, width: Literal["abbreviated", "wide"] = "abbreviated") -> str:
    """The name of a weekday, 1 = Monday."""
    name = str(get_day_names(width, "stand-alone", locale())[number - 1])
    return name[:1].upper() + name[1:]


def day_label(day: date, grain: str = "day") -> str:
    """A day, or the week or month that begins with it, with its year: "3 Nov 2026", "November 2026"."""
    if grain == "month":
        text = format_date(day, "LLLL y", locale())
        return text[:1].upper() + text[1:]
    text = format_date(day, "d MMM y", locale())
    return _("week of {day}").format(day=text) if grain == "week" else text


def day_short(day: date, grain: str = "day") -> str:
    """The same for an axis: "3 Nov", "Nov 26"."""
    if grain == "month":
        return format_date(day, "LLL yy", locale())
    return str(format_skeleton("MMMd", day, locale=locale()))


def period_label(since: date | None, until: date | None) -> str:
    """A period of days: "1–30 Nov 2026"; open ends are words."""
    if since and until:
        if since == until:
            return day_label(since)
        return _joined(since, until)
    if since:
        return _("since {day}").format(day=day_label(since))
    return _("until {day}").format(day=day_label(until)) if until else _("all time")


def _joined(since: date, until: date) -> str:
    if since.year != until.year:
        return f"{day_label(since)} – {day_label(until)}"
    first = str(since.day) if since.month == until.month else format_date(since, "d MMM", locale())
    return f"{first} – {day_label(until)}" if since.month != until.month else f"{first}–{day_label(until)}"


def _as_date(value: Any) -> date:
    return pd.Timestamp(value).date()

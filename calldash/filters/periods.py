"""The usual periods of a report, by code: which days they mean, counted from a day. Pure."""

from datetime import date, timedelta

LENGTHS = {"7d": 7, "30d": 30, "90d": 90}
ALL, CUSTOM = "all", "custom"
PRESETS = ("today", "yesterday", "7d", "30d", "90d", "week", "last_week", "month", "last_month", ALL)


def days_of(preset: str, today: date, first: date) -> tuple[date, date]:
    """The first and last day of a preset; `today` is the day it counts from, `first` the first day there is."""
    if preset in LENGTHS:
        return today - timedelta(days=LENGTHS[preset] - 1), today
    month, week = today.replace(day=1), today - timedelta(days=today.weekday())
    before = month - timedelta(days=1)
    yesterday = today - timedelta(days=1)
    return {
        "today": (today, today),
        "yesterday": (yesterday, yesterday),
        "week": (week, today),
        "last_week": (week - timedelta(days=7), week - timedelta(days=1)),
        "month": (month, today),
        "last_month": (before.replace(day=1), before),
        ALL: (min(first, today), today),
    }[preset]


def preset_of(since: date | None, until: date | None, today: date, first: date) -> str:
    """The preset that means these days, or "custom". Of two the first of the table wins."""
    return next((one for one in PRESETS if days_of(one, today, first) == (since, until)), CUSTOM)

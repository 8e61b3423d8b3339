"""The usual periods of a report, by code: what they are called and which days they mean. Pure."""

from datetime import date, timedelta

from calldash.i18n import gettext as _

LENGTHS = {"7d": 7, "30d": 30, "90d": 90}
PRESETS = ("today", "yesterday", "7d", "30d", "90d", "month", "last_month", "all")
DEFAULT, CUSTOM = "30d", "custom"


def days_of(preset: str, today: date, first: date) -> tuple[date, date]:
    """The first and last day of a preset; `today` is the day it counts from, `first` the first day there is."""
    if preset in LENGTHS:
        return today - timedelta(days=LENGTHS[preset] - 1), today
    month = today.replace(day=1)
    before = month - timedelta(days=1)
    yesterday = today - timedelta(days=1)
    return {
        "today": (today, today),
        "yesterday": (yesterday, yesterday),
        "month": (month, today),
        "last_month": (before.replace(day=1), before),
        "all": (min(first, today), today),
    }[preset]


def preset_of(since: date | None, until: date | None, today: date, first: date) -> str:
    """The preset that means these days, or "custom". Of two the first of the table wins."""
    return next((one for one in PRESETS if days_of(one, today, first) == (since, until)), CUSTOM)


def preset_label(preset: str, is_today: bool) -> str:
    """What a preset is called; days that are not today's have other names."""
    if preset == "today":
        return _("Today") if is_today else _("Last day in the data")
    if preset == "yesterday":
        return _("Yesterday") if is_today else _("The day before the last")
    return {
        "7d": _("7 days"),
        "30d": _("30 days"),
        "90d": _("90 days"),
        "month": _("This month") if is_today else _("Last month in the data"),
        "last_month": _("Last month") if is_today else _("The month before"),
        "all": _("All time"),
        "custom": _("Choose days…"),
    }[preset]

"""Which days of the history speak for an ordinary week: whole ones, without holidays. Half hours of a day."""

from collections.abc import Callable, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from calldash.hours.schedule import HOLIDAY
from calldash.hours.special_days import public
from calldash.settings import Settings

HALVES = 48  # half hours of a day, 0 begins at midnight
HALF_S = 1800
FEW = 4  # days of a weekday: with fewer the mean says little
_DAY = timedelta(days=1)
Open = frozenset[tuple[int, int]]  # (weekday from 1 = Monday, half hour)


@dataclass(frozen=True)
class Days:
    """The days that count, and how many of the period do not, by the reason."""

    counted: tuple[date, ...]
    free: int = 0  # holidays, days off moved there, and the weekends worked for them
    cut: int = 0  # the first and the last day of the history


def whole_days(
    history: tuple[date, date],
    since: date | None,
    until: date | None,
    special: Set[date],
    wanted: Callable[[date], bool],
) -> Days:
    """Of the days `wanted` in the period [since, until] (None: open) within the `history`: those not `special`."""
    first, last = max(since or history[0], history[0]), min(until or history[1], history[1])
    every = (first + _DAY * step for step in range((last - first).days + 1))
    inside = [day for day in every if wanted(day)]
    whole = [day for day in inside if day not in history]
    counted = tuple(day for day in whole if day not in special)
    return Days(counted, len(whole) - len(counted), len(inside) - len(whole))


def special(settings: Settings, last_year: int) -> frozenset[date]:
    """The days unlike their weekday: public holidays, weekends worked for them, the operator's own exceptions."""
    return frozenset(public(settings.holiday_country, last_year)) | frozenset(settings.schedule.special)


def working(settings: Settings) -> Open:
    """The half hours of an ordinary week in which the company, or a team, works."""
    weeks = (settings.schedule.week, *settings.schedule.teams.values())
    return frozenset(
        (span.weekday, half)
        for span in chain(*weeks)
        if span.weekday != HOLIDAY
        for half in range(span.begins * 60 // HALF_S, -(-span.ends * 60 // HALF_S))
    )


def shift(zone: str, day: date) -> int:
    """By how many minutes within the hour the zone's clock goes before UTC: 0 nearly everywhere, 30 in India."""
    offset = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).utcoffset() or timedelta()
    return int(offset.total_seconds() // 60) % 60


def span(half: int) -> str:
    """A half hour as people write it: 9:30–10:00."""
    return f"{half // 2}:{half % 2 * 30:02}–{(half + 1) // 2}:{(half + 1) % 2 * 30:02}"

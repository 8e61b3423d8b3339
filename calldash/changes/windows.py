"""The stretches of time that are compared: today so far, yesterday, the last seven days. Pure."""

from collections.abc import Callable, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta

WEEKS, WEEK = 4, 7
HISTORY = WEEKS * WEEK  # days before a window that tell how much its figures vary by themselves
READ = HISTORY + WEEK  # days before today that are read
_FEW_DAYS = 4  # of a week that has holidays
_LATE_SYSTEM = timedelta(days=2)
SO_FAR, DAY, LAST_WEEK = "so_far", "day", "week"


@dataclass(frozen=True)
class Window:
    """Days and those they are compared with; `hour`: of each day only the hours before it."""

    key: str
    days: tuple[date, ...]
    before: tuple[date, ...]
    hour: int = 24

    @property
    def ratio(self) -> float:
        """How many times longer the stretch compared with is."""
        return len(self.before) / len(self.days)

    @property
    def history(self) -> tuple[date, ...]:
        """The days that tell the usual variation."""
        first = min(self.days)
        return tuple(first - timedelta(days=ago) for ago in range(HISTORY, 0, -1))


def now_of(moments: Set[datetime]) -> datetime | None:
    """Until when the data speak: the earliest of the systems' nows, those aside that ended days before the newest."""
    known = [one for one in moments if one > max(moments) - _LATE_SYSTEM]
    return min(known) if known else None


def windows(now: datetime, ordinary: Callable[[date], bool], special: Set[date]) -> list[Window]:
    """The windows at the local moment `now`; `ordinary` says which days can be compared with.

    A day that is unlike its weekday by the calendar (`special`) is not looked at.
    """
    today, found = now.date(), []
    for key, day, hour in ((SO_FAR, today, now.hour), (DAY, today - timedelta(days=1), 24)):
        alike = [day - timedelta(weeks=week) for week in range(1, WEEKS + 1)]
        before = tuple(one for one in alike if ordinary(one))
        if hour and day not in special and len(before) >= WEEKS // 2:
            found.append(Window(key, (day,), before, hour))
    week = [today - timedelta(days=ago) for ago in range(WEEK, 0, -1)]
    pairs = [(day, day - timedelta(weeks=1)) for day in week]
    pairs = [pair for pair in pairs if pair[0] not in special and ordinary(pair[1])]
    if len(pairs) >= _FEW_DAYS:
        found.append(Window(LAST_WEEK, tuple(day for day, _ in pairs), tuple(day for _, day in pairs)))
    return found

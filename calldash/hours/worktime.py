"""Working time between instants: what a clock shows that stands still while nobody works. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from calldash.hours.schedule import Schedule

Instants = npt.NDArray[np.datetime64]
Stretch = tuple[datetime, datetime]
Seconds = npt.NDArray[np.int64]
_MIDNIGHT = 24 * 60


def stretches(schedule: Schedule, zone: str, team: str | None, since: date, until: date) -> list[Stretch]:
    """The stretches (UTC) of the local days `since` to `until` in which the team, or the company, works."""
    found = []
    for year in range(since.year, until.year + 1):
        found += [(begin, end) for day, begin, end in _of_year(schedule, zone, team, year) if since <= day <= until]
    return found


@lru_cache(maxsize=256)
def _of_year(schedule: Schedule, zone: str, team: str | None, year: int) -> tuple[tuple[date, datetime, datetime], ...]:
    first, known = date(year, 1, 1), ZoneInfo(zone)
    days = [first + timedelta(days=step) for step in range((date(year, 12, 31) - first).days + 1)]
    return tuple(
        (day, _instant(day, begins, known), _instant(day, ends, known))
        for day in days
        for begins, ends in schedule.hours(day, team)
    )


def _instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    day, minute = (day + timedelta(days=1), 0) if minute == _MIDNIGHT else (day, minute)
    local = datetime.combine(day, time(minute // 60, minute % 60), zone)
    return local.astimezone(UTC).replace(tzinfo=None)


class Worktime:
    """The clock of a team, or of the company, over the local days `since` to `until`."""

    def __init__(self, schedule: Schedule, zone: str, team: str | None, since: date, until: date) -> None:
        found = stretches(schedule, zone, team, since, until)
        self._begins = _whole_seconds(np.array([begin for begin, _end in found], dtype="datetime64[us]"))
        lengths = _whole_seconds(np.array([end for _begin, end in found], dtype="datetime64[us]")) - self._begins
        self._until = np.cumsum(lengths)  # worked when each stretch has ended
        self._before = self._until - lengths

    def at(self, instants: Instants) -> Seconds:
        """The working seconds from the clock's beginning to each instant (UTC)."""
        if not len(self._begins):
            return np.zeros(len(instants), dtype=np.int64)
        seconds = _whole_seconds(instants)
        place = np.searchsorted(self._begins, seconds, side="right") - 1
        into = seconds - self._begins[np.maximum(place, 0)]
        passed = np.minimum(self._before[np.maximum(place, 0)] + into, self._until[np.maximum(place, 0)])
        return np.where(place < 0, 0, passed)

    def between(self, since: Instants, until: Instants) -> Seconds:
        """The working seconds from one instant to the other, pair by pair."""
        return self.at(until) - self.at(since)


def _whole_seconds(instants: Instants) -> Seconds:
    return instants.astype("datetime64[s]").astype(np.int64)

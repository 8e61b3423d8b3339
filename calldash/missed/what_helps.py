"""What would have helped against missed calls: an hour answered like the hour beside it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

import pandas as pd

from calldash.formats import FEW, wilson


@dataclass(frozen=True)
class Hour:
    """An hour of the day: inbound calls in working hours, and the share of them that was missed."""

    hour: int
    calls: int
    share: float


@dataclass(frozen=True)
class Help:
    """`worse` answered like `better` would have saved so many calls a week, 95 % surely between `low` and `high`."""

    worse: Hour
    better: Hour
    weeks: float

    @property
    def saved(self) -> float:
        return self._a_week(self.worse.share - self.better.share)

    @property
    def low(self) -> float:
        worse, better = (wilson(one.share, one.calls) for one in (self.worse, self.better))
        down = sqrt((self.worse.share - worse[0]) ** 2 + (better[1] - self.better.share) ** 2)
        return self._a_week(self.worse.share - self.better.share - down)

    @property
    def high(self) -> float:
        worse, better = (wilson(one.share, one.calls) for one in (self.worse, self.better))
        up = sqrt((worse[1] - self.worse.share) ** 2 + (self.better.share - better[0]) ** 2)
        return self._a_week(self.worse.share - self.better.share + up)

    @property
    def saves(self) -> tuple[float, float, float]:
        """`saved`, `low`, `high`."""
        return self.saved, self.low, self.high

    def _a_week(self, difference: float) -> float:
        return self.worse.calls * difference / self.weeks


def of_hours(by_hour: pd.DataFrame, days: int, most: int = 3) -> list[Help]:
    """The same from a frame of `open_missed_share` by hour, with its cases, over so many days."""
    known = by_hour.dropna()
    rows = zip(known["hour"], known["open_missed_share_cases"], known["open_missed_share"], strict=True)
    return hours((Hour(int(hour), int(calls), float(share)) for hour, calls, share in rows), max(days, 1) / 7, most)


def hours(found: Iterable[Hour], weeks: float, most: int = 3) -> list[Help]:
    """The hours that would have saved most, each against the better of its neighbours; only where the difference is
    surely more than chance, and hours of enough calls.
    """
    known = {one.hour: one for one in found if one.calls >= FEW}
    helps = []
    for one in known.values():
        beside = [known[hour] for hour in (one.hour - 1, one.hour + 1) if hour in known]
        if beside:
            helps.append(Help(one, min(beside, key=lambda other: other.share), weeks))
    return sorted((one for one in helps if one.low > 0), key=lambda one: -one.saved)[:most]

"""Lines, queues and sources that ring otherwise than they usually do at this time of the week. Pure."""

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import numpy as np
import pandas as pd

from calldash.changes import noise, scope
from calldash.changes.found import FEW, MANY, SILENT, Ring
from calldash.changes.sums import HOURS, Grid, grid
from calldash.changes.windows import DAY, SO_FAR, WEEK, WEEKS, Window
from calldash.filters import CallFilter

_SURE = 0.01  # the chance of one false alarm in all
_LEAST = 3  # calls that a silence should have had
_MORE, _TIMES, _BASE = 5, 1.5, 8  # a spike: so many more, so many times; too few: out of so many
MOST = 4  # alarms at once
_ORDER = ("line", "source", "queue")


@dataclass(frozen=True)
class Times:
    """The local moment until when data speak, the first whole day, the days that are no ordinary ones, and `wild`:
    those on which so much went otherwise that nothing is held against them.
    """

    now: datetime
    first: date
    special: Set[date]
    wild: Set[date] = frozenset()

    @property
    def last(self) -> date:
        """The newest day that data speak of."""
        return (self.now - timedelta(seconds=1)).date()

    def ordinary(self, day: date) -> bool:
        """Whether a day can be compared with."""
        return day >= self.first and day not in self.special and day not in self.wild


@dataclass(frozen=True, eq=False)
class _Line:
    """A value of a breakdown: its calls by day and hour, by how much they vary above Poisson, the filter around."""

    breakdown: str
    value: str
    calls: Grid
    scale: float
    chosen: CallFilter

    @property
    def scope(self) -> CallFilter:
        return self.chosen.choose(self.breakdown, [self.value])


def rings(found: pd.DataFrame, times: Times, windows: list[Window], chosen: CallFilter) -> list[Ring]:
    """The alarms that are surely more than chance, the least likely first; `found` is the report `rings`.

    A silence is told before what a day of the same line says.
    """
    looked: list[Ring] = []
    for line in _lines(found, times, chosen):
        looked += [*_silence(line, times), *_counts(line, windows)]
    chances = noise.holm([one.chance for one in looked])
    sure = [one for one, chance in zip(looked, chances, strict=True) if chance < _SURE and _matters(one)]
    sure.sort(key=lambda one: (one.kind != SILENT, _ORDER.index(one.breakdown), one.chance))
    told = {(one.breakdown, one.value): one for one in reversed(sure)}
    return list(reversed(told.values()))[:MOST]


def _lines(found: pd.DataFrame, times: Times, chosen: CallFilter) -> Iterator[_Line]:
    rows = found.rename(columns={"calls": "part"}).assign(whole=0.0)
    for breakdown, own in rows.groupby("breakdown"):
        grids = {str(value): grid(part, times.now.date()) for value, part in own.groupby("value")}
        spreads = {value: _spread(calls, times) for value, calls in grids.items()}
        free = sum(one.df for one in spreads.values())
        pooled = sum(one.variance * one.df for one in spreads.values()) / free if free else 1.0
        for value, calls in grids.items():
            yield _Line(str(breakdown), value, calls, max(1.0, pooled, spreads[value].variance), chosen)


def _spread(calls: Grid, times: Times) -> noise.Spread:
    today = times.now.date()
    days = [today - timedelta(days=ago) for ago in range(1, WEEKS * WEEK + 1)]
    known = [day for day in days if times.ordinary(day)]
    part, _whole = calls.daily(known, HOURS)
    return noise.spread(np.array([day.isoweekday() for day in known], dtype="float64"), part)


def _matters(one: Ring) -> bool:
    if one.kind == SILENT:
        return one.usual >= _LEAST
    if one.kind == MANY:
        return one.count - one.usual >= _MORE and one.count >= _TIMES * one.usual
    return one.usual >= _BASE and one.count <= one.usual / _TIMES


def _silence(line: _Line, times: Times) -> Iterator[Ring]:
    """From the hour after the last call to now; at most a week, later it is no news."""
    until = HOURS * (times.now.date() - line.calls.first).days + times.now.hour  # outside, as hours of the grid
    counts = line.calls.part.ravel()
    came = counts[: until + 1].nonzero()[0]
    begin = int(came[-1]) + 1 if len(came) else until
    if not 0 < until - begin <= HOURS * WEEK:
        return
    day_of = [line.calls.first + timedelta(days=hour // HOURS) for hour in range(until)]
    hours = [hour for hour in range(begin, until) if day_of[hour] not in times.special]
    weeks = [[hour - HOURS * WEEK * week for hour in hours] for week in range(1, WEEKS + 1)]
    alike = [own for own in weeks if own and own[0] >= 0 and all(times.ordinary(day_of[hour]) for hour in own)]
    if len(alike) < WEEKS // 2:
        return
    before = float(sum(counts[own].sum() for own in alike))
    chance = noise.at_most(0, before, len(alike), line.scale)
    since = datetime.combine(day_of[begin - 1], time(begin % HOURS))
    calls = replace(line.scope, since=since.date() - timedelta(weeks=1), until=times.last)
    yield Ring(SILENT, line.breakdown, line.value, 0, before / len(alike), chance, calls, since=since)


def _counts(line: _Line, windows: list[Window]) -> Iterator[Ring]:
    for window in windows:
        if window.key not in (SO_FAR, DAY):
            continue
        sums = line.calls.sums(window)
        usual = sums.part_then / window.ratio
        kind, tail = (MANY, noise.at_least) if sums.part > usual else (FEW, noise.at_most)
        chance = min(1.0, 2 * tail(sums.part, sums.part_then, window.ratio, line.scale))
        calls = scope.hours(scope.days(line.scope, window.days), 0, window.hour)
        yield Ring(kind, line.breakdown, line.value, int(sums.part), usual, chance, calls, window=window)

"""Where the next sum of money did best: what more spend brought on days that differ only in it, from own history.

Each source's days are compared with days of the same weekday: how much more came when more was spent. Whole weeks are
drawn again and again, so that the answer has an interval; where the days cannot tell, it is silent and says why.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from calldash.advertising.results.intervals import FEW, Interval

WEEKS = 8  # weeks of history from which a source is told of
VARIED = 0.1  # by how much of its mean the spend of a weekday must vary
_DRAWS, _SEED, _TAIL = 2000, 20260302, 0.025
# Why a source is not told of.
SHORT, STEADY, RARE = "short", "steady", "rare"


@dataclass(frozen=True)
class Advice:
    """Of a source: what `amount` brought on average, what one more such amount brought, and its interval.

    `silent` is the reason why `more` is not known: SHORT, STEADY or RARE; `cases` is how many it is told from.
    """

    source: str
    spent: float
    average: float
    cases: int
    more: float | None = None
    interval: Interval | None = None
    silent: str = ""

    @property
    def surely_more(self) -> bool:
        """Whether more spend brought more beyond chance."""
        return self.interval is not None and self.interval.low > 0


def plan(days: pd.DataFrame, what: str, amount: float) -> list[Advice]:
    """Advice for each source, the best first: by what more money surely brought, the silent ones by their average.

    `days` is the answer of the report ad_days; `what` is its column that counts, profit or targets.
    """
    if days.empty:
        return []
    days = days.assign(day=pd.to_datetime(days["day"]))
    every = pd.date_range(days["day"].min(), days["day"].max())
    found = [_advice(str(source), rows, every, what, amount) for source, rows in days.groupby("source")]
    return sorted(found, key=lambda one: (one.interval is None, -(one.interval.low if one.interval else one.average)))


def _advice(source: str, rows: pd.DataFrame, every: pd.DatetimeIndex, what: str, amount: float) -> Advice:
    daily = rows.set_index("day")[["cost", what]].reindex(every).fillna(0.0)
    spent, brought = float(daily["cost"].sum()), float(daily[what].sum())
    cases = int(rows["buyers" if what == "profit" else what].sum())
    known = Advice(source, spent, brought / spent * amount, cases)
    spend, result = _within_weekday(daily["cost"]), _within_weekday(daily[what])
    silent = ""
    if len(every) < 7 * WEEKS:
        silent = SHORT
    elif cases < FEW:
        silent = RARE
    elif spend.std() < VARIED * daily["cost"].mean():
        silent = STEADY
    if silent:
        return Advice(source, spent, known.average, cases, silent=silent)
    weeks = (np.arange(len(every)) // 7).astype(int)
    more, low, high = (value * amount for value in _slope(spend.to_numpy(), result.to_numpy(), weeks))
    return Advice(source, spent, known.average, cases, more, Interval(low, high))


def _within_weekday(values: "pd.Series[float]") -> "pd.Series[float]":
    """By how much each day differs from the mean of its weekday."""
    weekday = pd.DatetimeIndex(values.index).day_of_week
    return values - values.groupby(weekday).transform("mean")


def _slope(spend: np.ndarray, result: np.ndarray, weeks: np.ndarray) -> tuple[float, float, float]:
    """What one more unit of spend brought, and its interval over draws of whole weeks."""
    count = int(weeks.max()) + 1
    together = np.bincount(weeks, spend * result, count)
    alone = np.bincount(weeks, spend**2, count)
    drawn = np.random.default_rng(_SEED).integers(0, count, (_DRAWS, count))
    slopes = together[drawn].sum(axis=1) / np.maximum(alone[drawn].sum(axis=1), 1e-9)
    low, high = np.quantile(slopes, (_TAIL, 1 - _TAIL))
    return float(together.sum() / alone.sum()), float(low), float(high)

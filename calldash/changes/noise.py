"""How much a figure varies by itself, and how unlikely a change is if nothing happened. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

Numbers = np.ndarray[Any, np.dtype[np.float64]]
_WILD = 6.0  # standard errors
_WITHOUT_ONE = 1.2  # the largest of 28 squares is on average a fifth of their sum
_FEWEST = 6  # degrees of freedom from which a variation is known well enough


@dataclass(frozen=True)
class Spread:
    """The variance that one case brings (of a count: that one expected call brings), known from `df` free days."""

    variance: float
    df: int

    @property
    def is_known(self) -> bool:
        return self.df >= _FEWEST


def spread(weekdays: Numbers, part: Numbers, whole: Numbers | None = None) -> Spread:
    """From the weekdays, parts and wholes (None: a count) of days.

    Each day is held against its own weekday, and busy days weigh more, as overdispersion grows with the calls. The
    wildest day is left out, so that one outage does not hide the next change for weeks; what that takes from the
    variance of ordinary days is given back. Of a count the variance is in units of Poisson's.
    """
    base = np.ones(len(part)) if whole is None else whole
    known = base > 0
    weekdays, part, base = weekdays[known], part[known], base[known]
    if len(part) < 2:
        return Spread(0.0, 0)
    squares, sizes = _squares(weekdays, part, base, whole is None)
    kept = np.arange(len(part)) != np.divide(squares, sizes, out=np.zeros(len(part)), where=sizes > 0).argmax()
    squares, sizes = _squares(weekdays[kept], part[kept], base[kept], whole is None)
    days, free = len(squares), len(squares) - len(np.unique(weekdays[kept]))
    if free <= 0 or not sizes.sum():
        return Spread(0.0, 0)
    even = sizes.sum() ** 2 / (days * (sizes**2).sum())  # 1 where all days are of a size
    return Spread(float(squares.sum() / sizes.sum()) * days / free * _WITHOUT_ONE, int(free * even))


def _squares(weekdays: Numbers, part: Numbers, whole: Numbers, is_count: bool) -> tuple[Numbers, Numbers]:
    """How far each day is from what its weekday's sums expect, squared; and the size that this goes with."""
    alike = weekdays[:, None] == weekdays[None, :]
    expected = whole * (alike @ part) / (alike @ whole)
    return (part - expected) ** 2, expected if is_count else whole


def wildest(weekdays: Numbers, part: Numbers, whole: Numbers | None = None) -> list[int]:
    """The places of days so far off their weekday's usual that nothing should be held against them."""
    base = np.ones(len(part)) if whole is None else whole
    usual = spread(weekdays, part, whole)
    if not usual.is_known:
        return []
    found = []
    for at in range(len(part)):
        others = (weekdays == weekdays[at]) & (np.arange(len(part)) != at)
        if not base[at] or not base[others].sum():
            continue
        rate = part[others].sum() / base[others].sum()
        scale = max(usual.variance, 1.0 if whole is None else rate * (1 - rate))
        error = scale * (rate if whole is None else 1.0) * (base[at] + base[at] ** 2 / base[others].sum())
        if error and abs(part[at] - rate * base[at]) > _WILD * sqrt(error):
            found.append(at)
    return found


def of_ratio(now: tuple[float, float], before: tuple[float, float], usual: Spread) -> float:
    """The two-sided chance of a difference between two part / whole as large as this one (t test)."""
    from scipy.special import stdtr  # takes long to load

    apart = now[0] / now[1] - before[0] / before[1]
    error = sqrt(usual.variance * (1 / now[1] + 1 / before[1]))
    return float(2 * stdtr(usual.df, -abs(apart) / error)) if error else 1.0 if apart == 0 else 0.0


def at_most(count: float, before: float, ratio: float, scale: float = 1.0) -> float:
    """The chance of so few as `count` where a stretch `ratio` times as long brought `before` (Poisson, same rate).

    Given the sum of both, the count is binomial (Przyborowski and Wilenski, 1940); `scale` is by how much the
    variance is above Poisson's, counts are divided by it. With none now it is (ratio / (ratio + 1)) ** before.
    """
    from scipy.special import betainc  # takes long to load

    return float(betainc(before / scale, count / scale + 1, ratio / (ratio + 1))) if before else 1.0


def at_least(count: float, before: float, ratio: float, scale: float = 1.0) -> float:
    """The same for so many as `count`."""
    from scipy.special import betainc  # takes long to load

    return float(betainc(count / scale, before / scale + 1, 1 / (ratio + 1))) if count else 1.0


def of_count(count: float, before: float, ratio: float, usual: Spread) -> float:
    """The two-sided chance of a count: the greater of the exact one and that of a t test, as the scale is estimated."""
    from scipy.special import stdtr  # takes long to load

    scale = max(1.0, usual.variance)
    exact = min(1.0, 2 * min(tail(count, before, ratio, scale) for tail in (at_most, at_least)))
    error = sqrt(scale * (before / ratio) * (1 + 1 / ratio))
    return max(exact, float(2 * stdtr(usual.df, -abs(count - before / ratio) / error))) if error else exact


def holm(chances: Sequence[float]) -> list[float]:
    """The chances corrected for how many were looked at (Holm, 1979), in the order given."""
    order = sorted(range(len(chances)), key=chances.__getitem__)
    found, worst = [1.0] * len(chances), 0.0
    for place, at in enumerate(order):
        worst = max(worst, min(1.0, chances[at] * (len(chances) - place)))
        found[at] = worst
    return found

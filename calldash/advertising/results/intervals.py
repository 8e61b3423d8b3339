"""How far a figure of advertising may be off: 95 % intervals of counts, of the cost of one, and of sums of sales."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2, norm

FEW = 30  # cases from which a figure is not marked as of few
_TAIL = 0.025
_DRAWS, _SEED = 2000, 20260302
_MOST_DRAWN = 2000  # buyers up to which sums are drawn; beyond, they are as good as normal


@dataclass(frozen=True)
class Interval:
    """Where a figure lies with 95 % confidence; `high` None: there is no upper end."""

    low: float
    high: float | None


def count(number: int) -> tuple[float, float]:
    """The interval of a Poisson count (Garwood's, exact)."""
    low = float(chi2.ppf(_TAIL, 2 * number)) / 2 if number else 0.0
    return low, float(chi2.ppf(1 - _TAIL, 2 * number + 2)) / 2


def cost_of_one(cost: float, number: int) -> Interval:
    """The interval of cost / number: the cost is known, how many there are is chance."""
    low, high = count(number)
    return Interval(cost / high, cost / low if low else None)


def total(amounts: Sequence[float]) -> tuple[float, float]:
    """The interval of a sum of what buyers brought, each another: which of them came, and how often, is chance.

    Each draw takes every buyer as often as a Poisson variable of mean 1 says; the draws are the same each time.
    """
    values = np.sort(np.asarray(amounts, dtype=float))  # whoever comes first: draws are of places
    if not len(values):
        return 0.0, 0.0
    if len(values) > _MOST_DRAWN:
        half = float(norm.ppf(1 - _TAIL) * np.sqrt((values**2).sum()))
        return float(values.sum()) - half, float(values.sum()) + half
    drawn = np.random.default_rng(_SEED).poisson(1.0, (_DRAWS, len(values))) @ values
    low, high = np.quantile(drawn, (_TAIL, 1 - _TAIL))
    return float(low), float(high)


def romi(profits: Sequence[float], cost: float) -> Interval:
    """The interval of (gross profit − cost) / cost, from what each buyer brought."""
    low, high = total(profits)
    return Interval((low - cost) / cost, (high - cost) / cost)


def roas(revenues: Sequence[float], cost: float) -> Interval:
    """The interval of revenue / cost, from what each buyer brought."""
    low, high = total(revenues)
    return Interval(low / cost, high / cost)

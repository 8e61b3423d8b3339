"""How long clients are ready to wait, learnt from those who gave up and from those who were answered before."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

ENOUGH = 10  # clients who gave up: with fewer nothing is said


@dataclass(frozen=True)
class Patience:
    """The mean patience in seconds with its 95 % interval; `gave_up` clients told it."""

    mean_s: float
    low_s: float
    high_s: float
    gave_up: int


def patience(waited_s: float, gave_up: int) -> Patience | None:
    """From all seconds waited, by whomever, and the number of those who gave up; None when too few did.

    An answered wait tells that the patience was longer: it adds its seconds and no end. So the likeliest exponential
    patience is all waiting divided by the ends.
    """
    if gave_up < ENOUGH or waited_s <= 0:
        return None
    low, high = (2 * waited_s / _chi_square(*one) for one in ((0.975, 2 * gave_up + 2), (0.025, 2 * gave_up)))
    return Patience(waited_s / gave_up, low, high, gave_up)


def _chi_square(share: float, degrees: int) -> float:
    """The quantile of a chi-square distribution, by Wilson and Hilferty: good to a thousandth from 20 degrees on."""
    part = 2 / (9 * degrees)
    return degrees * (1 - part + NormalDist().inv_cdf(share) * sqrt(part)) ** 3

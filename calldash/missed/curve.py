"""The share of missed clients called back by the delay: Kaplan–Meier, those who were not called back being censored.

A client leaves without an attempt when he gets through himself, when his window ends, or when "now" comes first: until
then he counts among those who wait, after it he says nothing. The interval is Greenwood's on the log-log scale, which
stays between 0 and 1. Pure.
"""

from collections.abc import Iterable
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
_Z = NormalDist().inv_cdf(0.975)


class Step(NamedTuple):
    """After `at` (seconds) this `share` was called back, 95 % surely between `low` and `high`; `at_risk` waited until
    then without an attempt.
    """

    at: float
    share: float
    low: float
    high: float
    at_risk: int


def curve(rows: Iterable[tuple[float, int, int]]) -> list[Step]:
    """The steps of (delay, called back at it, censored at it), in any order; who is censored at a delay still counts
    among those who waited until then.
    """
    found = np.array(list(rows), dtype=np.float64).reshape(-1, 3)
    at, tried, left = found[np.argsort(found[:, 0], kind="stable")].T
    waiting = (tried + left)[::-1].cumsum()[::-1]
    rest = waiting - tried
    still = np.cumprod(1 - tried / np.maximum(waiting, 1))
    summed = np.cumsum(np.divide(tried, waiting * rest, out=np.zeros_like(tried), where=rest > 0))
    low, high = _interval(still, summed)
    columns = (one[tried > 0].tolist() for one in (at, 1 - still, low, high, waiting.astype(np.int64)))
    return [Step(*step) for step in zip(*columns, strict=True)]


def _interval(still: Numbers, summed: Numbers) -> tuple[Numbers, Numbers]:
    """The interval of the share called back, of the share that still waits and Greenwood's sum."""
    inside = (still > 0) & (still < 1)
    safe = np.where(inside, still, 0.5)
    half = _Z * np.sqrt(summed) / np.abs(np.log(safe))
    low, high = 1 - safe ** np.exp(-half), 1 - safe ** np.exp(half)
    return np.where(inside, low, 1 - still), np.where(inside, high, 1 - still)


def share_at(steps: list[Step], at: float) -> Step | None:
    """The step in force at a delay; None before the first."""
    return next((step for step in reversed(steps) if step.at <= at), None)


def as_drawn(steps: Iterable[Step], until: float, places: int = 600) -> list[Step]:
    """The steps that a picture of the delays up to `until` has room for: the last one in each of `places` parts."""
    return list({int(step.at * places / until): step for step in steps}.values())


def delay_of(steps: list[Step], share: float) -> float | None:
    """The delay by which that share was called back; None where it never was."""
    return next((step.at for step in steps if step.share >= share - 1e-12), None)

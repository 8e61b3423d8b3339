"""The share of missed clients called back by the delay: Kaplan–Meier, those who were not called back being censored.

A client leaves without an attempt when he gets through himself, when his window ends, or when "now" comes first: until
then he counts among those who wait, after it he says nothing. The interval is Greenwood's on the log-log scale, which
stays between 0 and 1. Pure.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist

_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Step:
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
    found = sorted(rows)
    waiting = sum(tried + left for _at, tried, left in found)
    still, summed = 1.0, 0.0
    steps = []
    for at, tried, left in found:
        if tried:
            still *= 1 - tried / waiting
            summed += tried / (waiting * (waiting - tried)) if tried < waiting else 0.0
            steps.append(Step(at, 1 - still, *_interval(still, summed), waiting))
        waiting -= tried + left
    return steps


def _interval(still: float, summed: float) -> tuple[float, float]:
    """The interval of the share called back, of the share that still waits and Greenwood's sum."""
    if not 0 < still < 1:
        return 1 - still, 1 - still
    half = _Z * sqrt(summed) / abs(log(still))
    return 1 - still ** exp(-half), 1 - still ** exp(half)


def share_at(steps: list[Step], at: float) -> Step | None:
    """The step in force at a delay; None before the first."""
    return next((step for step in reversed(steps) if step.at <= at), None)


def delay_of(steps: list[Step], share: float) -> float | None:
    """The delay by which that share was called back; None where it never was."""
    return next((step.at for step in steps if step.share >= share - 1e-12), None)

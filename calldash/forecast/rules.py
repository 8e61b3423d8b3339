"""The rules that say how many calls come on the days ahead, as a table: simple ones, and one that learns."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calldash.forecast.kinds import Kinds
from calldash.i18n import mark

Floats = NDArray[np.float64]

LEAST = 3  # past days of a kind: with fewer nothing is said of such days
_SHAPE_DAYS, _LEVEL_DAYS = 56, 7  # after so many days a day counts half, for what a week is like and for how much


@dataclass(frozen=True)
class Rule:
    """A rule: key, title, its meaning, and calls of (calls of past days, their kinds, kinds of the days ahead).

    Days follow one another. NaN for days of a kind that is hardly known.
    """

    key: str
    title: str
    words: str
    calls: Callable[[Floats, Kinds, Kinds], Floats]


def _latest(count: int) -> Callable[[Floats, Kinds, Kinds], Floats]:
    """The mean of the last `count` days of the same kind."""

    def said(calls: Floats, kinds: Kinds, ahead: Kinds) -> Floats:
        means = {kind: calls[kinds == kind][-count:].mean() for kind in _known(kinds)}
        return np.array([means.get(int(kind), np.nan) for kind in ahead])

    return said


def _level(calls: Floats, kinds: Kinds, ahead: Kinds) -> Floats:
    """What a day of the kind is like in the last months, times how much more or less came lately than would be like."""
    known = _known(kinds)
    slow, fast = fading(len(calls), _SHAPE_DAYS), fading(len(calls), _LEVEL_DAYS)
    shape = {kind: np.average(calls[kinds == kind], weights=slow[kinds == kind]) for kind in known}
    usual = np.array([shape.get(int(kind), np.nan) for kind in kinds])
    told = ~np.isnan(usual)
    whole = (fast * usual)[told].sum()
    level = (fast * calls)[told].sum() / whole if whole else 1.0
    return level * np.array([shape.get(int(kind), np.nan) for kind in ahead])


def fading(days: int, half: float) -> Floats:
    """The weights of so many days, the last one's 1, half of that `half` days before."""
    return np.asarray(0.5 ** (np.arange(days - 1, -1, -1) / half), dtype=np.float64)


def _known(kinds: Kinds) -> list[int]:
    found, counts = np.unique(kinds, return_counts=True)
    return [int(kind) for kind, count in zip(found, counts, strict=True) if count >= LEAST]


def hours(calls: Floats, kinds: Kinds, ahead: Kinds) -> Floats:
    """The share of each hour in the days ahead, a row each that adds up to 1. `calls`: days by hours.

    Of days of the same kind, recent ones counting more; where these had no call, of all days.
    """
    slow = fading(len(calls), _SHAPE_DAYS)
    rows = {int(kind): (slow[kinds == kind, None] * calls[kinds == kind]).sum(axis=0) for kind in set(ahead.tolist())}
    whole = (slow[:, None] * calls).sum(axis=0)
    sums = np.array([rows[int(kind)] if rows[int(kind)].sum() else whole for kind in ahead])
    return np.asarray(sums / np.maximum(sums.sum(axis=1, keepdims=True), 1e-12), dtype=np.float64)


LAST, MEAN, LEVEL = "last", "mean", "level"
# The first is the yardstick: what anybody would say.
RULES = (
    Rule(
        LAST, mark("As last week"), mark("As many calls as on the last such weekday, or the last holiday."), _latest(1)
    ),
    Rule(MEAN, mark("Mean of four weeks"), mark("The mean of the last four days of the same kind."), _latest(4)),
    Rule(
        LEVEL,
        mark("Weekday and level"),
        mark("What such a weekday is like in the last months, times how much more or less came in the last days."),
        _level,
    ),
)

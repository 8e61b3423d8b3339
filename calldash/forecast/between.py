"""Between which numbers the calls will lie: from the errors made in the past, and how often that held.

Errors are counted on a scale on which they are about as large for quiet days as for busy ones (that of a Poisson
number is its root; where calls scatter more, it is flatter).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from calldash.forecast.rules import Floats
from calldash.forecast.trying import AHEAD

OUTSIDE = 0.1  # on each side: one day of ten has more calls, one of ten has fewer
_LIMITS = (1.0, 5.0, 20.0)  # expected calls: below, between and above errors are not alike
_SIZES = len(_LIMITS) + 1
_FEW = 10  # errors: with fewer alike ones all of the week ahead are taken
_MIDDLE = 0.455  # the median of a squared normal number
_SHIFT = 0.375  # Anscombe's: steadies the scatter of small numbers


@dataclass(frozen=True)
class Scale:
    """How much more than Poisson numbers calls scatter: the variance is mean + extra · mean²."""

    extra: float

    def of(self, calls: Floats) -> Floats:
        """The numbers on the scale of errors."""
        root = np.sqrt(np.maximum(calls, 0) + _SHIFT)
        return np.asarray(np.arcsinh(root * np.sqrt(self.extra)) / np.sqrt(self.extra) if self.extra else root)

    def back(self, places: Floats) -> Floats:
        """The numbers at these places of the scale."""
        places = np.maximum(places, 0)
        root = np.sinh(places * np.sqrt(self.extra)) / np.sqrt(self.extra) if self.extra else places
        return np.asarray(np.maximum(root**2 - _SHIFT, 0))


def scale_of(tried: pd.DataFrame) -> Scale:
    """The scale of tried days or hours, by the median of squared errors: a single wild day does not make it."""
    told = tried[tried["said"] >= _LIMITS[1]]
    squares = (told["calls"] - told["said"]) ** 2 / _MIDDLE
    more = float(((squares - told["said"]) / told["said"] ** 2).median()) if len(told) else 0.0
    return Scale(max(0.0, more))


def bounds(said: Floats, ahead: Floats, tried: pd.DataFrame) -> tuple[Floats, Floats]:
    """The least and the most calls to be expected where `said` of them are, so many days `ahead`; whole numbers.

    Each from the errors of tried ones equally far ahead (this week, next week) and of about the same size; NaN where
    nothing is said, or no such errors are known.
    """
    scale = scale_of(tried)
    errors = scale.of(tried["calls"].to_numpy()) - scale.of(tried["said"].to_numpy())
    known, wanted = _groups(tried["said"].to_numpy(), tried["ahead"].to_numpy()), _groups(said, ahead)
    low, high = np.full(len(said), np.nan), np.full(len(said), np.nan)
    for group in np.unique(wanted[wanted >= 0]):
        alike = errors[known == group]
        if len(alike) < _FEW:
            alike = errors[(known >= 0) & (known // _SIZES == group // _SIZES)]
        least, most = _ends(alike)
        places = scale.of(said[wanted == group])
        low[wanted == group], high[wanted == group] = scale.back(places + least), scale.back(places + most)
    first, last = np.ceil(low - 1e-9) + 0.0, np.floor(high + 1e-9)  # + 0.0: no number is written -0
    empty = first > last  # no whole number lies between: those around
    return np.where(empty, np.floor(said), first), np.where(empty, np.ceil(said), last)


def _groups(said: Floats, ahead: Floats) -> Floats:
    """Which errors are alike: the week ahead and the size; -1 where nothing is said."""
    sizes = np.digitize(np.nan_to_num(said), _LIMITS)
    week = (np.asarray(ahead) > AHEAD // 2).astype(int)
    return np.where(np.isnan(said), -1, week * _SIZES + sizes)


def _ends(errors: Floats) -> tuple[float, float]:
    """The errors that a share OUTSIDE lies below and above, with the one to come counted among them."""
    ranked = np.sort(errors[~np.isnan(errors)])
    if not len(ranked):
        return np.nan, np.nan
    below = max(int(np.floor(OUTSIDE * (len(ranked) + 1))), 1)
    return float(ranked[below - 1]), float(ranked[-below])


def judged(tried: pd.DataFrame) -> pd.DataFrame:
    """The tried ones with columns low and high, as the errors of the other weeks alone would have them."""
    parts = []
    for week, own in tried.groupby("week"):
        others = tried[tried["week"] != week]
        low, high = bounds(own["said"].to_numpy(), own["ahead"].to_numpy(), others)
        parts.append(own.assign(low=low, high=high))
    return pd.concat(parts).sort_index()


def held(found: pd.DataFrame) -> float | None:
    """The share of judged ones that lay within, but those where hardly a call is expected; None without any."""
    told = found[found["low"].notna() & (found["said"] >= _LIMITS[0])]
    return float(((told["calls"] >= told["low"]) & (told["calls"] <= told["high"])).mean()) if len(told) else None

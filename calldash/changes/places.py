"""Where a change happened: the smallest plain description that most of it fits. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from calldash.changes.parting import parted

_MOST_HOURS = 3
_MOST = 0.5  # of the change must lie in a place worth naming
_DENSE = 0.3  # by so much a place's share of the change must be above its share of the cases
_EACH = 0.1  # what a second condition must add to be worth its words
_LEAST = 3  # extra calls in it


@dataclass(frozen=True)
class Place:
    """A breakdown's value, hours [begin, end), or both; `part` of the `whole` extra lies in it."""

    part: float
    whole: float
    breakdown: str | None = None
    value: Any = None
    hours: tuple[int, int] | None = None


def best(frames: Sequence[pd.DataFrame], ratio: float, least: float = _LEAST) -> Place | None:
    """The best place over frames of cells; None where the change is spread.

    A frame's cells have breakdown, value, hour (all -1 where hours say nothing) and the four columns of `parting`.
    """
    found = [candidate for frame in frames for candidate in _candidates(parted(frame, ratio))]
    known = [(score, place) for score, place in found if abs(place.part) >= least]
    return max(known, key=lambda pair: pair[0])[1] if known else None


def _candidates(cells: pd.DataFrame) -> Iterator[tuple[float, Place]]:
    whole, cases = cells["extra"].sum(), _cases(cells).sum()
    breakdown = str(cells["breakdown"].iloc[0]) if len(cells) else ""
    if not whole or not cases:
        return
    for value, hours, inside in _cuts(cells):
        part = float(inside["extra"].sum())
        fits, size = min(part / whole, 1.0), _cases(inside).sum() / cases
        if fits >= _MOST and fits - size >= _DENSE:
            conditions = (value is not _ANY) + (hours is not None)
            named = None if value is _ANY else breakdown
            yield fits - size - _EACH * conditions, Place(part, float(whole), named, _plain(value), hours)


_ANY = object()


def _plain(value: Any) -> Any:
    return None if value is _ANY or pd.isna(value) else value


def _cases(cells: pd.DataFrame) -> "pd.Series[float]":
    """What a place's size is measured in: its cases, of a count what came before."""
    return cells["whole"] if cells["whole"].sum() else cells["part_then"]


def _cuts(cells: pd.DataFrame) -> Iterator[tuple[Any, tuple[int, int] | None, pd.DataFrame]]:
    numbers = ["part", "whole", "part_then", "whole_then", "extra"]
    yield from ((_ANY, hours, inside) for hours, inside in _ranges(cells.groupby("hour")[numbers].sum()))
    if cells["value"].nunique(dropna=False) < 2:
        return
    for value, own in cells.groupby("value"):
        yield value, None, own
        yield from ((value, hours, inside) for hours, inside in _ranges(own.groupby("hour")[numbers].sum()))


def _ranges(by_hour: pd.DataFrame) -> Iterator[tuple[tuple[int, int], pd.DataFrame]]:
    """Each hour, and each two or three hours in a row."""
    for begin in by_hour.index:
        for end in range(begin + 1, begin + _MOST_HOURS + 1):
            if begin >= 0 and (end == begin + 1 or end - 1 in by_hour.index):
                yield (int(begin), end), by_hour[(by_hour.index >= begin) & (by_hour.index < end)]

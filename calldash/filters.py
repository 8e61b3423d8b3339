"""What the user is looking at: a frozen value, to and from the pairs of a URL or a command line."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from calldash.metrics import DIMENSIONS, METRICS

# Seconds that can be limited, and the column of a call they stand for.
RANGES = {"wait_s": "wait_s", "talk_s": "talk_s"}


@dataclass(frozen=True)
class CallFilter:
    """Which calls are meant. Days are local and inclusive.

    `chosen` maps dimensions to the values allowed, None for "not known"; `ranges` maps seconds columns to inclusive
    bounds; `behind` is the key of a metric: only the calls behind that number.
    """

    since: date | None = None
    until: date | None = None
    chosen: tuple[tuple[str, tuple[str | None, ...]], ...] = ()
    ranges: tuple[tuple[str, int | None, int | None], ...] = ()
    behind: str | None = None

    def choose(self, dimension: str, values: Iterable[str | None]) -> "CallFilter":
        """The same with `dimension` limited to `values`; no values: not limited."""
        kept = {name: held for name, held in self.chosen if name != dimension}
        if found := tuple(values):
            kept[dimension] = found
        return replace(self, chosen=tuple(sorted(kept.items())))

    def between(self, column: str, low: int | None, high: int | None) -> "CallFilter":
        """The same with seconds `column` limited to [low, high]; None is no bound."""
        kept = [held for held in self.ranges if held[0] != column]
        if low is not None or high is not None:
            kept.append((column, low, high))
        return replace(self, ranges=tuple(sorted(kept, key=lambda held: held[0])))

    def values(self, dimension: str) -> tuple[str | None, ...]:
        """The values `dimension` is limited to; empty when it is not."""
        return dict(self.chosen).get(dimension, ())

    def previous(self) -> "CallFilter | None":
        """The same over the period of equal length just before; None for an open period, or before the calendar."""
        if self.since is None or self.until is None:
            return None
        length = self.until - self.since
        if self.since.toordinal() <= length.days + 1:
            return None
        until = date.fromordinal(self.since.toordinal() - 1)
        return replace(self, since=until - length, until=until)


def to_pairs(chosen: CallFilter) -> dict[str, str]:
    """The filter as names and texts that `from_pairs` understands; defaults are left out."""
    pairs: dict[str, str] = {}
    for name, day in (("since", chosen.since), ("until", chosen.until)):
        if day:
            pairs[name] = day.isoformat()
    pairs |= {name: _row(values) for name, values in chosen.chosen}
    pairs |= {name: f"{_bound(low)}-{_bound(high)}" for name, low, high in chosen.ranges}
    if chosen.behind:
        pairs["behind"] = chosen.behind
    return pairs


def from_pairs(pairs: Mapping[str, str]) -> CallFilter:
    """The filter that `pairs` describe; what is nonsense counts as not given."""
    chosen = CallFilter(_day(pairs.get("since")), _day(pairs.get("until")))
    if chosen.since and chosen.until and chosen.since > chosen.until:
        chosen = replace(chosen, since=chosen.until, until=chosen.since)
    for name in DIMENSIONS:
        if name in pairs:
            chosen = chosen.choose(name, _allowed(name, parse_row(pairs[name])))
    for name in RANGES:
        chosen = chosen.between(name, *_bounds(pairs.get(name, "")))
    behind = pairs.get("behind")
    return replace(chosen, behind=behind if behind in METRICS else None)


def _allowed(name: str, values: tuple[str | None, ...]) -> tuple[str | None, ...]:
    dimension = DIMENSIONS[name]
    if dimension.values:
        return tuple(value for value in values if value is None or value in dimension.values)
    if dimension.type == "number":
        return tuple(value for value in values if value is None or _is_number(value))
    if dimension.type == "date":
        days = ((value, _day(value)) for value in values)
        return tuple(day.isoformat() if day else None for value, day in days if value is None or day)
    return values


def parse_row(text: str) -> tuple[str | None, ...]:
    """One CSV row of values; an empty value means "not known", more than one row is nonsense."""
    if text == "":
        return (None,)
    try:
        return tuple(value or None for value in next(csv.reader([text]), []))
    except csv.Error:
        return ()


def _row(values: Iterable[str | None]) -> str:
    values = list(values)
    if values == [None]:
        return ""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(["" if value is None else value for value in values])
    return out.getvalue().removesuffix("\r\n")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _is_number(text: str) -> bool:
    """Whether `text` is a whole number that an INTEGER of the store holds."""
    return text.isascii() and text.isdigit() and len(text) <= 10 and int(text) < 1 << 31


def _bound(value: int | None) -> str:
    return "" if value is None else str(value)


def _bounds(text: str) -> tuple[int | None, int | None]:
    low, dash, high = text.partition("-")
    if not dash or not all(part == "" or _is_number(part) for part in (low, high)):
        return None, None
    return (int(low) if low else None), (int(high) if high else None)

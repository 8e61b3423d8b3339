"""What the user is looking at: a frozen value, to and from the pairs of a URL or a command line."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from calldash.i18n import mark
from calldash.metrics import DIMENSIONS, METRICS

Bound = int | Decimal | None


@dataclass(frozen=True)
class Range:
    """A quantity of a call that can be limited: its title, its unit (seconds or money), its SQL over a call."""

    title: str
    unit: str
    sql: str


RANGES = {
    "wait_s": Range(mark("Wait"), "seconds", "wait_s"),
    "talk_s": Range(mark("Talk"), "seconds", "talk_s"),
    "duration_s": Range(mark("Duration"), "seconds", "date_diff('second', started_at, ended_at)"),
    "cost": Range(mark("Cost"), "money", "cost"),
    "sale_amount": Range(mark("Sale"), "money", "sale_amount"),
}
# What calls may stand behind besides a metric, each with a word after a colon: a rule that says something of them
# (its number), a reason why a bill differs, a tariff that prices them or does not (the number of its version).
BEHIND = {"rule": r"\d{1,9}", "charge": r"[a-z_]{1,20}", "tariff": r"\d{1,9}", "untold": r"\d{1,9}"}
_AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")  # what a DECIMAL(18, 6) holds


@dataclass(frozen=True)
class CallFilter:
    """Which calls are meant. Days are local and inclusive.

    `chosen` maps dimensions to the values allowed, None for "not known"; `ranges` maps keys of RANGES to inclusive
    bounds; `behind` is the key of a metric, or of BEHIND with its word: only the calls behind that number.
    """

    since: date | None = None
    until: date | None = None
    chosen: tuple[tuple[str, tuple[str | None, ...]], ...] = ()
    ranges: tuple[tuple[str, Bound, Bound], ...] = ()
    behind: str | None = None

    def choose(self, dimension: str, values: Iterable[str | None]) -> "CallFilter":
        """The same with `dimension` limited to `values`; no values: not limited."""
        kept = {name: held for name, held in self.chosen if name != dimension}
        if found := tuple(values):
            kept[dimension] = found
        return replace(self, chosen=tuple(sorted(kept.items())))

    def between(self, name: str, low: Bound, high: Bound) -> "CallFilter":
        """The same with the quantity `name` limited to [low, high]; None is no bound."""
        kept = [held for held in self.ranges if held[0] != name]
        if low is not None or high is not None:
            kept.append((name, low, high))
        return replace(self, ranges=tuple(sorted(kept, key=lambda held: held[0])))

    def values(self, dimension: str) -> tuple[str | None, ...]:
        """The values `dimension` is limited to; empty when it is not."""
        return dict(self.chosen).get(dimension, ())

    def bounds(self, name: str) -> tuple[Bound, Bound]:
        """What the quantity `name` is limited to; None is no bound."""
        return next(((low, high) for held, low, high in self.ranges if held == name), (None, None))

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
    for name, quantity in RANGES.items():
        chosen = chosen.between(name, *bounds_of(pairs.get(name, ""), quantity.unit))
    behind = pairs.get("behind")
    return replace(chosen, behind=behind if behind in METRICS or _is_behind(behind) else None)


def _is_behind(text: str | None) -> bool:
    key, _colon, word = (text or "").partition(":")
    return key in BEHIND and bool(re.fullmatch(BEHIND[key], word, re.ASCII))


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


def _bound(value: Bound) -> str:
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def bounds_of(text: str, unit: str) -> tuple[Bound, Bound]:
    """The bounds that `low-high` says, either of which may be missing; (None, None) for nonsense."""
    low, dash, high = text.partition("-")
    is_one = _is_number if unit == "seconds" else _AMOUNT.fullmatch
    if not dash or not all(part == "" or is_one(part) for part in (low, high)):
        return None, None
    kind = int if unit == "seconds" else Decimal
    return (kind(low) if low else None), (kind(high) if high else None)

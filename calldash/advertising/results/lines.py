"""Results of sources and their campaigns: figures of the catalogue with their cases and intervals."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from calldash.advertising.results import intervals
from calldash.advertising.results.intervals import Interval

# A figure of cost -> what it is the cost of.
ONE_OF = {
    "cost_per_call": "inbound_calls",
    "cost_per_target_call": "target_calls",
    "cost_per_target": "unique_target_calls",
    "cost_per_client": "clients",
    "cac": "buyers",
}
# A figure of return -> the column of a buyer's row that it adds up, and its interval.
RETURNS = {"romi": ("profit", intervals.romi), "roas": ("revenue", intervals.roas)}
FIGURES = ("ad_cost", *ONE_OF, "sales_revenue", "gross_profit", "romi", "roas", "missed_ad_cost")

Codes = tuple[str | None, ...]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Figure:
    """A number (None: not known), of how many cases it speaks and its interval, where it has them."""

    value: float | None
    cases: int | None = None
    interval: Interval | None = None

    @property
    def few(self) -> bool:
        """Whether it comes from few cases."""
        return self.cases is not None and self.cases < intervals.FEW


@dataclass(frozen=True)
class Line:
    """Figures of a source (`codes` of one), of a campaign of it (two), or of everything (none)."""

    codes: Codes
    figures: Mapping[str, Figure]


def lines(figures: pd.DataFrame, buyers: pd.DataFrame, by: Sequence[str]) -> list[Line]:
    """A line a row of `figures` (columns `by` and FIGURES), the most expensive first; without any cost it is left out.

    `buyers` has a row a buyer of what was paid for: the columns of `by`, revenue and profit.
    """
    known: dict[Codes, list[Row]] = defaultdict(list)
    for row in _rows(buyers):
        known[_codes(row, by)].append(row)
    found = []
    for row in _rows(figures):
        codes = _codes(row, by)
        if pd.notna(row["ad_cost"]) or not by:
            found.append(Line(codes, _line(row, known[codes])))
    return sorted(found, key=lambda line: -(line.figures["ad_cost"].value or 0))


def _rows(frame: pd.DataFrame) -> list[Row]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _codes(row: Row, by: Sequence[str]) -> Codes:
    return tuple(None if pd.isna(row[name]) else str(row[name]) for name in by)


def _line(row: Row, buyers: Sequence[Row]) -> dict[str, Figure]:
    cost = _known(row["ad_cost"])
    found = {key: Figure(_known(row[key])) for key in FIGURES}
    if not cost:
        return found
    for key in ONE_OF:
        value = found[key].value
        if value:
            number = round(cost / value)
            found[key] = Figure(value, number, intervals.cost_of_one(cost, number))
        else:
            found[key] = Figure(None, 0)
    for key, (column, interval) in RETURNS.items():
        if found[key].value is not None:
            found[key] = Figure(found[key].value, len(buyers), interval([float(one[column]) for one in buyers], cost))
    return found


def _known(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)

"""A fair comparison of employees: each against what everybody's rate in the same cells would have given. Pure.

A cell is calls of one direction, hour and queue. Indirect standardisation: the expected figure of an employee is
everybody's figure of each cell, weighted by the employee's own cases; cells in which nobody else worked say nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import pandas as pd

from calldash.formats import FEW, wilson

CELL = ("direction", "hour", "queue")
_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Compared:
    """An employee's figure beside the expected one, over `cases`; the difference lies in [low, high] at 95 %.

    `place` ranks those with enough cases, the largest difference first; None for fewer than 30.
    """

    employee: str
    cases: int
    actual: float
    expected: float
    low: float
    high: float
    place: int | None = None

    @property
    def difference(self) -> float:
        """By how much the figure is above what was expected."""
        return self.actual - self.expected

    @property
    def within_noise(self) -> bool:
        """Whether chance alone could have made the difference."""
        return self.low <= 0 <= self.high


def shares(cells: pd.DataFrame, cases: str, hits: str) -> list[Compared]:
    """Compares the share `hits` / `cases`; a row of `cells` is an employee's cell (columns employee and `CELL`).

    The interval is Wilson's score interval of the employee's share, the expected one taken as known.
    """
    rows = _comparable(cells, cases)
    rows["expected"] = rows[cases] * rows[f"{hits}_all"] / rows[f"{cases}_all"]
    found = []
    for name, own in rows.groupby("employee")[[cases, hits, "expected"]].sum().iterrows():
        count = int(own[cases])
        actual, expected = own[hits] / count, own["expected"] / count
        low, high = wilson(actual, count)
        found.append(Compared(str(name), count, actual, expected, low - expected, high - expected))
    return ranked(found)


def means(cells: pd.DataFrame, cases: str, total: str, squares: str) -> list[Compared]:
    """Compares the mean `total` / `cases`; `squares` is the sum of the squared values. Of one case nothing is said.

    The interval is the normal one of a mean, over the differences between each value and the mean of its cell.
    """
    rows = _comparable(cells, cases)
    mean = rows[f"{total}_all"] / rows[f"{cases}_all"]
    rows["expected"] = rows[cases] * mean
    rows["apart"] = rows[squares] - 2 * mean * rows[total] + rows[cases] * mean**2
    found = []
    for name, own in rows.groupby("employee")[[cases, total, "expected", "apart"]].sum().iterrows():
        count = int(own[cases])
        if count < 2:
            continue
        actual, expected = own[total] / count, own["expected"] / count
        spread = max(own["apart"] / count - (actual - expected) ** 2, 0) * count / (count - 1)
        half = _Z * sqrt(spread / count)
        found.append(Compared(str(name), count, actual, expected, actual - expected - half, actual - expected + half))
    return ranked(found)


def ranked(found: Iterable[Compared]) -> list[Compared]:
    """Those with enough cases by their difference, with places; then the others by name, without."""
    known = sorted(found, key=lambda one: (-one.difference, one.employee))
    enough = [one for one in known if one.cases >= FEW]
    few = sorted((one for one in known if one.cases < FEW), key=lambda one: one.employee.casefold())
    return [Compared(**vars(one) | {"place": at}) for at, one in enumerate(enough, 1)] + few


def _comparable(cells: pd.DataFrame, cases: str) -> pd.DataFrame:
    """The cells with cases of the employee and of somebody else, beside everybody's sums as <column>_all."""
    own = cells[cells[cases] > 0]
    numbers = [name for name in own.columns if name not in ("employee", *CELL)]
    whole = own.groupby(list(CELL), dropna=False)[numbers].transform("sum").add_suffix("_all")
    rows = own.join(whole)
    return rows[rows[f"{cases}_all"] > rows[cases]].copy()

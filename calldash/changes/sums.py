"""The parts of a figure by day and hour, out of frames of answers. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from calldash.changes.measures import MEASURES, Measure
from calldash.changes.parting import Sums
from calldash.changes.windows import READ, Window
from calldash.filters import CallFilter

Numbers = np.ndarray[Any, np.dtype[np.float64]]
HOURS = 24


@dataclass(frozen=True)
class Answers:
    """Who answers: `figures(keys, by, filter, cases)` of the catalogue, `report(name, filter, **values)`."""

    figures: Callable[[list[str], list[str], CallFilter, bool], pd.DataFrame]
    report: Callable[..., pd.DataFrame]


@dataclass(frozen=True, eq=False)
class Grid:
    """The parts of a figure: a row a day from `first` on, a column an hour; a count's whole is 0."""

    first: date
    part: Numbers
    whole: Numbers

    def at(self, days: Sequence[date]) -> list[int]:
        """The rows of days."""
        return [(day - self.first).days for day in days]

    def daily(self, days: Sequence[date], hour: int) -> tuple[Numbers, Numbers]:
        """The parts of each of the days, in the hours before `hour`."""
        rows = self.at(days)
        return self.part[rows, :hour].sum(axis=1), self.whole[rows, :hour].sum(axis=1)

    def sums(self, window: Window) -> Sums:
        """The sums of a window beside those of before."""
        part, whole = self.daily(window.days, window.hour)
        part_then, whole_then = self.daily(window.before, window.hour)
        return Sums(
            float(part.sum()), float(whole.sum()), float(part_then.sum()), float(whole_then.sum()), window.ratio
        )


def grid(rows: pd.DataFrame, today: date) -> Grid:
    """From the columns day, hour, part and whole."""
    first = today - timedelta(days=READ)
    day = (pd.to_datetime(rows["day"]) - pd.Timestamp(first)).dt.days.to_numpy(dtype="int64")
    hour = rows["hour"].to_numpy(dtype="int64")
    found = Grid(first, *(np.zeros((READ + 1, HOURS)) for _ in range(2)))
    for side, name in ((found.part, "part"), (found.whole, "whole")):
        np.add.at(side, (day, hour), rows[name].to_numpy(dtype="float64"))
    return found


def hourly(answers: Answers, chosen: CallFilter, today: date) -> dict[str, Grid]:
    """For each measure its parts by day and hour."""
    keys = [measure.key for measure in MEASURES if not measure.report]
    known = answers.figures(keys, ["day", "hour"], chosen, True)
    found = {
        measure.key: answers.report(measure.report, chosen, breakdown="") if measure.report else _parts(known, measure)
        for measure in MEASURES
    }
    return {key: grid(rows, today) for key, rows in found.items()}


def cells(answers: Answers, measure: Measure, breakdown: str, chosen: CallFilter) -> pd.DataFrame:
    """The parts by day, hour and a breakdown, whose values are in the column `value`; those not known are None."""
    if measure.report:
        return answers.report(measure.report, chosen, breakdown=breakdown)
    found = answers.figures([measure.key], ["day", "hour", breakdown], chosen, True)
    return _parts(found, measure).assign(value=found[breakdown])


def _parts(found: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    value = pd.to_numeric(found[measure.key]).fillna(0).astype("float64")
    whole = 0.0 if measure.is_count else pd.to_numeric(found[f"{measure.key}_cases"]).fillna(0).astype("float64")
    return found[["day", "hour"]].assign(part=value if measure.is_count else value * whole, whole=whole)


def beside(rows: pd.DataFrame, window: Window, by: list[str]) -> pd.DataFrame:
    """The parts of a window beside those of before: columns `by`, part, whole, part_then, whole_then."""
    inside = rows[rows["hour"] < window.hour]
    day = pd.to_datetime(inside["day"])
    sides = [
        inside[day.isin([pd.Timestamp(one) for one in days])].groupby(by, dropna=False)[["part", "whole"]].sum()
        for days in (window.days, window.before)
    ]
    return sides[0].join(sides[1].add_suffix("_then"), how="outer").fillna(0.0).reset_index()

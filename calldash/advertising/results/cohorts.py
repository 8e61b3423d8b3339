"""Clients by the week or month of their first call, and what came of them within so many days.

A cohort is told of a horizon only when all its clients have had that long; until then it is young, not bad.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

HORIZONS = (7, 14, 30, 60)
_BY_MONTH = 200  # days from which cohorts are months


@dataclass(frozen=True)
class Reached:
    """What a cohort had come to `days` after its first calls: buyers and what they earned; None before `known_from`."""

    days: int
    known_from: date
    buyers: int | None
    profit: float | None


@dataclass(frozen=True)
class Cohort:
    """Clients whose first call was on the days `first` to `last`, what their advertising cost, what they came to."""

    first: date
    last: date
    clients: int
    cost: float | None
    reached: tuple[Reached, ...]
    maturity: float  # how much of the longest horizon all of them have had, 0 to 1

    @property
    def young(self) -> bool:
        """Whether there is a horizon that it has not had yet."""
        return self.maturity < 1


def cohorts(firsts: pd.DataFrame, costs: pd.DataFrame, since: date, today: date) -> list[Cohort]:
    """The cohorts, the oldest first. `firsts` is the answer of the report ad_cohorts; `costs` has day and cost.

    Clients are those who called first from `since` on; `today` is the newest day there is anything of.
    """
    if firsts.empty:
        return []
    days = pd.to_datetime(firsts["first_day"])
    unit = "M" if (days.max() - days.min()).days >= _BY_MONTH else "W"
    periods = pd.PeriodIndex(days, freq=unit)
    paid = pd.PeriodIndex(pd.to_datetime(costs["day"]), freq=unit)
    found = []
    for period in periods.unique().sort_values():
        known = costs.loc[paid == period, "cost"].dropna()
        span = (max(period.start_time.date(), since), min(period.end_time.date(), today))
        found.append(_cohort(firsts[periods == period], span, float(known.sum()) if len(known) else None, today))
    return found


def _cohort(rows: pd.DataFrame, span: tuple[date, date], cost: float | None, today: date) -> Cohort:
    first, last = span
    reached = tuple(_reached(rows, last, days, today) for days in HORIZONS)
    had = max(0, min((today - last).days, HORIZONS[-1]))
    return Cohort(first, last, int(rows["clients"].sum()), cost, reached, had / HORIZONS[-1])


def _reached(rows: pd.DataFrame, last: date, days: int, today: date) -> Reached:
    known_from = last + timedelta(days=days)
    if known_from > today:
        return Reached(days, known_from, None, None)
    within = rows[rows["after"] <= days]
    return Reached(days, known_from, int(within["buyers"].sum()), float(within["profit"].sum()))


def usual(found: Sequence[Cohort], days: int) -> float | None:
    """The share of clients who had bought after so many days, over the cohorts that are old enough; None: none is."""
    old = [(one.clients, at.buyers) for one in found for at in one.reached if at.days == days and at.buyers is not None]
    clients = sum(clients for clients, _buyers in old)
    return sum(buyers for _clients, buyers in old) / clients if clients else None

"""The whole question: from the history of calls to the people needed in each half hour, beside those who were there."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from math import inf

import pandas as pd

from calldash.filters import CallFilter
from calldash.settings import Settings
from calldash.staffing import comparing, profile
from calldash.staffing.ahead import half_hours
from calldash.staffing.days import HALF_S, Days, Open, shift, special, whole_days, working
from calldash.staffing.needed import Goal
from calldash.staffing.options import BASES, FORECAST, Options
from calldash.staffing.patience import Patience, patience
from calldash.staffing.planned import planned, planned_dates, with_forecast

# Answers a report by its name, over a filter, with values of its own.
Ask = Callable[..., pd.DataFrame]


@dataclass(frozen=True)
class Study:
    """What is known about staffing in a filter.

    `halves` has a row a half hour, over all weekdays that are open then; `week` one a weekday and half hour: `days`,
    `calls`, `p90`, `aht_s`, `load`, `agents`, `scheduled`, `service_level`, `asa_s`, `occupancy`, `abandoned`, `there`
    (mean people), `outbound` (of them making calls), `spare` (there, not making calls, beyond those needed) and
    `there_level` (the service level with those there, by the formula; UNSTABLE where they cannot keep up).
    Where the calls are those of a forecast, `ahead` has a row for each date and half hour to come: `day`, `calls`,
    `high` (the most of the band), `agents_high` (needed then) and those of `week` that follow from them; and `halves`
    and `week` have the mean of these calls as `forecast`.
    `outside` is how many calls a week come in half hours not shown. `wrapup` tells whether after-call work is known.
    """

    options: Options
    days: Days
    rows: pd.DataFrame
    shown: Open
    halves: pd.DataFrame
    week: pd.DataFrame
    patience: Patience | None
    outside: float
    wrapup: bool
    ahead: pd.DataFrame | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no call came in the half hours shown."""
        return self.halves.empty or not self.halves["calls"].sum()

    @property
    def model(self) -> str:
        """The formula in use: Erlang A needs a patience that is known."""
        return "a" if self.options.model == "a" and self.patience else "c"


def study(
    ask: Ask,
    chosen: CallFilter,
    history: tuple[date, date],
    settings: Settings,
    options: Options,
    coming: pd.DataFrame | None = None,
) -> Study:
    """The study of a filter's calls; `history` are the first and the last day of the data.

    `coming` are the hours of a forecast; without one a mean day stands for the days to come.
    """
    rows, days = _history(ask, chosen, history, settings)
    shown = _shown(rows, settings, options)
    inside = profile.within(rows, shown)
    known = patience(float(inside["waited_s"].sum()), int(inside["gave_up"].sum()))
    mean_s = known.mean_s if known and options.model == "a" else inf
    goal = Goal(options.target / 100, options.within, mean_s, settings.max_occupancy)
    ahead = _dates(coming, rows, shown, chosen) if options.basis == FORECAST and coming is not None else None
    options = replace(options, basis=BASES[0]) if options.basis == FORECAST and ahead is None else options
    halves, week = (with_forecast(profile.profile(inside, by), ahead, by) for by in (["half"], ["weekday", "half"]))
    return Study(
        options, days, rows, shown, planned(halves, goal, options), planned(week, goal, options), known,
        _a_week(rows, float(rows["calls"].sum() - inside["calls"].sum())), bool(rows["with_wrapup"].sum()),
        None if ahead is None else planned_dates(ahead, halves, goal, options),
    )  # fmt: skip


def _history(ask: Ask, chosen: CallFilter, history: tuple[date, date], settings: Settings) -> tuple[pd.DataFrame, Days]:
    free = special(settings, history[1].year)
    days = whole_days(history, chosen.since, chosen.until, free, lambda day: _is_asked_for(day, chosen))
    minutes = shift(settings.zone, history[1])
    arrivals, people = (ask(name, chosen, shift=minutes) for name in ("arrivals", "people_there"))
    return profile.by_day(arrivals, people, days.counted), days


def _shown(rows: pd.DataFrame, settings: Settings, options: Options) -> Open:
    if options.hours == "all":
        return frozenset((int(day), half) for day in rows["weekday"].unique() for half in range(48))
    return working(settings) | profile.staffed(rows)


def _dates(coming: pd.DataFrame, rows: pd.DataFrame, shown: Open, chosen: CallFilter) -> pd.DataFrame:
    """The half hours to come of the weekdays asked for."""
    weekdays = chosen.values("weekday")
    found = half_hours(coming, rows, shown)
    return found[found["weekday"].astype(str).isin(weekdays)] if weekdays else found


def _is_asked_for(day: date, chosen: CallFilter) -> bool:
    """Whether a filter by weekday or day lets calls of that day through: others had no chance of a call."""
    weekdays, single = chosen.values("weekday"), chosen.values("day")
    return (not weekdays or str(day.isoweekday()) in weekdays) and (not single or day.isoformat() in single)


def _a_week(rows: pd.DataFrame, total: float) -> float:
    """A sum over the days of the rows, for one week."""
    return total * weekdays_of(rows) / rows["day"].nunique() if len(rows) else 0.0


def weekdays_of(rows: pd.DataFrame) -> int:
    """How many days of a week the rows speak of."""
    return int(rows["weekday"].nunique())


def replayed(
    ask: Ask, chosen: CallFilter, found: Study, settings: Settings
) -> tuple[comparing.Comparison, list[date]] | None:
    """The comparison, its sums made those of a week, and the days replayed; None where no patience is known."""
    if found.patience is None or found.rows.empty:
        return None
    days = comparing.newest(found.rows)
    dates = [day.date() for day in days]
    calls = ask("replayed", _between(chosen, dates), shift=shift(settings.zone, dates[-1]))
    places = pd.MultiIndex.from_arrays([pd.to_datetime(calls["day"]).dt.day_of_week + 1, calls["begins"] // HALF_S])
    calls = calls[pd.to_datetime(calls["day"]).isin(days) & places.isin(list(found.shown))].reset_index(drop=True)
    people = found.rows.loc[found.rows["day"].isin(days), ["day", "weekday", "half", "people"]]
    planned = found.week[["weekday", "half", "agents"]].fillna(0).astype("int64")
    plan = {(day, half): agents for day, half, agents in planned.to_numpy().tolist()}
    rules = comparing.Rules(found.options.within, settings.short_abandon_s, settings.callback_window_h)
    compared = comparing.compared(comparing.Days(calls, people, found.shown), plan, found.patience.mean_s, rules)
    sums = ["missed", "clients"]
    compared.plans[sums] *= weekdays_of(people) / len(days)
    return compared, dates


def _between(chosen: CallFilter, days: list[date]) -> CallFilter:
    return replace(chosen, since=days[0], until=days[-1])

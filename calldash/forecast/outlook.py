"""The whole question: from the calls of the past to those of the next two weeks, by day and hour, with the errors."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from calldash.filters import CallFilter
from calldash.forecast.between import bounds, held, judged
from calldash.forecast.kinds import kinds
from calldash.forecast.rules import RULES, Floats, hours
from calldash.forecast.trying import AHEAD, Past, Score, rule_of, scores, tried, tried_hours
from calldash.settings import Settings

# Answers how many inbound calls of a filter came: a row for each day and hour with any.
Count = Callable[[CallFilter], pd.DataFrame]

LONGEST = 371  # days learnt from: a year, so that last year's holidays are among them
_DAYS = ("day", "week", "month", "weekday")


@dataclass(frozen=True)
class Outlook:
    """The calls to come, and how far such forecasts were off.

    `days` has day, kind, calls, low, high; `hours` day, hour, calls, low, high: NaN where nothing can be said. `past`
    has day and calls. `scores` is of every rule, the best first, with that of `rule`, which is in use. `tried` and
    `tried_hours` are the tried days and hours of that rule with low and high; `held` and `hours_held` the shares of
    them within; `weeks` how many were tried.
    """

    rule: str
    days: pd.DataFrame
    hours: pd.DataFrame
    past: pd.DataFrame
    scores: list[Score]
    tried: pd.DataFrame
    tried_hours: pd.DataFrame
    held: float | None
    hours_held: float | None
    weeks: int


@dataclass(frozen=True)
class Short:
    """Why there is no outlook: so many whole weeks are known, or none of them had calls enough to try rules on."""

    weeks: int


def outlook(count: Count, chosen: CallFilter, history: tuple[date, date], settings: Settings) -> Outlook | Short:
    """What comes in the AHEAD days from the last day of the data on, of a filter's inbound calls.

    That day is hardly ever whole, so it is ahead; `history` are the first and the last day of the data. The days of
    the filter do not matter: it is learnt from the year before.
    """
    past = _past(count, chosen, history, settings)
    if past is None or not past.tried_weeks:
        return Short(past.weeks if past else 0)
    tries = {rule.key: tried(past, rule) for rule in RULES}
    found = sorted(scores(tries), key=lambda score: score.error)
    if not found:
        return Short(past.weeks)
    best = found[0].key
    by_day, by_hour = judged(tries[best]), judged(tried_hours(past, rule_of(best)))
    days, parts = _ahead(past, best, settings, by_day, by_hour)
    whole = pd.DataFrame({"day": _dates(past.first, len(past.calls)), "calls": past.daily})
    return Outlook(
        best, days, parts, whole, found, by_day, by_hour, held(by_day), held(by_hour), past.tried_weeks
    )  # fmt: skip


def timeless(chosen: CallFilter) -> CallFilter:
    """The filter without what it says of days."""
    kept = tuple(pair for pair in chosen.chosen if pair[0] not in _DAYS)
    return replace(chosen, since=None, until=None, chosen=kept)


def _past(count: Count, chosen: CallFilter, history: tuple[date, date], settings: Settings) -> Past | None:
    """The whole days from the first with a call on; None where there is none."""
    last = history[1] - timedelta(days=1)
    since = max(history[0] + timedelta(days=1), last - timedelta(days=LONGEST - 1))
    if since > last:
        return None
    found = count(replace(timeless(chosen), since=since, until=last))
    found = found[found["calls"] > 0]
    if found.empty:
        return None
    placed = found.assign(day=pd.to_datetime(found["day"]))
    first = placed["day"].min()
    every = _dates(first, (pd.Timestamp(last) - first).days + 1)
    table = placed.pivot_table(index="day", columns="hour", values="calls", aggfunc="sum", fill_value=0)
    table = table.reindex(index=every, columns=range(24), fill_value=0)
    return Past(first, table.to_numpy(np.float64), kinds(every, settings.schedule))


def _dates(first: pd.Timestamp, count: int) -> pd.DatetimeIndex:
    return pd.date_range(first, periods=count, freq="D")


def _ahead(
    past: Past, key: str, settings: Settings, by_day: pd.DataFrame, by_hour: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    coming = _dates(past.first + pd.Timedelta(days=len(past.calls)), AHEAD)
    of_days = kinds(coming, settings.schedule)
    said, steps = rule_of(key).calls(past.daily, past.kinds, of_days), np.arange(1.0, AHEAD + 1)
    shares: Floats = said[:, None] * hours(past.calls, past.kinds, of_days)
    days = pd.DataFrame({"day": coming, "kind": of_days, "calls": said})
    days["low"], days["high"] = bounds(said, steps, by_day)
    parts = pd.DataFrame({"day": coming.repeat(24), "hour": np.tile(np.arange(24), AHEAD), "calls": shares.ravel()})
    parts["low"], parts["high"] = bounds(shares.ravel(), steps.repeat(24), by_hour)
    return days, parts

"""What a day is usually like: calls, handling, people by half hour, quiet days counted as the zeros they are."""

from datetime import date

import numpy as np
import pandas as pd

from calldash.staffing.days import HALVES, Open

_CASES = 30  # handled calls from which a half hour has a handling time of its own
_SUMS = ("calls", "handled", "handled_s", "with_wrapup", "gave_up", "waited_s", "outbound_calls", "outbound_s")


def by_day(arrivals: pd.DataFrame, people: pd.DataFrame, days: tuple[date, ...]) -> pd.DataFrame:
    """Every half hour of the days, with zeros where nothing happened: columns day, weekday, half, sums, `people`.

    `arrivals` and `people` are the reports of these names; `people` is missing all through where no calls tell of any.
    """
    whole = pd.DatetimeIndex(days).as_unit("us")
    every = pd.MultiIndex.from_arrays(
        [whole.repeat(HALVES), np.tile(np.arange(HALVES), len(whole))], names=["day", "half"]
    )
    found = _placed(arrivals, every)[list(_SUMS)].astype("float64").fillna(0.0)
    there = _placed(people, every)["people"].astype("float64")
    found["people"] = there.fillna(0.0) if len(people) else np.nan
    found = found.reset_index()
    found.insert(0, "weekday", found["day"].dt.day_of_week + 1)
    return found


def _placed(frame: pd.DataFrame, every: pd.MultiIndex) -> pd.DataFrame:
    placed = frame.assign(day=pd.to_datetime(frame["day"]), half=frame["half"].astype("int64"))
    return placed.set_index(["day", "half"]).reindex(every)


def staffed(rows: pd.DataFrame) -> Open:
    """The half hours in which somebody was there on at least half of the days."""
    usual = rows.groupby(["weekday", "half"])["people"].median()
    return frozenset((int(day), int(half)) for day, half in usual.index[usual > 0])


def within(rows: pd.DataFrame, shown: Open) -> pd.DataFrame:
    """The rows of these half hours of the week."""
    wanted = pd.MultiIndex.from_tuples(sorted(shown), names=["weekday", "half"]) if shown else None
    if wanted is None:
        return rows[:0]
    return rows[pd.MultiIndex.from_frame(rows[["weekday", "half"]]).isin(wanted)]


def profile(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """A row for each `by`: `days`, `calls` (mean a day), `p90` (nine of ten days have no more), `aht_s`, `outbound_s`,
    `there` (mean people).

    A half hour in which few calls were handled takes the handling time of all rows.
    """
    if rows.empty:
        return pd.DataFrame(columns=[*by, "days", "calls", "p90", "aht_s", "outbound_s", "there"])
    groups = rows.groupby(by)
    handled, handled_s = groups["handled"].sum(), groups["handled_s"].sum()
    own = handled_s / handled.where(handled >= _CASES)
    everywhere = rows["handled_s"].sum() / rows["handled"].sum() if rows["handled"].sum() else np.nan
    found = pd.DataFrame(
        {
            "days": groups["day"].nunique(),
            "calls": groups["calls"].mean(),
            "p90": groups["calls"].agg(lambda calls: np.quantile(calls, 0.9, method="inverted_cdf")),
            "aht_s": own.fillna(everywhere),
            "outbound_s": groups["outbound_s"].mean(),
            "there": groups["people"].mean(),
        }
    )
    return found.reset_index()

"""The half hours of dates to come: the hours of a forecast, shared out as the calls of the history are."""

import numpy as np
import pandas as pd

from calldash.staffing.days import HALVES, Open
from calldash.staffing.erlang import Floats


def half_hours(hours: pd.DataFrame, rows: pd.DataFrame, shown: Open) -> pd.DataFrame:
    """The shown half hours of each date: columns day, weekday, half, `calls` expected, `high` (the most of the band).

    `hours` has day, hour, calls and high, `rows` is the history, from `profile.by_day`.
    """
    both = hours.loc[hours.index.repeat(2)].reset_index(drop=True)
    both["half"] = both["hour"] * 2 + np.tile([0, 1], len(hours))
    both["weekday"] = both["day"].dt.day_of_week + 1
    places = pd.MultiIndex.from_frame(both[["weekday", "half"]])
    both[["calls", "high"]] = both[["calls", "high"]].mul(_shares(rows).reindex(places).to_numpy(), axis=0)
    inside = both[places.isin(sorted(shown))]
    return inside[["day", "weekday", "half", "calls", "high"]].reset_index(drop=True)


def _shares(rows: pd.DataFrame) -> "pd.Series[float]":
    """Which share of its hour's calls comes in a half hour of the week; of all weekdays where none came then."""
    every = pd.MultiIndex.from_product([range(1, 8), range(HALVES)], names=["weekday", "half"])
    own = rows.groupby(["weekday", "half"])["calls"].sum().reindex(every, fill_value=0.0)
    all_days = rows.groupby("half")["calls"].sum().reindex(range(HALVES), fill_value=0.0)
    found = _of_hour(own.to_numpy(np.float64))
    whole = np.tile(_of_hour(all_days.to_numpy(np.float64)), 7)
    shares = np.where(np.isnan(found), np.where(np.isnan(whole), 0.5, whole), found)
    return pd.Series(shares, index=every)


def _of_hour(calls: Floats) -> Floats:
    sums = np.repeat(calls.reshape(-1, 2).sum(axis=1), 2)
    return np.asarray(np.where(sums > 0, calls / np.maximum(sums, 1), np.nan), dtype=np.float64)

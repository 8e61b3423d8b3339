"""From the calls of half hours to the people they need: what the formula says of each row of a profile."""

from typing import Any

import pandas as pd

from calldash.staffing.days import HALF_S
from calldash.staffing.erlang import UNSTABLE, Offer
from calldash.staffing.needed import Goal, needed, scheduled
from calldash.staffing.options import FORECAST, Options

# Which column's calls people are needed for, by the basis chosen.
_CALLS = {"mean": "calls", "p90": "p90", FORECAST: FORECAST}


def with_forecast(found: pd.DataFrame, ahead: pd.DataFrame | None, by: list[str]) -> pd.DataFrame:
    """The profile with the column of the forecast: the mean of its dates; as it is where there is none."""
    if ahead is None:
        return found
    means = ahead.groupby(by)["calls"].mean().rename(FORECAST).reset_index()
    return found.merge(means, on=by, how="left")


def planned_dates(ahead: pd.DataFrame, halves: pd.DataFrame, goal: Goal, options: Options) -> pd.DataFrame:
    """The people that each date and half hour to come needs; the handling time is the half hour's of the history."""
    own = halves[["half", "aht_s"]].assign(outbound_s=0.0, there=float("nan"))
    rows = ahead.merge(own, on="half", how="left").rename(columns={"calls": FORECAST})
    found = planned(rows, goal, options)
    if found.empty:
        return found
    most = planned(rows.assign(**{FORECAST: rows["high"]}), goal, options)
    return found.assign(agents_high=most["agents"]).rename(columns={FORECAST: "calls"})


def planned(found: pd.DataFrame, goal: Goal, options: Options) -> pd.DataFrame:
    """The profile `found` with what the formula says of each row."""
    return pd.DataFrame(
        [_row({str(name): value for name, value in one.items()}, goal, options) for one in found.to_dict("records")]
    )


def _row(found: dict[str, Any], goal: Goal, options: Options) -> dict[str, Any]:
    """A row of the profile with what the formula says of it."""
    calls = found[_CALLS[options.basis]]
    outbound = found.pop("outbound_s") / HALF_S
    free = found["there"] - outbound
    row = found | {"outbound": outbound, "load": None, "agents": None, "scheduled": None, "spare": None}
    row |= dict.fromkeys(("service_level", "asa_s", "occupancy", "abandoned", "there_level"))
    if pd.isna(calls) or pd.isna(found["aht_s"]):
        return row if calls else row | {"load": 0.0, "agents": 0, "scheduled": 0, "spare": free}
    offer = Offer(calls / HALF_S, found["aht_s"])
    level = needed(offer, goal)
    agents = level.agents if level else 0
    row |= {"load": offer.load, "agents": agents, "scheduled": scheduled(agents, options.shrinkage / 100)}
    row |= {"spare": free - agents, "there_level": _there(offer, free, goal)}
    if level:
        row |= {name: getattr(level, name) for name in ("service_level", "asa_s", "occupancy", "abandoned")}
    return row


def _there(offer: Offer, free: float, goal: Goal) -> float | str | None:
    """The service level with those who were there; UNSTABLE in its place, None where nobody knows who was, or calls."""
    if pd.isna(free) or not offer.calls_per_s:
        return None
    level = goal.level(offer, max(0, round(free)))
    return level if level == UNSTABLE else level.service_level

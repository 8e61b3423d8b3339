"""How soon missed clients are first tried, by either clock, and what came of it, from the store."""

from datetime import timedelta

import numpy as np
import pandas as pd

from calldash import asking, reports
from calldash.filters import CallFilter
from calldash.hours.worktime import Worktime
from calldash.query import Moment
from calldash.settings import Settings
from calldash.store import Store

CLOCKS = ("all", "working")
EDGES = (300, 900, 1800, 3600, 4 * 3600)  # the classes of delay end here, seconds

Rows = list[tuple[float, int, int]]


def delays(store: Store, chosen: CallFilter, clock: str) -> Rows:
    """(delay in seconds, tried at it, left without an attempt at it), for `callback_curve.curve`."""
    if clock == "all":
        found = asking.lengths(store, "callback_delays", chosen)
        at, tried, gone = (found.iloc[:, place].tolist() for place in range(3))
        return [(float(one), int(some), int(others)) for one, some, others in zip(at, tried, gone, strict=True)]
    moment = Moment(store.settings, store.now())
    return _by_worktime(reports.run(store, "callback_delays_working", chosen, moment), store.settings)


def results(store: Store, chosen: CallFilter, clock: str) -> pd.DataFrame:
    """`class` (0 ends at the first of EDGES, the last is beyond them all), `clients`, `reached`, `bought`."""
    moment = Moment(store.settings, store.now())
    return reports.run(store, "callback_results", chosen, moment, edges=EDGES, working=clock == "working")


def _by_worktime(found: pd.DataFrame, settings: Settings) -> Rows:
    tried = found[found["since"].isna()].groupby("delay_s")["clients"].sum()
    gone = found[found["since"].notna()]
    counts: dict[float, list[int]] = {float(str(at)): [int(count), 0] for at, count in tried.items()}
    if len(gone):
        for at, count in gone["clients"].groupby(_worked(gone, settings)).sum().items():
            counts.setdefault(float(str(at)), [0, 0])[1] += int(count)
    return [(at, tries, left) for at, (tries, left) in counts.items()]


def _worked(gone: pd.DataFrame, settings: Settings) -> "np.ndarray":
    """The working seconds that each waited."""
    own = gone["team"].where(gone["team"].isin([name for name, _hours in settings.team_hours]), "")
    first, last = gone["since"].min().date() - timedelta(days=1), gone["until"].max().date() + timedelta(days=1)
    seconds = np.zeros(len(gone), dtype=np.int64)
    for team in own.unique():
        at = (own == team).to_numpy()
        known = Worktime(settings.schedule, settings.zone, str(team) or None, first, last)
        seconds[at] = known.between(gone["since"].to_numpy()[at], gone["until"].to_numpy()[at])
    return seconds

"""The same days replayed with other numbers of people: what one more or one fewer would have changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from calldash.staffing.days import HALF_S, Open
from calldash.staffing.erlang import Floats
from calldash.staffing.replay import Change, drawn, missed_clients, replay

SEEDS = (1, 2, 3, 4, 5)
MOST_DAYS, MOST_CALLS = 28, 6000  # the newest days, so many that a page does not wait for them
REALLY, THERE, MORE, FEWER, PLANNED = "really", "there", "more", "fewer", "planned"
_BY_HAND = {THERE: 0, MORE: 1, FEWER: -1}
_DAY_S = 86400
_BUSIEST, _STEPS = 8.0, 10


@dataclass(frozen=True)
class Rules:
    """What the figures are counted by: in time, too short to count, how long a missed client stays open."""

    within_s: float
    short_s: float
    window_h: float


@dataclass(frozen=True)
class Days:
    """What is replayed: the calls within the shown half hours, and by half hour of these days who was there."""

    calls: pd.DataFrame
    people: pd.DataFrame  # day, half, people; from profile.by_day
    shown: Open

    @property
    def first(self) -> pd.Timestamp:
        return pd.Timestamp(self.people["day"].min())

    def seconds(self) -> Floats:
        """When each call began, in seconds since the first day."""
        days = (pd.to_datetime(self.calls["day"]) - self.first).dt.days
        return np.asarray(days * _DAY_S + self.calls["begins"], dtype=np.float64)

    def staff(self, people: Callable[[int, int, float], int]) -> list[Change]:
        """The changes of staff: `people` of (weekday, half hour, people there)."""
        days = (self.people["day"] - self.first).dt.days
        times = (days * _DAY_S + self.people["half"] * HALF_S).astype("float64").tolist()
        columns = (self.people[name].tolist() for name in ("weekday", "half", "people"))
        return [(time, people(*one)) for time, *one in zip(times, *columns, strict=True)]


def newest(rows: pd.DataFrame) -> list[pd.Timestamp]:
    """The newest days of `profile.by_day` that are few enough, with few enough calls, to be replayed."""
    sums = rows.groupby("day")[["calls", "outbound_calls"]].sum().sum(axis=1).sort_index(ascending=False)
    found = sums[:MOST_DAYS]
    fits = found.cumsum() <= MOST_CALLS
    return sorted(found.index[fits] if fits.any() else found.index[:1])


@dataclass(frozen=True)
class Comparison:
    """How each plan went.

    `plans` has a row for plan and seed: `missed` calls, missed `clients`, `service_level`, `wait_s` (of answered ones).
    `halves` has the service level of PLANNED by `half`, over all seeds. `busy` is how many times its recorded handling
    a call must keep a person for the replay of THERE to miss as many as really were missed; None where nobody knows
    who was there.
    """

    plans: pd.DataFrame
    halves: pd.DataFrame
    busy: float | None


def compared(days: Days, plan: Mapping[tuple[int, int], int], patience_s: float, rules: Rules) -> Comparison:
    """Replays THERE, MORE and FEWER (who was there, one more, one fewer in the shown half hours), beside REALLY.

    PLANNED has the people of `plan`, by (weekday, half hour): for inbound calls alone, so calls made are not replayed
    with it, and free for calls whenever they are on none.
    """
    really = _really(days)
    found = [{"plan": REALLY, "seed": 0} | _sums(really, rules)]
    known = bool(days.people["people"].notna().all())
    busy = _busy(days, int((~really["answered"].astype(bool)).sum()), patience_s) if known else None
    for name in _BY_HAND if busy else ():
        runs = [_replayed(days, _staff(days, name), patience_s, seed, busy or 1) for seed in SEEDS]
        found += [{"plan": name, "seed": seed} | _sums(run, rules) for seed, run in zip(SEEDS, runs, strict=True)]
    alone = Days(days.calls[days.calls["is_inbound"]].reset_index(drop=True), days.people, days.shown)
    staff = alone.staff(lambda day, half, _there: plan.get((day, half), 0))
    runs = [_replayed(alone, staff, patience_s, seed) for seed in SEEDS]
    found += [{"plan": PLANNED, "seed": seed} | _sums(run, rules) for seed, run in zip(SEEDS, runs, strict=True)]
    return Comparison(pd.DataFrame(found), _by_half(pd.concat(runs), rules), busy)


def _staff(days: Days, name: str) -> list[Change]:
    more = _BY_HAND[name]
    return days.staff(lambda day, half, there: max(0, int(there) + more * ((day, half) in days.shown)))


def _busy(days: Days, missed: int, patience_s: float) -> float:
    """By halving: the more busy, the more calls are missed."""
    low, high = 1.0, _BUSIEST
    staff = _staff(days, THERE)
    for _step in range(_STEPS):
        middle = (low + high) / 2
        runs = [_replayed(days, staff, patience_s, seed, middle) for seed in SEEDS[:1]]
        if sum(int((~run["answered"]).sum()) for run in runs) > missed * len(runs):
            high = middle
        else:
            low = middle
    return round(low, 1)


def _really(days: Days) -> pd.DataFrame:
    """The inbound calls as they went; a wait that is not known is missing."""
    found = days.calls.assign(begins=days.seconds(), half=days.calls["begins"] // HALF_S)
    return found.loc[found["is_inbound"], ["half", "client_id", "begins", "wait_s", "answered"]]


def _replayed(days: Days, staff: list[Change], patience_s: float, seed: int, busy: float = 1) -> pd.DataFrame:
    """The same as they go with other staff: who leaves has waited as long as they would."""
    coming = drawn(days.calls, days.seconds(), patience_s, seed)
    coming = replace(coming, handling_s=coming.handling_s * busy)
    waits = replay(coming, staff)
    answered = ~np.isnan(waits)
    found = pd.DataFrame(
        {
            "half": days.calls["begins"] // HALF_S,
            "client_id": days.calls["client_id"],
            "begins": coming.begins,
            "wait_s": np.where(answered, waits, coming.patience_s),
            "answered": answered,
        }
    )
    return found[days.calls["is_inbound"]]


def _sums(calls: pd.DataFrame, rules: Rules) -> dict[str, float]:
    answered = calls["answered"].astype(bool)
    waits = calls["wait_s"].astype("float64")
    clients = [None if pd.isna(client) else int(client) for client in calls["client_id"]]
    begins, waited = calls["begins"].to_numpy(np.float64), np.asarray(waits.fillna(0), dtype=np.float64)
    return {
        "missed": float((~answered).sum()),
        "clients": float(missed_clients(clients, begins, waited, answered.to_numpy(np.bool_), rules.window_h)),
        "service_level": _level(calls, rules),
        "wait_s": float(waits[answered].mean()),
    }


def _level(calls: pd.DataFrame, rules: Rules) -> float:
    """The share answered in time, counted as the figure `service_level` is."""
    waits, answered = calls["wait_s"].astype("float64"), calls["answered"].astype(bool)
    of_all = (waits.notna() & (answered | (waits >= rules.short_s))).sum()
    return float((answered & (waits <= rules.within_s)).sum() / of_all) if of_all else np.nan


def _by_half(calls: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    levels = [(half, _level(calls[calls["half"] == half], rules)) for half in sorted(calls["half"].unique().tolist())]
    return pd.DataFrame(levels, columns=["half", "replayed"])

"""The rules tried on the past: what each would have said up to two weeks before, and how far off it was."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from calldash.forecast.kinds import Kinds
from calldash.forecast.rules import RULES, Floats, Rule, hours

AHEAD = 14  # days
LEARN_WEEKS, TRY_WEEKS, MOST_WEEKS = 4, 2, 8  # to learn from at least, to be tried on at least and at most


@dataclass(frozen=True)
class Past:
    """Calls of days that follow one another: days by hours, and the kind of each day."""

    first: pd.Timestamp
    calls: Floats
    kinds: Kinds

    @property
    def daily(self) -> Floats:
        return np.asarray(self.calls.sum(axis=1), dtype=np.float64)

    @property
    def weeks(self) -> int:
        """Whole weeks."""
        return len(self.calls) // 7

    @property
    def tried_weeks(self) -> int:
        """The newest weeks that rules are tried on; 0 where there are too few to learn from before them."""
        weeks = min(self.weeks - LEARN_WEEKS, MOST_WEEKS)
        return weeks if weeks >= TRY_WEEKS else 0


def tried(past: Past, rule: Rule) -> pd.DataFrame:
    """Each tried day with what was said 1 to AHEAD days before: day, week (0: the newest), ahead, calls, said."""
    days = past.daily
    found = [
        (day, day - origin + 1, days[day], said)
        for origin, end in _origins(past)
        for day, said in enumerate(rule.calls(days[:origin], past.kinds[:origin], past.kinds[origin:end]), origin)
    ]
    return _placed(past, pd.DataFrame(found, columns=["at", "ahead", "calls", "said"]))


def tried_hours(past: Past, rule: Rule) -> pd.DataFrame:
    """The same for each hour: the day's calls shared out over its hours; column hour too."""
    days, frames = past.daily, []
    for origin, end in _origins(past):
        kinds, coming = past.kinds[:origin], past.kinds[origin:end]
        said = rule.calls(days[:origin], kinds, coming)[:, None] * hours(past.calls[:origin], kinds, coming)
        at = np.repeat(np.arange(origin, end), 24)
        parts = {"at": at, "ahead": at - origin + 1, "hour": np.tile(np.arange(24), end - origin)}
        frames.append(pd.DataFrame(parts | {"calls": past.calls[origin:end].ravel(), "said": said.ravel()}))
    return _placed(past, pd.concat(frames))


def _origins(past: Past) -> Iterator[tuple[int, int]]:
    """From which day on nothing was known, and up to which (outside) it was said then."""
    whole = len(past.calls)
    for origin in range(whole - 7 * past.tried_weeks, whole):
        yield origin, min(origin + AHEAD, whole)


def _placed(past: Past, found: pd.DataFrame) -> pd.DataFrame:
    found["day"] = past.first + pd.to_timedelta(found["at"], unit="D")
    found["week"] = (len(past.calls) - 1 - found["at"]) // 7
    return found.drop(columns="at").reset_index(drop=True)


@dataclass(frozen=True)
class Score:
    """How far off a rule was: share of all calls (WAPE) a week ahead and two, mean calls a day, and over all."""

    key: str
    error: float
    near: float
    far: float
    calls: float


def scores(tries: dict[str, pd.DataFrame]) -> list[Score]:
    """The score of each rule over the days of which every rule said something; empty where no call came then."""
    told = np.logical_and.reduce([frame["said"].notna().to_numpy() for frame in tries.values()])
    found = {key: frame[told] for key, frame in tries.items()}
    if not all(frame["calls"].sum() for frame in found.values()):
        return []
    return [Score(key, off(frame), *_by_week(frame), _mean_off(frame)) for key, frame in found.items()]


def off(frame: pd.DataFrame) -> float:
    """All that was said too much or too little, as a share of all calls that came; NaN where none came."""
    told = frame.dropna(subset=["said"])
    whole = float(told["calls"].sum())
    return float((told["calls"] - told["said"]).abs().sum()) / whole if whole else np.nan


def _by_week(frame: pd.DataFrame) -> tuple[float, float]:
    return off(frame[frame["ahead"] <= AHEAD // 2]), off(frame[frame["ahead"] > AHEAD // 2])


def _mean_off(frame: pd.DataFrame) -> float:
    return float((frame["calls"] - frame["said"]).abs().mean())


def rule_of(key: str) -> Rule:
    """The rule of that key."""
    return next(rule for rule in RULES if rule.key == key)

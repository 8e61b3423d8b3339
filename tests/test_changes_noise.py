"""Histories in which nothing happens give no sentence, and ones in which something does give it."""

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from calldash.changes.found import Found
from calldash.changes.ringing import Times
from calldash.changes.study import study
from calldash.changes.sums import Answers
from calldash.filters import CallFilter

TODAY = date(2026, 3, 26)
DAYS = [TODAY - timedelta(days=ago) for ago in range(35, -1, -1)]
HOURS = np.arange(9, 19)
LINES = ("One", "Two", "Three")
BUSY = np.array([1.2, 1.1, 1.0, 1.0, 0.9, 0.3, 0.1])
PARTS = {"missed_share": 0.1, "service_level": 0.75, "timely_callback_share": 0.5, "lost_share": 0.2}
COUNTS = {"inbound_calls": 1.0, "sale_calls": 0.15, "spam_calls": 0.05}


class History:
    """36 days of calls by hour and line; a day is busier or calmer than its weekday by about `sway`."""

    def __init__(self, seed: int, calls: float, sway: float) -> None:
        chance = np.random.default_rng(seed)
        shape = (len(DAYS), len(HOURS), len(LINES))
        busy = calls * BUSY[[day.weekday() for day in DAYS]] / len(HOURS) / len(LINES)
        if sway:
            busy = busy * chance.gamma(1 / sway**2, sway**2, len(DAYS))
        self.counts = {
            key: chance.poisson(np.broadcast_to(busy[:, None, None] * share, shape)) for key, share in COUNTS.items()
        }
        inbound = self.counts["inbound_calls"]
        self.parts = {}
        for key, share in PARTS.items():
            daily = chance.beta(share * 200, (1 - share) * 200, len(DAYS)) if sway else np.full(len(DAYS), share)
            self.parts[key] = chance.binomial(inbound, daily[:, None, None])
        self.waits = chance.gamma(inbound + 1e-9, 20.0)

    def figures(self, keys: list[str], by: list[str], chosen: CallFilter, _cases: bool) -> pd.DataFrame:
        inbound, found = self.counts["inbound_calls"], self.places(by)
        for key in keys:
            part, whole = (self.summed(numbers, by) for numbers in (self.counts.get(key, self.parts.get(key)), inbound))
            found[key] = part if key in COUNTS else part / np.where(whole > 0, whole, np.nan)
            if key in PARTS:
                found[f"{key}_cases"] = whole
        inside = (found["day"].dt.date >= chosen.since) & (found["day"].dt.date <= chosen.until)
        return found[inside].reset_index(drop=True)

    def report(self, name: str, chosen: CallFilter, **values: Any) -> pd.DataFrame:
        if name == "rings":
            found = self.places(["day", "hour", "line"]).rename(columns={"line": "value"})
            return found.assign(breakdown="line", calls=self.counts["inbound_calls"].ravel()).query("calls > 0")
        if name == "answered_waits":
            by = ["day", "hour", *(["line"] if values["breakdown"] else [])]
            found = self.places(by).rename(columns={"line": "value"})
            return found.assign(part=self.summed(self.waits, by), whole=self.summed(self.counts["inbound_calls"], by))
        if name == "last_call":
            return pd.DataFrame({"started_at": [datetime.combine(TODAY, datetime.min.time())]})
        return pd.DataFrame()

    def places(self, by: list[str]) -> pd.DataFrame:
        every = [pd.to_datetime(DAYS), HOURS, *([LINES] if len(by) > 2 else [])]
        return pd.MultiIndex.from_product(every, names=by).to_frame(index=False)

    def summed(self, numbers: Any, by: list[str]) -> Any:
        return (numbers if len(by) > 2 else numbers.sum(axis=2)).ravel().astype(float)


def told(history: History) -> Found:
    times = Times(datetime.combine(TODAY, datetime.min.time()) + timedelta(hours=15), DAYS[0], frozenset())
    return study(Answers(history.figures, history.report), CallFilter(), times, "UTC")


@pytest.mark.parametrize(("calls", "sway"), [(200, 0.0), (200, 0.15), (40, 0.1), (2000, 0.1)])
def test_a_history_without_events_is_silent(calls: float, sway: float) -> None:
    """Of 60 seeded histories each a few at most say something."""
    loud = [seed for seed in range(60) if list(told(History(seed, calls, sway)))]
    assert len(loud) <= 4, loud


def test_an_hour_of_a_line_that_got_worse_is_told_with_its_place() -> None:
    history = History(1, 200, 0.1)
    missed, inbound = history.parts["missed_share"], history.counts["inbound_calls"]
    missed[-2, 3:6, 1] = inbound[-2, 3:6, 1] = 9  # yesterday from 12 to 15, line Two
    (one,) = [change for change in told(history).changes if change.measure.key == "missed_share"]
    assert one.window.key == "day" and one.place is not None
    assert one.place.hours == (12, 15)
    assert one.now == missed[-2].sum() / inbound[-2].sum()
    assert one.place.part <= one.place.whole == pytest.approx(one.extra)


def test_a_line_that_fell_silent_is_told() -> None:
    history = History(1, 200, 0.1)
    history.counts["inbound_calls"][-1, 2:, 0] = 0
    (ring,) = told(history).rings
    assert (ring.kind, ring.breakdown, ring.value) == ("silent", "line", "One")
    assert ring.usual == history.counts["inbound_calls"][[7, 14, 21, 28], 2:6, 0].sum() / 4


def test_a_line_that_rings_too_much_is_told() -> None:
    history = History(1, 200, 0.1)
    before = history.counts["inbound_calls"][-2].sum()
    history.counts["inbound_calls"][-2, :, 2] += 9
    found = told(history)
    kinds = {(ring.kind, ring.value) for ring in found.rings}
    (change,) = [one for one in found.changes if one.measure.key == "inbound_calls" and one.window.key == "day"]
    assert change.now == before + 90 and kinds <= {("many", "Three")}

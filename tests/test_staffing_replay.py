"""Replays that a human can follow: first come first served, people coming and going, clients leaving."""

import math

import numpy as np
import pandas as pd
import pytest

from calldash.staffing import comparing
from calldash.staffing.comparing import FEWER, MORE, PLANNED, REALLY, THERE, Rules
from calldash.staffing.replay import Coming, drawn, missed_clients, replay
from tests.drawn import cases

# A call each 10 s, 60 s of work; who waits longer than `limit` leaves. `wait` is what comes of it, - a client lost.
FOLLOWED = """
    staff               | begins         | limit | wait
    0:1                 | 0 10 20        | inf   | 0 50 100
    0:1                 | 0 10 20        | 50    | 0 50 -
    0:1                 | 0 10 20 70     | 49    | 0 - 40 -
    0:2                 | 0 10 20        | inf   | 0 0 40
    0:0 30:1            | 0 10           | inf   | 30 80
    0:0 30:1            | 0 10           | 25    | - 20
    0:0                 | 0 10           | inf   | - -
    0:2 5:1             | 0 10 20        | inf   | 0 50 100
    0:1 30:2            | 0 10 20        | inf   | 0 20 40
    0:2 30:0 100:1      | 0 10 20        | inf   | 0 0 80
    0:2 30:0 100:1      | 0 10 20 40     | 70    | 0 0 - 60
"""


def seconds(text: str) -> list[float]:
    return [math.nan if one == "-" else float(one) for one in text.split()]


@pytest.mark.parametrize("case", cases(FOLLOWED), ids=lambda case: f"{case['staff']}, {case['limit']}")
def test_a_line_that_a_human_can_follow(case):
    begins = np.array(seconds(case["begins"]))
    calls = Coming(begins, np.full(len(begins), 60.0), np.full(len(begins), float(case["limit"])))
    staff = [(float(at), int(people)) for at, people in (one.split(":") for one in case["staff"].split())]
    np.testing.assert_allclose(replay(calls, staff), seconds(case["wait"]))


def clients(text: str, hours: float = 24) -> int:
    """Missed clients of a table: client, hour, answered."""
    rows = cases(text)
    found = [None if row["client"] == "-" else ord(row["client"]) for row in rows]
    begins = np.array([float(row["hour"]) * 3600 for row in rows])
    answered = np.array([row["answered"] == "yes" for row in rows])
    return missed_clients(found, begins, np.full(len(rows), 30.0), answered, hours)


def test_a_missed_client_counts_once_until_reached():
    assert clients(
        """
        client | hour | answered
        A      | 0    | no
        A      | 1    | no
        B      | 2    | no
        B      | 3    | yes
        B      | 4    | no
        -      | 5    | no
        A      | 30   | no
        C      | 31   | yes
        """
    ) == 4  # fmt: skip


def day_of(text: str) -> pd.DataFrame:
    """Calls of Monday, 2 March 2026, as the report `replayed` gives them."""
    rows = cases(text)
    missing = {"": np.nan}
    return pd.DataFrame(
        {
            "day": pd.Timestamp(2026, 3, 2),
            "begins": [int(row["begins"]) for row in rows],
            "is_inbound": [row["way"] == "in" for row in rows],
            "answered": [row["talk"] != "" for row in rows],
            "wait_s": [float(missing.get(row["wait"], row["wait"])) for row in rows],
            "handled_s": [float(missing.get(row["talk"], row["talk"])) for row in rows],
            "gave_up": [row["way"] == "in" and row["talk"] == "" for row in rows],
            "client_id": [index for index, _row in enumerate(rows)],
        }
    )


CALLS = """
    way | begins | wait | talk
    in  | 36000  | 5    | 100
    in  | 36010  | 40   |
    in  | 36020  | 60   | 100
    out | 36030  | 5    | 50
    in  | 36100  |      |
"""


def test_what_is_known_is_not_drawn():
    calls = day_of(CALLS)
    coming = drawn(calls, calls["begins"].to_numpy(np.float64), 120, seed=3)
    assert list(coming.handling_s[[0, 2, 3]]) == [100, 100, 50]
    assert coming.handling_s[1] == 100  # drawn from talks that are all alike
    assert coming.patience_s[1] == 40
    assert coming.patience_s[0] > 5 and coming.patience_s[2] > 60
    assert coming.patience_s[3] == 1800
    again = drawn(calls, calls["begins"].to_numpy(np.float64), 120, seed=3)
    np.testing.assert_array_equal(coming.patience_s, again.patience_s)


def busy_day() -> comparing.Days:
    """A call each minute of three hours, two minutes of talk, two people there; one in four gave up after 20 s."""
    rows = [f"in | {36000 + 60 * at} | {20 if at % 4 == 3 else 5} | {'' if at % 4 == 3 else 120}" for at in range(180)]
    calls = day_of("\n".join(["way | begins | wait | talk", *rows]))
    halves = pd.DataFrame({"day": pd.Timestamp(2026, 3, 2), "weekday": 1, "half": range(48)})
    halves["people"] = [2.0 if 20 <= half < 26 else 0.0 for half in halves["half"]]
    return comparing.Days(calls, halves, frozenset((1, half) for half in range(20, 26)))


def test_one_more_person_misses_fewer_and_one_fewer_more():
    plan = {(1, half): 5 for half in range(20, 26)}
    found = comparing.compared(busy_day(), plan, 60.0, Rules(20, 5, 24))
    missed = found.plans.groupby("plan")["missed"].mean()
    assert missed[REALLY] == 45
    assert missed[MORE] < missed[THERE] < missed[FEWER]
    assert missed[THERE] == pytest.approx(45, abs=5), "the replay is as busy as the day was"
    assert found.busy > 1
    assert missed[PLANNED] == 0
    really = found.plans.set_index("plan").loc[REALLY]
    assert (really["clients"], really["service_level"], really["wait_s"]) == (45, 0.75, 5)
    assert set(found.plans["seed"]) == {0, *comparing.SEEDS}
    assert list(found.halves["half"]) == list(range(20, 26)) and set(found.halves["replayed"]) == {1.0}
    again = comparing.compared(busy_day(), plan, 60.0, Rules(20, 5, 24))
    pd.testing.assert_frame_equal(found.plans, again.plans)


def test_without_people_known_only_the_plan_is_replayed():
    day = busy_day()
    nobody = comparing.Days(day.calls, day.people.assign(people=np.nan), day.shown)
    found = comparing.compared(nobody, {(1, 20): 5}, 60.0, Rules(20, 5, 24))
    assert set(found.plans["plan"]) == {REALLY, PLANNED}
    assert found.busy is None

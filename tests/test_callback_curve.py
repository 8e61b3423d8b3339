"""The curve of callbacks against numbers worked out by hand, and what an hour answered like another would have saved."""

import pytest

from calldash.missed.curve import as_drawn, curve, delay_of, share_at
from calldash.missed.what_helps import Hour, hours
from tests.drawn import cases

# Remission of 21 patients under 6-MP (Freireich and others, 1963), the example of the textbooks: weeks 6 6 6 6+ 7 9+ 10
# 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+. By hand: 18/21 = 0.857, x 16/17 = 0.807, x 14/15 = 0.753, …
PATIENTS = [(6, 3, 1), (7, 1, 0), (9, 0, 1), (10, 1, 1), (11, 0, 1), (13, 1, 0), (16, 1, 0), (17, 0, 1), (19, 0, 1),
            (20, 0, 1), (22, 1, 0), (23, 1, 0), (25, 0, 1), (32, 0, 2), (34, 0, 1), (35, 0, 1)]  # fmt: skip
TEXTBOOK = """
week | at risk | still  | low    | high
6    | 21      | 0.8571 | 0.6197 | 0.9516
7    | 17      | 0.8067 | 0.5631 | 0.9228
10   | 15      | 0.7529 | 0.5032 | 0.8894
13   | 12      | 0.6902 | 0.4316 | 0.8491
16   | 11      | 0.6275 | 0.3675 | 0.8049
22   | 7       | 0.5378 | 0.2678 | 0.7468
23   | 6       | 0.4482 | 0.1881 | 0.6801
"""


def test_the_textbook():
    for step, wanted in zip(curve(reversed(PATIENTS)), cases(TEXTBOOK), strict=True):
        assert (step.at, step.at_risk) == (int(wanted["week"]), int(wanted["at risk"]))
        told = [1 - step.share, 1 - step.high, 1 - step.low]
        assert told == pytest.approx([float(wanted[key]) for key in ("still", "low", "high")], abs=5e-5)


def test_nobody_censored_is_the_plain_share():
    steps = curve([(60, 1, 0), (120, 2, 0), (300, 1, 0)])
    assert [step.share for step in steps] == pytest.approx([0.25, 0.75, 1.0])
    assert (steps[-1].low, steps[-1].high) == (1.0, 1.0)
    assert (delay_of(steps, 0.75), delay_of(steps, 0.25)) == (120, 60)


def test_who_left_before_says_nothing_after():
    """Of four, one leaves at 30 s: the first attempt at 60 s is one of three; the last waits for ever."""
    steps = curve([(30, 0, 1), (60, 1, 0), (90, 1, 0), (900, 0, 1)])
    assert [step.share for step in steps] == pytest.approx([1 / 3, 2 / 3])
    assert share_at(steps, 59) is None
    assert share_at(steps, 89).at == 60
    assert delay_of(steps, 0.7) is None


def test_nothing_is_no_curve():
    assert curve([]) == []
    assert curve([(10, 0, 5)]) == []


def test_an_hour_answered_like_the_better_of_its_neighbours():
    found = hours([Hour(12, 200, 0.1), Hour(13, 300, 0.3), Hour(14, 100, 0.2), Hour(16, 400, 0.9)], weeks=4)
    first = found[0]
    # 300 calls x (30 % - 10 %) / 4 weeks = 15 a week; 16 has no neighbour of enough calls.
    assert (first.worse.hour, first.better.hour, first.saved) == (13, 12, pytest.approx(15))
    assert first.low < 15 < first.high
    assert [one.worse.hour for one in found] == [13]  # 14 against 13 is no gain, 12 is the best


@pytest.mark.parametrize("calls", [29, 40])
def test_what_chance_may_have_done_is_not_told(calls):
    assert hours([Hour(9, calls, 0.20), Hour(10, 1000, 0.15)], weeks=1) == []


def test_a_picture_has_the_last_step_of_each_of_its_places():
    steps = curve([(at, 1, 0) for at in (1, 4, 9, 10, 25, 40, 99)])
    drawn = as_drawn(steps, until=50, places=5)
    assert [step.at for step in drawn] == [9, 10, 25, 40, 99]
    assert set(drawn) <= set(steps)
    assert as_drawn(steps, until=50) == steps
    assert as_drawn([], until=50) == []

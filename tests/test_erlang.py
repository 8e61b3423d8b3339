"""Erlang C and Erlang A against figures known elsewhere, against chains solved by themselves, and against replays."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calldash.staffing.erlang import UNSTABLE, Offer, erlang_a, erlang_b, erlang_c
from calldash.staffing.needed import Goal, needed, scheduled
from calldash.staffing.patience import patience
from calldash.staffing.replay import Coming, replay
from tests.drawn import cases

HALF = Offer(100 / 1800, 180)

# Each within half a unit of its last digit.
KNOWN = """
    calls | per_s | aht | agents | within | p_wait    | level   | asa     | occupancy
    100   | 1800  | 180 | 14     | 20     | 0.1741319 | 0.88835 | 7.83594 | 0.714286
    1000  | 3600  | 120 | 40     | 20     | 0.19074   | 0.93721 | 3.433   | 0.8333
"""
# Erlang A: 100 calls a half hour of 180 s each, patience 300 s, and 105 calls.
PATIENT = """
    calls | agents | p_wait   | abandoned | wait     | occupancy
    100   | 8      | 0.84757  | 0.231864  | 69.55924 | 0.96017
    100   | 12     | 0.331802 | 0.042711  | 12.81333 | 0.797741
    100   | 16     | 0.051251 | 0.003876  | 1.162847 | 0.622577
    105   | 13     | 0.281255 | 0.033043  | 9.912803 | 0.781004
"""
offers = st.builds(Offer, st.floats(1e-4, 2), st.floats(5, 900))
people = st.integers(0, 120)
patiences = st.floats(5, 3600)
targets = st.floats(0, 300)


def near(text: str):
    """The number, and any other that is written like it."""
    digits = len(text.partition(".")[2])
    return pytest.approx(float(text), abs=0.5000001 * 10**-digits)


@pytest.mark.parametrize("case", cases(KNOWN), ids=lambda case: case["agents"])
def test_erlang_c_gives_what_is_known(case):
    offer = Offer(float(case["calls"]) / float(case["per_s"]), float(case["aht"]))
    found = erlang_c(offer, int(case["agents"]), float(case["within"]))
    assert found.p_wait == near(case["p_wait"])
    assert found.service_level == near(case["level"])
    assert found.asa_s == near(case["asa"])
    assert found.occupancy == near(case["occupancy"])
    assert found.abandoned == 0


@pytest.mark.parametrize("case", cases(PATIENT), ids=lambda case: f"{case['calls']}-{case['agents']}")
def test_erlang_a_gives_what_is_known(case):
    found = erlang_a(Offer(float(case["calls"]) / 1800, 180), int(case["agents"]), 20, 300)
    for name, key in (("p_wait", "p_wait"), ("abandoned", "abandoned"), ("wait_s", "wait"), ("occupancy", "occupancy")):
        assert getattr(found, name) == pytest.approx(float(case[key]), abs=1e-5)


@pytest.mark.parametrize("agents", [0, 1, 9, 10])
def test_too_few_agents_are_unstable_and_no_number(agents):
    assert erlang_c(HALF, agents, 20) == UNSTABLE == "unstable"
    assert erlang_c(Offer(0.1 * 3, 10), 3, 20) == UNSTABLE  # 3.0000000000000004 erlangs
    assert erlang_c(Offer(0.7, 10 / 0.7), 10, 20) == UNSTABLE
    assert not isinstance(erlang_c(HALF, 11, 20), str)


def solved(offer: Offer, agents: int, patience_s: float, within_s: float, most: int = 400):
    """The same line as a chain of states cut off at `most` calls, solved as linear equations; its waits by small steps."""
    states = np.arange(most + 1)
    ends = np.minimum(states, agents) / offer.aht_s + np.maximum(states - agents, 0) / patience_s
    rates = np.diag(np.full(most, offer.calls_per_s), 1) + np.diag(ends[1:], -1)
    rates -= np.diag(rates.sum(axis=1))
    equations = np.vstack([rates.T, np.ones(most + 1)])
    chances = np.linalg.lstsq(equations, np.append(np.zeros(most + 1), 1.0), rcond=None)[0]
    line = float(chances @ np.maximum(states - agents, 0))
    # Who waits: places before them go by one by one, and they themselves may leave meanwhile.
    places = chances[agents:-1].copy()
    in_time, steps = chances[:agents].sum(), 4000
    ahead = np.arange(len(places))
    for _step in range(steps):
        step = within_s / steps
        served = agents / offer.aht_s
        on = places * (served + ahead / patience_s)
        change = -on - places / patience_s
        change[:-1] += on[1:]
        in_time += places[0] * served * step
        places = places + change * step
    left = line / patience_s / offer.calls_per_s
    return chances[agents:].sum(), left, line / offer.calls_per_s, in_time


@pytest.mark.parametrize(
    ("calls", "aht", "agents", "patience_s", "within"),
    [(100, 180, 8, 300, 20), (100, 180, 14, 60, 30), (40, 240, 5, 90, 45), (12, 300, 1, 120, 20), (60, 120, 4, 20, 10)],
)
def test_erlang_a_is_the_solved_chain(calls, aht, agents, patience_s, within):
    offer = Offer(calls / 1800, aht)
    found = erlang_a(offer, agents, within, patience_s)
    p_wait, left, wait, in_time = solved(offer, agents, patience_s, within)
    assert found.p_wait == pytest.approx(p_wait, abs=1e-6)
    assert found.abandoned == pytest.approx(left, abs=1e-6)
    assert found.wait_s == pytest.approx(wait, rel=1e-5)
    assert found.service_level == pytest.approx(in_time, abs=5e-4)  # of the small steps


@given(offers, people, targets)
def test_endless_patience_is_erlang_c(offer, agents, within):
    one, other = erlang_c(offer, agents, within), erlang_a(offer, agents, within, math.inf)
    assert one == other
    if one != UNSTABLE and one.occupancy < 0.97:
        nearly = erlang_a(offer, agents, within, 1e8)
        assert nearly.service_level == pytest.approx(one.service_level, abs=2e-4)
        assert nearly.p_wait == pytest.approx(one.p_wait, abs=2e-4)


@given(offers, people, patiences, targets)
def test_erlang_a_stays_within_what_can_be(offer, agents, patience_s, within):
    found = erlang_a(offer, agents, within, patience_s)
    shares = (found.p_wait, found.service_level, found.abandoned, found.occupancy)
    assert all(-1e-12 <= share <= 1 + 1e-9 for share in shares)
    assert found.service_level <= 1 - found.abandoned + 1e-9
    # Calls that come are served or lost.
    assert found.occupancy * agents + found.abandoned * offer.load == pytest.approx(offer.load, rel=1e-6)
    if found.asa_s is not None and found.abandoned < 1:
        assert found.asa_s >= 0


@given(offers, people, patiences, targets)
def test_one_more_agent_never_makes_it_worse(offer, agents, patience_s, within):
    less, more = (erlang_a(offer, number, within, patience_s) for number in (agents, agents + 1))
    assert more.service_level >= less.service_level - 1e-9
    assert more.abandoned <= less.abandoned + 1e-9
    assert more.p_wait <= less.p_wait + 1e-9
    before, after = (erlang_c(offer, number, within) for number in (agents, agents + 1))
    if before != UNSTABLE:
        assert after.service_level >= before.service_level and after.asa_s <= before.asa_s


def test_thousands_of_agents_and_empty_lines():
    crowd = Offer(5000 / 180, 180)
    # Halfin and Whitt's limit, with 100 / sqrt(5000) to spare: 1 / (1 + 1.4142 * 0.9214 / 0.1468).
    assert erlang_c(crowd, 5100, 20).p_wait == pytest.approx(0.1013, abs=2e-3)
    assert erlang_a(crowd, 4900, 20, 300).abandoned == pytest.approx(0.0203, abs=1e-3)
    assert erlang_a(crowd, 0, 20, 300).abandoned == 1
    assert erlang_a(crowd, 0, 20, 300).asa_s is None
    nobody = erlang_c(Offer(0, 180), 3, 20)
    assert (nobody.p_wait, nobody.service_level, nobody.occupancy) == (0, 1, 0)
    assert erlang_b(10, 10) == pytest.approx(0.2145823, abs=1e-7)


@pytest.mark.parametrize("wrong", [(-1, 60), (1, 0), (1, -5), (math.nan, 60), (1, math.inf)])
def test_what_is_no_offer_is_refused(wrong):
    with pytest.raises(ValueError, match="no such offer"):
        Offer(*wrong)


def test_the_fewest_who_reach_the_goal():
    goal = Goal(0.8, 20)
    assert needed(HALF, goal).agents == 14
    assert goal.level(HALF, 13).service_level < 0.8 <= goal.level(HALF, 14).service_level
    assert needed(Offer(0, 180), goal) is None
    assert needed(HALF, Goal(0.8, 20, patience_s=300)).agents == 13
    assert needed(HALF, Goal(0.8, 20, max_occupancy=0.6)).agents == 17
    assert [scheduled(agents, 0.3) for agents in (0, 7, 14)] == [0, 10, 20]
    assert scheduled(14, 0) == 14


@given(offers, st.floats(0.05, 0.95), targets, st.one_of(patiences, st.just(math.inf)))
def test_one_fewer_than_needed_is_not_enough(offer, share, within, patience_s):
    goal = Goal(share, within, patience_s)
    agents = needed(offer, goal).agents
    assert goal.reached(goal.level(offer, agents))
    assert not goal.reached(goal.level(offer, agents - 1))


def test_patience_of_clients_who_gave_up_and_who_did_not():
    found = patience(waited_s=3000, gave_up=10)
    assert found.mean_s == 300
    # 2 T over the quantiles 0.975 of 22 and 0.025 of 20 degrees of freedom: 36.781 and 9.591, as tables have them.
    assert found.low_s == pytest.approx(6000 / 36.781, rel=1e-3)
    assert found.high_s == pytest.approx(6000 / 9.591, rel=2e-3)
    assert patience(3000, 9) is None
    assert patience(0, 50) is None


def steady(offer: Offer, patience_s: float, calls: int, seed: int) -> Coming:
    dice = np.random.default_rng(seed)
    begins = np.cumsum(dice.exponential(1 / offer.calls_per_s, calls))
    limits = np.full(calls, math.inf) if math.isinf(patience_s) else dice.exponential(patience_s, calls)
    return Coming(begins, dice.exponential(offer.aht_s, calls), limits)


@pytest.mark.parametrize(("agents", "patience_s"), [(14, math.inf), (12, math.inf), (8, 300), (12, 60)])
def test_a_long_replay_comes_to_the_formula(agents, patience_s):
    """Within four standard errors of what ten seeds say."""
    found = erlang_a(HALF, agents, 20, patience_s)
    said = []
    for seed in range(10):
        waits = replay(steady(HALF, patience_s, 30_000, seed), [(0.0, agents)])
        in_time = np.nan_to_num(waits, nan=math.inf) <= 20
        said.append((in_time.mean(), np.isnan(waits).mean(), np.nanmean(waits)))
    means, errors = np.mean(said, axis=0), np.std(said, axis=0, ddof=1) / math.sqrt(len(said))
    wanted = np.array([found.service_level, found.abandoned, found.asa_s])
    assert (errors[[0, 2]] < [0.01, 2]).all(), "too coarse to tell anything"
    assert (abs(means - wanted) <= 4 * errors + 1e-12).all(), (means, wanted, errors)


def test_equal_seeds_draw_equally():
    first, again, other = (replay(steady(HALF, 60, 2000, seed), [(0.0, 10)]) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other, equal_nan=True)

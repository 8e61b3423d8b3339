"""How evenly work is shared out: three people whose curve, coefficient and swap a human can add up."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calldash import charts
from calldash.employees import lorenz
from calldash.ui.load.shared_out import words


def test_the_curve_goes_through_the_least_loaded_first() -> None:
    """Of 120 the least loaded third does 0, two thirds 30, all 120."""
    people, work = zip(*lorenz.curve([90, 0, 30]), strict=True)
    assert people == pytest.approx((0, 1 / 3, 2 / 3, 1))
    assert work == (0, 0, 0.25, 1)
    assert lorenz.curve([0, 0]) == []


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=12).filter(any))
def test_gini_is_half_the_mean_difference_over_the_mean_and_twice_the_area(loads: list[int]) -> None:
    mean = sum(loads) / len(loads)
    by_pairs = sum(abs(one - other) for one in loads for other in loads) / (2 * len(loads) ** 2 * mean)
    corners = itertools.pairwise(lorenz.curve(loads))
    below = sum((right[0] - left[0]) * (left[1] + right[1]) / 2 for left, right in corners)
    assert lorenz.gini(loads) == pytest.approx(by_pairs, abs=1e-9)
    assert 1 - 2 * below == pytest.approx(by_pairs, abs=1e-9)


def test_the_two_of_one_team_whose_swap_helps_most() -> None:
    """Sales has 0, 30 and 90: 45, 30 and 45 instead. Help is nearly even. Who is alone has nobody to swap with."""
    teams = {"Sales": {"Ann": 0, "Bob": 30, "Cyr": 90}, "Help": {"Dan": 50, "Eve": 60}, None: {"Fay": 500}}
    swap = lorenz.best_swap(teams)
    assert swap is not None
    assert (swap.team, swap.most, swap.least, swap.most_load, swap.least_load) == ("Sales", "Cyr", "Ann", 90, 0)
    assert (swap.before, swap.after) == pytest.approx((0.5, 11 / 12))
    assert words(swap) == (
        "Cyr talked 1:30, Ann 0:00 (team: Sales). If each took the other's place half of the time, the balance of the "
        "team would go from 50.0% to 91.7%."
    )


def test_nobody_swaps_where_all_do_alike() -> None:
    assert lorenz.best_swap({"Sales": {"Ann": 30, "Bob": 30}, "Help": {"Cyr": 5}}) is None
    assert words(None).startswith("Nobody")


def test_a_curve_needs_two_people() -> None:
    assert charts.lorenz(lorenz.curve([5]), [""] * 2, "even", "drawn") is None
    figure = charts.lorenz(lorenz.curve([1, 3]), ["", "<i>\nx", ""], "even", "drawn")
    assert figure.data[1].y == (0, 0.25, 1)
    assert figure.data[1].hovertext[1] == "&lt;i&gt;<br>x"

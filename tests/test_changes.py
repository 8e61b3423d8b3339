"""A change taken apart, told from noise and given its place: drawn as cells that a human can add up."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calldash.changes import noise, places
from calldash.changes.parting import parted, total
from tests.drawn import cases


def cells(drawn: str) -> pd.DataFrame:
    found = pd.DataFrame(cases(drawn))
    numbers = [name for name in found.columns if name not in ("value", "breakdown")]
    return found.astype(dict.fromkeys(numbers, "float64")).astype({"hour": "int64"} if "hour" in found else {})


# 8 % of 100 were missed before, 14 of 100 now: 6 more. Night got 20 more calls, and is missed at 20 % instead of 5 %.
NIGHT = """
    value | hour | part | whole | part_then | whole_then
    Day   | 10   | 2    | 50    | 5.6       | 70
    Night | 22   | 12   | 50    | 2.4       | 30
"""


def test_a_change_is_split_into_rates_and_mix() -> None:
    found = parted(cells(NIGHT)).set_index("value")
    # Day: 50 calls at 8 % would be 4 missed, 2 were. Night: 50 at 8 % would be 4, 12 were. Both had 8 %: no mix.
    assert found["rate"].to_dict() == pytest.approx({"Day": -2, "Night": 8})
    assert found["mix"].to_dict() == pytest.approx({"Day": 0, "Night": 0}, abs=1e-9)
    assert total(cells(NIGHT)).extra == pytest.approx(6)


def test_more_calls_where_more_is_missed_are_mix() -> None:
    """Day misses 10 %, night 30 %, then and now; 20 of 100 calls moved into the night."""
    found = parted(cells("""
        value | part | whole | part_then | whole_then
        Day   | 6    | 60    | 8         | 80
        Night | 12   | 40    | 6         | 20
    """)).set_index("value")  # fmt: skip
    # 14 % before, 18 % now. Day lost 20 calls that are 4 points below 14 %, night won 20 that are 16 above.
    assert found["rate"].abs().max() == pytest.approx(0)
    assert found["mix"].to_dict() == pytest.approx({"Day": 0.8, "Night": 3.2})


amounts = st.integers(0, 50)
drawn_cells = st.lists(st.tuples(amounts, amounts, amounts, amounts), min_size=1, max_size=12)


@given(drawn_cells, st.sampled_from([1.0, 2.0, 4.0]), st.booleans())
def test_the_parts_add_up(rows: list[tuple[int, ...]], ratio: float, is_count: bool) -> None:
    found = pd.DataFrame(rows, columns=["part", "whole", "part_then", "whole_then"]).astype("float64")
    if is_count:
        found[["whole", "whole_then"]] = 0.0
    else:  # of no cases there is no part
        found["part"] = found[["part", "whole"]].min(axis=1)
        found["part_then"] = found[["part_then", "whole_then"]].min(axis=1)
    split, whole = parted(found, ratio), total(found, ratio)
    assert split["extra"].sum() == pytest.approx(whole.extra, abs=1e-6)
    assert (split["rate"] + split["mix"]).to_list() == pytest.approx(split["extra"].to_list())
    if whole.whole and whole.whole_then:
        change = whole.part / whole.whole - whole.part_then / whole.whole_then
        assert split["extra"].sum() / whole.whole == pytest.approx(change, abs=1e-9)


LUNCH = """
    value   | hour | part | whole | part_then | whole_then
    Sales   | 12   | 2    | 20    | 8         | 80
    Sales   | 13   | 2    | 20    | 8         | 80
    Support | 12   | 3    | 20    | 8         | 80
    Support | 13   | 11   | 20    | 8         | 80
    Support | 14   | 4    | 20    | 8         | 80
"""


def test_the_place_is_the_smallest_that_most_fits() -> None:
    """22 of 100 missed, 10 % before: 12 extra, 9 of them in Support at 13."""
    place = places.best([cells(LUNCH).assign(breakdown="queue")], 4)
    assert place is not None
    assert (place.breakdown, place.value, place.hours) == ("queue", "Support", (13, 14))
    assert (place.part, place.whole) == pytest.approx((9, 12))


def test_a_change_everywhere_has_no_place() -> None:
    spread = cells("""
        value   | hour | part | whole | part_then | whole_then
        Sales   | 12   | 6    | 20    | 8         | 80
        Sales   | 13   | 6    | 20    | 8         | 80
        Support | 12   | 6    | 20    | 8         | 80
        Support | 13   | 6    | 20    | 8         | 80
    """)
    assert places.best([spread.assign(breakdown="queue")], 4) is None


def test_the_chance_of_silence_is_a_power() -> None:
    """56 calls in four weeks, none now: each of them could have come in any of five stretches."""
    assert noise.at_most(0, 56, 4) == pytest.approx(0.8**56)
    assert noise.at_least(0, 56, 4) == 1
    assert noise.at_most(0, 56, 4, scale=2) == pytest.approx(0.8**28)


def test_tails_are_those_of_the_binomial() -> None:
    """Of 3 calls in two stretches of equal length, at most 1 was in the first: (1 + 3) / 8."""
    assert noise.at_most(1, 2, 1) == pytest.approx(4 / 8)
    assert noise.at_least(1, 2, 1) == pytest.approx(7 / 8)


def test_spread_is_pearson_over_weekdays_without_the_wildest_day() -> None:
    weekdays = np.array([1, 1, 1, 1, 2, 2, 2, 2, 2.0])
    # Mondays are 2 off their 10, four times; of Tuesdays the 100 is left out, the others are all 20. So 16 / 120 by
    # 8 days of which 6 are free; a fifth more for the day left out. Unequal sizes cost some of the free days.
    found = noise.spread(weekdays, np.array([8, 12, 8, 12, 20, 20, 20, 20, 100.0]))
    assert (found.variance, found.df) == (pytest.approx(16 / 120 * 8 / 6 * 1.2), 5)
    assert noise.wildest(weekdays, np.array([8, 12, 8, 12, 20, 20, 20, 20, 100.0])) == []
    longer = np.tile(weekdays, 3)
    assert noise.wildest(longer, np.array([*[8, 12, 8, 12, 20, 20, 20, 20, 20] * 2, 8, 12, 8, 12, 20, 20, 20, 20, 99.0])) == [26]  # fmt: skip


def test_chances_are_corrected_for_how_many_were_looked_at() -> None:
    assert noise.holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert noise.holm([]) == []

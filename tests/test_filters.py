"""The filter: a value to and from the pairs of a URL; nonsense means the default."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calldash.filters import RANGES, CallFilter, from_pairs, parse_row, to_pairs
from calldash.metrics import DIMENSIONS, METRICS

TEXTS = st.text(min_size=1, max_size=12) | st.sampled_from(
    ['a,b"c', "<b>x</b>", '"', ",", "\n", "\r\n", " ", "'", "%", "Ёж"]
)


def values_of(name: str) -> st.SearchStrategy[str]:
    dimension = DIMENSIONS[name]
    if dimension.values:
        return st.sampled_from(dimension.values)
    if dimension.type == "date":
        return st.dates().map(date.isoformat)
    return st.integers(0, 2**31 - 1).map(str) if dimension.type == "number" else TEXTS


@st.composite
def filters(draw: st.DrawFn) -> CallFilter:
    days = sorted(draw(st.lists(st.dates(), min_size=2, max_size=2)))
    chosen = CallFilter(draw(st.sampled_from([None, days[0]])), draw(st.sampled_from([None, days[1]])))
    for name in draw(st.sets(st.sampled_from(sorted(DIMENSIONS)), max_size=4)):
        some = draw(st.lists(values_of(name) | st.none(), min_size=1, max_size=3, unique=True))
        chosen = chosen.choose(name, some)
    for name in draw(st.sets(st.sampled_from(sorted(RANGES)))):
        amounts = st.decimals(0, 10**9, places=2)
        bounds = (st.integers(0, 10**9) if RANGES[name].unit == "seconds" else amounts) | st.none()
        chosen = chosen.between(name, draw(bounds), draw(bounds))
    behind = draw(st.sampled_from([None, *METRICS]))
    return CallFilter(chosen.since, chosen.until, chosen.chosen, chosen.ranges, behind)


@given(filters())
def test_a_filter_survives_the_url(chosen: CallFilter) -> None:
    assert from_pairs(to_pairs(chosen)) == chosen
    assert hash(from_pairs(to_pairs(chosen))) == hash(chosen)


NAMES = st.sampled_from(["since", "until", "behind", *DIMENSIONS, *RANGES, "nonsense"])
NONSENSE = st.sampled_from(
    ["²", "-", "--", "²-³", "1-2-3", "9" * 40, "-1", "2026-W10-1", "0001-01-01", '"', 'a"b', "a\nb"]
)


@given(st.dictionaries(NAMES, st.text(max_size=20) | NONSENSE, max_size=6))
def test_any_url_is_some_filter(pairs: dict[str, str]) -> None:
    """Whatever stands in a URL: no error, only names and values of the catalogue, and the same again from its own URL."""
    chosen = from_pairs(pairs)
    assert from_pairs(to_pairs(chosen)) == chosen
    assert {name for name, _values in chosen.chosen} <= set(DIMENSIONS)
    assert chosen.behind in (None, *METRICS)
    assert not chosen.since or not chosen.until or chosen.since <= chosen.until
    for name, values in chosen.chosen:
        dimension = DIMENSIONS[name]
        for value in values:
            assert value is None or not dimension.values or value in dimension.values
            if value and dimension.type == "number":
                assert 0 <= int(value) < 2**31
            if value and dimension.type == "date":
                assert date.fromisoformat(value).isoformat() == value


DEFAULT = CallFilter()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("since", "yesterday"),
        ("since", "2026-02-30"),
        ("until", ""),
        ("behind", "calls; DROP TABLE calls"),
        ("hour", "24"),
        ("hour", "x"),
        ("direction", "sideways"),
        ("client_id", "-1"),
        ("client_id", "1 OR 1=1"),
        ("client_id", "²"),
        ("client_id", "9" * 20),
        ("day", "monday"),
        ("wait_s", "10"),
        ("wait_s", "a-b"),
        ("wait_s", "-"),
        ("wait_s", "²-"),
        ("wait_s", "0-" + "9" * 40),
        ("wait_s", "1.5-"),
        ("cost", "1,5-"),
        ("cost", "-1.2345678"),
        ("cost", "1e3-"),
        ("cost", "NaN-"),
        ("cost", "9" * 13 + "-"),
        ("roaming", "maybe"),
        ("nonsense", "1"),
        ("calls", "1"),
    ],
)
def test_nonsense_means_the_default(name: str, text: str) -> None:
    assert from_pairs({name: text}) == DEFAULT


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("team", "Sales", ("Sales",)),
        ("team", "Sales,Support", ("Sales", "Support")),
        ("team", '"a,b""c"', ('a,b"c',)),
        ("team", "", (None,)),
        ("team", ",Sales", (None, "Sales")),
        ("team", "<b>x</b>", ("<b>x</b>",)),
        ("team", "Анна; O'Neil", ("Анна; O'Neil",)),
        ("hour", "9,10,99", ("9", "10")),
        ("day", "2026-03-02", ("2026-03-02",)),
        ("day", "20260302", ("2026-03-02",)),
    ],
)
def test_values_of_a_dimension(name: str, text: str, value: tuple[Any, ...]) -> None:
    assert from_pairs({name: text}).values(name) == value


@pytest.mark.parametrize(
    ("text", "bounds"), [("5-10", (5, 10)), ("5-", (5, None)), ("-10", (None, 10)), ("0-0", (0, 0)), ("007-8", (7, 8))]
)
def test_ranges(text: str, bounds: tuple[int | None, int | None]) -> None:
    assert from_pairs({"wait_s": text}).ranges == (("wait_s", *bounds),)


def test_amounts_are_decimals() -> None:
    found = from_pairs({"cost": "0.10-20"})
    assert found.bounds("cost") == (Decimal("0.1"), 20)
    assert to_pairs(found) == {"cost": "0.10-20"}
    assert found.bounds("wait_s") == (None, None)


def test_a_period_given_backwards_is_turned() -> None:
    turned = from_pairs({"since": "2026-03-05", "until": "2026-03-02"})
    assert (turned.since, turned.until) == (date(2026, 3, 2), date(2026, 3, 5))


@pytest.mark.parametrize(
    ("since", "until", "before"),
    [
        (date(2026, 3, 2), date(2026, 3, 8), (date(2026, 2, 23), date(2026, 3, 1))),
        (date(2026, 3, 2), date(2026, 3, 2), (date(2026, 3, 1), date(2026, 3, 1))),
        (date(2024, 2, 1), date(2024, 2, 29), (date(2024, 1, 3), date(2024, 1, 31))),
    ],
)
def test_the_previous_period_is_as_long(since: date, until: date, before: tuple[date, date]) -> None:
    found = CallFilter(since, until).choose("team", ["Sales"]).previous()
    assert found is not None
    assert (found.since, found.until) == before
    assert found.values("team") == ("Sales",)


@pytest.mark.parametrize(
    "open_one", [DEFAULT, CallFilter(since=date(2026, 3, 2)), CallFilter(date.min, date(2026, 3, 2))]
)
def test_a_period_without_a_previous_one(open_one: CallFilter) -> None:
    assert open_one.previous() is None


def test_choosing_again_replaces_and_nothing_frees() -> None:
    chosen = DEFAULT.choose("team", ["a"]).choose("team", ["b", None]).between("wait_s", 1, 2)
    assert chosen.values("team") == ("b", None)
    assert chosen.choose("team", []).between("wait_s", None, None) == DEFAULT


@pytest.mark.parametrize(
    ("text", "row"), [("a", ("a",)), ("a,,b", ("a", None, "b")), ('"x\ny",z', ("x\ny", "z")), ("", (None,))]
)
def test_a_row_of_values(text: str, row: tuple[str | None, ...]) -> None:
    assert parse_row(text) == row

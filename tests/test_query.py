"""Questions: every number by every dimension, and the calls behind it."""

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from calldash.asking import ask, ask_with_total, value_text
from calldash.filters import CallFilter, from_pairs
from calldash.importing import import_built, import_file
from calldash.metrics import DIMENSIONS, METRICS
from calldash.providers import BuiltCall, Leg
from calldash.query import Moment
from calldash.settings import load
from calldash.store import Store, open_store
from tests.drawn import DAY, figures, listed, rows

HERE = Path(__file__).parent


OVER_CALLS = [metric for metric in METRICS.values() if metric.table == "calls"]


COUNTS = [metric.key for metric in OVER_CALLS if metric.unit == "count" and metric.key != "clients"]


RETURNS = ("romi", "roas")  # written as shares, but no shares of anything
SHARES = [metric.key for metric in OVER_CALLS if metric.unit == "share"]


SUMS = {"total_talk_s", "handled_talk_s", "queue_talk_s"}


def leg(kind: str, employee: str | None, start: int, answer: int | None, end: int, queue: str = "main") -> Leg:
    """A leg that began, was answered and ended so many seconds after ten o'clock."""
    at = DAY + timedelta(hours=7)
    answered = None if answer is None else at + timedelta(seconds=answer)
    talk = None if answer is None else end - answer
    reason = None if kind != "queue" else "completed" if answer is not None else "abandoned"
    ended = at + timedelta(seconds=end)
    return Leg(kind, at + timedelta(seconds=start), ended, answered, employee, "Floor", queue, talk, reason)


def with_legs() -> Iterator[BuiltCall]:
    """Anna is rung twice and takes the second; Boris does not; then a transfer; then nobody."""
    told = {
        "one": (True, leg("queue", None, 0, 20, 80), leg("ring", "Anna", 0, None, 5), leg("ring", "Boris", 5, None, 12),
                leg("ring", "Anna", 12, 20, 80)),
        "two": (True, leg("queue", None, 30, 40, 100), leg("ring", "Boris", 30, 40, 100), leg("ring", "Vera", 95, 100, 160)),
        "three": (False, leg("queue", None, 200, None, 230), leg("ring", "Anna", 200, None, 215),
                  leg("ring", "Anna", 215, None, 230)),
    }  # fmt: skip
    for number, (name, (answered, *legs)) in enumerate(told.items()):
        values = {
            "started_at": legs[0].started_at.isoformat() + "Z",
            "direction": "inbound",
            "client": f"+7916000000{number}",
            "answered": str(answered),
            "wait_s": "20",
            "talk_s": "60" if answered else "0",
        }
        yield BuiltCall(name, frozenset([name]), values, legs[-1].ended_at, tuple(legs))


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the golden rows as two systems, and a third one whose calls have legs."""
    folder = tmp_path_factory.mktemp("query")
    store = open_store(load(db=folder / "full.duckdb", data=folder))
    for name in ("golden", "golden-edges"):
        import_file(store, HERE / name / "calls.csv", system=name)
    import_built(store, with_legs(), "legs", "legs")
    yield store
    store.close()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("empty")
    store = open_store(load(db=folder / "empty.duckdb", data=folder))
    yield store
    store.close()


def moment(store: Store) -> Moment:
    return Moment(store.settings, store.now())


def sensible(row: dict[str, Any]) -> None:
    """What holds of any row of figures."""
    for key, metric in METRICS.items():
        value = row[key]
        if metric.unit == "count":
            assert value is not None or metric.only_by, key
        assert value is None or metric.unit == "money" or key in RETURNS or value >= 0, (key, value)
        if metric.unit == "share" and key not in RETURNS:
            assert value is None or 0 <= value <= 1 + 1e-12, (key, value)
            if metric.cases:
                assert (value is None) == (row[f"{key}_cases"] == 0), key


@pytest.mark.parametrize("by", [None, *DIMENSIONS])
def test_every_number_by_every_dimension(full: Store, empty: Store, by: str | None) -> None:
    keys = list(METRICS)
    found = rows(full, keys, [by] if by else [], cases=True)
    assert found
    for row in found:
        sensible(row)
    assert len({row[by] for row in found} if by else found) == len(found)
    if by:
        total = rows(full, COUNTS, [])[0]
        assert {key: sum(row[key] for row in found) for key in COUNTS} == total, "groups add up to the whole"
        assert rows(empty, keys, [by]) == []


@pytest.mark.parametrize("second", ["hour", "team", "source", "callback"])
def test_two_dimensions(full: Store, second: str) -> None:
    found = rows(full, list(METRICS), ["weekday", second])
    assert sum(row["calls"] for row in found) == figures(full, "calls")["calls"]
    assert [row["weekday"] for row in found] == sorted(row["weekday"] for row in found)


@pytest.mark.parametrize("key", METRICS)
def test_one_number_alone_has_one_row(full: Store, empty: Store, key: str) -> None:
    """Whatever the filter, also one for which the number has no meaning."""
    for chosen in (CallFilter(), from_pairs({"direction": "inbound", "wait_s": "5-"}), CallFilter(behind=key)):
        for store in (full, empty):
            assert len(rows(store, [key, "calls"], [], chosen)) == len(rows(store, [key], [], chosen)) == 1


def test_an_empty_store_has_counts_of_nothing_and_knows_no_shares(empty: Store) -> None:
    found = rows(empty, list(METRICS), [])
    assert len(found) == 1
    revenue = {"revenue", "sales_revenue", "gross_profit"}
    for key, value in found[0].items():
        zero = METRICS[key].unit == "count"
        assert value == (0 if zero or key in SUMS | revenue else None), key


def test_a_filter_that_nothing_fits_is_the_same_as_nothing(full: Store, empty: Store) -> None:
    nothing = CallFilter().choose("source", ["no such source"])
    assert rows(full, list(METRICS), [], nothing, cases=True) == rows(empty, list(METRICS), [], cases=True)


@pytest.mark.parametrize("by", [key for key in DIMENSIONS if key != "client_id"])
def test_choosing_a_value_gives_its_row(full: Store, by: str) -> None:
    """What a table says in a row, the cards say when the row is chosen."""
    keys = [key for key in METRICS if key != "load_share"]  # a share of the selection changes with it
    found = rows(full, keys, [by])
    for row in random.Random(1).sample(found, min(2, len(found))):
        text = value_text(by, row[by])
        chosen = CallFilter().choose(by, [text or None])
        alone = rows(full, keys, [], chosen)[0]
        assert alone == pytest.approx({key: row[key] for key in keys}), (by, text)


@pytest.mark.parametrize("key", METRICS)
def test_every_number_opens_the_calls_behind_it(full: Store, key: str) -> None:
    for pairs in ({}, {"direction": "inbound", "since": "2025-10-27"}, {"employee": "Анна"}):
        chosen = from_pairs(pairs | {"behind": key})
        found = listed(full, chosen, ["id", "client"])
        assert len(found) == len({row[0] for row in found})
        number = rows(full, [key], [], from_pairs(pairs), cases=True)[0]
        if key in COUNTS:
            assert len(found) == number[key], pairs
        elif key == "clients":
            assert len({row[2] for row in found}) == number[key]
        elif key in SHARES:
            assert len(found) == pytest.approx((number[key] or 0) * number[f"{key}_cases"]), pairs


@pytest.mark.parametrize("key", ["handled_calls", "rings", "missed_rings"])
@pytest.mark.parametrize(
    ("employee", "handled", "rings", "missed"), [("Anna", 1, 2, 1), ("Boris", 1, 2, 1), ("Vera", 1, 1, 0)]
)
def test_calls_behind_what_an_employee_did(
    full: Store, key: str, employee: str, handled: int, rings: int, missed: int
) -> None:
    """Anna was rung twice by a call that she took in the end: that is no missed ring of hers."""
    wanted = {"handled_calls": handled, "rings": rings, "missed_rings": missed}[key]
    pairs = {"system": "legs", "employee": employee}
    assert figures(full, key, **pairs)[key] == wanted
    assert len(listed(full, from_pairs(pairs | {"behind": key}))) == wanted


def test_figures_of_legs(full: Store) -> None:
    keys = "handled_calls handled_talk_s ring_attempts rings missed_rings pickup_share peak_parallel load_balance queue_visits queue_abandoned"
    assert figures(full, keys, system="legs") == {
        "handled_calls": 3,
        "handled_talk_s": 180,
        "ring_attempts": 7,
        "rings": 5,
        "missed_rings": 2,
        "pickup_share": 0.6,
        "peak_parallel": 2,
        "load_balance": 1.0,
        "queue_visits": 3,
        "queue_abandoned": 1,
    }


@pytest.mark.parametrize("dimension", ["day", "employee", "source"])
@pytest.mark.parametrize("filled", [True, False])
def test_asking_for_groups_and_their_total_at_once_is_asking_twice(
    full: Store, empty: Store, dimension, filled
) -> None:
    store = full if filled else empty
    groups, total = ask_with_total(store, list(METRICS), [dimension], cases=True)
    pd.testing.assert_frame_equal(groups, ask(store, list(METRICS), [dimension], cases=True), check_dtype=False)
    pd.testing.assert_frame_equal(total, ask(store, list(METRICS), cases=True), check_dtype=False)

"""A fair comparison, drawn as cells that a human can add up, and out of calls."""

import statistics

import pandas as pd
import pytest

from calldash import reports
from calldash.employees import fairness
from calldash.filters import CallFilter
from calldash.formats import wilson
from calldash.query import Moment
from calldash.store import Store
from tests.drawn import cases, draw


def cells(drawn: str) -> pd.DataFrame:
    found = pd.DataFrame(cases(drawn))
    numbers = [name for name in found.columns if name not in ("employee", "direction", "queue")]
    found["direction"] = "inbound"
    return found.astype(dict.fromkeys(numbers, "int64"))


def test_each_is_expected_to_do_as_all_did_in_the_same_cells() -> None:
    """At nine 80 of 100 were picked up, at ten 20 of 100: Ann had mostly the easy hour, Bob the hard one."""
    found = fairness.shares(
        cells("""
            employee | hour | queue | rings | taken
            Ann      | 9    | a     | 80    | 64
            Bob      | 9    | a     | 20    | 16
            Ann      | 10   | a     | 20    | 2
            Bob      | 10   | a     | 80    | 18
            Ann      | 11   | a     | 500   | 0
        """),
        "rings",
        "taken",
    )
    bob, ann = found
    assert (ann.employee, ann.cases, ann.actual, ann.expected) == ("Ann", 100, 0.66, pytest.approx(0.68))
    assert (bob.employee, bob.cases, bob.actual, bob.expected) == ("Bob", 100, 0.34, pytest.approx(0.32))
    assert (ann.low, ann.high) == pytest.approx([end - 0.68 for end in wilson(0.66, 100)])
    assert ann.within_noise and bob.within_noise
    assert (bob.place, ann.place) == (1, 2)


def test_queues_not_known_are_a_cell_too() -> None:
    found = cells("employee | hour | rings | taken\nAnn | 9 | 40 | 40\nBob | 9 | 40 | 0").assign(queue=None)
    ann, bob = fairness.shares(found, "rings", "taken")
    assert (ann.expected, ann.within_noise, bob.within_noise) == (0.5, False, False)


def test_nobody_below_thirty_cases_has_a_place() -> None:
    found = fairness.shares(
        cells("""
            employee | hour | queue | rings | taken
            Zoe      | 9    | a     | 29    | 29
            Ann      | 9    | a     | 29    | 0
            Bob      | 9    | a     | 30    | 15
            Cyr      | 9    | a     | 30    | 16
        """),
        "rings",
        "taken",
    )
    assert [(one.employee, one.place) for one in found] == [("Cyr", 1), ("Bob", 2), ("Ann", None), ("Zoe", None)]


def test_means_have_the_normal_interval_of_what_each_value_is_off_its_cell() -> None:
    talks = {("Ann", 9): [100, 140], ("Bob", 9): [60, 100], ("Ann", 10): [30], ("Bob", 10): [50]}
    rows = [
        {"employee": name, "direction": "inbound", "hour": hour, "queue": "a", "talks": len(some),
         "talk_s": sum(some), "talk_squares": sum(one**2 for one in some)}
        for (name, hour), some in talks.items()
    ]  # fmt: skip
    ann = next(
        one for one in fairness.means(pd.DataFrame(rows), "talks", "talk_s", "talk_squares") if one.employee == "Ann"
    )
    off = [100 - 100, 140 - 100, 30 - 40]
    half = 1.959964 * statistics.stdev(off) / 3**0.5
    assert (ann.cases, ann.actual, ann.expected) == (3, 90, 80)
    assert (ann.low, ann.high) == pytest.approx((10 - half, 10 + half), rel=1e-6)
    assert ann.place is None


def test_of_one_case_or_of_one_person_nothing_is_said() -> None:
    alone = cells("employee | hour | queue | rings | taken\nAnn | 9 | a | 50 | 50")
    assert fairness.shares(alone, "rings", "taken") == []
    once = cells(
        "employee | hour | queue | talks | talk_s | talk_squares\nAnn | 9 | a | 1 | 5 | 25\nBob | 9 | a | 1 | 7 | 49"
    )
    assert fairness.means(once, "talks", "talk_s", "talk_squares") == []


CALLS = """
    id | started_at | direction | client | answered | wait_s | talk_s | employee | queue
    a  | 09:00      | in        | A      | yes      | 10     | 60     | Ann      | x
    b  | 09:10      | in        | B      | no       | 30     | 0      | Ann      | x
    c  | 09:20      | out       | C      | yes      |        | 30     | Ann      |
    d  | 10:00      | in        | D      | yes      | 20     |        | Bob      | x
    e  | 10:10      | int       |        | yes      | 2      | 99     | Bob      |
"""


def test_cells_count_a_call_once_an_employee(store: Store) -> None:
    draw(store, CALLS)
    with store.writing() as cursor:
        cursor.execute("UPDATE calls SET has_legs = TRUE WHERE id = 'a'")
        cursor.execute(
            "INSERT INTO legs SELECT call_no, n, 'ring', person, NULL, q, started_at + to_seconds(n), "
            "CASE WHEN talk > 0 THEN started_at + to_seconds(n + 4) END, NULL, talk, NULL, got FROM calls, "
            "(VALUES (1, 'Ann', 'x', 0, TRUE), (2, 'Ann', 'y', 40, TRUE), (3, 'Bob', 'y', 0, FALSE)) AS l(n, person, q, talk, got) "
            "WHERE id = 'a'"
        )
    assert told(store, "fair_rings") == [
        ("Ann", "inbound", 9, "x", 2, 1),
        ("Bob", "inbound", 9, "y", 1, 0),
        ("Bob", "inbound", 10, "x", 1, 1),
    ]
    assert told(store, "fair_talks") == [
        ("Ann", "inbound", 9, "x", 1, 40, 1600),
        ("Ann", "outbound", 9, None, 1, 30, 900),
    ]


def told(store: Store, report: str) -> list[tuple]:
    found = reports.run(store, report, CallFilter(), Moment(store.settings, store.now()))
    return [tuple(row) for row in found.astype(object).where(found.notna(), None).itertuples(index=False)]

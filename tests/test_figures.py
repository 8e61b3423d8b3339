"""Numbers whose rule a few drawn calls show: legs, balance, quantiles, money, what is not known."""

import random

import pytest

from calldash.metrics import METRICS
from calldash.store import Store
from tests.drawn import as_csv, calls, draw, figures, rows, take


def test_load_balance_is_one_less_the_gini_coefficient(store: Store) -> None:
    """Three employees talked 0, 30 and 90 seconds: half the mean difference of all pairs, over the mean."""
    draw(
        store,
        """
        started_at | direction | client | answered | wait_s | talk_s | employee | team
        10:00      | in        | A      | yes      | 5      | 0      | Anna     | Sales
        10:10      | in        | A      | yes      | 5      | 10     | Boris    | Sales
        10:20      | out       | A      | yes      | 5      | 20     | Boris    | Sales
        10:30      | in        | A      | yes      | 5      | 90     | Vera     | Sales
        """,
    )
    talks = [0, 30, 90]
    gini = sum(abs(one - other) for one in talks for other in talks) / (2 * len(talks) ** 2 * (sum(talks) / len(talks)))
    assert figures(store, "load_balance") == {"load_balance": pytest.approx(1 - gini)}
    assert {row["employee"]: row["load_share"] for row in rows(store, ["load_share"], ["employee"])} == {
        "Anna": 0, "Boris": 0.25, "Vera": 0.75,
    }  # fmt: skip


def nearest_rank(values: list[int], percent: int) -> int:
    """The smallest value such that at least so many per cent are no larger."""
    return next(value for value in sorted(values) if sum(one <= value for one in values) * 100 >= percent * len(values))


def test_quantiles_are_of_nearest_rank(store: Store) -> None:
    """Many employees with a few waits each, from 1 to 25 of them, all figures exact."""
    dice = random.Random(5)
    waits = {f"e{number}": [dice.randint(0, 30) for _ in range(1 + number % 25)] for number in range(150)}
    drawn = [
        calls("started_at | direction | answered | talk_s\n10:00 | in | yes | 5")[0]
        | {"id": f"{name}-{number}", "employee": name, "wait_s": str(wait)}
        for name, some in waits.items()
        for number, wait in enumerate(some)
    ]
    take(store, as_csv(drawn))
    keys = ["median_wait_s", "p90_wait_s", "max_wait_s", "avg_wait_s", "service_level"]
    found = {row["employee"]: [row[key] for key in keys] for row in rows(store, keys, ["employee"])}
    for name, some in waits.items():
        level = sum(wait <= 20 for wait in some) / len(some)
        wanted = [nearest_rank(some, 50), nearest_rank(some, 90), max(some), sum(some) / len(some), level]
        assert found[name] == pytest.approx(wanted), (name, some)


MONEY = """
    id | started_at | kind  | direction | client | answered | talk_s | cost | sale_amount | currency | roaming | spam
    a  | 10:00      | voice | in        | A      | yes      | 60     | 1.50 |             | RUB      | no      | no
    b  | 10:10      | voice | out       | A      | yes      | 120    | 2.25 | 100         | RUB      | yes     | no
    c  | 10:20      | sms   | out       | A      | no       |        | 0.10 |             |          | no      | no
    d  | +1 10:00   | voice | out       | B      | yes      | 60     | 9    | 50          | USD      | no      | no
    e  | +1 10:10   | voice | out       | B      | no       |        |      |             |          | no      | no
    f  | +2 10:00   | voice | int       | B      | yes      | 60     | 3    |             | RUB      | no      | no
    g  | +2 10:10   | voice | in        | B      | no       |        | 4    | 10          | RUB      |         | yes
"""


MONEY_KEYS = "total_cost revenue cost_per_minute roaming_cost"


def money(store: Store, **pairs: str) -> list[float | None]:
    return [None if value is None else float(value) for value in figures(store, MONEY_KEYS, **pairs).values()]


def test_two_currencies_are_never_added(store: Store) -> None:
    """Money over both is not known, all else is; roubles alone are roaming's."""
    draw(store, MONEY)
    assert money(store) == [None, None, None, 2.25]
    assert figures(store, "calls sale_calls avg_talk_s") == {"calls": 4, "sale_calls": 2, "avg_talk_s": 80}
    assert money(store, since="2026-03-02", until="2026-03-02") == [3.85, 100, 1.25, 2.25]
    assert money(store, currency="USD") == [9, 50, 9, 0]
    assert money(store, day="2026-03-04") == [7, 0, 7, 0]
    assert money(store, currency="") == [None, 0, None, None]
    by = {row["currency"]: row["total_cost"] for row in rows(store, ["total_cost"], ["currency"])}
    assert {key: value and float(value) for key, value in by.items()} == {"RUB": 10.85, "USD": 9, None: None}


def test_total_talk_is_not_known_when_no_talk_is(store: Store) -> None:
    draw(
        store,
        "started_at | direction | answered | talk_s | employee\n10:00 | in | yes | | Anna\n10:00 | in | no | | Anna",
    )
    assert figures(store, "total_talk_s avg_talk_s handled_talk_s avg_handled_talk_s") == {
        "total_talk_s": None, "avg_talk_s": None, "handled_talk_s": None, "avg_handled_talk_s": None,
    }  # fmt: skip


def test_spam_is_in_no_number_but_its_own_and_cost(store: Store) -> None:
    row = calls(MONEY)[0] | {"spam": "yes"}
    take(store, as_csv([row]))
    found = rows(store, list(METRICS), [])[0]
    of_cost = {"total_cost", "cost_per_minute", "priced_calls", "known_cost_share"}
    assert {key for key, value in found.items() if value} == {"spam_calls"} | of_cost


def test_the_longest_break_lies_between_talks_of_one_day(store: Store) -> None:
    """Ann is free 9:00:10+60 s to 9:30, Bob's two talks overlap; the night between two days is no break."""
    draw(
        store,
        """
        started_at | direction | client | answered | wait_s | talk_s | employee | team
        09:00      | in        | A      | yes      | 10     | 60     | Ann      | Sales
        09:05      | in        | B      | no       | 10     | 0      | Ann      | Sales
        09:30      | out       | C      | yes      | 0      | 3600   | Ann      | Help
        09:40      | in        | D      | yes      | 0      | 60     | Ann      | Sales
        10:35      | in        | D      | yes      | 0      | 60     | Ann      | Sales
        +1 09:00   | in        | A      | yes      | 0      | 60     | Ann      | Sales
        09:00      | in        | A      | yes      | 0      | 600    | Bob      | Sales
        09:05      | in        | A      | yes      | 0      | 60     | Bob      | Sales
        09:00      | in        | A      | yes      | 0      | 60     | Cyr      | Sales
        """,
    )
    by = {row["employee"]: row["longest_break_s"] for row in rows(store, ["longest_break_s"], ["employee"])}
    assert by == {"Ann": 30 * 60 - 70, "Bob": 0, "Cyr": None}
    assert figures(store, "longest_break_s") == {"longest_break_s": 30 * 60 - 70}
    teams = {row["team"]: row["longest_break_s"] for row in rows(store, ["longest_break_s"], ["team"])}
    assert teams == {"Sales": 54 * 60, "Help": None}


def test_the_time_to_pick_up_runs_from_the_ring_of_the_leg(store: Store) -> None:
    """Ann took 4 s after 10 s of others' ringing, Bob never took it; where no rings are told nothing is known."""
    draw(
        store,
        """
        id | started_at | direction | client | answered | wait_s | talk_s | employee
        a  | 09:00      | in        | A      | yes      | 14     | 60     | Ann
        b  | 09:10      | in        | B      | yes      | 9      | 60     | Cyr
        """,
    )
    with store.writing() as cursor:
        cursor.execute("UPDATE calls SET has_legs = TRUE WHERE id = 'a'")
        cursor.execute(
            "INSERT INTO legs SELECT call_no, n, 'ring', person, NULL, NULL, started_at + to_seconds(rang), "
            "CASE WHEN taken THEN started_at + to_seconds(14) END, ended_at, 60, NULL, taken FROM calls, "
            "(VALUES (1, 'Bob', 0, FALSE), (2, 'Ann', 10, TRUE)) AS l(n, person, rang, taken) WHERE id = 'a'"
        )
    by = {row["employee"]: row["avg_pickup_s"] for row in rows(store, ["avg_pickup_s"], ["employee"])}
    assert by == {"Ann": 4, "Bob": None, "Cyr": None}
    assert figures(store, "avg_pickup_s") == {"avg_pickup_s": 4}

"""A sale marked by hand has its amount: it counts wherever sale amounts count, and is taken back."""

from decimal import Decimal
from typing import Any

import pytest

from calldash import audit, rollups
from calldash.commands import run
from calldash.filters import CallFilter
from calldash.marking import marks, rules, sales
from calldash.problems import Problem
from calldash.store import Store
from calldash.store.rule_conditions import Condition, Rule
from calldash.telling.marks import title
from tests.drawn import cases, draw, figures, listed, rows
from tests.given import deals_from, spend_from

CALLS = """
    id | started_at | direction | client | answered | talk_s | source | sale_amount | outcome
    a  | 10:00      | in        | A      | yes      | 60     | one    |             |
    b  | 11:00      | in        | B      | yes      | 60     | two    | 200         | success
    c  | 12:00      | in        | C      | yes      | 60     | two    |             | failure
    m  | 13:00      | in        | D      | no       | 0      | two    |             |
"""


def put(store: Store, ids: str, value: str | None, what: str = "sale") -> int:
    found = store.rows("SELECT call_no FROM calls WHERE list_contains($1, id)", [ids.split()])
    return marks.put(store, "Ann", what, value, [number for (number,) in found])


def calls_of(store: Store) -> dict[str, tuple[Any, ...]]:
    found = store.rows("SELECT id, sale_amount, currency, outcome FROM calls WHERE sale_amount IS NOT NULL ORDER BY id")
    return {id_: (amount, *rest) for id_, amount, *rest in found}


# What is marked, one mark after the other, and the figures then.
MARKED = """
    marks                    | sale_calls | revenue | why
                             | 1          | 200     | as the phone system has it
    a 1500.50                | 2          | 1700.50 | an amount makes a sale
    b 300                    | 1          | 300     | people come before the phone system
    c 10                     | 2          | 210     | what sold is a success
    m 10                     | 1          | 200     | nobody talked: no sale
    a 10, a 20               | 2          | 220     | the last mark counts
    a 10, a none             | 2          | 200     | the amount is taken back, the success stays
    b 300, b none            | 1          | 200     | the phone system's amount is there again
    a 10, a=failure          | 1          | 200     | a failure takes the amount away
    a 10, a=success          | 2          | 210     | a success leaves it
    a 10, a=none             | 1          | 200     | all is taken back
    a 10, a=spam             | 1          | 200     | spam counts in no figure
"""


@pytest.mark.parametrize("case", cases(MARKED), ids=lambda case: case["why"])
def test_the_amount_counts_and_is_taken_back(store: Store, case: dict[str, str]) -> None:
    draw(store, CALLS)
    rollups.refresh(store)
    for one in filter(None, case["marks"].split(", ")):
        if "=" in one:
            id_, value = one.split("=")
            put(store, id_, *(("yes", "spam") if value == "spam" else (None if value == "none" else value, "outcome")))
        else:
            id_, value = one.split()
            put(store, id_, None if value == "none" else value)
    found = figures(store, "sale_calls revenue")
    assert (found["sale_calls"], Decimal(str(found["revenue"]))) == (int(case["sale_calls"]), Decimal(case["revenue"]))
    rollups.refresh(store)
    assert figures(store, "sale_calls revenue") == found


AMOUNTS = """
    text         | kept
    1500         | 1500 RUB
    1 500,50     | 1500.5 RUB
    1500.50 RUB  | 1500.5 RUB
    1500 ₽       | 1500 RUB
    0.000001     | 0.000001 RUB
    0            |
    0,00         |
    -5           |
    −5           |
    ten          |
    5 USD        |
    $5           |
    1e5          |
    1000000000000 |
    ,            |
"""


@pytest.mark.parametrize("case", cases(AMOUNTS), ids=lambda case: case["text"])
def test_what_an_amount_is(case: dict[str, str]) -> None:
    if case["kept"]:
        assert sales.read(case["text"], "RUB") == case["kept"]
    else:
        with pytest.raises(Problem, match="is a number above 0 in RUB"):
            sales.read(case["text"], "RUB")


def test_it_outlives_an_import(store: Store) -> None:
    draw(store, CALLS)
    put(store, "a b", "7")
    draw(store, CALLS)
    draw(store, CALLS.replace("200  ", "250  ").replace("10:00 ", "10:01 "))
    assert calls_of(store) == {"a": (7, "RUB", "success"), "b": (7, "RUB", "success")}
    put(store, "b", None)
    assert calls_of(store)["b"] == (250, "RUB", "success")
    put(store, "a", None, "outcome")
    assert store.rows("SELECT sale_amount, currency, outcome FROM calls WHERE id = 'a'") == [(None, None, None)]


def test_other_marks_and_rules_leave_it(store: Store) -> None:
    """Also on a line of `marked` that a rule made, which knows nothing of sales."""
    draw(store, CALLS)
    rules.save(store, "Ann", [Rule("two", "tag", (Condition("source", "is", ("two",)),), "x")])
    put(store, "b", "seen", "note")
    put(store, "a", "9")
    rules.save(store, "Ann", [Rule("all", "tag", (Condition("source", "filled", ()),), "y")])
    assert calls_of(store) == {"a": (9, "RUB", "success"), "b": (200, "RUB", "success")}
    rules.save(store, "Ann", [])
    put(store, "b", "5")
    put(store, "b", None)
    assert calls_of(store) == {"a": (9, "RUB", "success"), "b": (200, "RUB", "success")}


def test_rules_read_the_phone_system_s_amount(store: Store) -> None:
    """Else what they say would depend on when people marked."""
    draw(store, CALLS)
    put(store, "a", "5000")
    rules.save(store, "Ann", [Rule("big", "tag", (Condition("sale_amount", "at_least", ("100",)),), "big")])
    assert store.rows("SELECT id FROM calls WHERE tags = 'big'") == [("b",)]


def test_a_call_whose_money_is_in_another_currency(store: Store) -> None:
    """Two currencies are never added, nor does a call have two."""
    draw(store, "id | started_at | direction | answered | cost | currency\na | 10:00 | in | yes | 3 | USD")
    with pytest.raises(Problem, match="The money of call a is in USD: a sale in RUB cannot stand beside it"):
        put(store, "a", "5")
    draw(store, "id | started_at | direction | answered\nz | 10:00 | in | yes")
    put(store, "z", "5")
    draw(store, "id | started_at | direction | answered | cost | currency\nz | 10:00 | in | yes | 3 | USD")
    assert calls_of(store) == {}
    draw(store, "id | started_at | direction | answered | cost | currency\nz | 10:00 | in | yes | 3 | RUB")
    assert calls_of(store) == {"z": (5, "RUB", "success")}


def test_it_is_what_advertising_brought(store: Store) -> None:
    draw(store, CALLS)
    spend_from(store, "source | amount | since\none | 100 | 2026-03-02\ntwo | 100 | 2026-03-02")
    put(store, "a", "500")
    asked = ["ad_cost", "sales_revenue", "romi", "cac"]
    told = {row["source"]: [row[key] for key in asked] for row in rows(store, asked, ["source"]) if row["source"]}
    assert told == {"one": [100, 500, 4, 100], "two": [100, 200, 1, 100]}
    deals_from(store, "id | phone | date | amount | status\n1 | +79000000065 | 2026-03-03 | 70 | won")
    assert {row["source"]: row["sales_revenue"] for row in rows(store, ["sales_revenue"], ["source"])}["one"] == 70


def test_history_list_and_trail_tell_it(store: Store) -> None:
    draw(store, CALLS)
    put(store, "a", "1500,5")
    put(store, "a", None)
    number = store.rows("SELECT call_no FROM calls WHERE id = 'a'")[0][0]
    history = marks.history(store, "plain", "a")
    assert [title(what, value) for what, value, *_who in history] == [
        "Sale: no amount by hand",
        "Sale for RUB\u00a01,500.50",
    ]
    put(store, "a", "2")
    assert marks.in_force(store, "plain", "a")["sale"] == "2 RUB"
    assert dict(listed(store, CallFilter(), ["sale_amount"]))[number] == 2
    assert next(json_ for *_more, json_ in audit.trail(store, "plain/a")).count("2 RUB") == 1


LINES = """
    arguments                     | code | begins
    plain/a sale=1500             | 0    | 1 call marked.
    plain/a sale=0                | 1    | The amount of a sale is a number above 0 in RUB
    plain/a price=1               | 1    | There is no mark price. Known are: outcome, sale,
    plain/a sale                  | 1    | sale: write a mark as WHAT=VALUE, such as sale=1500.
    plain/q sale=1                | 1    | There is no call q of plain.
    a sale=1                      | 1    | a: write a call as SYSTEM/ID, such as novofon/123.
"""


@pytest.mark.parametrize("case", cases(LINES), ids=lambda case: case["arguments"])
def test_the_command_line_marks(store: Store, case: dict[str, str]) -> None:
    draw(store, CALLS)
    call, mark = case["arguments"].split(" ", 1)
    done = run(store, "mark", {"calls": [call], "set": [mark]}, lambda _share: None)
    assert (done.code, done.text.startswith(case["begins"])) == (int(case["code"]), True), done.text
    if done.code == 0:
        assert "Sale for RUB\u00a01,500.00" in done.text
        back = run(store, "mark", {"calls": [call], "take_back": ["sale", "outcome"]}, lambda _share: None)
        assert back.text.splitlines()[:2] == ["1 call marked."] * 2
        assert figures(store, "revenue") == {"revenue": 200}

"""Budgets with their month's end, and unusual spending: small months that a human can add up."""

from datetime import date
from decimal import Decimal

import pytest

from calldash import audit
from calldash.costs import budgets
from calldash.costs.budgets import Budget, State, projected
from calldash.costs.unusual import unusual
from calldash.filters import CallFilter, from_pairs
from calldash.numbers import places
from tests.drawn import draw

MARCH = date(2026, 3, 1)
D = Decimal
# Monday the 2nd to Wednesday the 4th; working days of March 2026: 21, the 9th is a day off for the holiday of the 8th.
SPENT = """
    started_at | direction | client | answered | talk_s | cost | team    | currency
    10:00      | out       | A      | yes      | 60     | 40   | Sales   |
    +1 10:00   | out       | A      | yes      | 60     | 20   | Sales   |
    +2 10:00   | out       | A      | yes      | 60     | 30   | Sales   |
    +2 11:00   | out       | A      | yes      | 60     | 9.50 | Support |
    +2 12:00   | out       | A      | yes      | 60     | 5    | Abroad  |
    +2 12:10   | out       | A      | yes      | 60     | 5    | Abroad  | USD
    +2 12:20   | in        | A      | yes      | 60     |      | Free    |
"""


def told(store, *teams: str, amount: str = "600", month: date = MARCH) -> dict[str, State]:
    budgets.keep(store, "me", month, [Budget(team, month, D(amount), "RUB") for team in teams])
    return {one.budget.team: one for one in budgets.states(store, month)}


def test_a_month_ends_where_its_working_days_lead(store):
    draw(store, SPENT)
    sales = told(store, "Sales")["Sales"]
    assert (sales.spent, sales.done, sales.left) == (D(90), 3, 18)
    assert sales.projected == D("630.00"), "90 + 30 a working day × 18"
    assert sales.alarm == "ahead"
    assert told(store, "Sales", amount="700")["Sales"].alarm == ""
    assert told(store, "Sales", amount="89.99")["Sales"].alarm == "over"


def test_what_cannot_be_told_is_not_0(store):
    draw(store, SPENT)
    found = told(store, "Abroad", "Free", "Nobody", "")
    assert (found["Abroad"].spent, found["Abroad"].mixed, found["Abroad"].projected) == (None, True, None)
    assert (found["Free"].spent, found["Nobody"].spent) == (None, None)
    assert found[""].mixed, "the company's cost has two currencies"


def test_months_over_and_to_come(store):
    draw(store, SPENT)
    draw(store, SPENT.replace("\n    +2", "\n    +33").replace("\n    +1", "\n    +32"), system="later")
    over = told(store, "Sales")["Sales"]
    assert (over.spent, over.left, over.projected) == (D(130), 0, D("130.00"))
    coming = told(store, "Sales", month=date(2026, 5, 1))["Sales"]
    assert (coming.spent, coming.done, coming.projected) == (None, 0, None)


@pytest.mark.parametrize(
    ("spent", "done", "left", "end"),
    [("10", 3, 1, "13.33"), ("10", 3, 0, "10.00"), ("0", 2, 5, "0.00"), ("10", 0, 5, None), (None, 1, 1, None)],
)
def test_projections(spent, done, left, end):
    assert projected(D(spent) if spent else None, done, left) == (D(end) if end else None)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"team": "A", "amount": "-1"}, "is negative"),
        ({"team": "A", "amount": "x"}, "is not a number"),
        ({"team": "A", "amount": ""}, "is not a number"),
        ({"team": "A", "amount": "1", "currency": "XXXX"}, "is not a currency such as RUB"),
        ({"team": "B", "amount": "1"}, "stands twice"),
    ],
)
def test_a_wrong_row_takes_no_other_along(row, reason):
    found, wrong = budgets.read([{"team": "B", "amount": "5"}, row], MARCH, "RUB")
    assert found == []
    assert [(one.line, one.reason) for one in wrong] == [(2, reason)]


def test_budgets_are_kept_and_noted(store):
    found, _wrong = budgets.read([{"team": "", "amount": "1 000,50"}], MARCH, "RUB")
    budgets.keep(store, "me", MARCH, found)
    assert budgets.budgets(store, MARCH) == [Budget("", MARCH, D("1000.50"), "RUB")]
    assert audit.trail(store, "2026-03")[0][1:4] == ("me", "budget", "2026-03")


UNUSUAL = """
    started_at | direction | client        | answered | talk_s | cost | employee
    10:00      | out       | +78091234567  | yes      | 60     | 3    | Anna
    10:01      | out       | +442079460111 | yes      | 10     | 1    | Boris
    10:02      | out       | +442079460111 | yes      | 10     | 1    | Boris
    10:03      | out       | +442079460112 | yes      | 10     | 1    | Boris
    10:04      | out       | +442079460113 | yes      | 59     | 1    | Boris
    10:05      | out       | +442079460114 | yes      | 10     | 1    | Boris
    10:06      | out       | +442079460114 | yes      | 60     | 1    | Vera
    10:07      | out       | +79161234567  | yes      | 10     | 1    | Vera
    02:00      | out       | +79161234567  | yes      | 10     | 1    | Vera
    02:01      | out       | +79161234567  | yes      | 10     | 0    | Vera
    02:02      | in        | +79161234567  | yes      | 10     | 1    | Vera
"""


def test_unusual_spending_is_listed_with_its_calls(store):
    draw(store, UNUSUAL)
    places.fill(store)
    found = {one.rule.key: one for one in unusual(store, CallFilter())}
    rows = {key: one.rows[["employee", "country", "priced_calls"]].values.tolist() for key, one in found.items()}
    assert rows == {"premium": [["Anna", "RU", 1]], "abroad": [["Boris", "GB", 5]], "night": [["Vera", "RU", 1]]}
    assert found["abroad"].calls.values("country") == ("GB",)
    assert unusual(store, from_pairs({"direction": "outbound", "hour": "10", "talk_s": "60-"}))[0].rule.key == "premium"


def test_one_very_dear_call(store):
    lines = "\n".join(f"10:{minute} | out | A | yes | 60 | 1 | Anna" for minute in range(10, 50))
    head = "started_at | direction | client | answered | talk_s | cost | employee\n"
    draw(store, f"{head}{lines}\n11:00 | out | B | yes | 60 | 90 | Boris")
    (found,) = unusual(store, CallFilter())
    assert (found.rule.key, found.rows["employee"].tolist()) == ("dear", ["Boris"])

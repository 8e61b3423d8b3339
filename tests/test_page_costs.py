"""Telephony cost on the page: each part, what is said, and that its forms change the store or say why not."""

from datetime import date
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from calldash.costs import budgets
from calldash.costs.budgets import Budget
from calldash.costs.tariffs import Line, Tariff, keeping
from calldash.numbers import places
from tests.drawn import draw
from tests.in_app import app, first_in_menu

pytest_plugins = ("tests.in_app",)
PERIOD = {"since": "2026-03-01", "until": "2026-03-31"}
D = Decimal
CALLS = """
    started_at | direction | client        | answered | talk_s | cost | employee | team  | kind
    10:00      | out       | +74991234567  | yes      | 60     | 1.50 | Anna     | Sales | voice
    10:10      | out       | +79091234567  | yes      | 61     | 3.80 | Anna     | Sales | voice
    10:20      | out       | +78091234567  | yes      | 60     | 99   | Boris    | Sales | voice
    10:30      | out       | +79091234567  | no       | 0      | 2.60 | Boris    | Sales | sms
"""


@pytest.fixture
def here(tmp_path, monkeypatch, app_store):
    """Costs as the first page of the menu; some calls."""
    first_in_menu(monkeypatch, tmp_path, "costs")
    draw(app_store, CALLS)
    return app_store


def said(test: AppTest) -> str:
    texts = [one.value for one in (*test.markdown, *test.caption, *test.info, *test.success, *test.warning)]
    return " ".join(texts).replace("\\", "").replace("\u00a0", " ")


def test_spending_by_place_says_what_is_not_told_yet(here):
    test = app(**PERIOD)
    assert "The places of 3 numbers are not told yet." in said(test)
    places.fill(here)
    shown = app(**PERIOD, by="number_kind").dataframe[0].value
    assert dict(zip(shown["number_kind"], shown["total_cost"], strict=True)) == {
        "Premium number": 99.0, "Mobile": 6.4, "Landline": 1.5,
    }  # fmt: skip
    assert list(app(**PERIOD, by="nonsense").dataframe[0].value["country"]) == ["Russia"]


def test_two_currencies_are_named_and_offered(here):
    draw(here, CALLS.replace("| kind", "| kind  | currency").replace("voice", "voice | USD").replace("sms", "sms | USD"),
         system="abroad")  # fmt: skip
    test = app(**PERIOD)
    assert "Amounts in RUB, USD are not added. Choose one:" in said(test)
    assert "Amounts in" not in said(app(**PERIOD, currency="USD"))


def test_unusual_spending(here):
    places.fill(here)
    test = app(**PERIOD, part="unusual")
    assert "Paid calls to premium and shared-cost numbers." in said(test)
    assert list(test.dataframe[0].value["employee"]) == ["Boris"]
    assert "Nothing unusual" in said(app(**PERIOD, part="unusual", employee="Anna"))


def test_budgets_warn(here):
    assert "No budget is set for this month." in said(app(**PERIOD, part="budgets"))
    month = date(2026, 3, 1)
    budgets.keep(here, "me", month, [Budget("Sales", month, D(200), "RUB")])
    test = app(**PERIOD, part="budgets")
    (warning,) = [one for one in said(test).split("The ") if one.startswith("budget of Sales")]
    assert "will be exceeded by" in warning
    assert "2,044.90" in warning, "106.90 on the first of 21 working days"
    shown = test.dataframe[0].value
    assert shown["days"].tolist() == ["1 / 21"]


def test_tariffs_are_listed_and_wrong_rows_named(here):
    assert "There are no tariffs yet" in said(app(**PERIOD, part="tariffs"))
    keeping.keep(here, "me", [Tariff("Main", date(2026, 1, 1), (Line(D("1.50"), "7"),), packages=(("P", 5),))])
    test = app(**PERIOD, part="tariffs")
    assert test.dataframe[0].value["Tariff"].tolist() == ["Main"]
    test.button(key="FormSubmitter:tariffs_form_None-Save the tariff").click().run()
    assert [one.value for one in test.error] == ["Nothing was taken: 3 values are wrong."]
    reasons = next(one.value for one in test.dataframe if "Column" in one.value)
    assert reasons["Column"].tolist() == ["tariff", "since", "price"]


def test_a_tariff_is_removed(here):
    keeping.keep(here, "me", [Tariff("Main", date(2026, 1, 1), (Line(D("1.50"), "7"),))])
    test = app(**PERIOD, part="tariffs")
    test.selectbox(key="tariffs_remove_name").select("Main").run()
    test.button(key="tariffs_remove").click().run()
    assert "The tariff is removed." in said(test)
    assert keeping.tariffs(here) == []


def test_the_bill_is_audited_and_other_tariffs_compared(here):
    assert "There are no tariffs to check the bill by" in said(app(**PERIOD, part="audit"))
    lines = Line(D("1.50"), "7"), Line(D("1.90"), "79"), Line(D("2.60"), kind="sms")
    keeping.keep(here, "me", [
        Tariff("Main", date(2026, 1, 1), lines), Tariff("Cheap", date(2026, 1, 1), (Line(D(1)),), own=False),
    ])  # fmt: skip
    test = app(**PERIOD, part="audit")
    text = said(test)
    assert "1 of 4 calls and messages differ; charged too much:" in text
    assert "The cheapest is Cheap:" in text
    sums, differing, others = (one.value for one in test.dataframe[:3])
    assert sums["Reason"].tolist() == ["Not explained"]
    assert differing["Client"].tolist() == ["+78091234567"]
    assert others["Tariff"].tolist() == ["Cheap", "Main"]


@pytest.mark.parametrize("part", ["cost", "unusual", "budgets", "tariffs", "audit"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_without_calls_each_part_says_so(tmp_path, monkeypatch, app_store, part, language):
    first_in_menu(monkeypatch, tmp_path, "costs")
    app(part=part, lang=language)


def test_every_calls_cost_is_unknown(tmp_path, monkeypatch, app_store):
    first_in_menu(monkeypatch, tmp_path, "costs")
    draw(app_store, "started_at | direction | client | answered\n10:00 | in | A | no")
    app(**PERIOD)
    keeping.keep(app_store, "me", [Tariff("Main", date(2026, 1, 1), (Line(D("1.50"), "7"),))])
    app(**PERIOD, part="audit")

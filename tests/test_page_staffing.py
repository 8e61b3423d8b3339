"""Staffing on the page: what is said, the choices in the URL, the pictures, and honest words where little is known."""

import json
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from calldash.server import running
from tests.drawn import draw
from tests.in_app import app, first_in_menu
from tests.served import browser_page, settled
from tests.served import running as serving
from tests.test_staffing import MONDAY, weeks_of

pytest_plugins = ("tests.in_app",)
PERIOD = {"since": "2026-03-01", "until": "2026-04-30"}


@pytest.fixture
def page_here(tmp_path, monkeypatch):
    """Staffing as the first page of the menu, Calls beside it."""
    monkeypatch.setenv("CALLDASH_WORKING_HOURS", "Mon 09:00-10:00")
    first_in_menu(monkeypatch, tmp_path, "staffing", "calls")


def said(test: AppTest) -> str:
    texts = [one.value for one in (*test.markdown, *test.caption, *test.info)]
    return " ".join(texts).replace("\\", "")


def figures(test: AppTest) -> list[dict]:
    return [json.loads(element.proto.spec) for element in test.get("plotly_chart")]


@pytest.fixture
def mondays(page_here, app_store):
    draw(running.store(), weeks_of(5, MONDAY))


def test_what_stands_out_is_said_first(mondays):
    text = said(app(**PERIOD))
    assert "In 2 of 2 half hours of the week people are missing, in 0 there are more than needed." in text
    assert "Most are missing on Mon, 9:00–9:30: 2 free for calls, 3 needed." in text
    assert "33 days counted. Left out: holidays and moved days – 2, ends of the history – 2." in text
    assert "Clients wait 0:58 on average before they hang up" in text
    assert "One more person in every half hour shown:" in text
    assert "seeds 1–5" in text


def test_the_pictures_have_the_numbers(mondays):
    calls, people = figures(app(**PERIOD))
    assert [trace["y"] for trace in calls["data"]] == [[6, 2], [0, 0]]
    there, roster, needed = (trace["y"] for trace in people["data"])
    assert (there, roster, needed) == ([2, 1], [5, 3], [3, 2])
    assert people["data"][0]["customdata"] == [["9"], ["9"]]


def test_the_table_has_words_for_what_is_no_number(mondays):
    draw(running.store(), weeks_of(5, MONDAY.replace("| 240  |", "| 600  |")))
    test = app(**PERIOD)
    shown = test.dataframe[0].value
    assert list(shown["agents"]) == [5, 2]
    assert shown["there_level"].iloc[0] == -1  # written as the word
    assert "calls come faster than those there can take them: unstable" in said(test)


def test_choices_stand_in_the_url(mondays):
    test = app(**PERIOD, target="95", within="10", shrinkage="50", model="a", basis="p90")
    assert [test.number_input(key=f"staffing_{name}").value for name in ("target", "within", "shrinkage")] == [
        95,
        10,
        50,
    ]
    assert "abandoned" in test.dataframe[0].value.columns
    test.number_input(key="staffing_target").set_value(70).run()
    assert test.query_params["target"] == "70"
    assert test.query_params["since"] == PERIOD["since"]
    test.number_input(key="staffing_target").set_value(80).run()
    assert "target" not in test.query_params, "the usual goal is not written"
    assert not test.exception


def test_one_weekday_is_the_filter_of_all_pages(mondays):
    test = app(**PERIOD, weekday="1")
    assert "4 days counted. Left out: holidays and moved days – 1, ends of the history – 1." in said(test)
    assert "No whole day with inbound calls here" in said(app(**PERIOD, weekday="2"))


def test_too_little_is_called_so(page_here, app_store):
    draw(running.store(), weeks_of(2, MONDAY.replace("false | 50   | 0    |", "true  | 50   | 99   |")))
    test = app(**PERIOD, model="a")
    text = said(test)
    assert "Too few clients hung up to know their patience: Erlang C is shown in place of Erlang A." in text
    assert "A replay needs to know how long clients wait: at least 10 must have hung up." in text
    headings = " ".join(json.dumps(str(one.proto.body)) for one in test.get("html"))
    assert "too little history: 1 day" in headings


def test_nobody_named_and_nothing_recorded_after_calls(page_here, app_store):
    unnamed = MONDAY.replace("Anna", "").replace("Boris", "").replace("09:4", "19:4")
    draw(running.store(), weeks_of(5, unnamed, wrapup="").replace("Edge", ""))
    text = said(app(**PERIOD))
    assert "Who was there is not known: the calls name no employees." in text
    assert "After-call work is not known and counts as 0" in text
    assert "2 calls a week come in half hours not shown; nobody is planned for them." in text
    assert "19:30" not in " ".join(app(**PERIOD).dataframe[0].value["half"])
    assert "19:30–20:00" in list(app(**PERIOD, hours="all").dataframe[0].value["half"])


@pytest.mark.parametrize("params", [{"since": "2020-01-01", "until": "2020-01-02"}, {"queue": "none", "lang": "ru"}])
def test_nothing_to_plan_from(mondays, params):
    test = app(**params)
    assert len(test.info) == 1
    assert not figures(test)


def test_an_empty_store_has_no_page(page_here, app_store):
    assert not figures(app())


def test_in_a_browser_a_choice_is_a_click(tmp_path):
    from calldash.settings import load
    from calldash.store import open_store

    settings = load(db=tmp_path / "calls.duckdb", data=tmp_path)
    store = open_store(settings)
    draw(store, weeks_of(5, MONDAY))
    store.close()
    with serving(tmp_path / "log", db=settings.db, data=tmp_path) as address, browser_page(390) as page:
        page.goto(f"{address}/staffing?lang=en&since=2026-03-01&until={date(2026, 4, 30)}")
        settled(page)
        page.get_by_text("lose patience (Erlang A)").click()
        page.wait_for_url("**model=a**")
        settled(page)
        page.get_by_role("radio", name="Mon").or_(page.get_by_text("Mon", exact=True)).first.click()
        page.wait_for_url("**weekday=1**")
        settled(page)
        assert "model=a" in page.url
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390
        assert page.get_by_text("This page could not be drawn").count() == 0

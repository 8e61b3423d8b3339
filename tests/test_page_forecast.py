"""The forecast on the page: what is said, the pictures, and honest words where the history is too short."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from calldash.server import running
from tests.drawn import draw
from tests.in_app import app, first_in_menu
from tests.test_staffing import MONDAY, weeks_of

pytest_plugins = ("tests.in_app",)


@pytest.fixture
def page_here(tmp_path, monkeypatch):
    """The forecast as the first page of the menu, Calls beside it."""
    first_in_menu(monkeypatch, tmp_path, "forecast", "calls")


@pytest.fixture
def every_day_alike(monkeypatch):
    """A company without holidays."""
    monkeypatch.setenv("CALLDASH_HOLIDAY_COUNTRY", "")


@pytest.fixture
def staffing_here(tmp_path, monkeypatch):
    """Staffing as the first page of the menu, the forecast beside it."""
    monkeypatch.setenv("CALLDASH_WORKING_HOURS", "Mon 09:00-10:00")
    first_in_menu(monkeypatch, tmp_path, "staffing", "calls", "forecast")


def daily(weeks: int) -> str:
    """Ten calls a day at nine, but four on Saturdays and none on Sundays; a day more at each end."""
    numbers = (10, 10, 10, 10, 10, 4, 0)
    return "started_at | direction | client | answered\n" + "\n".join(
        f"+{day} 09:{minute:02} | in | A | true"
        for day in range(7 * weeks + 2)
        for minute in range(10 if day in (0, 7 * weeks + 1) else numbers[day % 7])
    )


def said(test: AppTest) -> str:
    texts = [one.value for one in (*test.markdown, *test.caption, *test.info)]
    return " ".join(texts).replace("\\", "")


def figures(test: AppTest) -> list[dict]:
    return [json.loads(element.proto.spec) for element in test.get("plotly_chart")]


def test_what_comes_and_how_far_off_it_was(page_here, every_day_alike, app_store):
    draw(running.store(), daily(8))
    test = app()
    text = said(test)
    assert "28 Apr – 11 May 2026: about 108 calls are expected. Most come on Tue, 28 Apr 2026: 10 (10–10)." in text
    assert "Off by 0.0% over the last 4 weeks: nothing did better than the simple rule “as last week”." in text
    assert "Within the band lay 100.0% of the days" in text
    days, hours, tried = figures(test)
    bars, _band, line = days["data"]
    assert bars["y"][-7:] == [10, 10, 10, 10, 4, 0, 10] and bars["customdata"][-1] == ["2026-04-27"]
    assert line["y"] == [10, 10, 10, 10, 4, 0, 10] * 2
    assert hours["data"][0]["z"][0][0] == 10, "all of them at nine"
    assert len(tried["data"][0]["y"]) == 22, "of four weeks the days that were said a week before"
    html = " ".join(str(one.proto.body) for one in test.get("html"))
    assert "As last week – in use" in html and html.count("cd-plans") >= 2


def test_a_short_history_has_no_numbers(page_here, app_store):
    draw(running.store(), daily(4))
    test = app()
    assert "Too little history for a forecast: 4 whole weeks with calls, 6 are needed" in said(test)
    assert not figures(test)
    assert "Слишком короткая история для прогноза: 4 полные недели со звонками, нужно 6" in said(app(lang="ru"))


def test_nothing_of_the_filter_and_an_empty_store(page_here, app_store):
    assert not figures(app())
    draw(running.store(), daily(8))
    assert "0 whole weeks with calls" in said(app(queue="none"))


def test_a_holiday_to_come_is_named(page_here, app_store):
    """With Russia's calendar 1, 9 and 11 May are days off; 9 March was the only one before that rings."""
    draw(running.store(), daily(8))
    text = said(app(since="2026-04-20", until="2026-04-21"))
    assert "No number for Fri, 1 May 2026, Sat, 9 May 2026, Mon, 11 May 2026" in text
    assert "the period above does not matter" in text


def test_staffing_takes_it(staffing_here, app_store):
    draw(running.store(), weeks_of(9, MONDAY))
    period = {"since": "2026-03-01", "until": "2026-05-30"}
    test = app(basis="forecast", **period)
    assert list(test.dataframe[0].value["half"]) == ["9:00–9:30", "9:30–10:00"]
    assert [int(value) for value in test.dataframe[0].value.iloc[:, 1]] == [3, 2]
    assert "forecast" in test.dataframe[1].value.columns
    assert "A busy day: one of ten has more calls in the hour than that." in said(test)
    assert len(app(**period).dataframe) == 1


def test_staffing_says_when_there_is_none(staffing_here, app_store):
    draw(running.store(), weeks_of(5, MONDAY))
    test = app(basis="forecast", since="2026-03-01", until="2026-04-30")
    assert "Too little history for a forecast: the calls of a mean day are taken." in said(test)


def test_the_rules_and_words_of_other_pages_are_in_the_glossary(tmp_path, monkeypatch, app_store):
    first_in_menu(monkeypatch, tmp_path, "glossary")
    draw(running.store(), daily(1))
    html = " ".join(str(one.proto.body) for one in app().get("html"))
    assert "Weekday and level" in html and "The mean of the last four days of the same kind." in html
    assert "Silence and spikes" in html and "missed − inbound × earlier share" in html

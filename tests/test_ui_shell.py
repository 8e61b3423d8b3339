"""The app without a browser: what the shell and the Overview show, and how the URL and the filter bar agree."""

import logging

import pytest
from streamlit.testing.v1 import AppTest

from calldash.ui import menu
from tests.drawn import draw
from tests.patience import PATIENCE_S

pytest_plugins = ("tests.in_app",)

CALLS = """
started_at | direction | client | answered | wait_s | talk_s | queue | employee | source       | sale_amount
09:00      | in        | A      | true     | 10     | 60     | One   | Ann      | <b>x</b>     |
09:10      | in        | B      | false    | 30     |        | One   |          | **bold**     |
09:20      | in        | C      | true     | 40     | 60     | Two   | Bob      |              |
09:30      | in        | D      | false    | 3      |        | Two   |          |              |
+1 10:00   | out       | B      | true     |        | 30     |       | Ann      |              | 1500
+1 10:10   | in        | A      | true     | 5      | 90     | One   | Ann      | <b>x</b>     |
"""


def app(**params: str) -> AppTest:
    """The app after its first run, opened with these query parameters."""
    test = AppTest.from_file("../calldash/ui/shell.py", default_timeout=PATIENCE_S)
    for name, value in params.items():
        test.query_params[name] = value
    return test.run()


def html(test: AppTest) -> str:
    return "".join(element.proto.body for element in test.get("html"))


def pairs(test: AppTest) -> dict[str, str]:
    return {name: value if isinstance(value, str) else value[0] for name, value in test.query_params.items()}


@pytest.fixture
def filled(app_store):
    draw(app_store, CALLS)
    return app_store


@pytest.fixture
def pages_here(tmp_path, monkeypatch):
    """A folder of the menu's pages; a test writes those it needs."""
    monkeypatch.setattr(menu, "FOLDER", tmp_path)
    return tmp_path


def test_an_empty_store_says_what_to_do(app_store):
    test = app()
    assert any("Загрузите выгрузку" in element.value for element in test.markdown)
    assert not test.exception


def test_the_overview_shows_the_numbers_of_the_last_thirty_days(filled):
    test = app(lang="en")
    assert not test.exception
    assert not test.error
    assert "2 Feb – 3 Mar 2026" in test.caption[0].value
    cards = html(test)
    assert "Inbound calls" in cards
    assert ">5<" in cards
    assert ">40.0%<" in cards
    assert "RUB 1,500" in cards.replace("\u00a0", " ")


def test_russian_comes_first(filled):
    test = app()
    assert test.title[0].value == "Обзор"
    assert "Доля пропущенных" in html(test)


def test_the_other_language_is_a_link_to_the_same(filled):
    test = app(queue="One", call="7")
    assert 'href="?queue=One&amp;call=7&amp;lang=en"' in html(test)
    assert app(lang="en").title[0].value == "Overview"


def test_a_link_shows_what_it_says(filled):
    test = app(lang="en", since="2026-03-02", until="2026-03-02", queue="One")
    assert ">2<" in html(test)
    assert [button.label for button in test.button] == [r"Queue\: One"]
    assert "2 Mar 2026" in test.caption[0].value


@pytest.mark.parametrize("value", ["", "x'; DROP TABLE calls; --", "99999999", "-5", ",,,", "💥", '"'])
def test_nonsense_in_the_url_is_no_error(filled, value):
    names = ("since", "queue", "weekday", "wait_s", "behind", "lang", "compare", "client_id", "day", "status")
    test = app(**dict.fromkeys(names, value))
    assert not test.exception
    assert not test.error


def test_a_chip_takes_its_filter_out(filled):
    test = app(lang="en", queue="One", wait_s="5-60")
    test.button(key="chip_queue").click().run()
    assert "queue" not in pairs(test)
    assert pairs(test)["wait_s"] == "5-60"


def test_reset_leaves_the_period(filled):
    test = app(lang="en", since="2026-03-02", until="2026-03-02", queue="One", wait_s="5-60")
    test.button(key="chip_all").click().run()
    assert pairs(test) == {"since": "2026-03-02", "until": "2026-03-02", "lang": "en"}


def test_a_choice_in_the_bar_stands_in_the_url_as_a_code(filled):
    test = app()
    test.multiselect(key="filter_direction").set_value(["outbound"]).run()
    assert pairs(test)["direction"] == "outbound"
    assert test.button(key="chip_direction").label == r"Направление\: Исходящий"
    test.multiselect(key="filter_source").set_value([""]).run()
    assert pairs(test)["source"] == ""


def test_a_preset_becomes_days(filled):
    test = app()
    test.selectbox(key="filter_period").set_value("today").run()
    assert (pairs(test)["since"], pairs(test)["until"]) == ("2026-03-03", "2026-03-03")


def test_one_s_own_days(filled):
    test = app()
    test.selectbox(key="filter_period").set_value("custom").run()
    from datetime import date

    test.date_input(key="filter_days").set_value((date(2026, 3, 1), date(2026, 3, 2))).run()
    assert (pairs(test)["since"], pairs(test)["until"]) == ("2026-03-01", "2026-03-02")


def test_without_comparison_no_change_is_shown(filled):
    test = app(since="2026-03-03", until="2026-03-03")
    assert 'class="cd-change' in html(test)
    test.toggle(key="filter_compare").set_value(False).run()
    assert pairs(test)["compare"] == "no"
    assert 'class="cd-change' not in html(test)


def test_a_client_is_found_and_stands_in_the_url_without_the_number(filled):
    number = filled.rows("SELECT client FROM clients JOIN calls USING (client) WHERE direction = 'outbound'")[0][0]
    test = app()
    test.text_input(key="filter_client").set_value(number.replace("+7", "8")).run()
    assert pairs(test)["client_id"].isdigit()
    assert number not in str(pairs(test))
    assert number.lstrip("+") in test.button(key="chip_client_id").label


def test_names_from_the_data_are_not_markup(filled):
    test = app(lang="en", source="<b>x</b>,**bold**")
    assert test.button(key="chip_source").label == r"Source\: \<b\>x\</b\>, \*\*bold\*\*"


def test_a_page_that_fails_says_one_sentence_and_logs_the_rest(filled, pages_here, caplog):
    (pages_here / "overview.py").write_text("1 / 0\n")
    with caplog.at_level(logging.ERROR, logger="calldash.ui.shell"):
        test = app(lang="en")
    assert [error.value for error in test.error] == [
        "This page could not be drawn. The details are in the log of the server."
    ]
    assert not test.exception
    assert "ZeroDivisionError" in caplog.text


def test_a_problem_is_told_in_the_readers_language(filled, pages_here):
    (pages_here / "overview.py").write_text(
        "from calldash.problems import Problem\nraise Problem('The file is empty.')\n"
    )
    assert [error.value for error in app().error] == ["Файл пуст."]


def test_a_store_that_cannot_be_opened_is_told(tmp_path, monkeypatch, app_store):
    from calldash.server import running

    running.close()
    (tmp_path / "broken").write_text("this is no database, only text long enough to be looked at" * 99)
    monkeypatch.setenv("CALLDASH_DB", str(tmp_path / "broken"))
    (error,) = app().error
    assert "не является хранилищем" in error.value


PAGE = "import streamlit as st\nfrom calldash.ui import filter_bar\nst.text(filter_bar.current()[0].behind)\n"


def test_behind_a_number_is_only_for_the_calls(filled, pages_here):
    (pages_here / "overview.py").write_text(PAGE)
    (pages_here / "calls.py").write_text(PAGE)
    test = app(behind="missed_calls")
    assert test.text[0].value == "None"
    test.switch_page(str(pages_here / "calls.py")).run()
    assert test.text[0].value == "missed_calls"

"""Reports: the list, an open report and its fields, keeping it, the start page; and in a browser clicks and downloads."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from streamlit.testing.v1 import AppTest

from calldash.asking import ask
from calldash.filters import CallFilter
from calldash.settings import load
from calldash.store import Store, open_store
from calldash.templates import keeping, shelf, text_form
from calldash.templates.content import FIGURES, Content
from calldash.templates.pivot import pivot
from calldash.ui.reports import grid
from tests.drawn import draw
from tests.in_app import app, first_in_menu
from tests.patience import PATIENCE_S
from tests.served import browser_page, running, settled

pytest_plugins = ("tests.in_app",)

CALLS = """
started_at | direction | client | answered | wait_s | talk_s | employee    | team  | queue
09:00      | in        | A      | true     | 10     | 60     | <b>Ann</b>  | Sales | One
10:10      | in        | A      | true     | 90     | 30     | <b>Ann</b>  | Sales | Night
+1 09:30   | in        | B      | true     | 20     | 90     | <b>Ann</b>  | Sales | One
+1 09:40   | out       | A      | true     |        | 30     | Bob         | Help  |
+1 19:40   | in        | C      | false    | 40     |        |             |       | Night
"""
MINE = """
title = "Mine"
rows = ["employee"]
across = ["weekday"]
metrics = ["calls", "missed_share"]
"""


@pytest.fixture
def filled(app_store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Reports as the first page of the menu."""
    first_in_menu(monkeypatch, tmp_path, "reports")
    draw(app_store, CALLS)
    return app_store


def table(test: AppTest) -> dict[str, Any]:
    """What the table of the report was given."""
    found = [json.loads(one.proto.json) for one in test.get("bidi_component") if one.proto.json]
    return next(data for data in found if "heads" in data)


def words(table: dict[str, Any]) -> list[list[str]]:
    return [row["names"] + [cell["text"] for cell in row["cells"]] for row in table["rows"]]


def params(test: AppTest) -> dict[str, str]:
    return {name: value if isinstance(value, str) else value[0] for name, value in test.query_params.items()}


def again(test: AppTest) -> AppTest:
    test.run()
    assert not test.exception
    assert not test.error
    return test


def test_the_list_names_every_report_and_what_is_wrong(filled: Store, tmp_path: Path) -> None:
    keeping.save(filled, "local", text_form.parse(MINE + 'shared_with = "lead"', "mine"))
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "night.toml").write_text(MINE.replace("Mine", "Night"))
    (tmp_path / "reports" / "broken.toml").write_text("title =")
    test = app()
    assert [one.value for one in test.subheader] == ["Own", "From files", "Ready-made"]
    labels = [one.proto.label for one in test.get("page_link")]
    assert {"Mine", "Night", "Employees of the week"} <= set(labels)
    captions = [one.value.replace("\\", "") for one in test.caption]
    assert "Employee × Weekday: Calls, Missed share · all time · seen by: Team leads" in captions
    assert len(test.warning) == 1
    assert "Template broken is not TOML" in test.warning[0].value


def test_a_report_that_is_only_named_puts_its_filter_into_the_url(filled: Store) -> None:
    test = app(report="long_waits")
    found = params(test)
    assert (found["what"], found["wait_s"], found["direction"]) == ("calls", "60-", "inbound")
    assert (found["since"], found["until"]) == ("2026-02-25", "2026-03-03")
    assert words(table(test)) == [
        ["02/03/2026 10:10:00", "+7 900 000-00-65", "Night", "1:30", "Answered", "<b>Ann</b>", "—", "—"]
    ]
    assert "Wait" in "".join(one.label for one in test.button)


def test_a_pivot_on_the_page_has_heads_totals_and_colours(filled: Store) -> None:
    test = app(what="figures", rows="employee", across="weekday", metrics="calls,missed_share")
    data = table(test)
    assert [[cell["text"] for cell in row] for row in data["heads"]] == [
        ["Employee", "Mon", "Tue", "Total"],
        ["Calls", "Missed share"] * 3,
    ]
    assert [cell.get("rows") for cell in data["heads"][0]] == [2, None, None, 1]
    assert words(data) == [
        ["<b>Ann</b>", "2", "0.0%", "1", "0.0%", "3", "0.0%"],
        ["Bob", "0", "—", "1", "—", "1", "—"],
        ["not known", "0", "—", "1", "100.0%", "1", "100.0%"],
        ["Total", "2", "0.0%", "3", "50.0%", "5", "25.0%"],
    ]
    heats = [[cell.get("heat") for cell in row["cells"]] for row in data["rows"]]
    assert heats[0] == [1.0, 0.0, 0.5, 0.0, None, None]
    assert heats[-1] == [None] * 6


def test_the_filter_above_narrows_the_report_and_it_says_that_it_changed(filled: Store) -> None:
    assert "changed" not in app(report="employees_week").subheader[0].value
    whole = params(app(report="employees_week"))
    test = app(**(whole | {"team": "Help"}))
    assert words(table(test))[0][0] == "Bob"
    assert "changed" in test.subheader[0].value


def test_the_fields_put_a_report_together(filled: Store) -> None:
    test = app(what="figures", rows="employee", metrics="calls")
    test.multiselect(key="report_rows").set_value(["team"])
    again(test)
    test.multiselect(key="report_across").set_value(["weekday"])
    again(test)
    assert "team" not in test.multiselect(key="report_across").options
    test.multiselect(key="report_metrics").set_value(["clients", "calls"])
    again(test)
    test.selectbox(key="report_sort").set_value("calls")
    again(test)
    test.toggle(key="report_totals").set_value(False)
    again(test)
    found = params(test)
    assert [found[name] for name in ("rows", "across", "metrics", "sort", "totals")] == [
        "team",
        "weekday",
        "clients,calls",
        "calls",
        "no",
    ]
    assert [row["names"] for row in table(test)["rows"]] == [["Sales"], ["Help"], ["not known"]]
    test.button(key="report_order").click()
    assert params(again(test))["order"] == "up"
    test.segmented_control(key="report_what").set_value("calls")
    again(test)
    assert params(test)["what"] == "calls"
    assert len(table(test)["rows"]) == 5


def test_a_report_is_saved_renamed_shared_started_with_and_deleted(filled: Store) -> None:
    test = app(
        what="figures", rows="team", metrics="calls", since="2026-03-03", until="2026-03-03", direction="inbound"
    )
    test.text_input(key="report_name_").set_value("Mine: all!")
    test.button(key="report_save_new").click()
    again(test)
    saved = shelf(filled, "local").find("mine_all")
    assert (saved.titles, saved.period, saved.content.rows) == ({"": "Mine: all!"}, "today", ("team",))
    assert saved.chosen == CallFilter().choose("direction", ["inbound"])
    assert params(test)["report"] == "mine_all"

    test.text_input(key="report_name_mine_all").set_value("Other")
    test.selectbox(key="report_shared_mine_all").set_value("head")
    test.toggle(key="report_moving_mine_all").set_value(False)
    test.button(key="report_save").click()
    again(test)
    saved = shelf(filled, "bob").find("mine_all")
    assert (saved.titles, saved.shared_with, saved.period, saved.chosen.since.day) == ({"": "Other"}, "head", "", 3)

    test.toggle(key="report_start_mine_all").set_value(True)
    again(test)
    assert keeping.start_page(filled, "local") == "mine_all"
    test.button(key="report_delete").click()
    again(test)
    assert "mine_all" not in shelf(filled, "local").templates
    assert "report" not in params(test)


def test_a_report_without_a_name_is_not_saved(filled: Store) -> None:
    test = app(what="figures", metrics="calls")
    test.text_input(key="report_name_").set_value("  ")
    test.button(key="report_save_new").click()
    test.run()
    assert [one.value for one in test.error] == ["Give the report a name."]


def test_a_report_comes_in_as_a_file(filled: Store) -> None:
    test = app()
    test.file_uploader(key="report_file").set_value(("night shift.toml", MINE.encode(), "application/toml"))
    test.run()
    test.button(key="report_add").click()
    again(test)
    assert test.subheader[0].value == "Mine"
    assert shelf(filled, "local").find("night_shift").content.across == ("weekday",)


def test_a_wrong_file_is_told_in_a_sentence(filled: Store) -> None:
    test = app()
    test.file_uploader(key="report_file").set_value(("bad.toml", b"title = 1", "application/toml"))
    test.run()
    test.button(key="report_add").click()
    test.run()
    assert len(test.error) == 1
    assert test.error[0].value.startswith("Template bad, title")
    assert not test.exception


def test_an_unknown_report_is_told_in_a_sentence(filled: Store) -> None:
    test = AppTest.from_file("../calldash/ui/shell.py", default_timeout=PATIENCE_S)
    test.query_params["report"] = "nothing"
    test.query_params["lang"] = "en"
    test.run()
    assert test.error[0].value.startswith("There is no report nothing.")


def test_an_empty_store_has_a_list_and_empty_reports(
    app_store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_in_menu(monkeypatch, tmp_path, "reports")
    assert app().subheader[0].value == "Ready-made"
    assert "Nothing to show here" in app(report="sources").info[0].value


def test_calldash_opens_with_the_start_page_once(app_store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first_in_menu(monkeypatch, tmp_path, "sources", "reports")
    draw(app_store, CALLS)
    keeping.save(app_store, "local", text_form.parse(MINE, "mine"))
    assert app().title[0].value == "Advertising sources"
    keeping.set_start_page(app_store, "local", "mine")
    test = app()
    assert test.subheader[0].value == "Mine"
    test.switch_page(str(tmp_path / "pages" / "sources.py"))
    assert again(test).title[0].value == "Advertising sources"
    assert app(team="Sales").title[0].value == "Advertising sources"


def test_a_head_over_two_breakdowns_is_shared(store: Store) -> None:
    draw(store, CALLS)
    found = pivot(store, Content(FIGURES, ("team",), ("direction", "hour"), ("calls",)), CallFilter(), 50)
    heads = grid.of_pivot(found)["heads"]
    assert [(cell["text"], cell.get("span"), cell.get("rows")) for cell in heads[0]] == [
        ("Team", None, 2), ("Inbound", 3, None), ("Outbound", 1, None), ("Total", 1, 2),
    ]  # fmt: skip
    assert [cell["text"] for cell in heads[1]] == ["9:00", "10:00", "19:00", "9:00"]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """The app over the drawn calls: its address, and the calls missed on the Tuesday."""
    folder = tmp_path_factory.mktemp("reports")
    store = open_store(load(db=folder / "calls.duckdb", data=folder))
    draw(store, CALLS)
    missed = int(ask(store, ["missed_calls"], chosen=CallFilter().choose("weekday", ["2"])).iloc[0, 0])
    store.close()
    with running(folder / "log.txt", db=folder / "calls.duckdb", data=folder) as address:
        yield address, missed


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with browser_page() as found:
        yield found


def test_a_number_opens_the_calls_behind_it(served: tuple[str, int], page: Page) -> None:
    address, missed = served
    page.goto(f"{address}/reports?lang=en&what=figures&rows=employee&across=weekday&metrics=calls,missed_calls")
    settled(page)
    page.get_by_role("row", name="Total").get_by_role("button", name=str(missed), exact=True).first.click()
    page.wait_for_url(lambda url: "/calls?" in url and "behind=missed_calls" in url and "weekday=2" in url)
    settled(page)
    assert page.locator("tbody tr").count() == missed == 1


def test_a_name_with_markup_is_text_and_opens_all_its_calls(served: tuple[str, int], page: Page) -> None:
    page.goto(f"{served[0]}/reports?lang=en&what=figures&rows=employee&metrics=calls")
    settled(page)
    page.get_by_role("button", name="<b>Ann</b>").click()
    page.wait_for_url(lambda url: "/calls?" in url and "behind" not in url and "employee=" in url)


def test_a_report_and_the_journal_are_saved_as_files(served: tuple[str, int], page: Page, tmp_path: Path) -> None:
    page.goto(f"{served[0]}/reports?lang=en&report=employees_week")
    settled(page)
    page.get_by_role("button", name="Download").click()
    with page.expect_download() as found:
        page.get_by_role("link", name="CSV: commas").click()
    found.value.save_as(tmp_path / "a.csv")
    assert found.value.suggested_filename == "employees_week_2026-02-25_2026-03-03.csv"
    assert (tmp_path / "a.csv").read_text().startswith("Employee,Handled calls,")
    page.goto(f"{served[0]}/calls?lang=ru&direction=outbound&columns=id,status")
    settled(page)
    page.get_by_role("button", name="Скачать").click()
    with page.expect_download() as found:
        page.get_by_role("link", name="CSV для Excel").click()
    found.value.save_as(tmp_path / "b.csv")
    assert (tmp_path / "b.csv").read_text("utf-8-sig").splitlines()[1:] == ["c4;Отвечен"]
    assert "/calls" in page.url

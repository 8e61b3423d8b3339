"""Results of advertising on the page: what is said of each figure, and of what cannot be known."""

import json
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from calldash import charts
from calldash.advertising.results.intervals import Interval
from calldash.advertising.results.planner import Advice
from calldash.store import Store
from calldash.ui.results import planner, table
from tests.drawn import draw
from tests.given import deals_from, spend_from
from tests.in_app import app, cells, first_in_menu, tables
from tests.test_results import ALL, SPEND

pytest_plugins = ("tests.in_app",)
PERIOD = {"since": "2026-03-01", "until": "2026-03-31"}


@pytest.fixture
def filled(app_store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Results as the first page of the menu, where spend is entered beside it."""
    first_in_menu(monkeypatch, tmp_path, "results", "advertising")
    draw(app_store, ALL)
    return app_store


def said(test: AppTest) -> str:
    texts = [one.value for kind in (test.caption, test.markdown, test.info) for one in kind]
    return " ".join(texts).replace("\\", "").replace("\u00a0", " ")


def test_each_source_with_its_interval_and_cases(filled: Store) -> None:
    spend_from(filled, SPEND)
    test = app(columns="cost", open="yandex", **PERIOD)
    found = cells(test)
    assert list(found) == ["All paid sources", "yandex", "one", "two", "google"]
    assert found["yandex"][:2] == [("RUB\u00a0160", ""), ("RUB\u00a026.67", "12.25–RUB\u00a072.66 · few: 6")]
    assert found["google"][1] == ("—", "")
    assert tables(test)[0]["rows"][-1]["cells"][1]["help"] == "There was spend, but none of these came of it."


def test_the_page_says_which_sales_count_and_how_far_romi_could_move(filled: Store) -> None:
    spend_from(filled, SPEND)
    told = said(app(**PERIOD))
    assert "Revenue is that of calls marked as sold" in told
    assert (
        "ROMI is 50.0% when no buyer of an unknown source came by paid advertising, 550.0% if all of them did" in told
    )
    deals_from(filled, "id | phone | happened_at | amount | status\n1 | +79000000065 | 2026-03-05 | 1000 | won")
    told = said(app(**PERIOD))
    assert "Revenue is that of won deals (setting sales_from), put down to: first call, up to 90 days before" in told


def test_without_spend_the_page_says_what_to_do(filled: Store) -> None:
    test = app(**PERIOD)
    assert "There is no ad spend in these days" in said(test)
    assert "Enter ad spend" in [one.proto.label for one in test.get("page_link")]
    assert tables(test) == []


def test_what_spend_is_not_known_by_is_left_aside_in_words(filled: Store) -> None:
    spend_from(filled, SPEND)
    test = app(employee="Ann", source="yandex", **PERIOD)
    assert "Spend is not known by: Employee. Here these filters are left aside." in said(test)
    assert list(cells(test)) == ["All paid sources", "yandex"]


@pytest.mark.parametrize("part", ["models", "cohorts", "missed", "planner", "upload"])
@pytest.mark.parametrize("spent", [True, False])
def test_every_part_draws(filled: Store, part: str, spent: bool) -> None:
    if spent:
        spend_from(filled, SPEND)
    app(part=part, **PERIOD)


def test_a_young_cohort_names_the_day_from_which_it_is_known(filled: Store) -> None:
    spend_from(filled, SPEND)
    (row,) = [row for name, row in cells(app(part="cohorts", **PERIOD)).items() if name != "All that are old enough"]
    assert row[0] == ("5", "")
    assert row[3:5] == [("—", "from 16 Mar"), ("—", "from 23 Mar")]


def test_burned_money_is_a_grid_whose_rows_say_their_sum(filled: Store) -> None:
    spend_from(filled, SPEND)
    test = app(part="missed", **PERIOD)
    assert "RUB 36 were spent on clients" in said(test).replace(".00", "")
    grid = json.loads(test.get("plotly_chart")[0].proto.spec)
    assert grid["data"][1]["customdata"] == [["yandex", "two", "12"], ["yandex", "two", "13"]]


def test_the_upload_counts_what_goes_in_and_why_not(filled: Store) -> None:
    boxes = " ".join(one.proto.body for one in app(part="upload", **PERIOD).get("html"))
    assert boxes.count("<b>0 calls go in</b>") == 3
    assert "no identifier of a visitor or click: 8" in boxes
    assert "export/" not in boxes


def test_the_planner_never_gives_a_point_alone() -> None:
    sure = Advice("a", 100, 12, 50, 10, Interval(8, 12))
    close = Advice("b", 100, 12, 50, 9, Interval(1, 20))
    unsure = Advice("c", 100, 12, 50, 1, Interval(-5, 6))
    told = planner.said([sure, close, unsure], "targets", 10_000)
    assert told.replace("\u00a0", " ") == (
        "The next RUB 10,000 did best at a: it brought 8 to 12 (unique target calls). "
        "By chance alone it could as well have been: b."
    )
    assert planner.said([unsure], "targets", 10_000).startswith("These data do not tell")


def test_intervals_are_written_with_their_unit_once() -> None:
    assert table.between("share", Interval(-0.2, 1.5)) == "\u221220 … 150\u00a0%"
    assert table.between("money", Interval(120.4, 300.2)) == "120–RUB\u00a0300"
    assert table.between("money", Interval(120.4, None)) == "from RUB\u00a0120"


def test_nothing_lost_is_no_grid() -> None:
    assert (
        charts.losses(pd.DataFrame(columns=["source", "campaign", "hour", "missed_ad_cost"]), "missed_ad_cost") is None
    )

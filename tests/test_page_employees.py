"""Employees and their load: numbers of legs, balance, comparison, grid, a day on the phone, without a browser."""

import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from calldash import charts, reports
from calldash.asking import ask
from calldash.charts import Span
from calldash.filters import from_pairs
from calldash.formats import show
from calldash.query import Moment
from calldash.ui.employees import page as employees
from calldash.ui.load import matrix
from tests.drawn import as_csv, calls, draw, take
from tests.in_app import app, first_in_menu

pytest_plugins = ("tests.in_app",)

ROOT = Path(__file__).parents[1]
CALLS = """
started_at | direction | client | answered | wait_s | talk_s | employee    | team
09:00      | in        | A      | true     | 10     | 60     | Ann         | Sales
09:10      | in        | B      | false    | 30     | 0      | Ann         | Sales
09:20      | in        | C      | true     | 20     | 180    | <b>Bob</b>  | Sales
09:40      | out       | B      | true     |        | 30     | Ann         | Sales
09:50      | out       | C      | false    |        | 0      | Cyr         | Help
23:59      | in        | D      | true     | 5      | 90     | Cyr         | Help
+1 10:00   | in        | E      | true     | 5      | 40     | Ann         | Help
+1 10:10   | int       |        | true     | 2      | 99     | Ann         | Help
"""


@pytest.fixture
def page_here(tmp_path, monkeypatch):
    """Employees as the first page of the menu, Calls beside it."""
    first_in_menu(monkeypatch, tmp_path, "employees", "calls")


@pytest.fixture
def load_here(tmp_path, monkeypatch):
    """Load as the first page of the menu, Calls beside it."""
    first_in_menu(monkeypatch, tmp_path, "load", "calls")


def table(test: AppTest) -> pd.DataFrame:
    return test.dataframe[0].value.set_index("employee")


def figures(test: AppTest) -> list[dict]:
    return [json.loads(element.proto.spec) for element in test.get("plotly_chart")]


def talks(store, **pairs: str) -> list[str]:
    """The day's talks, a line each."""
    moment = Moment(store.settings, store.now())
    found = reports.run(store, "day_talks", from_pairs(pairs), moment, zone=store.settings.zone)
    return [f"{row.employee} {row.direction} {row.begins:%H:%M:%S}-{row.ends:%H:%M:%S}" for row in found.itertuples()]


def test_each_employee_once_with_the_numbers_of_the_catalogue(app_store, page_here):
    draw(app_store, CALLS)
    shown = table(app())
    assert list(shown.index) == ["<b>Bob</b>", "Ann", "Cyr"]
    assert list(shown["team_name"]) == ["Sales", "Sales", "Help"]
    keys = [key for key in employees.COLUMNS if key not in ("load_share", "avg_pickup_s", "occupancy")]
    expected = ask(app_store, list(employees.COLUMNS), ["employee"]).set_index("employee").loc[shown.index]
    pd.testing.assert_frame_equal(shown[keys], expected[keys].astype("float64"), check_names=False)
    assert not {"occupancy", "avg_pickup_s"} & set(shown.columns)
    assert shown.loc["Ann", "handled_calls"] == 3
    assert shown.loc["Ann", "rings"] == 3
    assert list(shown["load_share"]) == [0.45, 0.325, 0.225]


def test_balance_says_how_many_it_speaks_of(app_store, page_here):
    draw(app_store, CALLS)
    _bars, balance = figures(app())
    assert balance["data"][1]["customdata"] == [["Help"], ["Sales"]]
    team = ask(app_store, ["load_balance"], ["team"]).set_index("team")["load_balance"]
    assert balance["data"][1]["text"] == [
        f"{show('load_balance', team[name])} · 2 people" for name in ("Help", "Sales")
    ]


def test_a_team_of_one_has_no_balance():
    assert employees._note(1.0, 1) == "— · 1 person"


def test_a_day_tells_inbound_from_outbound_and_opens_the_person(app_store, load_here):
    draw(app_store, CALLS)
    (day,) = figures(app(since="2026-03-02", until="2026-03-02", part="day"))
    assert [trace["name"] for trace in day["data"]] == ["Inbound", "Outbound"]
    assert day["data"][0]["customdata"] == [["<b>Bob</b>"], ["Ann"], ["Cyr"]]
    assert day["data"][1]["customdata"] == [["Ann"]]
    assert day["layout"]["yaxis"]["ticktext"][0] == "&lt;b&gt;Bob&lt;/b&gt;"


def test_the_newest_day_comes_first_and_another_can_be_chosen(app_store, load_here):
    draw(app_store, CALLS)
    test = app(part="day")
    assert test.date_input[0].value == date(2026, 3, 3)
    test.date_input[0].set_value(date(2026, 3, 2)).run()
    assert len(figures(test)[0]["data"][0]["x"]) == 3


def hundred(store) -> None:
    rows = [f"10:{at % 60:02} | in | A | true | 1 | 60 | {'Zoe ' * 19}{at:03} | T" for at in range(100)]
    draw(store, "started_at | direction | client | answered | wait_s | talk_s | employee | team\n" + "\n".join(rows))


def test_a_hundred_employees_come_in_parts(app_store, page_here):
    hundred(app_store)
    test = app()
    assert len(table(test)) == 100
    assert len(figures(test)[0]["data"][0]["y"]) == charts.categories.LIMIT


def test_of_a_hundred_on_a_day_one_can_be_found(app_store, load_here):
    hundred(app_store)
    test = app(part="day")
    assert len(figures(test)[0]["layout"]["yaxis"]["tickvals"]) == employees.PAGE
    test.text_input(key="employees_name").set_value("099").run()
    assert not test.exception
    assert figures(test)[0]["data"][0]["customdata"] == [["Zoe " * 19 + "099"]]


def test_a_grid_of_a_hundred_comes_in_parts(app_store, load_here):
    hundred(app_store)
    assert len(figures(app())[0]["layout"]["yaxis"]["tickvals"]) == matrix.PAGE


def test_the_grid_has_each_employees_number_by_hour_and_opens_its_calls(app_store, load_here):
    draw(app_store, CALLS)
    test = app()
    cells, touch, _rings = figures(test)[0]["data"]
    assert cells["z"][1] == [2, 1, *[None] * 13]
    pairs = [["<b>Bob</b>", "9"], ["Ann", "9"], ["Ann", "10"], ["Cyr", "9"], ["Cyr", "23"]]
    assert sorted(touch["customdata"]) == sorted(pairs)
    test.selectbox(key="load_number").set_value("pickup_share").run()
    assert figures(test)[0]["data"][2]["x"] == [0, 0, 1, 14]
    assert "fewer than 30" in " ".join(one.value for one in test.caption)


def test_who_should_swap_is_said(app_store, load_here):
    """In Sales Bob talked 180 s and Ann 90, in Help Cyr 90 and Ann 40: there a swap helps more."""
    draw(app_store, CALLS)
    assert "Cyr talked 1:30, Ann 0:40 (team: Help)" in " ".join(one.proto.body for one in app().get("html"))
    said = " ".join(element.proto.body for element in app(team="Sales").get("html"))
    assert "&lt;b&gt;Bob&lt;/b&gt; talked 3:00, Ann 1:30 (team: Sales)" in said
    assert "from 83.3% to 100.0%" in said


def test_peaks_and_breaks_are_those_of_the_catalogue(app_store, load_here):
    draw(app_store, CALLS)
    team, line, breaks = (one.value for one in app(part="peaks").dataframe)
    assert dict(zip(team["team"], team["peak_parallel"], strict=True)) == {"Sales": 1, "Help": 1}
    assert dict(zip(line["line"], line["peak_parallel"], strict=True)) == {"not known": 1}
    expected = 40 * 60 - 70
    assert dict(zip(breaks["employee"], breaks["longest_break_s"], strict=True)) == {"Ann": expected}


def test_who_is_signed_in_is_said_not_to_be_known(app_store, load_here):
    draw(app_store, CALLS)
    assert "do not report who is signed in" in app(part="signed").info[0].value
    with app_store.writing() as cursor:
        cursor.execute("INSERT INTO presence VALUES ('plain', 'Ann', '2026-03-02', 3600, 600)")
        cursor.execute("INSERT INTO presence_queues VALUES ('plain', 'Ann', 'q', '2026-03-02', 1800, 0)")
        cursor.execute("INSERT INTO presence_breaks VALUES ('plain', 'Ann', NULL, '2026-03-02', 600)")
    whole, queues, reasons = (one.value for one in app(part="signed", team="Help").dataframe)
    assert list(whole.loc[0, ["employee", "signed_in_s", "break_s"]]) == ["Ann", 3600, 600]
    assert queues.to_numpy().tolist() == [["Ann", "all queues, once", 3600, 600], ["Ann", "q", 1800, 0]]
    assert reasons.to_numpy().tolist() == [["Ann", "no reason given", 600]]


def test_the_comparison_says_what_is_noise(app_store, page_here):
    """At nine 40 of 80 rings were taken: Ann 35 of 40, Bob 5 of 40; Cyr has too few."""
    head = "started_at | direction | client | answered | wait_s | talk_s | employee\n"
    taken = {"Ann": 35, "Bob": 5}
    rows = [f"09:{at:02} | in | A | {at < taken[name]} | 5 | 60 | {name}" for name in taken for at in range(40)]
    draw(app_store, head + "\n".join([*rows, "09:50 | in | B | true | 5 | 60 | Cyr"]))
    test = app(part="fair")
    shown = test.dataframe[0].value
    assert list(shown["Employee"]) == ["Ann", "Bob", "Cyr"]
    assert list(shown["Place"]) == ["1", "2", "—"]
    assert list(shown["What it says"]) == ["above", "below", "too few cases"]
    assert list(shown["Expected"]) == pytest.approx([41 / 81] * 3)
    assert [trace["customdata"] for trace in figures(test)[0]["data"]] == [[["Ann"]], [["Bob"]]]


@pytest.mark.parametrize(
    "rows",
    [
        "",
        "10:00 | in | A | false | 5 | 0 | | ",
        "10:00 | in | A | true | | | Ann | ",
        "10:00 | int | | true | | 5 | Ann | T",
    ],
)
def test_little_data_is_no_trouble(app_store, page_here, rows):
    head = "started_at | direction | client | answered | wait_s | talk_s | employee | team\n"
    if rows:
        draw(app_store, head + rows)
    app()
    app(part="fair")


@pytest.mark.parametrize("part", ["grid", "peaks", "signed", "day"])
def test_an_empty_store_is_no_trouble_to_any_part(app_store, load_here, part):
    assert not figures(app(part=part))


def test_talks_of_a_day_are_local_and_of_legs(store):
    take(store, as_csv(calls(CALLS)))
    assert talks(store, since="2026-03-02", until="2026-03-02") == [
        "<b>Bob</b> inbound 09:20:20-09:23:20",
        "Ann inbound 09:00:10-09:01:10",
        "Ann outbound 09:40:00-09:40:30",
        "Cyr inbound 23:59:05-00:00:35",
    ]
    with store.writing() as cursor:
        cursor.execute("UPDATE calls SET has_legs = TRUE WHERE id = 'c1'")
        cursor.execute(
            "INSERT INTO legs SELECT call_no, n, 'ring', person, 'Sales', NULL, started_at + to_seconds(begun), "
            "CASE WHEN talk > 0 THEN started_at + to_seconds(begun + 5) END, NULL, talk, NULL, talk > 0 FROM calls, "
            "(VALUES (1, 'Ann', 0, 20), (2, 'Cyr', 25, 30), (3, '<b>Bob</b>', 10, 0)) AS l(n, person, begun, talk) "
            "WHERE id = 'c1'"
        )
    assert talks(store, until="2026-03-02", team="Sales", direction="inbound") == [
        "<b>Bob</b> inbound 09:20:20-09:23:20",
        "Ann inbound 09:00:05-09:00:25",
        "Cyr inbound 09:00:30-09:01:00",
    ]


def test_lanes_lie_beside_each_other_and_others_fill_the_row():
    begins, ends = pd.Timestamp("2026-03-02 10:00"), pd.Timestamp("2026-03-02 10:05")
    spans = [Span("Ann", begins, ends, meaning, "") for meaning in ("outbound", "inbound", "missed")]
    first, second, whole = charts.timeline(spans, {}, lanes=("inbound", "outbound")).data
    assert first.offset + first.width == pytest.approx(second.offset)
    assert first.width + second.width == pytest.approx(whole.width)


def test_figures_of_one_row_are_equally_high():
    frame = pd.DataFrame({"employee": list("abc"), "team": ["x", "x", None], "handled_talk_s": [10.0, 20.0, None]})
    bars = charts.bars(frame, "employee", "handled_talk_s", limit=1)
    spread = charts.spread(frame, "team", "employee", "handled_talk_s", {"x": "n"})
    assert bars.layout.height != spread.layout.height
    levelled = charts.level(bars, None, spread)
    assert levelled[1] is None
    assert levelled[0].layout.height == levelled[2].layout.height
    assert spread.data[0].customdata == (["x", "a"], ["x", "b"])

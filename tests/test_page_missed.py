"""Missed calls: what became of clients, and the charts beside it, without a browser."""

import json
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from calldash import charts
from calldash.asking import ask
from calldash.charts import Part
from calldash.filters import CallFilter
from calldash.ui import drill
from calldash.ui.missed import outcome
from tests.drawn import as_csv, calls, draw, take
from tests.in_app import app, first_in_menu

pytest_plugins = ("tests.in_app",)

ROOT = Path(__file__).parents[1]
# A is called back in time, B late, C gets through, D is tried, E lost; the next day F waits and G was tried twice.
CALLS = """
started_at | direction | client | answered | wait_s | talk_s | queue   | employee | miss_reason | line
09:00      | in        | A      | false    | 30     | 0      | <b>x</b>| Ann      | no_answer   |
09:01      | in        | B      | false    | 3      | 0      | <b>x</b>|          | abandoned   |
09:05      | in        | C      | false    | 20     | 0      | a,b"c   |          | abandoned   |
09:10      | out       | A      | true     |        | 60     |         | Ann      |             |
09:20      | in        | D      | false    | 50     | 0      | a,b"c   |          | abandoned   |
09:25      | in        | E      | false    |        | 0      |         |          | off_hours   |
09:30      | in        | C      | true     | 10     | 80     | a,b"c   | Bob      |             |
09:40      | out       | D      | false    |        | 0      |         | Bob      |             |
10:00      | out       | B      | true     |        | 60     |         | Ann      |             |
+1 09:50   | in        | G      | false    | 12     | 0      | <b>x</b>| Ann      | no_answer   | +74950000001
+1 10:00   | in        | F      | false    | 40     | 0      | a,b"c   |          | abandoned   | +74950000002
+1 10:20   | in        | F      | false    | 90     | 0      | <b>x</b>|          | abandoned   |
+1 10:30   | out       | G      | false    |        | 0      |         | Ann      |             |
+1 11:00   | out       | G      | false    |        | 0      |         | Ann      |             |
+1 12:00   | in        | H      | true     | 5      | 60     | <b>x</b>| Bob      |             |
"""


@pytest.fixture
def page_here(tmp_path, monkeypatch):
    """Missed calls as the first page of the menu, Calls beside it."""
    first_in_menu(monkeypatch, tmp_path, "missed", "calls")


def figures(test: AppTest) -> list[dict]:
    return [json.loads(element.proto.spec) for element in test.get("plotly_chart")]


def said(test: AppTest) -> str:
    return " ".join(
        getattr(one.proto, "body", "") for kind in ("html", "markdown", "caption") for one in test.get(kind)
    )


def test_parts_are_all_missed_clients_and_open_their_calls(app_store, page_here):
    draw(app_store, CALLS)
    bar = figures(app())[3]["data"]
    assert {part["name"]: part["x"] for part in bar} == {
        "Called back in time": [1],
        "Called back late": [1],
        "Got through alone": [1],
        "Tried in vain": [2],
        "Lost": [1],
        "Still to call back": [1],
    }
    assert sum(part["x"][0] for part in bar) == int(ask(app_store, ["missed_clients"])["missed_clients"].iloc[0])
    for part in bar:
        inside = drill.narrowed(CallFilter(behind="missed_clients"), ["callback", "promptness"], part["customdata"][0])
        assert [int(ask(app_store, ["missed_calls"], [], inside)["missed_calls"].iloc[0])] == part["x"]


def test_tiles_say_count_and_share():
    found = outcome.markup(Part("<i>In time</i>", 3, "called_back", ("called_back", "timely")), 8)
    assert "&lt;i&gt;In time&lt;/i&gt;" in found
    assert ">3 " in found
    assert "37.5%" in found


def test_hours_and_days_are_the_catalogues(app_store, page_here):
    draw(app_store, CALLS)
    days, hours = figures(app())[:2]
    by_hour = ask(app_store, ["missed_share", "missed_calls"], ["hour"], cases=True).dropna().set_index("hour")
    line, bars = hours["data"]
    assert dict(zip(line["x"], line["y"], strict=True)) == {9: 6 / 7, 10: 1.0, 11: None, 12: 0.0}
    assert by_hour["missed_calls"].loc[[9, 10, 12]].tolist() == [bars["y"][at] for at in (0, 1, 3)]
    assert line["customdata"][0] == ["9", "missed_share"]
    assert bars["customdata"][0] == ["9", "missed_calls"]
    assert "of 7 cases" in line["hovertext"][0]
    assert [point for point in days["data"][1]["y"] if point] == [5, 3]


def test_tables_have_the_numbers_of_the_catalogue(app_store, page_here):
    draw(app_store, CALLS)
    test = app()
    for dimension, table in zip(("queue", "employee"), test.dataframe, strict=True):
        expected = ask(app_store, ["missed_calls", "inbound_calls"], [dimension]).fillna({dimension: "not known"})
        shown = table.value.set_index(dimension)
        for row in expected.itertuples():
            assert shown.loc[row[1], "missed_calls"] == row.missed_calls
            assert shown.loc[row[1], "inbound_calls"] == row.inbound_calls


def test_markup_in_names_stays_text(app_store, page_here):
    draw(app_store, CALLS)
    test = app(queue="<b>x</b>")
    assert "<b>x</b>" not in said(test).replace("\\", "")
    assert "<b>x</b>" in list(test.dataframe[0].value["queue"])


@pytest.mark.parametrize("params", [{"since": "2026-03-01", "until": "2026-03-01"}, {"lang": "ru", "queue": "none"}])
def test_nothing_to_show_says_so(app_store, page_here, params):
    draw(app_store, CALLS)
    test = app(**params)
    assert len(test.info) >= 3
    assert not test.dataframe
    assert "outcome" not in said(test)


def test_an_empty_store_has_no_page(app_store, page_here):
    test = app()
    assert not figures(test)
    assert "There are no calls yet" in said(test)


def test_one_call(app_store, page_here):
    take(app_store, as_csv(calls("started_at | direction | client | answered | wait_s\n09:00 | in | A | false | 30")))
    test = app()
    assert [part["x"] for part in figures(test)[3]["data"]] == [[1]]


def test_a_whole_of_nothing_is_no_chart():
    assert charts.whole([Part("a", 0, "missed", ("lost",))]) is None
    assert len(charts.whole([Part("a", 0, "missed", ("lost",)), Part("b", 2, "other", ("tried",))]).data) == 1


def test_hours_of_few_cases_are_hollow():
    frame = pd.DataFrame(
        {"hour": [8, 9, 11, 20], "missed_share": [None, 0.5, 0.1, None], "missed_share_cases": [0, 29, 30, 0]}
    ).assign(missed_calls=[0, 14, 3, 0])
    line = charts.panels(frame, "hour", "missed_share", "missed_calls").data[0]
    assert list(line.x) == [9, 10, 11]
    assert list(line.y) == [0.5, None, 0.1]
    assert line.marker.color[0] != line.marker.line.color == line.marker.color[2]
    assert charts.panels(frame[:1], "hour", "missed_share", "missed_calls") is None


def test_causes_add_up_to_the_missed_calls_and_open_their_own(app_store, page_here):
    draw(app_store, CALLS)
    bars = figures(app())[2]["data"][0]
    codes = [one[0] for one in bars["customdata"]]
    groups = [(count, one) for count, one in zip(bars["x"], codes, strict=True) if isinstance(one, list)]
    leaves = [(count, one) for count, one in zip(bars["x"], codes, strict=True) if not isinstance(one, list)]
    missed = int(ask(app_store, ["missed_calls"])["missed_calls"].iloc[0])
    assert sum(count for count, _codes in leaves) == missed
    for count, one in [*groups, *leaves]:
        clicked = dict(enumerate(one)) if isinstance(one, list) else one  # as Streamlit gives a list within a point
        inside = drill.narrowed(CallFilter(behind="missed_calls"), ["miss_cause"], [clicked])
        assert int(ask(app_store, ["missed_calls"], [], inside)["missed_calls"].iloc[0]) == count


def test_the_curve_and_what_came_of_calling_back(app_store, page_here):
    """Tried after 9:30 (A), 19:10 (D), 38:48 and 39:48 (G), 58:57 (B); C got through, E left, F waits: censored."""
    draw(app_store, CALLS)
    test = app()
    line = next(one for one in figures(test)[4]["data"] if one.get("line", {}).get("width"))
    # Of 7: A 1/7 after 9:30; D one of 6 after 19:10; C leaves at 24:40; G one of 4 after 39:48; B one of 3 after 58:57.
    assert line["y"][1] == pytest.approx(1 / 7)
    assert line["y"][-1] == pytest.approx(1 - 6 / 7 * 5 / 6 * 3 / 4 * 2 / 3)
    assert "Within the target 14.3%" in said(test)
    table = test.table[0].value
    assert list(table["Clients"]) == ["1", "1", "1"]
    assert [text.split(" ")[0] for text in table["Reached"]] == ["100.0%", "0.0%", "100.0%"]
    test.session_state["curve_clock"] = "working"
    assert figures(test.run())[4]["data"][-1]["y"][1] == pytest.approx(1 / 7)

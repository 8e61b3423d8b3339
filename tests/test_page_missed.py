"""Missed calls: what became of clients, who is still to be called, and the charts beside them, without a browser."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from calldash import charts, reports
from calldash.asking import ask
from calldash.charts import Part
from calldash.filters import CallFilter, from_pairs
from calldash.query import Moment
from calldash.ui import drill, missed_clients, missed_outcome
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


def listed(test: AppTest) -> list[dict]:
    """The rows of the list of clients still to call."""
    return [row for one in test.get("bidi_component") for row in json.loads(one.proto.json)["rows"]]


def said(test: AppTest) -> str:
    return " ".join(
        getattr(one.proto, "body", "") for kind in ("html", "markdown", "caption") for one in test.get(kind)
    )


def still(store, limit: int = 100, **pairs: str) -> pd.DataFrame:
    moment = Moment(store.settings, store.now())
    return reports.run(store, "still_to_call", from_pairs(pairs), moment, zone=store.settings.zone, limit=limit)


def letters(frame: pd.DataFrame) -> str:
    return "".join(chr(int(number[-2:])) for number in frame["client"])


def test_parts_are_all_missed_clients_and_open_their_calls(app_store, page_here):
    draw(app_store, CALLS)
    bar = figures(app())[2]["data"]
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
    found = missed_outcome.markup(Part("<i>In time</i>", 3, "called_back", ("called_back", "timely")), 8)
    assert "&lt;i&gt;In time&lt;/i&gt;" in found
    assert ">3 " in found
    assert "37.5%" in found


def test_who_is_still_to_call_the_untried_first(app_store):
    draw(app_store, CALLS)
    found = still(app_store)
    assert letters(found) == "FG"
    assert list(found["state"]) == ["pending", "tried"]
    assert list(found["times"]) == [2, 1]
    assert list(found["wait_s"]) == [90, 12]
    assert list(found["tries"]) == [0, 2]
    assert list(found["queue"]) == ["<b>x</b>", "<b>x</b>"]
    assert list(found["line"]) == ["+74950000002", "+74950000001"]
    assert [f"{at:%d %H:%M:%S}" for at in found["at"]] == ["03 10:20:00", "03 09:50:00"]
    assert list(found["waiting_s"]) == [2 * 3600 - 40, 2 * 3600 + 10 * 60 - 12]


def test_those_who_wait_are_the_ones_the_card_counts(app_store):
    draw(app_store, CALLS)
    found = still(app_store)
    pending = ask(app_store, ["pending_callbacks"])["pending_callbacks"].iloc[0]
    assert (found["state"] == "pending").sum() == pending


def test_a_limit_keeps_the_most_urgent_and_says_how_many(app_store):
    draw(app_store, CALLS)
    found = still(app_store, limit=1)
    assert (letters(found), list(found["total"])) == ("F", [2])
    assert letters(still(app_store, queue="<b>x</b>")) == "G"


def test_nobody_waits_before_he_has_left(app_store):
    draw(app_store, "started_at | direction | client | answered | wait_s\n09:00 | in | A | false | 30")
    assert list(still(app_store)["waiting_s"]) == [0]


def test_the_list_ignores_the_period_but_not_the_queue(app_store, page_here):
    draw(app_store, CALLS)
    for params, expected in (({}, 2), ({"until": "2026-03-02"}, 2), ({"queue": "<b>x</b>"}, 1), ({"queue": "none"}, 0)):
        test = app(**params)
        assert len(listed(test)) == expected, params
        assert ("Nobody is waiting" in " ".join(one.value for one in test.success)) == (not expected)


def test_a_row_dials_and_shows_what_the_report_says(app_store, page_here):
    draw(app_store, CALLS)
    row = listed(app())[0]
    assert row["dial"] == "tel:+79000000070"
    assert row["client"] == "+7 900 000-00-70"
    assert row["cells"] == [
        "1:59:20",
        "3 Mar, 10:20",
        "2",
        "1:30",
        "0",
        "Still to call back",
        "<b>x</b>",
        "+7 495 000-00-02",
    ]


@pytest.mark.parametrize(
    ("client", "dial"), [("+79000000065", "tel:+79000000065"), ("101", "tel:101"), ("sip:bob<i>", "")]
)
def test_only_numbers_are_dialled(client, dial):
    row: dict[str, Any] = dict.fromkeys((key for key, *_rest in missed_clients.COLUMNS), None)
    found = missed_clients.rows(pd.DataFrame([row | {"client_id": 7, "client": client}]))
    assert (found[0]["id"], found[0]["dial"]) == (7, dial)
    assert set(found[0]["cells"]) == {"—"}


def test_many_waiting_clients_come_in_pages(app_store, page_here):
    rows = [f"+1 {9 + at // 60:02}:{at % 60:02} | in | +7900111{at:04} | false | 10" for at in range(45)]
    draw(app_store, "started_at | direction | client | answered | wait_s\n" + "\n".join(rows))
    test = app()
    assert len(listed(test)) == missed_clients.ROWS
    test.session_state["still_page"] = 3
    assert [row["client"] for row in listed(test.run())] == [f"+7 900 111-00-{at}" for at in range(40, 45)]


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
    assert [part["x"] for part in figures(test)[2]["data"]] == [[1]]
    assert len(listed(test)) == 1


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

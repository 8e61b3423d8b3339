"""Waiting: the service level beside its target, how long clients waited, and queues, without a browser."""

import json
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from calldash import charts
from calldash.asking import ask, lengths
from calldash.filters import CallFilter, from_pairs
from calldash.metrics import LEVEL_KEYS
from calldash.server import running
from calldash.ui import drill
from calldash.ui.waiting import levels
from calldash.ui.waiting import page as waiting
from tests.drawn import draw
from tests.in_app import app, first_in_menu

pytest_plugins = ("tests.in_app",)

ROOT = Path(__file__).parents[1]
CALLS = """
started_at | direction | client | answered | wait_s | talk_s | queue    | spam
09:00      | in        | A      | true     | 5      | 60     | <b>x</b> |
09:10      | in        | B      | true     | 20     | 60     | <b>x</b> |
09:20      | in        | C      | true     | 21     | 60     | a,b"c    |
09:30      | in        | D      | false    | 4      | 0      | a,b"c    |
09:40      | in        | E      | false    | 700    | 0      | a,b"c    |
11:00      | in        | F      | true     |        | 60     |          |
11:10      | in        | G      | true     | 90     | 60     | <b>x</b> |
11:20      | in        | H      | true     | 1      | 60     |          | true
11:30      | out       | A      | true     | 7      | 60     |          |
"""


@pytest.fixture
def page_here(tmp_path, monkeypatch):
    """Waiting as the first page of the menu, Calls beside it."""
    first_in_menu(monkeypatch, tmp_path, "waiting", "calls")


def figures(test: AppTest) -> list[dict]:
    return [json.loads(element.proto.spec) for element in test.get("plotly_chart")]


def captions(test: AppTest) -> str:
    return " ".join(caption.value for caption in test.caption).replace("\\", "")


def waits(store, **pairs: str) -> dict[int, tuple[int, int]]:
    found = lengths(store, "waits", from_pairs(pairs))
    return {int(row.wait_s): (int(row.answered), int(row.missed)) for row in found.itertuples()}


def test_waits_of_inbound_calls_by_what_came_of_them(app_store):
    draw(app_store, CALLS)
    found = {4: (0, 1), 5: (1, 0), 20: (1, 0), 21: (1, 0), 90: (1, 0), 700: (0, 1)}
    assert waits(app_store) == found
    assert waits(app_store, queue="<b>x</b>") == {5: (1, 0), 20: (1, 0), 90: (1, 0)}
    assert waits(app_store, behind="missed_calls") == {4: (0, 1), 700: (0, 1)}


def test_each_bar_opens_the_calls_it_counts(app_store, page_here):
    draw(app_store, CALLS)
    for limits in (CallFilter(), CallFilter().between("wait_s", 5, 21)):
        pairs = {"wait_s": "5-21"} if limits.ranges else {}
        for trace in figures(app(**pairs))[3]["data"]:
            for count, codes in zip(trace["y"], trace["customdata"], strict=True):
                inside = drill.narrowed(limits, ["wait_s", "status"], codes)
                assert int(ask(app_store, ["inbound_calls"], [], inside)["inbound_calls"].iloc[0]) == count, codes


def test_classes_end_at_the_threshold_whatever_it_is():
    frame = pd.DataFrame({"wait_s": [0, 25, 26], "answered": [1, 2, 3], "missed": [0, 0, 4]})
    answered, missed = charts.waits(frame, 25, "here").data
    counts = {codes[0]: pair for codes, *pair in zip(answered.customdata, answered.y, missed.y, strict=True)}
    assert {span: pair for span, pair in counts.items() if any(pair)} == {
        "0-5": [1, 0],
        "21-25": [2, 0],
        "26-30": [3, 4],
    }
    assert charts.waits(frame, 25, "here").layout.shapes[0].x0 == list(counts).index("21-25") + 0.5


def test_a_threshold_beyond_all_waits_still_has_its_line():
    frame = pd.DataFrame({"wait_s": [1], "answered": [1], "missed": [0]})
    figure = charts.waits(frame, 900, "here")
    assert figure.layout.shapes[0].x0 < len(figure.data[0].y) - 0.5
    assert charts.waits(frame[:0], 20, "here") is None


def test_service_level_beside_its_target(app_store, page_here):
    draw(app_store, CALLS)
    for figure in figures(app())[1:3]:
        assert [shape["y0"] for shape in figure["layout"]["shapes"]] == [0.8]
        assert any("target 80.0%" in note["text"] for note in figure["layout"]["annotations"])
    level, mean = figures(app())[2]["data"]
    expected = ask(app_store, ["service_level", "avg_wait_s"], ["hour"]).set_index("hour")
    assert level["y"] == [expected["service_level"][9], None, expected["service_level"][11]] == [0.5, None, 0.0]
    assert mean["y"] == [expected["avg_wait_s"][9], None, expected["avg_wait_s"][11]]


def test_the_definition_names_the_thresholds_in_force(tmp_path, monkeypatch, app_store, page_here):
    assert "Answered within 0:20" not in captions(app())
    running.close()
    monkeypatch.setenv("CALLDASH_SERVICE_LEVEL_S", "25")
    monkeypatch.setenv("CALLDASH_SHORT_ABANDON_S", "3")
    monkeypatch.setenv("CALLDASH_SERVICE_LEVEL_TARGET", "0.9")
    draw(running.store(), CALLS)
    test = app()
    assert "Answered within 0:25" in captions(test)
    assert "left before 0:03" in captions(test)
    assert "threshold 0:25" in json.dumps(figures(test)[3])
    assert figures(test)[1]["layout"]["shapes"][0]["y0"] == 0.9


def test_unknown_waits_are_told(app_store, page_here):
    draw(app_store, CALLS)
    assert "The wait of 1 call is not known." in captions(app())
    assert "is not known" not in captions(app(queue="<b>x</b>"))


def test_queues_have_the_numbers_of_the_catalogue(app_store, page_here):
    draw(app_store, CALLS)
    shown = app().dataframe[0].value.set_index("queue")
    keys = ["inbound_calls", "avg_wait_s", "median_wait_s", "p90_wait_s", "service_level"]
    expected = ask(app_store, keys, ["queue"], cases=True).fillna({"queue": "not known"}).set_index("queue")
    assert set(shown.index) == {"<b>x</b>", 'a,b"c', "not known"}
    pd.testing.assert_frame_equal(
        shown[keys].sort_index(), expected[keys].astype("float64").sort_index(), check_names=False
    )
    assert dict(shown["counted"]) == {"<b>x</b>": "3", 'a,b"c': "2", "not known": "0"}
    assert "queue_visits" not in shown.columns


@pytest.mark.parametrize("params", [{"since": "2026-03-01", "until": "2026-03-01"}, {"lang": "ru", "queue": "none"}])
def test_nothing_to_show_says_so(app_store, page_here, params):
    draw(app_store, CALLS)
    test = app(**params)
    assert len(test.info) == 7
    assert not figures(test)


def test_the_heat_map_marks_hours_of_few_calls(app_store, page_here):
    draw(app_store, CALLS)
    _cells, touch, rings = figures(app())[0]["data"]
    assert touch["customdata"] == [["1", "9"], ["1", "11"]]
    assert [words.rsplit("<br>", 1)[1] for words in touch["hovertext"]] == ["of 4 cases", "of 1 case"]
    assert [rings["x"], rings["y"]] == [[9, 11], ["Mon", "Mon"]]


def test_the_lowest_hour_has_enough_calls():
    found = pd.DataFrame(
        {
            "weekday": [1, 2, 3],
            "hour": [9, 10, 11],
            "service_level": [0.1, 0.4, 0.9],
            "service_level_cases": [29, 30, 99],
        }
    )
    assert levels.worst(found) == "lowest: Tue, 10:00–11:00, 40.0%"
    assert levels.worst(found[:2]) == ""


LEVELS = """
started_at | direction | client | answered | wait_s | talk_s | miss_reason
09:00      | in        | A      | true     | 5      | 60     |
09:10      | in        | B      | true     | 20     | 60     |
09:20      | in        | C      | true     | 21     | 60     |
09:30      | in        | D      | false    | 4      | 0      | abandoned
09:40      | in        | E      | false    | 20     | 0      | abandoned
09:50      | in        | F      | false    | 700    | 0      | abandoned
10:00      | in        | G      | false    | 10     | 0      | busy
10:10      | in        | H      | true     |        | 60     |
"""


def test_the_service_level_by_each_definition(app_store, page_here):
    """Two of the seven whose wait is known are answered in time; D gave up at once, D and E in time."""
    draw(app_store, LEVELS)
    found = ask(app_store, list(LEVEL_KEYS), cases=True).iloc[0]
    assert [found[key] for key in LEVEL_KEYS] == pytest.approx([2 / 6, 2 / 7, 2 / 3, 4 / 7])
    assert [found[f"{key}_cases"] for key in LEVEL_KEYS] == [6, 7, 3, 7]
    tiles = [element.proto.body for element in app().get("html") if "in use" in element.proto.body]
    assert len(tiles) == 1
    assert "33.3%" in tiles[0] and "of 6 cases" in tiles[0]


def test_waits_by_second_and_up_to_it(app_store, page_here):
    draw(app_store, LEVELS)
    test = app()
    control = next(one for one in test.get("button_group") if one.key == "waiting_shape")
    control.set_value("each").run()
    answered, missed = figures(test)[3]["data"]
    assert {at: count for at, count in zip(answered["x"], answered["y"], strict=True) if count} == {5: 1, 20: 1, 21: 1}
    assert {at: count for at, count in zip(missed["x"], missed["y"], strict=True) if count} == {
        4: -1,
        10: -1,
        20: -1,
    }
    assert "1 call waited longer than 5:00." in captions(test)
    assert answered["customdata"][20] == ["20-20", "answered"]
    control.set_value("upto").run()
    answered, missed = figures(test)[3]["data"]
    assert answered["y"][20] == pytest.approx(2 / 7)
    assert missed["y"][9:11] == pytest.approx([1 / 7, 2 / 7])


def test_patience_is_all_waiting_by_those_who_hung_up():
    frame = pd.DataFrame({"wait_s": [10, 60], "answered": [90, 0], "missed": [0, 20], "gave_up": [0, 20]})
    assert "1:45 on average" in waiting.patience_words(frame)
    assert "from 20 who hung up" in waiting.patience_words(frame)
    assert "not known, 9 hung up" in waiting.patience_words(frame.assign(gave_up=[0, 9]))


def test_an_empty_store_has_no_page(app_store, page_here):
    assert not figures(app())

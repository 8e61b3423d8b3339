"""Figures from frames: what a reader would see and what a click would carry."""

import json
from datetime import date, datetime

import pandas as pd
import pytest

from calldash import charts, i18n
from calldash.charts import Difference, Series, Span, look

ROUGH = "<b>x</b> & <a href='javascript:1'>y</a>"
LONG = "Очередь с очень длинным названием " * 3


def spec(figure) -> dict:
    return json.loads(figure.to_json())


def frame(**columns) -> pd.DataFrame:
    return pd.DataFrame(columns)


@pytest.fixture(autouse=True)
def _russian():
    i18n.use("ru")


def course(days: int = 30) -> pd.DataFrame:
    return frame(day=pd.date_range("2026-01-01", periods=days), inbound_calls=range(days), missed_calls=[1] * days)


EMPTY = {
    "over_time": lambda: charts.over_time(course(0), [Series("inbound_calls", "answered")]),
    "weekday_hour": lambda: charts.weekday_hour(frame(weekday=[], hour=[], calls=[]), "calls"),
    "bars": lambda: charts.bars(frame(queue=["A"], missed_share=[None]), "queue", "missed_share"),
    "timeline": lambda: charts.timeline([]),
    "sparkline": lambda: charts.sparkline([None, 3.0], "#000") or None,
}


@pytest.mark.parametrize("name", EMPTY)
def test_nothing_to_draw_is_none(name):
    assert EMPTY[name]() is None


def test_bars_over_days_begin_at_zero_and_name_few_dates_in_the_language():
    figure = spec(charts.over_time(course(), [Series("inbound_calls", "answered"), Series("missed_calls", "missed")]))
    assert figure["layout"]["yaxis"]["range"][0] == 0
    assert figure["layout"]["xaxis"]["ticktext"] == ["6 янв.", "14 янв.", "22 янв.", "30 янв."]
    assert [trace["name"] for trace in figure["data"]] == ["Входящие", "Пропущенные"]
    assert figure["data"][1]["customdata"][2] == ["2026-01-03", "missed_calls"]
    assert figure["data"][0]["hovertext"][2] == "3 янв. 2026<br>Входящие: <b>2</b>"


def test_a_target_is_a_labelled_line():
    shares = frame(day=pd.date_range("2026-01-01", periods=3), service_level=[0.7, None, 0.9])
    figure = spec(charts.over_time(shares, [Series("service_level", "answered", "line")], target=0.8, goal="Цель 80 %"))
    assert figure["layout"]["shapes"][0]["y0"] == 0.8
    assert figure["layout"]["annotations"][0]["text"] == "Цель 80 %"
    assert figure["data"][0]["y"] == [0.7, None, 0.9]
    assert figure["layout"]["yaxis"]["ticktext"][-1] == "100\u00a0%"


def test_one_point_is_enough():
    assert charts.over_time(course(1), [Series("inbound_calls", "answered")]) is not None


def test_names_from_the_data_are_shown_as_they_are_written():
    figure = spec(charts.bars(frame(source=[ROUGH, LONG, None], calls=[3, 2, 1]), "source", "calls"))
    axis = figure["layout"]["yaxis"]["ticktext"]
    assert axis[0].startswith("&lt;b&gt;x&lt;/b&gt; &amp; ")
    assert len(axis[1]) <= 24
    assert axis[1].endswith("…")
    assert axis[2] == "не указано"
    assert LONG.strip() in figure["data"][0]["hovertext"][1]
    assert "<a" not in figure["data"][0]["hovertext"][0]
    assert figure["data"][0]["customdata"] == [[ROUGH], [LONG], [None]]


def test_bars_are_the_largest_first_with_their_values():
    figure = spec(charts.bars(frame(queue=list("ABC"), missed_share=[0.1, None, 0.35]), "queue", "missed_share"))
    assert figure["layout"]["yaxis"]["ticktext"] == ["C", "A"]
    assert figure["data"][0]["text"] == ["35,0\u00a0%", "10,0\u00a0%"]


def test_the_heat_map_can_be_clicked_and_speaks_the_language():
    figure = spec(charts.weekday_hour(frame(weekday=[1, 7], hour=[9, 20], calls=[5, 1]), "calls"))
    cells, touch = figure["data"]
    assert cells["y"] == ["Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс"]
    assert cells["x"][0] == 9
    assert cells["x"][-1] == 20
    assert touch["customdata"] == [["1", "9"], ["7", "20"]]
    assert touch["hovertext"][0] == "Понедельник, 9:00–10:00<br>Звонки: <b>5</b>"


def test_a_day_of_phones():
    spans = [
        Span("Анна", datetime(2026, 3, 2, 9), datetime(2026, 3, 2, 9, 5), "answered", "9:00, 5 мин", "c1"),
        Span("<i>Z</i>", datetime(2026, 3, 2, 9, 2), datetime(2026, 3, 2, 9, 2), "missed", "a\nb", "c2"),
    ]
    figure = spec(charts.timeline(spans, {"answered": "Разговор", "missed": "Не взял"}))
    assert figure["layout"]["yaxis"]["ticktext"] == ["Анна", "&lt;i&gt;Z&lt;/i&gt;"]
    assert figure["data"][0]["x"] == [300_000]
    assert figure["data"][1]["hovertext"] == ["a<br>b"]
    assert figure["data"][1]["customdata"] == [["c2"]]


def test_a_sparkline_leaves_gaps():
    drawn = charts.sparkline([1, 2, None, 4], "#0072B2")
    assert drawn.count("polyline") == 2
    assert "#" not in drawn


TICKS = [
    (0, "count", [0, 1]),
    (3, "count", [0, 1, 2, 3]),
    (215, "count", [0, 100, 200, 300]),
    (12345, "count", [0, 5000, 10000, 15000]),
    (0.18, "share", [0, 0.05, 0.1, 0.15, 0.2]),
    (1, "share", [0, 0.25, 0.5, 0.75, 1]),
    (90, "seconds", [0, 30, 60, 90]),
    (5000, "seconds", [0, 1800, 3600, 5400]),
    (3_000_000, "seconds", [0, 1800000, 3600000]),
]


@pytest.mark.parametrize(("top", "unit", "marks"), TICKS)
def test_ticks_are_round(top, unit, marks):
    assert look.ticks(top, unit) == marks


def test_what_stands_out():
    hours = frame(weekday=[1, 4], hour=[9, 11], calls=[5, 9])
    assert charts.peak_hour(hours, "calls") == "пик: Чт, 11:00–12:00"
    assert charts.peak_hour(hours.head(0), "calls") == ""
    steady = course()
    assert charts.worst_day(steady, "missed_calls") == ""
    steady.loc[4, "missed_calls"] = 40
    assert charts.worst_day(steady, "missed_calls") == "больше всего 5 янв.: 40"


def test_weeks_and_months_are_named_as_such():
    weeks = frame(week=[date(2026, 1, 5), date(2026, 1, 12)], inbound_calls=[1, 2])
    figure = spec(charts.over_time(weeks, [Series("inbound_calls", "answered")], "week"))
    assert figure["data"][0]["hovertext"][0].startswith("неделя с 5 янв. 2026")


def test_a_grid_marks_cells_of_few_cases_and_keeps_the_order_of_its_rows():
    found = pd.DataFrame(
        {
            "employee": ["Zoe", "Zoe", "<i>", "<i>"],
            "day": pd.to_datetime(["2026-03-02", "2026-03-03", "2026-03-02", "2026-03-05"]),
            "pickup_share": [0.5, None, 1.0, 0.25],
            "pickup_share_cases": [30, 0, 29, 100],
        }
    )
    figure = charts.matrix(found, "employee", "day", "pickup_share")
    cells, touch, rings = figure.data
    assert [list(row) for row in cells.z] == [[0.5, None], [1.0, 0.25]]
    assert list(figure.layout.yaxis.ticktext) == ["Zoe", "&lt;i&gt;"]
    assert touch.customdata == (["Zoe", "2026-03-02"], ["<i>", "2026-03-02"], ["<i>", "2026-03-05"])
    assert (rings.x, rings.y) == ((0,), (1,))
    assert charts.matrix(found[:0], "employee", "day", "pickup_share") is None


def test_a_grid_of_days_shows_the_last_ones():
    days = pd.date_range("2026-01-01", periods=40)
    found = pd.DataFrame({"employee": "Ann", "day": days, "rings": range(1, 41)})
    assert charts.matrix(found, "employee", "day", "rings").data[0].z == ([float(value) for value in range(10, 41)],)


def test_differences_stand_beside_the_line_of_none():
    rows = [
        Difference("<b>Ann", 0.1, 0.05, 0.2, "good", "a\nb", "Ann"),
        Difference("Bob", -0.1, -0.3, 0.1, "other", "c", "Bob"),
    ]
    figure = charts.intervals(rows, charts.signed_ticks(-0.3, 0.2, "share"))
    good, noise = figure.data
    assert good.error_x.array == pytest.approx((0.1,))
    assert good.error_x.arrayminus == pytest.approx((0.05,))
    assert (noise.customdata, noise.y) == ((["Bob"],), (1,))
    assert figure.layout.xaxis.range[0] < -0.3
    assert figure.layout.xaxis.tickvals == (-0.3, -0.2, -0.1, 0, 0.1, 0.2)
    assert figure.layout.xaxis.ticktext[2:5] == ("−10\u00a0п.п.", "0\u00a0п.п.", "+10\u00a0п.п.")
    assert charts.intervals([], {}) is None


def test_layouts_come_together_and_lines_and_words_follow_each_other():
    target, goal = (look.marked("y", at, words, x=0) for at, words in ((3, ""), (5, "<goal>")))
    bars = {"type": "bar", "x": [1], "y": [2]}
    layout = look.drawn([bars], {"xaxis": {"range": [0, 9]}}, target, goal, {"xaxis": {"visible": False}}).layout
    assert (layout.xaxis.range, layout.xaxis.visible, layout.xaxis.fixedrange) == ((0, 9), False, True)
    assert [(line.y0, line.y1, line.xref) for line in layout.shapes] == [(3, 3, "x domain"), (5, 5, "x domain")]
    assert [(words.text, words.y) for words in layout.annotations] == [("&lt;goal&gt;", 5)]
    assert not look.plain().layout.shapes

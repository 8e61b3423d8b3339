"""Advertising sources: numbers by source and campaign, and what the page says about them, without a browser."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from calldash import charts, formats
from calldash.asking import ask
from calldash.filters import CallFilter
from calldash.ui import drill
from calldash.ui.sources import tree
from tests.drawn import draw
from tests.in_app import app, first_in_menu, tables

pytest_plugins = ("tests.in_app",)

ROOT = Path(__file__).parents[1]
HEAD = "started_at | direction | client | answered | wait_s | talk_s | source | campaign | sale_amount\n"
CALLS = (
    HEAD
    + """
09:00      | in  | A | true  | 10 | 60 | <b>x</b> | Spring | 100
09:10      | in  | B | false | 30 | 0  | <b>x</b> | Spring |
09:20      | in  | C | true  | 20 | 5  | a,b"c    | Spring |
09:30      | in  | D | true  | 20 | 90 |          |        |
09:40      | out | B | true  |    | 60 |          |        | 500
+1 09:00   | in  | A | true  | 5  | 40 | <b>x</b> |        |
+1 09:10   | int |   | true  | 5  | 40 | inside   |        |
""".lstrip()
)

WORDS = """
started_at | direction | client | answered | wait_s | talk_s | source | medium | campaign | keyword   | ad
09:00      | in        | A      | true     | 10     | 60     | y      | cpc    | One      | red shoes | A
09:10      | in        | B      | true     | 10     | 60     | y      | cpc    | One      | red shoes | B
09:20      | in        | C      | true     | 10     | 60     | y      | cpc    | One      | blue      |
"""


@pytest.fixture
def page_here(tmp_path, monkeypatch):
    """Sources as the first page of the menu."""
    first_in_menu(monkeypatch, tmp_path, "sources")


def captions(test: AppTest) -> str:
    return " ".join(caption.value for caption in test.caption).replace("\\", "")


def table(test: AppTest) -> dict[str, Any]:
    """What the table that opens was given."""
    return tables(test)[0]


def cells(test: AppTest) -> dict[str, list[str]]:
    """The numbers of each row by its name, indented by its depth."""
    rows = table(test)["rows"]
    return {"  " * row["level"] + row["name"]: [cell["text"] for cell in row["cells"]] for row in rows}


def test_each_source_with_the_numbers_of_the_catalogue(app_store, page_here):
    draw(app_store, CALLS)
    shown = app()
    assert list(cells(shown)) == ["<b>x</b>", 'a,b"c', "not known"]
    keys = list(tree.GROUPS["calls"][1])
    expected = ask(app_store, keys, ["source"]).set_index("source")
    for name, numbers in cells(shown).items():
        known = expected.loc[name] if name != "not known" else expected[expected.index.isna()].iloc[0]
        assert numbers == [formats.show(key, known[key]) for key in keys], name
    assert cells(shown)["<b>x</b>"][:3] == ["3", "2", "2"]
    sales = cells(app(columns="sales"))
    assert sales["not known"][-1] == "RUB\u00a0500"


def test_a_row_opens_into_the_next_level_and_no_further(app_store, page_here):
    draw(app_store, CALLS)
    campaigns = cells(app(open='"<b>x</b>"\n"<b>x</b>",""'))
    assert list(campaigns) == ["<b>x</b>", "  not known", "    Spring", "    not known", 'a,b"c', "not known"]
    assert [campaigns[name][0] for name in ("    Spring", "    not known")] == ["2", "1"]
    states = [row["state"] for row in table(app(open='"<b>x</b>"'))["rows"]]
    assert states == ["open", "closed", "closed", "closed"]
    assert len(table(app(open='"<b>x</b>",""'))["rows"]) == 3  # its parent is closed
    deepest = app(open='"a,b""c"\n"a,b""c",""\n"a,b""c","","Spring"\n"a,b""c","","Spring",""')
    assert [row["state"] for row in table(deepest)["rows"]][-2:] == ["leaf", "closed"]


def test_keywords_and_advertisements_lie_below_campaigns(app_store, page_here):
    draw(app_store, WORDS)
    path = ['"y"', '"y","cpc"', '"y","cpc","One"', '"y","cpc","One","red shoes"']
    assert {name: numbers[0] for name, numbers in cells(app(open="\n".join(path))).items()} == {
        "y": "3", "  cpc": "3", "    One": "3", "      red shoes": "2", "        A": "1", "        B": "1",
        "      blue": "1",
    }  # fmt: skip


def test_each_number_has_its_change(app_store, page_here):
    draw(
        app_store,
        CALLS + "-7 09:00 | in | E | true | 1 | 50 | <b>x</b> | |\n-6 09:00 | in | E | true | 1 | 50 | <b>x</b> | |",
    )
    row = table(app(since="2026-03-02", until="2026-03-08"))["rows"][0]
    assert (row["cells"][0]["text"], row["cells"][0]["note"], row["cells"][0]["help"]) == ("3", "+50%", "before: 2")
    assert table(app(since="2026-03-02", until="2026-03-08", compare="no"))["rows"][0]["cells"][0]["note"] == ""


@pytest.mark.parametrize("part", ["time", "clients", "hours"])
def test_every_part_draws(app_store, page_here, part):
    draw(app_store, CALLS)
    assert app(part=part).get("plotly_chart")


def test_areas_are_sources_and_their_campaigns():
    frame = pd.DataFrame(
        [("a", "one", 3), ("a", None, 1), ("b", None, 2), (None, None, 4), ("c", "two", 0)],
        columns=["source", "campaign", "inbound_calls"],
    )
    (areas,) = charts.treemap(frame, "source", "campaign", "inbound_calls").data
    names = list(zip(areas.ids, areas.parents, areas.values, areas.customdata, strict=True))
    assert names == [
        ("source:a", "", 4, ["a"]), ("source:b", "", 2, ["b"]), ("source:None", "", 4, [None]),
        ("source:a/campaign:one", "source:a", 3, ["a", "one"]), ("source:a/campaign:None", "source:a", 1, ["a", None]),
    ]  # fmt: skip
    assert charts.treemap(frame[frame["source"] == "c"], "source", "campaign", "inbound_calls") is None


def test_a_click_on_an_area_carries_its_source_and_campaign():
    """Streamlit tells of an area which it is, not what it carries."""
    frame = pd.DataFrame([("a", "one", 3), ("a", None, 1)], columns=["source", "campaign", "inbound_calls"])
    areas = charts.treemap(frame, "source", "campaign", "inbound_calls")
    point = {"label": "one", "point_number": 1, "curve_number": 0}
    assert list(drill._carried(areas, point)) == ["a", "one"]


def test_new_and_returning_clients_are_parts_of_the_calls():
    frame = pd.DataFrame({"source": ["a", "b"], "new": [2, 5], "old": [1, 0]})
    parts = (
        charts.Layer("new", "New", "answered", 1, "unique"),
        charts.Layer("old", "Old", "answered", 0.4, ["repeat"]),
    )
    new, old = charts.stacked(frame, "source", parts).data
    assert (list(new.x), list(old.x)) == ([5, 2], [0, 1])
    assert list(old.customdata) == [["b", ["repeat"]], ["a", ["repeat"]]]


def test_the_page_says_what_is_not_known_and_who_is_new(app_store, page_here):
    draw(app_store, CALLS)
    said = captions(app())
    assert "The source of 1 inbound call of 5 (20.0%) is not known." in said
    assert "The row “not known” holds 1 outbound call that sold too." in said
    assert "The data begin on 2 Mar 2026: in the first days nearly every client counts as unique." in said


def test_it_says_so_only_where_it_is_true(app_store, page_here):
    draw(app_store, CALLS + "+40 09:00 | in | E | true | 1 | 5 | ads | |\n")
    said = captions(app(since="2026-04-01", until="2026-04-30"))
    assert "known" not in said
    assert "unique" not in said


@pytest.mark.parametrize(
    "rows",
    [
        "",
        "10:00 | in | A | true | 1 | 60 | | |",
        "10:00 | out | A | true | 1 | 60 | | |",
        "10:00 | int | | true | 1 | 60 | | |",
        "10:00 | in | A | true | 1 | 60 | " + "k" * 80 + " | " + "c" * 80 + " |",
    ],
    ids=["empty store", "no source", "only outbound", "only internal", "long names"],
)
def test_little_data_is_no_trouble(app_store, page_here, rows):
    if rows:
        draw(app_store, HEAD + rows)
    app()


def by_day(text: str) -> pd.DataFrame:
    """`2 a 5` is five calls of source a on 2 March; `-` is no source."""
    rows = [line.split() for line in text.split(",")]
    return pd.DataFrame(
        {
            "day": [pd.Timestamp(2026, 3, int(day)) for day, _, _ in rows],
            "source": [None if name == "-" else name for _, name, _ in rows],
            "inbound_calls": [int(count) for _, _, count in rows],
        }
    )


def test_layers_are_the_largest_then_the_rest_then_not_known():
    frame = by_day("2 a 5,2 b 9,2 c 1,3 d 2,3 - 4,3 b 1,3 e 0")
    figure = charts.layers(frame, "day", "source", "inbound_calls", limit=2)
    assert [(trace.name, sum(trace.y)) for trace in figure.data] == [
        ("b", 10),
        ("a", 5),
        ("the other 2", 3),
        ("not known", 4),
    ]
    assert figure.data[2].customdata == (["2026-03-02", ["d", "c"]], ["2026-03-03", ["d", "c"]])
    assert figure.data[3].customdata == (["2026-03-03", None],)
    assert len({trace.marker.color for trace in figure.data}) == 4


def test_no_calls_make_no_layers():
    assert charts.layers(by_day("2 a 0"), "day", "source", "inbound_calls") is None


def test_a_click_on_the_rest_opens_the_calls_of_all_of_them():
    found = drill.narrowed(CallFilter(), ["day", "source"], ["2026-03-02", {"0": "c", "1": 'a,b"c'}])
    assert found.values("source") == ("c", 'a,b"c')
    assert drill.narrowed(CallFilter(), ["day", "source"], ["2026-03-02", None]).values("source") == (None,)

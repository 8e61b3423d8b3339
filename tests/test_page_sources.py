"""Advertising sources: numbers by source and campaign, and what the page says about them, without a browser."""

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from calldash import charts
from calldash.asking import ask
from calldash.filters import CallFilter
from calldash.ui import drill
from tests.drawn import draw
from tests.in_app import app, first_in_menu

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


@pytest.fixture
def page_here(tmp_path, monkeypatch):
    """Sources as the first page of the menu, Calls beside it."""
    first_in_menu(monkeypatch, tmp_path, "sources", "calls")


def captions(test: AppTest) -> str:
    return " ".join(caption.value for caption in test.caption).replace("\\", "")


def test_each_source_with_the_numbers_of_the_catalogue(app_store, page_here):
    draw(app_store, CALLS)
    shown = app().dataframe[0].value.set_index("source")
    assert list(shown.index) == ["<b>x</b>", 'a,b"c', "not known"]
    expected = ask(app_store, list(shown.columns), ["source"]).set_index("source")
    for source, row in shown.iterrows():
        known = expected.loc[source] if source != "not known" else expected[expected.index.isna()].iloc[0]
        assert row.fillna(-1).to_dict() == known.astype("float64").fillna(-1).to_dict(), source
    assert shown.loc["<b>x</b>", ["inbound_calls", "unique_calls", "target_calls", "missed_calls"]].to_list() == [
        3,
        2,
        2,
        1,
    ]
    assert shown.loc["not known", "revenue"] == 500


def test_a_campaign_belongs_to_its_source(app_store, page_here):
    draw(app_store, CALLS)
    shown = app().dataframe[1].value
    assert shown[["campaign", "source", "inbound_calls", "revenue"]].to_numpy().tolist() == [
        ["Spring", "<b>x</b>", 2, 100],
        ["Spring", 'a,b"c', 1, 0],
    ]


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

"""Calls: the journal, without a browser."""

from decimal import Decimal

import pytest

from calldash import asking, i18n, query
from calldash.filters import CallFilter, from_pairs
from calldash.metrics import CALL_COLUMNS, METRICS
from calldash.numbers.client_search import client_numbers
from calldash.telling import phones
from calldash.telling.values import cell
from calldash.ui.journal import marks, state
from calldash.ui.journal.columns import put as put_columns
from calldash.ui.journal.state import View
from tests.drawn import as_csv, calls, cases, draw, take
from tests.in_app import app
from tests.in_journal import components, moment, said, texts

pytest_plugins = ("tests.in_app", "tests.in_journal")


def test_the_journal_lists_the_newest_first(filled):
    test = app()
    assert not test.exception
    assert not test.error
    data = components(test, "rows")[0]
    assert [column["title"] for column in data["columns"]][:3] == ["Start", "Direction", "Status"]
    assert len(data["rows"]) == 10
    assert texts(test, 0)[0] == "02/03/2026 10:50:00"
    assert texts(test, 2)[:4] == ["Missed", "Missed", "Spam", "Message"]
    assert "<b>10 calls</b>" in said(test)
    assert "Talk: <b>2:00</b>" in said(test)
    assert "Cost: <b>RUB 7.75</b>" in said(test)
    assert "Answered calls: <b>3</b>" in said(test)
    assert "Missed calls: <b>3</b>" in said(test)
    assert "Mean wait: <b>0:25</b>" in said(test)


def test_what_cannot_be_known_in_sum_says_why(filled):
    shown = said(app(status="message,spam", source=""))
    assert "Mean wait: <b>—</b> <small>(no answered call with a known wait)</small>" in shown


def test_something_can_be_done_to_picked_calls_or_to_all(filled, monkeypatch):
    given = []
    monkeypatch.setattr(marks, "bar", lambda selected, _chosen: given.append(selected))
    test = app()
    assert not given
    test.session_state["journal_picked"] = (from_pairs({}), (2, 5), False)
    assert "2 calls picked" not in said(test.run()), "they were picked under another filter"
    test.session_state["journal_picked"] = (test.session_state["journal_picked"][0], (2, 5), False)
    assert "2 calls picked" in said(test.run())
    assert given[-1] == [2, 5]
    test.button(key="journal_pick_all").click().run()
    assert "10 calls picked" in said(test)
    assert given[-1] == []
    count = len(given)
    test.button(key="journal_pick_none").click().run()
    assert len(given) == count


def test_names_stay_text(filled):
    shown = texts(app(columns="employee,source", sort="started_at", order="up"), 0)
    assert shown[:5] == ["Ann", "—", "Ann", "=1+1", "**bold**"]


@pytest.mark.parametrize(
    ("sort", "order", "ids"),
    [
        ("wait_s", "", "c10 c9 c5 c1"),
        ("wait_s", "up", "c2 c8 c1 c5"),
        ("employee", "up", "c5 c4 c3 c1"),
        ("id", "up", "c1 c10 c2 c3"),
    ],
)
def test_sorting_is_done_over_all_calls(filled, sort, order, ids):
    assert texts(app(columns="id", sort=sort, order=order), 0)[:4] == ids.split()


def test_every_column_can_be_shown(filled):
    test = app(columns=",".join(CALL_COLUMNS))
    assert not test.exception
    assert len(components(test, "rows")[0]["rows"][0]["cells"]) == len(CALL_COLUMNS)


@pytest.mark.parametrize("key", CALL_COLUMNS)
def test_every_column_can_be_sorted_by(ten, key):
    asked = query.listing([key], CallFilter(), moment(ten), key, True, 50, 0)
    values = [value for _number, value in ten.rows(asked.sql, asked.values)]
    known = [value for value in values if value is not None]
    assert values == known + [None] * (10 - len(known))
    if key != "direction" and key != "kind":
        assert known == sorted(known, reverse=True)


def test_only_the_calls_behind_a_number_are_listed(filled):
    test = app(behind="missed_calls", columns="id")
    assert sorted(texts(test, 0)) == ["c10", "c2", "c9"]
    assert "<b>3 calls</b>" in said(test)
    assert [button.label for button in test.button if "Behind" in button.label] == ["Behind\\: Missed calls"]


# Numbers that count calls; clients are fewer than their calls.
COUNTS = [one.key for one in METRICS.values() if one.unit == "count" and one.table == "calls" and one.key != "clients"]


@pytest.mark.parametrize("key", COUNTS)
def test_as_many_calls_are_listed_as_the_number_says(ten, key):
    asked = query.count_of(from_pairs({"behind": key}), moment(ten))
    assert ten.rows(asked.sql, asked.values)[0][0] == asking.ask(ten, [key]).iloc[0][key]


TWO_CURRENCIES = """
started_at | direction | answered | cost | currency
09:00      | in        | true     | 1    | RUB
09:10      | in        | true     | 2    | USD
09:20      | in        | true     |      |
"""


def test_sums_of_two_currencies_are_not_known(store):
    draw(store, TWO_CURRENCIES)
    asked = query.count_of(CallFilter(), moment(store))
    assert store.rows(asked.sql, asked.values) == [(3, None, None, 3, 0, None)]


def test_pages_are_of_fifty_and_a_filter_begins_at_the_first(filled):
    rows = "".join(f"+1 10:{n // 60:02}:{n % 60:02} | in | A | true\n" for n in range(120))
    many = [row | {"id": f"m{n}"} for n, row in enumerate(calls("started_at | direction | client | answered\n" + rows))]
    take(filled, as_csv(many), name="many.csv")
    test = app(page="3", columns="id")
    assert len(components(test, "rows")[0]["rows"]) == 30
    assert "Calls 101 to 130 of 130" in said(test)
    test.multiselect(key="filter_direction").set_value(["inbound"]).run()
    assert "page" not in test.query_params
    assert len(components(test, "rows")[0]["rows"]) == 50
    assert texts(app(page="99", columns="id"), 0)[-1] == "c1"


@pytest.mark.parametrize("value", ["", "x' OR 1=1 --", "-1", "9" * 40, "<b>", "id,id,zz", "💥", "0"])
def test_nonsense_in_the_url_is_no_error(filled, value):
    test = app(**dict.fromkeys(("columns", "sort", "order", "page", "call"), value))
    assert not test.exception
    assert not test.error
    assert len(components(test, "rows")[0]["rows"]) == 10


def test_nothing_found_says_what_to_change(filled):
    test = app(source="nobody")
    assert "choose a longer period or fewer filters" in said(test)
    assert not components(test, "rows")


def test_an_empty_store_shows_no_journal(app_store):
    test = app()
    assert not test.exception
    assert not components(test, "rows")


@pytest.mark.parametrize(
    ("keys", "columns"),
    [
        (["talk_s", "id", "started_at"], ("talk_s", "id", "started_at")),
        (["id", "id", "no_such", "cost"], ("id", "cost")),
        ([], state.USUAL),
    ],
)
def test_the_columns_are_chosen_in_their_order(filled, monkeypatch, keys, columns):
    put = []
    monkeypatch.setattr(state, "put", put.append)
    put_columns(View(sort="cost", page=3), keys)
    assert put == [View(columns, "cost", True, 3)]


def test_the_choice_of_columns_has_all_of_them_those_shown_first(filled):
    test = app(columns="talk_s,id")
    offered = next(data["columns"] for data in components(test, "columns") if "rows" not in data)
    assert [one["key"] for one in offered if one["shown"]] == ["talk_s", "id"]
    assert [one["key"] for one in offered][:3] == ["talk_s", "id", "started_at"]
    assert sorted(one["key"] for one in offered) == sorted(CALL_COLUMNS)
    test.button(key="journal_usual").click().run()
    assert "columns" not in test.query_params


def test_rarer_filters_are_folded_until_one_is_in_force(filled):
    assert not [one for one in app().multiselect if one.key == "filter_working"]
    test = app(working="yes", cost="1.5-2.5", tag="")
    assert [one.value for one in test.multiselect if one.key == "filter_working"] == [["yes"]]
    test.number_input(key="filter_cost_high").set_value(1.25).run()
    assert test.query_params["cost"] in ("1.5-1.25", ["1.5-1.25"])
    test.number_input(key="filter_cost_low").set_value(None).run()
    assert "Cost\\: up to RUB\u00a01\\.25" in [one.label for one in test.button]
    assert texts(app(cost="-1.25", columns="id"), 0) == ["c4", "c3", "c2"]


CLIENTS = """
typed                                | numbers             | left
+7 900 000-00-65                     | 65                  |
8 (900) 000-00-65, 89000000066       | 65 66               |
+79000000065 +79000000066            | 65 66               |
89000000065 89000000066              | 65 66               |
0065                                 | 65                  |
0065; 0066\\n0067                    | 65 66 67            |
00000                                |                     | 00000
0065, 1234567                        | 65                  | 1234567
"""


@pytest.mark.parametrize("case", cases(CLIENTS), ids=lambda case: case["typed"])
def test_several_numbers_are_found_at_once(filled, case):
    test = app()
    test.text_input(key="filter_client").set_value(case["typed"].replace("\\n", "\n")).run()
    found = client_numbers(filled, [int(one) for one in from_pairs(dict(test.query_params)).values("client_id") if one])
    assert sorted(found.values()) == [f"+790000000{number}" for number in case["numbers"].split()]
    assert list(test.session_state["filter_client_left"]) == case["left"].split()


def test_a_part_that_several_have_is_chosen_among(filled):
    test = app(client_id="1")
    test.text_input(key="filter_client").set_value("00000").run()
    test.button(key="client_0_all").click().run()
    assert len(from_pairs(dict(test.query_params)).values("client_id")) == 4
    assert not test.session_state["filter_client_left"]


def test_a_view_and_the_url_say_the_same():
    for view in (View(), View(("id", "cost"), "cost", False, 7), View(page=2), View(descending=False)):
        assert state.parse(state.to_pairs(view)) == view
    assert state.to_pairs(View()) == {}
    assert View(page=4).sorted_by("cost") == View(sort="cost")
    assert View().sorted_by("started_at") == View(descending=False)


def test_cells_are_written_as_people_read_them():
    i18n.use("en")
    assert cell("talk_s", None).text == "—"
    assert cell("talk_s", 0).text == "0:00"
    assert cell("cost", Decimal("2.5"), "USD").text.replace("\u00a0", " ") == "US$2.50"
    assert (cell("status", "missed").mark, cell("status", "missed").text) == ("✕", "Missed")
    assert cell("unique", False).text == "no"
    assert cell("client", "101").text == "101"


def test_numbers_are_readable_and_tell_their_place():
    assert phones.shown("+79000000000") == "+7 900 000-00-00"
    assert [phones.shown(text) for text in ("101", "+7", "Bank")] == ["101", "+7", "Bank"]
    assert phones.place("+442079460000", "en") == ("London",)
    assert phones.place("101", "en") == ()

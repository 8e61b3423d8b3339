"""What the pages are made of, without a browser: periods, chips, cards, the address of a click, searching clients."""

from dataclasses import replace
from datetime import date

import pytest

from calldash import i18n
from calldash.filters import CallFilter, from_pairs
from calldash.numbers.client_search import client_numbers, find_clients
from calldash.ui import cards, chips, drill, periods
from calldash.ui.safe import as_html, as_markdown, shorten
from tests.drawn import cases, draw

pytest_plugins = ("tests.in_app",)

TODAY, FIRST = date(2026, 3, 17), date(2025, 1, 5)

PERIODS = """
preset     | since      | until
today      | 2026-03-17 | 2026-03-17
yesterday  | 2026-03-16 | 2026-03-16
7d         | 2026-03-11 | 2026-03-17
30d        | 2026-02-16 | 2026-03-17
90d        | 2025-12-18 | 2026-03-17
month      | 2026-03-01 | 2026-03-17
last_month | 2026-02-01 | 2026-02-28
all        | 2025-01-05 | 2026-03-17
"""


@pytest.mark.parametrize("case", cases(PERIODS), ids=lambda case: case["preset"])
def test_presets_mean_days_and_days_mean_presets(case):
    days = date.fromisoformat(case["since"]), date.fromisoformat(case["until"])
    assert periods.days_of(case["preset"], TODAY, FIRST) == days
    assert periods.preset_of(*days, TODAY, FIRST) == case["preset"]


def test_other_days_are_ones_own_choice():
    assert periods.preset_of(date(2026, 3, 2), date(2026, 3, 3), TODAY, FIRST) == periods.CUSTOM
    assert periods.preset_of(None, TODAY, TODAY, FIRST) == periods.CUSTOM


def test_days_in_the_past_are_not_called_today():
    assert periods.preset_label("today", True) == "Today"
    assert periods.preset_label("today", False) == "Last day in the data"


CLICKS = [
    (
        ("day", "behind"),
        ["2026-03-03", "missed_calls"],
        {"since": "2026-03-03", "until": "2026-03-03", "behind": "missed_calls"},
    ),
    (("week",), ["2026-03-02"], {"since": "2026-03-02", "until": "2026-03-08"}),
    (("week",), ["2026-03-16"], {"since": "2026-03-16", "until": "2026-03-17"}),
    (("month",), ["2026-02-01"], {"since": "2026-02-16", "until": "2026-02-28"}),
    (("weekday", "hour"), ["4", "11"], {"since": "2026-02-16", "until": "2026-03-17", "weekday": "4", "hour": "11"}),
    (("queue",), [None], {"since": "2026-02-16", "until": "2026-03-17", "queue": ""}),
    (("wait_s",), ["601-"], {"since": "2026-02-16", "until": "2026-03-17", "wait_s": "601-"}),
]


@pytest.mark.parametrize(("by", "values", "pairs"), CLICKS)
def test_a_point_narrows_the_filter_to_what_it_stands_for(by, values, pairs):
    shown = CallFilter(date(2026, 2, 16), TODAY)
    assert drill.narrowed(shown, by, values) == from_pairs(pairs)


def test_text_from_the_data_stays_text():
    assert as_html('<b>"x"</b>') == "&lt;b&gt;&quot;x&quot;&lt;/b&gt;"
    assert as_markdown("**a** [b](c) :red[d] `e` $f$") == r"\*\*a\*\* \[b\]\(c\) \:red\[d\] \`e\` \$f\$"
    assert shorten("x" * 80) == "x" * 39 + "…"


def test_a_card_says_number_change_cases_and_doubt():
    many = cards.markup("missed_share", 0.2, 400, 0.1, [0.1, 0.2])
    assert "20.0%" in many
    assert "▲" in many
    assert "cd-bad" in many
    assert "of 400 cases" in many
    assert "few" not in many
    few = cards.markup("missed_share", 0.5, 10, None, [])
    assert "of 10 cases" in few
    assert "24–76" in few
    assert "cd-change" not in few


def test_a_card_without_a_number_says_why():
    empty = cards.markup("service_level", float("nan"), 0, 0.5, [])
    assert "—" in empty
    assert "No such calls in this selection" in empty


def test_chips_take_out_their_part(app_store):
    shown = from_pairs({"since": "2026-03-01", "queue": "A,,B", "wait_s": "10-", "behind": "missed_calls"})
    found = {chip.name: chip for chip in chips.chips(shown)}
    assert found["queue"].text == "Queue: A, not known +1"
    assert found["wait_s"].text == "Wait: from 0:10"
    assert found["behind"].text == "Behind: Missed calls"
    assert found["queue"].without == shown.choose("queue", [])
    assert found["behind"].without == replace(shown, behind=None)


CLIENTS = """
started_at | direction | client       | answered
10:00      | in        | +79161234567 | true
10:05      | in        | +79161234567 | true
10:10      | in        | +79160004567 | true
10:15      | in        | 101          | true
"""


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("8 (916) 123-45-67", ["+79161234567"]),
        ("9161234567", ["+79161234567"]),
        ("4567", ["+79161234567", "+79160004567"]),
        ("8916", ["+79161234567", "+79160004567"]),
        ("101", ["101"]),
        ("45", []),
        ("abc", []),
        ("%", []),
    ],
)
def test_clients_are_found_by_any_spelling_or_a_part(store, text, numbers):
    draw(store, CLIENTS)
    found = find_clients(store, text)
    assert [number for _, number in found] == numbers
    assert client_numbers(store, [client_id for client_id, _ in found]) == dict(found)


def test_a_chip_names_the_client_by_number(app_store):
    draw(app_store, CLIENTS)
    client_id, number = find_clients(app_store, "9161234567")[0]
    i18n.use("ru")
    (chip,) = chips.chips(CallFilter().choose("client_id", [str(client_id)]))
    assert chip.text == f"Клиент: {number}"

"""Clients who wait for a callback: one item each over everything, its state, its worth, and what people do about it."""

import json
from datetime import datetime

import pandas as pd
import pytest

from calldash import audit
from calldash.asking import ask
from calldash.commands import run
from calldash.filters import CallFilter, from_pairs
from calldash.missed import callbacks
from calldash.problems import Problem
from tests.drawn import cases, draw, take
from tests.in_app import app, first_in_menu

pytest_plugins = ("tests.in_app",)

# A is reached, B tried in vain in time, C late in vain, D calls twice on two lines, E once more after a talk, F has
# just left; "now" is 12:00, the last call. Y bought before, as did Z of the source vk.
CALLS = """
started_at | direction | client | answered | wait_s | talk_s | line | employee | source | sale_amount | queue
-1 10:00   | in        | Y      | true     | 5      | 60     |      | Ann      | vk     | 9000        |
-1 10:05   | in        | Y      | true     | 5      | 60     |      | Ann      | vk     |             |
-1 10:10   | in        | Z      | true     | 5      | 60     |      | Ann      | vk     | 3000        |
09:00      | in        | A      | false    | 30     | 0      |      |          |        |             |
09:05      | out       | A      | true     |        | 30     |      | Ann      |        |             |
09:10      | in        | B      | false    | 20     | 0      |      |          |        |             | q
09:20      | out       | B      | false    |        | 0      |      | Ann      |        |             |
09:30      | in        | C      | false    | 60     | 0      |      |          |        |             |
10:30      | out       | C      | false    |        | 0      |      | Bob      |        |             |
10:40      | out       | C      | false    |        | 0      |      | Ann      |        |             |
10:00      | in        | D      | false    | 10     | 0      | +74950000001 | |       |             |
11:00      | in        | D      | false    | 45     | 0      | +74950000002 | |       |             |
10:10      | in        | E      | false    | 15     | 0      |      |          |        |             |
10:20      | in        | E      | true     | 5      | 60     |      | Ann      |        |             |
11:30      | in        | E      | false    | 15     | 0      |      |          | vk     |             |
11:50      | in        | Y      | false    | 60     | 0      |      |          |        |             |
12:00      | in        | F      | false    | 0      | 0      |      |          |        |             |
"""


def letters(found):
    return "".join(chr(int(number[-2:])) for number in found["client"])


def of(found, letter):
    return found[found["client"].str.endswith(f"{ord(letter):02}")].iloc[0]


def item(store, letter, chosen=None):
    return of(callbacks.ledger(store, chosen or CallFilter()), letter)


def missed_call(store, letter):
    row = item(store, letter)
    return row["system"], row["id"]


def test_one_item_a_client_the_most_urgent_first(store):
    draw(store, CALLS)
    found = callbacks.ledger(store, CallFilter())
    # Y has 6 minutes left, F 15; E and D are late and untried, E's source sells more; B and C were tried, B waits longer.
    assert letters(found) == "YFEDBC"
    assert list(found["total"].unique()) == [6]


WANTED = """
letter | state   | times | tries | waiting | left | wait
Y      | pending | 1     | 0     | 540     | 360  | 60
F      | pending | 1     | 0     | 0       | 900  | 0
D      | late    | 2     | 0     | 7190    | -6290| 45
E      | late    | 1     | 0     | 1785    | -885 | 15
C      | late    | 1     | 2     | 8940    | -2640| 60
B      | due     | 1     | 1     | 10180   | 320  | 20
"""


@pytest.mark.parametrize("case", cases(WANTED), ids=lambda case: case["letter"])
def test_what_an_item_says(store, case):
    draw(store, CALLS)
    row = item(store, case["letter"])
    told = [row["state"], *(int(row[key]) for key in ("times", "tries", "waiting_s", "left_s", "wait_s"))]
    assert told == [case["state"], *(int(case[key]) for key in ("times", "tries", "waiting", "left", "wait"))]


def test_by_whom_tried_over_which_lines_and_what_it_is_worth(store):
    draw(store, CALLS)
    assert (item(store, "C")["tried_by"], item(store, "B")["tried_by"]) == ("Ann", "Ann")
    assert list(item(store, "D")["lines"]) == ["+74950000001", "+74950000002"]
    # Y bought for 9000 in 2 talks; vk sold for 12000 in 3 answered calls; any source for 12000 in 4 (E's 10:20 too).
    assert [float(item(store, letter)["expected"]) for letter in "YED"] == [4500.0, 4000.0, 3000.0]


def test_states_are_those_of_the_share_called_back_in_time(store):
    draw(store, CALLS)
    found = callbacks.ledger(store, CallFilter())
    within = ask(store, ["timely_callback_share"], [], CallFilter(), cases=True).iloc[0]
    reached = 2  # A was called back in time; E's first miss got through in time himself, so it is not due
    assert int(within["timely_callback_share_cases"]) == sum(found["state"] != "pending") + reached - 1
    assert int(ask(store, ["pending_callbacks"])["pending_callbacks"].iloc[0]) == sum(found["tries"] == 0)


def test_the_filter_counts_but_not_its_period(store):
    draw(store, CALLS)
    chosen = from_pairs({"queue": "q", "since": "2020-01-01", "until": "2020-01-02"})
    assert letters(callbacks.ledger(store, chosen)) == "B"


def test_a_client_of_two_systems_is_one_item_and_reached_over_either(store):
    draw(store, "started_at | direction | client | answered\n10:00 | in | A | false", system="first")
    draw(
        store,
        "started_at | direction | client | answered\n10:10 | in | A | false\n10:20 | in | B | false",
        system="other",
        name="b.csv",
    )
    assert {letter: item(store, letter)["times"] for letter in "AB"} == {"A": 2, "B": 1}
    draw(
        store,
        "id | started_at | direction | client | answered | talk_s\nx | 10:30 | in | A | true | 60",
        system="first",
        name="c.csv",
    )
    assert letters(callbacks.ledger(store, CallFilter())) == "B"


def test_older_than_the_ledger_keeps_is_gone(open_here):
    store = open_here(ledger_days=2)
    draw(
        store,
        "started_at | direction | client | answered\n10:00 | in | A | false\n+1 11:00 | in | B | false\n+3 10:00 | in | C | false",
    )
    found = callbacks.ledger(store, CallFilter())
    assert set(letters(found)) == set("BC")
    assert [bool(of(found, letter)["over"]) for letter in "BC"] == [True, False]


def test_taken_and_released(store):
    draw(store, CALLS)
    callbacks.step(store, "ann", "taken", missed_call(store, "D"))
    assert item(store, "D")["taken_by"] == "ann"
    assert pd.isna(item(store, "C")["taken_by"])
    callbacks.step(store, "ann", "released", missed_call(store, "D"))
    assert pd.isna(item(store, "D")["taken_by"])
    assert [line[2] for line in audit.trail(store)[:2]] == ["callback", "callback"]


def test_closed_with_a_reason_until_the_client_is_missed_again(store):
    draw(store, CALLS)
    before = ask(store, ["pending_callbacks", "lost_share"])
    callbacks.step(store, "ann", "closed", missed_call(store, "D"), "needless", " wrote a letter ")
    assert "D" not in letters(callbacks.ledger(store, CallFilter()))
    assert ask(store, ["pending_callbacks", "lost_share"]).equals(before)  # figures do not change
    last = callbacks.done(store).iloc[0]
    assert (last["what"], last["reason"], last["note"], last["undone"]) == (
        "closed",
        "needless",
        "wrote a letter",
        False,
    )
    draw(store, "id | started_at | direction | client | answered\nagain | 12:30 | in | D | false", name="later.csv")
    row = item(store, "D")
    assert (row["times"], row["first_at"]) == (1, datetime(2026, 3, 2, 9, 30))


def test_reopened(store):
    draw(store, CALLS)
    call = missed_call(store, "D")
    callbacks.step(store, "ann", "closed", call, "other")
    callbacks.step(store, "ann", "reopened", call)
    assert item(store, "D")["times"] == 2
    assert list(callbacks.done(store)["undone"]) == [False, True]


def test_what_was_done_survives_a_new_import(store):
    draw(store, CALLS)
    callbacks.step(store, "ann", "closed", missed_call(store, "D"), "other")
    callbacks.step(store, "ann", "taken", missed_call(store, "C"))
    draw(
        store,
        CALLS.replace("| 45 ", "| 46 ").replace(
            "09:30      | in        | C      | false    | 60", "09:30      | in        | C      | false    | 61"
        ),
    )
    assert "D" not in letters(callbacks.ledger(store, CallFilter()))
    assert item(store, "C")["taken_by"] == "ann"


def test_a_closing_says_why(store):
    draw(store, CALLS)
    with pytest.raises(Problem):
        callbacks.step(store, "ann", "closed", missed_call(store, "D"))
    with pytest.raises(Problem):
        callbacks.step(store, "ann", "closed", missed_call(store, "D"), "other", "x" * 501)
    assert callbacks.newest_step(store) == 0


def test_the_clock_of_working_minutes(open_here):
    """Friday 17:50 to Tuesday 09:10 are 20 working minutes: that Monday, 9 March, is a public holiday in Russia."""
    drawn = """
    started_at | direction | client | answered | wait_s | team
    +4 17:50   | in        | A      | false    | 0      |
    +4 17:50   | in        | B      | false    | 0      | Late
    +8 09:10   | in        | C      | false    | 0      |
    """
    for clock, states in (("all", "late late"), ("working", "late pending")):
        store = open_here(callback_clock=clock, team_hours={"Late": "Tue 10:00-11:00"})
        draw(store, drawn)
        found = callbacks.ledger(store, CallFilter())
        assert [of(found, letter)["state"] for letter in "AB"] == states.split()
        assert [int(of(found, letter)["working_s"]) for letter in "AB"] == [1200, 0]
        assert int(of(found, "A")["waiting_s"]) == 87 * 3600 + 1200


@pytest.fixture
def page_here(tmp_path, monkeypatch):
    first_in_menu(monkeypatch, tmp_path, "callbacks", "calls")


def listed(test):
    return [row for one in test.get("bidi_component") for row in json.loads(one.proto.json)["rows"]]


def test_the_page_lists_dials_and_tells_states(app_store, page_here):
    draw(app_store, CALLS)
    test = app()
    rows = listed(test)
    assert [row["dial"] for row in rows[:2]] == ["tel:+79000000089", "tel:+79000000070"]
    assert rows[0]["client"] == "+7 900 000-00-89"
    texts = [cell["text"] for cell in rows[0]["cells"]]
    assert texts == ["Pending", "9:00", "1", "1:00", "0", "RUB\u00a04,500", "—", "—"]
    assert rows[0]["cells"][0]["more"] == "6:00 left"
    tiles = [one.proto.body for one in test.get("html") if 'class="cd-value' in one.proto.body]
    assert [tile.split('cd-value">')[1][0] for tile in tiles] == ["2", "3", "1"]
    test.session_state["ledger_state"] = "due"
    assert len(listed(test.run())) == 1


def test_the_page_without_anybody_waiting(app_store, page_here):
    take(app_store, "id,started_at,direction,answered\n1,2026-03-02T10:00:00,inbound,no\n")
    test = app(lang="ru")
    assert [one.value for one in test.success] == ["Никто не ждёт звонка."]
    assert not listed(test)


def test_what_was_done_stands_below_and_is_taken_back(app_store, page_here):
    draw(app_store, CALLS)
    callbacks.step(app_store, audit.LOCAL, "closed", missed_call(app_store, "D"), "other", "*x*")
    test = app()
    assert any(r"\*x\*" in one.value for one in test.markdown)
    assert len(listed(test)) == 5
    next(one for one in test.button if one.label == "Reopen").click().run()
    assert len(listed(test)) == 6


def test_many_items_come_in_pages(app_store, page_here):
    rows = [f"{9 + at // 60:02}:{at % 60:02} | in | +7900111{at:04} | false | 10" for at in range(45)]
    draw(app_store, "started_at | direction | client | answered | wait_s\n" + "\n".join(rows))
    test = app()
    assert len(listed(test)) == 20
    test.session_state["ledger_page"] = 3
    assert len(listed(test.run())) == 5


def test_the_command_line_prints_the_same(store):
    draw(store, CALLS)
    rows = json.loads(run(store, "missed", {"subject": "ledger", "format": "json"}, lambda _share: None).text)
    assert [(row["client"][-2:], row["state"], row["left_s"]) for row in rows[:3]] == [
        ("89", "pending", 360), ("70", "pending", 900), ("69", "late", -885),
    ]  # fmt: skip
    curve = run(store, "missed", {"subject": "curve", "format": "csv"}, lambda _share: None).text
    assert curve.splitlines()[0] == "delay_s,share,low,high,at_risk"
    assert [line.split(",")[0] for line in curve.splitlines()[1:]] == ["270", "580", "3540"]
    for subject in ("results", "hours"):
        assert run(store, "missed", {"subject": subject, "clock": "working"}, lambda _share: None).code == 0

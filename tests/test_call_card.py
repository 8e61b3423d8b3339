"""The card of a call: what it says, why, the legs, the client's story, the calls around it."""

import re

import pytest

from calldash import reports
from calldash.filters import CallFilter
from calldash.store import named
from calldash.telling.reasons import reasons
from calldash.ui.call_card import legs
from calldash.ui.journal import pages, state
from tests.drawn import as_csv, calls, cases, draw, take
from tests.in_app import app
from tests.in_journal import components, moment, name_of, number_of, said

pytest_plugins = ("tests.in_app", "tests.in_journal")

CARDS = """
call | sentence
c1   | Answered: a person talked after 0:10, within the service level of 0:20.
c1   | Unique: the first call of this client.
c1   | Target: they talked at least 0:30.
c2   | Missed: nobody talked with the client. Reason: Client hung up.
c2   | Left after 0:03, sooner than 0:05: a short abandon, left out of abandoned share and service level.
c2   | It opened a miss: the client had to be reached until 03/03/2026 09:10:03.
c2   | First callback at 02/03/2026 09:30:00, after 19:57: late, the target is 15:00.
c2   | Closed at 02/03/2026 09:40:00: the client answered a callback.
c3   | The client did not answer: not reached.
c4   | The client answered: reached.
c5   | Answered: a person talked after 0:40, later than the service level of 0:20.
c5   | The number is hidden or not known: without a client the call is neither unique nor repeat.
c6   | It is a call between employees: only internal calls and cost count it.
c7   | It is a message, no call: only messages and cost count it.
c8   | It is marked as spam: of all numbers only spam calls and cost count it.
c9   | Still to call back: nobody has tried yet.
c10  | An earlier missed call of this client was still open, so this one belongs to it.
c10  | Repeat: the client had called at most 1 day before.
"""


@pytest.mark.parametrize("case", cases(CARDS), ids=lambda case: f"{case['call']} {case['sentence'][:12]}")
def test_the_card_says_why_a_call_counts_as_it_does(ten, case):
    number = number_of(ten, case["call"])
    row = reports.run(ten, "call", CallFilter(), moment(ten), calls=[number], zone="Europe/Moscow").iloc[0]
    assert case["sentence"] in reasons(row.to_dict(), ten.settings)


def test_the_card_shows_the_call_its_client_and_its_row(filled):
    test = app(call=name_of(filled, "c2"))
    assert not test.exception
    card = said(test)
    assert "Missed: nobody talked with the client" in card.replace("\\", "")
    assert "+7 900 000-00-66" in card
    assert "calls.csv, line 3" in card.replace("\\", "")
    assert any('a,b""c' in code.value for code in test.code)
    story = components(test, "entries")[0]["entries"]
    assert [(one["time"], one["what"], one["lit"]) for one in story] == [
        ("09:10", "called, missed", True),
        ("09:30", "we called back in vain", False),
        ("09:40", "we called back, talked", False),
    ]
    assert "first contact" in story[0]["details"]


STORY = """
started_at | direction | client | line         | answered | wait_s | talk_s | employee | kind | spam | sale_amount
09:00      | in        | A      | +74950000001 | true     | 5      | 60     | Ann      |      |      |
10:00      | in        | A      | +74950000002 | false    | 30     | 0      |          |      |      |
10:05      | out       | A      |              | false    |        | 0      | Bob      |      |      |
10:09      | in        | B      |              | true     | 5      | 60     | Ann      |      |      |
10:10      | out       | A      |              | true     |        | 90     | Bob      |      |      | 500
+1 09:00   | out       | A      |              |          |        |        |          | sms  |      |
+2 10:00   | out       | A      |              | false    |        | 0      | Bob      |      |      |
+2 10:30   | in        | A      |              | true     | 1      | 5      |          |      | true |
"""


def test_a_client_has_one_story_over_lines_and_systems(filled):
    take(filled, as_csv([row | {"id": f"s{n}"} for n, row in enumerate(calls(STORY))]), name="a.csv", system="branch")
    number = filled.rows("SELECT call_no FROM calls WHERE system = 'branch' AND id = 's1'")[0][0]
    test = app(call=named.name(filled, number))
    story = components(test, "entries")[0]["entries"]
    assert [(one["day"], one["what"], one["lit"]) for one in story] == [
        ("2 Mar 2026", "called, talked", False),
        ("", "called, talked", False),
        ("", "called, missed", True),
        ("", "we called back in vain", False),
        ("", "we called back, talked", False),
        ("", "message", False),
        ("3 Mar 2026", "message", False),
        ("4 Mar 2026", "we called in vain", False),
        ("", "marked as spam", False),
    ]
    assert [one["details"].split(" · ")[:1] for one in story[:5]] == [
        ["first contact"], ["1:00"], ["waited 0:30"], ["Bob"], ["1:30"],
    ]  # fmt: skip
    assert "sale RUB 500" in story[4]["details"].replace("\u00a0", " ")
    sums = said(test).split("<div class='cd-key'><span>since")[1].split("</div>")[0]
    for words in ("2 Mar 2026", "calls: 6", "missed: 1", "talked: 3, 3:30", "messages: 2", "sales: 1, RUB 500"):
        assert words in sums
    assert "phone systems: 2" in sums


def test_a_long_story_begins_at_the_page_of_the_call(filled):
    rows = "".join(f"+{n} 10:00 | in | A | true | 5\n" for n in range(1, 131))
    table = "started_at | direction | client | answered | wait_s\n" + rows
    take(filled, as_csv([row | {"id": f"m{n}"} for n, row in enumerate(calls(table))]), name="many.csv")
    test = app(call=name_of(filled, "m70"))
    entries = components(test, "entries")[0]["entries"]
    assert len(entries) == 50
    assert [one["lit"] for one in entries].index(True) == 72 - 50
    assert "All 132 calls" in [button.label for button in test.button]
    first = components(app(call=name_of(filled, "c1")), "entries")[0]["entries"]
    assert first[0]["lit"]
    assert "first contact" in first[0]["details"]


AROUND = """
call | sort       | order | before | after
c10  | started_at |       |        | c9
c9   | started_at |       | c10    | c8
c9   | started_at | up    | c8     | c10
c1   | started_at |       | c2     |
c1   | talk_s     |       |        | c4
"""


@pytest.mark.parametrize("case", cases(AROUND), ids=lambda case: " ".join(case.values()))
def test_the_card_leads_to_the_calls_around_in_the_list(filled, case):
    pairs = {"sort": case["sort"], "order": case["order"], "call": name_of(filled, case["call"])}
    for key in ("before", "after"):
        test = app(**pairs)
        button = test.button(key=f"call_{key}")
        assert button.disabled == (not case[key])
        if case[key]:
            button.click().run()
            assert test.query_params["call"] in (name_of(filled, case[key]), [name_of(filled, case[key])])


def test_the_list_goes_on_over_the_end_of_a_page(filled):
    rows = "".join(f"+1 10:{n:02}:00 | in | A | true | {'x.wav' if n % 60 == 0 else ''}\n" for n in range(60))
    table = "started_at | direction | client | answered | recording\n" + rows
    take(filled, as_csv([row | {"id": f"m{n}"} for n, row in enumerate(calls(table))]), name="many.csv")
    view, chosen = state.View(columns=("id",)), CallFilter()
    last = number_of(filled, "m10")  # the 50th of 70
    found = pages.around(last, view, chosen, 70)
    assert found.before == pages.Step(number_of(filled, "m11"), 1)
    assert found.after == pages.Step(number_of(filled, "m9"), 2)
    assert found.recorded == (None, number_of(filled, "m0"))
    assert pages.around(number_of(filled, "m9"), view, chosen, 70) == pages.Around()
    assert pages.showing(number_of(filled, "m9"), view, chosen, 70).page == 2
    test = app(call=named.name(filled, last), columns="id")
    test.button(key="call_after").click().run()
    assert test.query_params["page"] in ("2", ["2"])
    assert [row["open"] for row in components(test, "rows")[0]["rows"]].index(True) == 0


def test_the_card_shows_every_call(filled):
    for (number,) in filled.rows("SELECT call_no FROM calls"):
        test = app(call=named.name(filled, number), lang="ru" if number % 2 else "en")
        assert not test.exception
        assert not test.error


def test_the_card_says_what_is_wrong_with_a_recording(filled):
    assert "none.mp3 is missing" in said(app(call=name_of(filled, "c10"))).replace("\\", "")
    assert "lies at the provider" in said(app(call=name_of(filled, "c9")))


@pytest.mark.parametrize("nobody", ["999999", "1", "20260302-000000000000", "20260302", "x"])
def test_a_call_that_is_not_there_is_said(filled, nobody):
    test = app(call=nobody)
    assert "This link names no call" in said(test)
    assert len(components(test, "rows")[0]["rows"]) == 10


def one_call(store):
    """The number of a call whose legs are yet to come."""
    draw(store, "started_at | direction | answered | wait_s | talk_s\n09:00 | in | yes | 3 | 60")
    return store.rows("SELECT call_no FROM calls")[0][0]


def test_the_legs_are_drawn_on_one_scale_of_time(store):
    number = one_call(store)
    with store.writing() as cursor:
        cursor.execute(
            f"INSERT INTO legs VALUES ({number}, 1, 'queue', NULL, NULL, '<b>q</b>', '2026-03-02 06:00:00', '2026-03-02 06:00:30', "
            f"'2026-03-02 06:01:30', 60, 'completed', TRUE), ({number}, 2, 'ring', 'Ann', NULL, NULL, '2026-03-02 06:00:00', NULL, "
            f"'2026-03-02 06:00:15', NULL, NULL, FALSE), ({number}, 3, 'ring', NULL, NULL, NULL, '2026-03-02 06:00:15', NULL, NULL, NULL, 'odd', FALSE)"
        )
    frame = reports.run(store, "call_legs", CallFilter(), moment(store), calls=[number], zone="Europe/Moscow")
    html = legs.markup(frame)
    words = re.sub(r"<[^>]+>", " ", html.replace("<b>", " ").replace("</b>", " "))
    assert "&lt;b&gt;q&lt;/b&gt;" in html
    assert "09:00:00 · in the queue · answered after 0:30 · talked 1:00 · talk ended" in words
    assert "rang · 0:15 without an answer" in words
    assert "rang · not answered · odd" in words
    assert "left:0.00%;width:33.33%" in html
    assert "left:33.33%;width:66.67%" in html


def test_a_transfer_says_to_whom(store):
    number = one_call(store)
    with store.writing() as cursor:
        cursor.execute(
            f"INSERT INTO legs VALUES ({number}, 1, 'ring', 'Ann', NULL, NULL, '2026-03-02 06:00:00', '2026-03-02 06:00:05', "
            f"'2026-03-02 06:01:00', 55, 'transferred', TRUE), ({number}, 2, 'ring', 'Bob', NULL, NULL, '2026-03-02 06:01:00', "
            "'2026-03-02 06:01:10', '2026-03-02 06:02:00', 50, 'transferred', TRUE)"
        )
    frame = reports.run(store, "call_legs", CallFilter(), moment(store), calls=[number], zone="Europe/Moscow")
    first, second = legs.markup(frame).split("<li>")[1:]
    assert "transferred to Bob" in first
    assert "transferred" in second and "transferred to" not in second

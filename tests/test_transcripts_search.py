"""Search in transcripts: words in any form, among the calls of the filter, newest first."""

import pytest

from calldash.filters import from_pairs
from calldash.transcripts import kept
from calldash.transcripts.lines import Line
from calldash.transcripts.searching import Asked, search
from calldash.transcripts.words import forms, indexed, lit
from tests.drawn import cases, draw

CALLS = """
id | started_at | direction | client | answered | talk_s | employee
a  | 09:00      | in        | A      | true     | 60     | Ann
b  | 10:00      | in        | B      | true     | 60     | Bob
c  | +1 11:00   | in        | C      | true     | 60     | Ann
"""
SAID = """
call | who    | text
a    | agent  | Здравствуйте, это Север-Телеком.
a    | client | Пришлите ещё один договор.
a    | agent  | Отправлю два договора на почту!
b    | client | Где мои заказы? Их оплачивали люди.
b    | agent  | Your order 4517 is on the way.
c    | client | Мой заказ 4517 не пришёл, верните деньги.
"""
FOUND = """
phrase            | who    | wide | found
договоры          |        |      | a1 a2
ДОГОВОР           | agent  |      | a2
заказать          |        |      |
заказ             |        |      | c0 b0
номер заказа      |        |      |
деньги заказ      |        |      | c0
почта здравствуйте|        |      |
почта здравствуйте|        | yes  | a0 a2
договор почта     | client | yes  |
человек оплатить  |        |      |
человек оплачивать|        |      | b0
4517              |        |      | c0 b1
ORDER             |        |      | b1
еще               |        |      | a1
телеком           |        |      | a0
дог               |        |      |
%                 |        |      |
"""


@pytest.fixture
def spoken(store):
    draw(store, CALLS)
    for call in "abc":
        rows = [row for row in cases(SAID) if row["call"] == call]
        lines = [Line(at * 10.0, at * 10.0 + 5, row["who"], row["text"]) for at, row in enumerate(rows)]
        kept.put(store, [("plain", call)], lines, "x.json", "0", None)
    return store


def found(store, asked: Asked, **pairs: str) -> list[str]:
    """The lines found, as the employee's first call letter and the line's number."""
    ids = dict(store.rows("SELECT call_no, id FROM calls"))
    hits, lines, calls = search(store, asked, from_pairs(pairs))
    assert lines == len(hits)
    assert calls == len({hit.call_no for hit in hits})
    return [f"{ids[hit.call_no]}{hit.start_s / 10:.0f}" for hit in hits]


@pytest.mark.parametrize("case", cases(FOUND), ids=lambda case: " ".join(case.values()))
def test_words_are_found_in_any_form(spoken, case):
    assert found(spoken, Asked(case["phrase"], case["who"], bool(case["wide"]))) == case["found"].split()


def test_the_filter_decides_whose_calls(spoken):
    assert found(spoken, Asked("заказ"), employee="Bob") == ["b0"]
    assert found(spoken, Asked("заказ"), since="2026-03-03") == ["c0"]
    assert found(spoken, Asked("заказ"), talk_s="61-") == []


def test_pages_have_the_totals_even_behind_the_last(spoken):
    assert [hit.start_s for hit in search(spoken, Asked("договор"), from_pairs({}), 1, 1)[0]] == [20]
    assert search(spoken, Asked("договор"), from_pairs({}), 5, 1) == ([], 2, 1)


def test_a_hit_tells_who_when_and_which_words(spoken):
    hit = search(spoken, Asked("деньги заказа"), from_pairs({}))[0][0]
    assert (hit.employee, hit.who, f"{hit.started_at:%d %H:%M}") == ("Ann", "client", "03 11:00")
    assert [text for text, is_lit in hit.pieces if is_lit] == ["заказ", "деньги"]
    assert "".join(text for text, _lit in hit.pieces) == "Мой заказ 4517 не пришёл, верните деньги."


def test_a_transcript_without_its_call_is_not_found(spoken):
    kept.put(spoken, [("plain", "gone")], [Line(0, 1, "", "договор")], "x", "0", None)
    assert found(spoken, Asked("договор")) == ["a1", "a2"]


def test_forms_of_words():
    assert forms("Стали") == ("стать", "сталь")
    assert forms("ещё") == forms("еще")
    assert forms("Orders") == ("orders",)
    assert indexed("Два договора, 15-го") == " два договор 15 го "
    assert lit("a_b <i>", ["b"]) == [("a_", False), ("b", True), (" <i>", False)]

"""How answers of the Data API (Novofon, UIS, CoMagic, CallGear) may be saved, and what is wrong with others."""

import json
from pathlib import Path
from typing import Any

import pytest

from calldash.problems import Problem, Reject
from calldash.providers import Row, registry
from calldash.providers.novofon import PROVIDER
from tests.novofon_samples import ANSWERED, DIALLED, JOURNAL, MISSED, answer, calls, leg, read, saved


def test_it_is_one_of_the_registered_providers() -> None:
    assert registry()["novofon"] is PROVIDER


@pytest.mark.parametrize("wrap", ["pages", "lines", "one after another", "list", "rows in lines", "result"])
def test_answers_may_be_saved_in_any_wrapping(tmp_path: Path, wrap: str) -> None:
    pages = [answer(ANSWERED, MISSED), answer(DIALLED), answer()]
    content = {
        "pages": json.dumps(pages, indent=1),
        "lines": "\n".join(map(json.dumps, pages)) + "\n",
        "one after another": "".join(json.dumps(page, indent=2) for page in pages),
        "list": json.dumps([ANSWERED, MISSED, DIALLED]),
        "rows in lines": "\r\n".join(map(json.dumps, [ANSWERED, MISSED, DIALLED])),
        "result": json.dumps(answer(ANSWERED, MISSED, DIALLED)["result"]),
    }[wrap]
    assert [row.line for row in read(tmp_path, content) if isinstance(row, Row)] == [1, 2, 3]
    assert sorted(calls(tmp_path, content)) == ["501", "502", "503"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (answer(), "The answer holds no calls."),
        ({"jsonrpc": "2.0", "id": 1, "result": {"data": None}}, "The answer holds no calls."),
        ({"jsonrpc": "2.0", "id": 1}, "The answer holds no calls."),
        (
            [answer(ANSWERED), {"jsonrpc": "2.0", "error": {"code": -32029, "message": "Limit per minute exceeded."}}],
            "The provider answered with an error: Limit per minute exceeded.",
        ),
        (json.dumps(answer(ANSWERED))[:-40], "The file is not complete JSON: it breaks off at line 1"),
        (answer({"id": 1, "login": "x"}), "The answer is not about calls: its rows have id, login."),
    ],
)
def test_an_answer_without_calls_is_one_clear_sentence(tmp_path: Path, content: Any, sentence: str) -> None:
    with pytest.raises(Problem) as caught:
        read(tmp_path, content)
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize(
    ("row", "column", "value", "reason"),
    [
        (ANSWERED | {"id": None, "communication_id": None}, "id", "", "is missing"),
        (ANSWERED | {"start_time": "0000-00-00 00:00:00"}, "start_time", "0000-00-00 00:00:00", "is missing"),
        (ANSWERED | {"start_time": "2 March"}, "start_time", "2 March", "is not a date and time"),
        (
            ANSWERED | {"finish_time": "0001-01-01 00:00:00"},
            "finish_time",
            "0001-01-01 00:00:00",
            "is not a date and time",
        ),
        (ANSWERED | {"talk_duration": -5}, "talk_duration", "-5", "is not a number of seconds"),
        (ANSWERED | {"wait_duration": "soon"}, "wait_duration", "soon", "is not a number of seconds"),
        (ANSWERED | {"direction": "sideways"}, "direction", "sideways", "is not a direction"),
        (ANSWERED | {"is_lost": "maybe"}, "is_lost", "maybe", "is not yes or no"),
        (ANSWERED | {"sale_cost": "much"}, "sale_cost", "much", "is not a number"),
        (JOURNAL | {"call_start_time": None}, "call_start_date_time", "", "is missing"),
        (leg(7, None, "10:00:00", None, None), "call_session_id", "", "is missing"),
        ("text", "", '"text"', "is not a call"),
    ],
)
def test_a_row_that_cannot_be_understood_is_told_with_its_place(
    tmp_path: Path, row: Any, column: str, value: str, reason: str
) -> None:
    good, bad = read(tmp_path, answer(MISSED, row))
    assert isinstance(good, Row) and isinstance(bad, Reject)
    assert (bad.line, bad.column, bad.value) == (2, column, value)
    assert bad.reason.startswith(reason)
    assert json.loads(bad.raw) == json.loads(json.dumps(row), parse_float=str)


@pytest.mark.parametrize(
    "content",
    [
        "id,started_at,direction,answered\n1,2026-03-02 10:00:00,in,1\n",
        '{"calls": [{"id": 1, "start_time": "2026-03-02T10:00:00Z", "direction": "inbound", "duration": 5}]}',
        '{"result": [{"ID": "1", "CALL_START_DATE": "2026-03-02T10:00:00+03:00"}], "total": 1}',
    ],
)
def test_files_of_other_systems_are_not_taken(tmp_path: Path, content: str) -> None:
    assert not PROVIDER.recognise(saved(tmp_path, content).sample)

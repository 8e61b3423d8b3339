"""What the log says and what it must not: numbers and names of people, secrets, lines that somebody else wrote."""

import json
import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from calldash.server import logs
from calldash.server.inbox import Inbox
from calldash.store import Store
from tests.drawn import as_csv, calls, cases

FORMATS: dict[str, Callable[[], logging.Formatter]] = {
    "plain": lambda: logs.Plain("%(asctime)s %(levelname)s %(name)s: %(message)s"),
    "json": logs.Json,
}
PLANTED = (
    "name\n2026-01-01 00:00:00,000 INFO calldash.server: forged",
    "a\r\nb",
    "\x1b[2J\x1b[31mred",
    "\x9b31m",
    "\x85next\u2028line\u2029end",
    "turned\u202etxt.exe",
    "hidden\u200bmark",
    "half \ud800 a letter",
    "nul\x00 del\x7f tab\t",
    '"}\n{"level": "INFO", "message": "forged"}',
)


def record(
    message: str, *values: object, name: str = "calldash.x", error: Exception | None = None
) -> logging.LogRecord:
    held = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord(name, logging.INFO, "", 0, message, values, held)


def raised(text: str) -> Exception:
    try:
        raise ValueError(text)
    except ValueError as error:
        return error


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("planted", PLANTED, ids=ascii)
@pytest.mark.parametrize("name", ["calldash.x", "streamlit.y"])
def test_an_entry_is_one_line_of_letters_whatever_is_in_it(form: str, planted: str, name: str) -> None:
    for one in (
        record("%s", planted, name=name),
        record(planted, name=name),
        record("failed", name=name, error=raised(planted)),
    ):
        line = FORMATS[form]().format(one)
        assert len(line.splitlines()) == 1
        assert line.isprintable(), ascii(line)
        line.encode("utf-8")
        if form == "json":
            assert json.loads(line)["level"] == "INFO"


@pytest.mark.parametrize(
    "case",
    cases("""
    said                                      | logged
    from 2026-08-26 05:07:37 on               | from 2026-08-26 05:07:37 on
    2026-08-26T05:07:37.123456 late           | 2026-08-26T05:07:37.123456 late
    exten-200-79161234567-20261123.wav        | exten-<number>.wav
    vpbx79161234567x                          | vpbx<number>x
    file.9161234567.wav                       | file.<number>.wav
    call 123-45-67 now                        | call <number> now
    8 (916) 123–45–67                         | <number>
    495.123.45.67.                            | <number>.
    123456 rows                               | 123456 rows
    at 10.20.30.40:8501                       | at 10.20.30.40:8501
    bind 127.0.0.1                            | bind 127.0.0.1
    olga+work@shop.example.org                | <address>
    /calls?client=Ivan                        | /calls?…
    """),
    ids=lambda case: case["said"],
)
def test_numbers_of_people_go_and_what_an_operator_needs_stays(case: dict[str, str]) -> None:
    assert logs.cleaned(case["said"]) == case["logged"]
    assert logs.said(record("%s", case["said"])) == case["logged"]


def test_a_number_given_as_a_number_is_a_count_and_stays_whole() -> None:
    assert logs.said(record("%d rows in %.1f s, %s bytes", 10_010_000, 1234567.5, 12345678901)) == (
        "10010000 rows in 1234567.5 s, 12345678901 bytes"
    )
    assert logs.said(record("client %s", "79161234567")) == "client <number>"
    assert (
        logs.said(record("of %(kind)s: %(count)d", {"kind": "7916123456 x", "count": 7654321}))
        == "of <number> x: 7654321"
    )


def test_entries_of_libraries_are_text_as_a_whole() -> None:
    assert (
        logs.said(record("client 79161234567 at https://x/?a=b", name="streamlit.web"))
        == "client <number> at https://x/?…"
    )


@pytest.mark.parametrize(
    "case",
    cases("""
    said                      | logged
    203.0.113.7:52114         | <visitor>
    203.0.113.7               | <visitor>
    2001:db8:0:0:1:0:0:9      | <visitor>
    [2001:db8::9]:52114       | <visitor>
    127.0.0.1:8501            | 127.0.0.1:8501
    0.0.0.0                   | 0.0.0.0
    at 05:07:37               | at 05:07:37
    2026-08-26 05:07:37       | 2026-08-26 05:07:37
    calldash.server:start     | calldash.server:start
    """),
    ids=lambda case: case["said"],
)
def test_libraries_do_not_tell_who_came_from_where(case: dict[str, str]) -> None:
    assert logs.said(record("%s came", case["said"], name="uvicorn.error")) == f"{case['logged']} came"
    assert logs.said(record(f"{case['said']} came", name="uvicorn.error")) == f"{case['logged']} came"


@pytest.mark.parametrize("form", FORMATS)
def test_what_an_exception_quotes_is_data_and_goes(form: str) -> None:
    line = FORMATS[form]().format(
        record("failed", error=raised("Could not convert string 'Анна 8 916 123-45-67' to INT32"))
    )
    assert "Could not convert string … to INT32" in line and "ValueError" in line and "in raised" in line
    assert "Анна" not in line


@pytest.mark.parametrize("name", ["Иванов Пётр\n2026 INFO forged.csv", "79161234567.csv", "anna@shop.ru.csv"])
@pytest.mark.parametrize("form", FORMATS)
def test_a_file_dropped_into_the_inbox_writes_no_name_into_the_log(
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    name: str,
    form: str,
) -> None:
    caplog.set_level(logging.INFO)
    monkeypatch.setattr("calldash.server.inbox._QUIET_S", -1.0)
    inbox = Inbox(store)
    folder = tmp_path / "inbox"
    folder.mkdir()
    for content in (as_csv(calls("started_at | direction | answered\n10:00 | in | yes")), "not;calls\n1;2\n"):
        (folder / name).write_text(content)
        inbox.look()
    lines = [FORMATS[form]().format(one) for one in caplog.records if one.name.startswith("calldash.server")]
    assert len(lines) == 2 and "1 rows read, 1 new" in lines[0] and "not taken" in lines[1]
    assert not [
        line for line in lines if len(line.splitlines()) > 1 or "Иванов" in line or "791" in line or "anna" in line
    ]
    assert len(list((folder / "done").iterdir())) == len(list((folder / "failed").iterdir())) == 2

"""The figures for Prometheus, and a log that tells nothing of people."""

import json
import logging
import urllib.request
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from calldash import logs
from calldash.server import running
from calldash.store import Store
from tests.drawn import cases, draw
from tests.in_app import app_store  # noqa: F401
from tests.served import running as serving
from tests.test_door import browser

ROWS = """
    started_at | direction | client | answered | wait_s | talk_s | team
    10:00      | in        | A      | yes      | 5      | 100    | Sales
"""


@pytest.fixture
def watched(app_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:  # noqa: F811
    running.close()
    monkeypatch.setenv("CALLDASH_METRICS_TOKEN", "secret-of-prometheus")
    return running.store()


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer other", "secret-of-prometheus", "Bearer ü"])
def test_without_the_token_there_is_no_such_address(watched: Store, given: str) -> None:
    assert browser("10.0.0.7").get("/metrics", headers={"authorization": given.encode()}).status_code == 404


def test_where_no_token_is_set_nobody_is_answered(app_store: Store) -> None:  # noqa: F811
    for given in ("", "Bearer", "Bearer ", "Bearer None"):
        assert browser().get("/metrics", headers={"authorization": given}).status_code == 404


def test_the_figures_are_those_of_the_store(watched: Store) -> None:
    draw(watched, ROWS)
    answer = browser("10.0.0.7").get("/metrics", headers={"authorization": "Bearer secret-of-prometheus"})
    assert answer.status_code == 200
    found = {one.name: one.samples for one in text_string_to_metric_families(answer.text)}
    for name, value in {
        "calls": 1,
        "imports": 1,
        "rows_rejected": 0,
        "sessions_alive": 0,
        "rollup_days_due": 1,
    }.items():
        assert found[f"calldash_{name}"][0].value == value, name
    assert found["calldash_newest_call_age_seconds"][0].value > 0
    assert found["calldash_store_bytes"][0].value > 0


@pytest.mark.parametrize(
    "case",
    cases("""
    said                                      | logged
    call from +7 (495) 123-45-67 failed       | call from <number> failed
    client 79161234567                        | client <number>
    GET /calls?client=79161234567&x=1 500     | GET /calls?… 500
    olga@example.org signed in                | <address> signed in
    Authorization: Bearer abc.def             | Authorization: …
    with calldash_session=abc; x              | with calldash_session=…; x
    opened /shared/AbC-1 now                  | opened /shared/… now
    from 2026-08-26 05:07:37 on               | from 2026-08-26 05:07:37 on
    rollups: 90 days added up                 | rollups: 90 days added up
    """),
    ids=lambda case: case["said"],
)
def test_what_tells_of_people_is_taken_out(case: dict[str, str]) -> None:
    assert logs.cleaned(case["said"]).startswith(case["logged"])


def test_no_line_can_be_put_into_the_log() -> None:
    said = "name\n2026-01-01 INFO forged\r\x1b[31m\x85\u2028x"
    assert len(logs.cleaned(said).splitlines()) == 1
    record = logging.LogRecord("x", logging.INFO, "", 0, "%s", (said,), None)
    for formatter in (logs.Plain("%(message)s"), logs.Json()):
        assert len(formatter.format(record).splitlines()) == 1


def test_the_log_of_the_app_in_use_is_json_without_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALLDASH_LOG_FORMAT", "json")
    log = tmp_path / "log"
    with serving(log, db=tmp_path / "calls.duckdb", data=tmp_path) as address:
        for path in ("/export/csv?page=calls&client=79161234567", "/calls?client=79161234567", "/evidence/79161234567"):
            try:
                urllib.request.urlopen(address + path, timeout=20).read()
            except OSError:
                continue
    entries = [line for line in log.read_text().splitlines() if line.startswith("{")]
    assert entries
    assert all({"time", "level", "logger", "message"} <= set(json.loads(entry)) for entry in entries)
    assert "79161234567" not in log.read_text()

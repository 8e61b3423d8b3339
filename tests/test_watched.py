"""The figures for Prometheus, and a log that tells nothing of people."""

import contextlib
import json
import logging
import re
import threading
import urllib.request
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from calldash.beside import Beside, at_work
from calldash.problems import Problem
from calldash.server import logs, metrics, running
from calldash.store import Store
from calldash.ui import shell
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


def told(path: str = "/metrics") -> dict[str, list[Sample]]:
    """The figures by their names, as Prometheus reads them."""
    answer = browser("10.0.0.7").get(path, headers={"authorization": "Bearer secret-of-prometheus"})
    assert answer.status_code == 200
    return {one.name: one.samples for one in text_string_to_metric_families(answer.text)}


def runs(found: dict[str, list[Sample]]) -> dict[tuple[str, str], float]:
    """How often each page ran with each result."""
    samples = found["calldash_page_runs"]
    return {(one.labels["page"], one.labels["result"]): one.value for one in samples if one.name.endswith("_total")}


def test_names_are_such_as_prometheus_wants_them(watched: Store) -> None:
    metrics.page_ran("calls", "ok")
    found = told()
    assert all(re.fullmatch(r"calldash_[a-z_]+", name) and not name.endswith("_total") for name in found)
    kinds = {sample.labels["kind"] for sample in found["calldash_jobs_running"]}
    assert {"import", "command"} <= kinds
    text = browser("10.0.0.7").get("/metrics", headers={"authorization": "Bearer secret-of-prometheus"}).text
    for name in found:
        assert f"# HELP {name}" in text and f"# TYPE {name}" in text


def test_runs_of_pages_are_counted_by_page_and_result(watched: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    draw(watched, ROWS)
    metrics.page_ran("calls", "ok")
    before = runs(told())
    for key, wrong in (("calls", None), ("calls", Problem("No.")), ("employees", ValueError("x")), ("calls", Cut())):

        def page(wrong: BaseException | None = wrong) -> None:
            if wrong:
                raise wrong

        with contextlib.suppress(Cut):
            shell._guarded(page, key)
    after = runs(told())
    assert {key: after[key] - before.get(key, 0) for key in after if after[key] != before.get(key, 0)} == {
        ("calls", "ok"): 1,
        ("calls", "problem"): 1,
        ("employees", "error"): 1,
        ("calls", "cut off"): 1,
    }


class Cut(BaseException):
    """As Streamlit ends a run that nobody waits for any more."""


def test_what_is_at_work_is_counted_by_kind_and_gone_when_done(watched: Store) -> None:
    class Slow(Beside):
        name, every_s = "slow", 0.01
        begun, go = threading.Event(), threading.Event()

        def look(self) -> None:
            self.begun.set()
            self.go.wait(20)
            raise ValueError("what fails is over too")

    slow = Slow()
    slow.start()
    assert slow.begun.wait(20)
    with at_work("import"), at_work("import"):
        assert working() >= {("slow", 1), ("import", 2), ("command", 0)}
    slow.go.set()
    slow.stop()
    assert working() >= {("slow", 0), ("import", 0)}


def working() -> set[tuple[str, float]]:
    """What is at work, as told to Prometheus."""
    return {(one.labels["kind"], one.value) for one in told()["calldash_jobs_running"]}


@pytest.mark.parametrize(
    "case",
    cases("""
    said                                      | logged
    call from +7 (495) 123-45-67 failed       | call from <number> failed
    client 79161234567                        | client <number>
    GET /calls?client=79161234567&x=1 500     | GET /calls?… 500
    olga@example.org signed in                | <address> signed in
    Authorization: Bearer abc.def             | Authorization: …
    cookie: a=b; calldash_session=abc         | cookie: …
    with calldash_session=abc; x              | with calldash_session=…; x
    opened /shared/AbC-1 now                  | opened /shared/… now
    from 2026-08-26 05:07:37 on               | from 2026-08-26 05:07:37 on
    rollups: 90 days added up                 | rollups: 90 days added up
    """),
    ids=lambda case: case["said"],
)
def test_what_tells_of_people_is_taken_out(case: dict[str, str]) -> None:
    assert logs.cleaned(case["said"]) == case["logged"]


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

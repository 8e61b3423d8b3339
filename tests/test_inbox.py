"""A store that another process holds is reached through that process; files dropped by others are imported."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from calldash import handover
from calldash.__main__ import app
from calldash.server.inbox import Inbox
from calldash.store import Store
from tests.drawn import as_csv, calls, figures

ROOT = Path(__file__).parents[1]
ROWS = """
    started_at | direction | client | answered | wait_s | talk_s | team
    10:00      | in        | A      | yes      | 5      | 100    | Sales
    10:05      | in        | B      | no       | 20     | 0      | Support
"""
BEGIN = """
import sys, time
from pathlib import Path
from calldash.settings import load
from calldash.store import open_store
store = open_store(load(db=Path(sys.argv[1])))
inbox = Path(sys.argv[1]).parent / "inbox"
"""
ANSWERING = (
    "from calldash.server.inbox import Inbox\nInbox(store).start()\nprint('open', flush=True)\nsys.stdin.read()\n"
)
SILENT = "print('open', flush=True)\nsys.stdin.read()\n"
DYING = """
inbox.mkdir()
print('open', flush=True)
while not (found := list(inbox.glob("*.request.json"))):
    time.sleep(0.05)
found[0].rename(inbox / found[0].name.replace("request", "taken"))
"""
Holder = Callable[[Path, str], None]


@pytest.fixture
def hold() -> Iterator[Holder]:
    """Starts a process that holds a store and does as it is told; it ends with the test."""
    held: list[subprocess.Popen[str]] = []

    def begin(db: Path, way: str) -> None:
        command = [sys.executable, "-c", BEGIN + way, str(db)]
        environment = os.environ | {"PYTHONPATH": str(ROOT), "CALLDASH_LANGUAGE": "ru"}
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=db.parent
        )
        held.append(process)
        assert process.stdout
        assert process.stdout.readline() == "open\n"

    yield begin
    for process in held:
        process.communicate(timeout=30)


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CALLDASH_LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)


def cli(db: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--db", str(db)])


def test_the_same_output_through_the_process_that_holds_the_store(tmp_path: Path, hold: Holder) -> None:
    """Files are named as the caller sees them; the answer speaks the caller's language."""
    (tmp_path / "calls.csv").write_text(as_csv(calls(ROWS)), encoding="utf-8")
    commands = [
        ["import", "calls.csv"],
        ["import", "calls.csv", "missing.csv"],
        ["kpi", "calls", "missed_share", "--by", "team"],
        ["kpi", "all", "--format", "json", "--where", "team=Sales"],
        ["kpi", "calls", "--format", "csv", "--since", "2026-03-03"],
        ["kpi", "cals"],
        ["demo", "--if-empty"],
        ["demo"],
    ]
    (tmp_path / "held").mkdir()
    direct = [cli(tmp_path / "direct.duckdb", *command) for command in commands]
    hold(tmp_path / "held" / "calls.duckdb", ANSWERING)
    for command, wanted in zip(commands, direct, strict=True):
        found = cli(tmp_path / "held" / "calls.duckdb", *command)
        assert (found.stdout, found.exit_code) == (wanted.stdout, wanted.exit_code), command
        errors = found.stderr.splitlines(keepends=True)
        assert "Done by the running app, with its settings.\n" in errors
        errors.remove("Done by the running app, with its settings.\n")
        assert "".join(errors) == wanted.stderr
    assert list((tmp_path / "held" / "inbox").iterdir()) == [], "requests and receipts are cleared away"


def test_nobody_answers(tmp_path: Path, hold: Holder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handover, "_PATIENCE_S", 0.3)
    hold(tmp_path / "calls.duckdb", SILENT)
    found = cli(tmp_path / "calls.duckdb", "kpi", "calls")
    assert found.exit_code == 1
    assert found.stderr.strip().endswith("is open in another process that does not answer.")
    assert list((tmp_path / "inbox").iterdir()) == [], "a request that nobody took is taken back"


def test_the_app_ends_before_it_answers(tmp_path: Path, hold: Holder) -> None:
    hold(tmp_path / "calls.duckdb", DYING)
    found = cli(tmp_path / "calls.duckdb", "kpi", "calls")
    assert (found.exit_code, found.stderr.strip()) == (
        1,
        "The app ended before it answered; nothing is half done. Run the command again.",
    )


def inbox_of(store: Store) -> Path:
    folder = store.settings.db.parent / "inbox"
    folder.mkdir(exist_ok=True)
    return folder


def drop(store: Store, name: str, content: str, seconds_ago: float = 60) -> Path:
    """A file that somebody else put into the inbox."""
    path = inbox_of(store) / name
    path.write_text(content, encoding="utf-8")
    then = time.time() - seconds_ago
    os.utime(path, (then, then))
    return path


def left(store: Store) -> list[str]:
    """What lies in the inbox and its folders."""
    folder = inbox_of(store)
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_dropped_files_are_imported_and_put_away(store: Store) -> None:
    drop(store, "calls.csv", as_csv(calls(ROWS)))
    drop(store, "strange.csv", "what,is,this\n1,2,3\n")
    Inbox(store).look()
    assert left(store) == ["done/calls.csv", "done/calls.csv.txt", "failed/strange.csv", "failed/strange.csv.txt"]
    assert "2 new" in (inbox_of(store) / "done" / "calls.csv.txt").read_text(encoding="utf-8")
    assert "not recognised" in (inbox_of(store) / "failed" / "strange.csv.txt").read_text(encoding="utf-8")
    assert figures(store, "calls")["calls"] == 2
    assert store.rows("SELECT live FROM systems") == [(True,)], "a system fed without a person has the clock as its now"


def test_a_file_still_being_written_is_left(store: Store) -> None:
    drop(store, "calls.csv", as_csv(calls(ROWS)), seconds_ago=0)
    drop(store, ".hidden.csv", as_csv(calls(ROWS)))
    drop(store, "upload.csv.part", as_csv(calls(ROWS)))
    Inbox(store).look()
    assert left(store) == [".hidden.csv", "calls.csv", "upload.csv.part"]
    assert figures(store, "calls")["calls"] == 0


def test_one_name_again_does_not_overwrite(store: Store) -> None:
    for _ in range(3):
        drop(store, "calls.csv", as_csv(calls(ROWS)))
        Inbox(store).look()
    assert [name for name in left(store) if name.endswith(".csv")] == [
        "done/calls (2).csv",
        "done/calls (3).csv",
        "done/calls.csv",
    ]


def test_a_broken_request_does_not_stop_the_others(store: Store) -> None:
    drop(store, "a.request.json", "{not json")
    drop(store, "b.request.json", json.dumps({"command": "kpi"}))
    drop(store, "calls.csv", as_csv(calls(ROWS)))
    Inbox(store).look()
    assert figures(store, "calls")["calls"] == 2
    assert "failed/a.request.json" in left(store)
    assert "failed/b.request.json" in left(store)


def test_a_request_for_another_store_is_left_to_its_app(store: Store) -> None:
    request = {"command": "demo", "arguments": {}, "db": "/elsewhere/calls.duckdb", "language": "en"}
    drop(store, "a.request.json", json.dumps(request))
    Inbox(store).look()
    assert left(store) == ["a.request.json"]


def test_a_command_that_fails_is_answered(store: Store) -> None:
    """A command the app does not know, as from a newer command line, gets an answer and no waiting."""
    request = {"command": "dance", "arguments": {}, "db": str(store.settings.db.absolute()), "language": "en"}
    drop(store, "a.request.json", json.dumps(request))
    Inbox(store).look()
    receipt = inbox_of(store) / "a.receipt.json"
    for _ in range(100):
        if receipt.exists():
            break
        time.sleep(0.05)
    assert json.loads(receipt.read_text())["code"] == 1

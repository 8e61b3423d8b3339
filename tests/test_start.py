"""The start and the end of the app's process: where it refuses to begin, and that it ends soon whatever is at work."""

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from calldash.__main__ import app
from calldash.beside import Beside
from calldash.people import accounts
from calldash.server import running, stopping
from calldash.settings import load
from calldash.settings.watched import Watched
from calldash.store import Store, open_store
from tests.drawn import cases
from tests.in_app import app_store  # noqa: F401
from tests.patience import PATIENCE_S
from tests.served import ROOT, free_port, wait_for

OPEN = "everybody who reaches this address may see and change all calls"
TOKEN = "a token of this test"
LONG = "SELECT sum(hash(a.range * b.range)) FROM range(3000000) a, range(3000000) b"


@contextmanager
def started(folder: Path, address: str | None, **settings: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The app in a process of its own, listening on `address` (None: as configured); and where to reach it."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    command += ["--server.address", address] if address else []
    own = {"CALLDASH_DB": str(folder / "calls.duckdb"), "CALLDASH_DATA": str(folder), "CALLDASH_LANGUAGE": "en"}
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | own | settings, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait(PATIENCE_S)


def wait_until_at_work(place: str, kind: str) -> None:
    """Returns when the app says that such a job is at work beside its pages."""
    asked = urllib.request.Request(f"{place}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        with urllib.request.urlopen(asked, timeout=PATIENCE_S) as answer:
            if f'calldash_jobs_running{{kind="{kind}"}} 1.0' in answer.read().decode():
                return
        time.sleep(0.05)
    raise AssertionError(f"{kind} never was at work")


def with_accounts(folder: Path) -> None:
    """The first account is made as on a server: by the command line, with the app not running."""
    done = CliRunner().invoke(app, ["invite", "olga", "--db", str(folder / "calls.duckdb")])
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("address", ["0.0.0.0", "::"])
def test_an_address_that_others_reach_is_refused_without_accounts(tmp_path: Path, address: str) -> None:
    with started(tmp_path, address) as (process, _place):
        said, _nothing = process.communicate(timeout=PATIENCE_S)
    assert process.returncode not in (0, -signal.SIGTERM)
    assert f"does not start on {address}" in said and "calldash invite" in said and "open_to_everybody" in said
    assert "Traceback" not in said
    assert "xternal" not in said, "nobody outside is asked for the address of this machine"


@pytest.mark.parametrize(
    "case",
    cases("""
    address | accounts | setting           | why
    0.0.0.0 | yes      |                   | who comes in must sign in
    0.0.0.0 |          | open_to_everybody | somebody said so in words
    0.0.0.0 |          | oidc              | people sign in elsewhere
            |          |                   | the machine itself alone
    """),
    ids=lambda case: case["why"],
)
def test_it_starts_where_nobody_is_let_in_by_mistake(tmp_path: Path, case: dict[str, str]) -> None:
    given = {
        "": {},
        "open_to_everybody": {"CALLDASH_OPEN_TO_EVERYBODY": OPEN},
        "oidc": {"CALLDASH_OIDC_ISSUER": "https://id.example.org", "CALLDASH_OIDC_CLIENT_ID": "calldash"},
    }[case["setting"]]
    if case["accounts"]:
        with_accounts(tmp_path)
    left = tmp_path / "copies" / "copy_0123.duckdb"
    left.parent.mkdir(exist_ok=True)
    left.write_text("of a backup that was killed")
    with started(tmp_path, case["address"] or None, **given) as (process, place):
        wait_for(f"{place}/healthz", process)
        assert not left.exists()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE_S)


def test_the_words_of_the_setting_are_those_of_the_documents() -> None:
    assert OPEN in str(Watched.model_fields["open_to_everybody"].annotation)
    assert OPEN in (ROOT / "README.md").read_text()


def test_invite_makes_the_first_administrator_and_a_new_code_later(tmp_path: Path) -> None:
    db = ["--db", str(tmp_path / "calls.duckdb")]

    def invite(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["invite", *arguments, *db], env={"CALLDASH_LANGUAGE": "en"})
        return done.exit_code, done.output

    code, said = invite("olga")
    assert code == 0 and "olga (admin) opens /sign-in/code" in said
    assert invite("olga")[1] != said, "another code, which voids the first"
    assert invite("ivan") == (1, invite("ivan")[1]) and "no role" in invite("ivan")[1]
    assert invite("ivan", "--role", "lead", "--team", "Sales")[0] == 0
    assert invite("ivan", "--role", "admin")[0] == 1, "nobody becomes an administrator by a code"
    store = open_store(load(db=tmp_path / "calls.duckdb", data=tmp_path))
    assert [(one.login, one.role, one.teams) for one in accounts.everybody(store)] == [
        ("ivan", "lead", ("Sales",)),
        ("olga", "admin", ()),
    ]
    store.close()


def test_a_statement_that_runs_is_interrupted_and_undone(store: Store) -> None:
    failed: list[Exception] = []

    def work() -> None:
        try:
            with store.noting() as cursor:
                cursor.execute("INSERT INTO meta VALUES ('half', 'done')")
                cursor.execute(LONG).fetchall()
        except duckdb.Error as error:
            failed.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    until = time.monotonic() + PATIENCE_S
    while thread.is_alive() and time.monotonic() < until:
        time.sleep(0.2)
        store.interrupt()
    thread.join(1)
    assert [type(error).__name__ for error in failed] == ["InterruptException"]
    assert store.rows("SELECT count(*) FROM meta WHERE name = 'half'") == [(0,)], "and the store is asked on"


class Begun(Beside):
    every_s = 0.01

    def __init__(self) -> None:
        super().__init__()
        self.begun = threading.Event()


class Asking(Begun):
    name = "asking"

    def look(self) -> None:
        self.begun.set()
        running.store().rows(LONG)


class Deaf(Begun):
    name = "deaf"

    def __init__(self) -> None:
        super().__init__()
        self.let_go = threading.Event()

    def look(self) -> None:
        self.begun.set()
        self.let_go.wait()


def test_what_is_beside_the_pages_ends_soon_and_who_does_not_is_named(
    app_store: Store,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    monkeypatch.setattr(stopping, "_PATIENCE_S", 1.0)
    asking, deaf = Asking(), Deaf()
    for one in (asking, deaf):
        one.start()
        assert one.begun.wait(PATIENCE_S)
    stopping.Ending([asking, deaf]).finish()
    deaf.let_go.set()
    assert "asking: ended on the way" in caplog.text and "left alone: deaf" in caplog.text
    assert not [one for one in caplog.records if one.exc_info], "an interrupted question is no error"


def test_the_app_ends_at_sigterm_while_days_are_added_up(tmp_path: Path) -> None:
    """A store of many days that were never added up: that takes much longer than the app may take to end."""
    store = open_store(load(db=tmp_path / "calls.duckdb", data=tmp_path))
    with store.writing() as cursor:
        columns = {name: kind for name, kind, *_rest in cursor.execute("DESCRIBE calls").fetchall()}
        known = {"call_no": "n", "system": "'x'", "id": "'c' || n", "started_at": "t", "ended_at": "t", "day": "t::DATE",
                 "hour": "hour(t)", "weekday": "isodow(t)", "client": "'+7' || n", "client_id": "n",
                 "direction": "'inbound'", "kind": "'voice'", "import_id": "1",
                 "provider": "'x'", "content": "1"}  # fmt: skip
        asked = [
            f"{known.get(name, 'FALSE' if kind == 'BOOLEAN' else 'NULL')} AS {name}" for name, kind in columns.items()
        ]
        rows = "SELECT range AS n, TIMESTAMP '2025-01-01' + to_minutes(range // 3) AS t FROM range(1500000)"
        cursor.execute(f"INSERT INTO calls BY NAME SELECT {', '.join(asked)} FROM ({rows})")
        cursor.execute("INSERT INTO rollup_days (day, fresh, settled) SELECT DISTINCT day, FALSE, FALSE FROM calls")
    store.close()
    with started(tmp_path, None, CALLDASH_METRICS_TOKEN=TOKEN) as (process, place):
        wait_for(f"{place}/healthz", process)
        for _twice in range(2):  # once it could be a look that finds nothing to do
            wait_until_at_work(place, "rollups")
            time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        said, _nothing = process.communicate(timeout=PATIENCE_S)
    assert "rollups: ended on the way" in said and "Traceback" not in said


OPENING = """
import signal, sys
from pathlib import Path
from calldash.server import stopping
from calldash.settings import load
from calldash.store import open_store
store = open_store(load(db=Path(sys.argv[1])))
before = signal.getsignal(signal.SIGTERM)
with stopping.ends_at_once():
    pass
assert signal.getsignal(signal.SIGTERM) is before
signal.signal(signal.SIGTERM, lambda *_given: None)  # as a server that only notes that it shall end
with stopping.ends_at_once(), store.noting() as cursor:
    cursor.execute("INSERT INTO meta VALUES ('half', 'done')")
    print("go", flush=True)
    cursor.execute(sys.argv[2]).fetchall()
"""


def test_sigterm_while_the_store_is_opened_ends_it_there_and_undoes_what_it_did(tmp_path: Path) -> None:
    db = tmp_path / "calls.duckdb"
    process = subprocess.Popen(
        [sys.executable, "-c", OPENING, str(db), LONG], cwd=tmp_path, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout
    assert process.stdout.readline() == "go\n"
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE_S) == -signal.SIGTERM
    store = open_store(load(db=db, data=tmp_path))
    assert store.rows("SELECT count(*) FROM meta WHERE name = 'half'") == [(0,)]
    store.close()

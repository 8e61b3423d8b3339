"""Backups of a real store: made while it is in use, whole or not at all; put back, or refused with a reason."""

import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from calldash import audit
from calldash.__main__ import app
from calldash.backups import backup, restore
from calldash.people import invitations, sessions
from calldash.problems import Problem
from calldash.settings import Settings, load
from calldash.store import Store, open_store
from calldash.store.duck import Busy
from tests.drawn import as_csv, calls

ROWS = """
    started_at | direction | client | answered | wait_s | talk_s | team
    10:00      | in        | A      | yes      | 5      | 100    | Sales
    10:05      | in        | B      | no       | 20     | 0      | Support
"""


def quiet(_share: float) -> None:
    """Progress that nobody watches."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = tmp_path / "it's here"
    folder.mkdir()
    return load(db=folder / "calls.duckdb", data=folder, language="en")


@pytest.fixture
def packed(settings: Settings, tmp_path: Path) -> Path:
    """A backup of a store with an account, a session and lines in its trail."""
    store = open_store(settings)
    invitations.redeem(store, invitations.first(store), "four words nobody guesses", "olga")
    sessions.of(store).begin("olga", "10.0.0.7", "Firefox")
    place, _manifest = backup.make(store, tmp_path / "one.calldash-backup", quiet)
    store.close()
    return place


def test_a_backup_holds_what_the_store_held_when_it_began(settings: Settings, tmp_path: Path) -> None:
    store = open_store(settings)
    audit.record(store, audit.LOCAL, "mark", "before")
    place, manifest = backup.make(store, tmp_path, quiet)
    audit.record(store, audit.LOCAL, "mark", "after")
    assert manifest.rows["audit"] == 1
    assert manifest.audit_head != audit.head(store)
    assert place.stat().st_mode & 0o077 == 0
    assert not list((settings.db.parent / "copies").iterdir())
    with pytest.raises(Problem, match="exists already"):
        backup.make(store, place, quiet)
    assert [path.name for path in tmp_path.glob(".*")] == []
    store.close()


def test_what_is_restored_is_what_was_backed_up_and_the_store_before_is_kept(settings: Settings, packed: Path) -> None:
    store = open_store(settings)
    audit.record(store, audit.LOCAL, "mark", "later")
    store.close()
    _manifest, old = restore.restore(settings, packed, quiet)
    store = open_store(settings)
    assert audit.trail(store)[0][2] == "restore"
    assert "later" not in [line[3] for line in audit.trail(store)]
    assert audit.broken(store) is None
    assert store.rows("SELECT count(*) FROM sessions WHERE ended_at IS NULL") == [(0,)]
    store.close()
    assert old is not None
    before = open_store(settings.model_copy(update={"db": old}))
    assert audit.trail(before)[0][3] == "later"
    before.close()


def test_a_store_that_is_open_is_not_replaced(settings: Settings, packed: Path) -> None:
    import subprocess
    import sys

    text = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    holder = subprocess.Popen(
        [sys.executable, "-c", text, str(settings.db)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout
    assert holder.stdout.readline() == "open\n"
    was = settings.db.stat().st_ino
    with pytest.raises(Busy):
        restore.restore(settings, packed, quiet)
    holder.communicate(timeout=30)
    assert settings.db.stat().st_ino == was
    assert sorted(path.name for path in settings.db.parent.iterdir() if path.is_file()) == ["calls.duckdb"]


@pytest.mark.parametrize("harm", ["cut", "text", "hash", "rows", "head", "newer"])
def test_a_damaged_backup_changes_nothing(settings: Settings, packed: Path, tmp_path: Path, harm: str) -> None:
    bad = tmp_path / "bad.calldash-backup"
    if harm == "cut":
        bad.write_bytes(packed.read_bytes()[:-3000])
    elif harm == "text":
        bad.write_text("not a backup")
    else:
        changed = {
            "hash": {"sha256": "0" * 64},
            "rows": {"rows": {}},
            "head": {"audit_head": "x"},
            "newer": {"format": 9},
        }
        with zipfile.ZipFile(packed) as pack, zipfile.ZipFile(bad, "w") as other:
            manifest = json.loads(pack.read(backup.MANIFEST)) | changed[harm]
            other.writestr(backup.DATABASE, pack.read(backup.DATABASE))
            other.writestr(backup.MANIFEST, json.dumps(manifest))
    was = settings.db.read_bytes()
    with pytest.raises(Problem):
        restore.restore(settings, bad, quiet)
    assert settings.db.read_bytes() == was
    assert sorted(path.name for path in settings.db.parent.iterdir() if path.is_file()) == ["calls.duckdb"]


def test_the_commands_do_the_same(settings: Settings, tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text(as_csv(calls(ROWS)))
    place, db = tmp_path / "two.calldash-backup", ["--db", str(settings.db)]
    for command in (["import", str(rows)], ["backup", str(place)]):
        done = CliRunner().invoke(app, [*command, *db])
        assert done.exit_code == 0, done.output
    settings.db.unlink()
    done = CliRunner().invoke(app, ["restore", str(place), *db])
    assert done.exit_code == 0, done.output
    store: Store = open_store(settings)
    assert store.rows("SELECT count(*) FROM calls") == [(2,)]
    store.close()

"""A process killed while it restores a backup leaves the store there was, or the one restored: never less than one."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from calldash import audit
from calldash.backups import backup, restore
from calldash.settings import Settings, load
from calldash.store import open_store
from tests.drawn import as_csv, calls, take

ROOT = Path(__file__).parents[1]
OLD, NEW = 3, 20_000
RESTORE = """
import os, signal, sys, time
from pathlib import Path
from calldash.backups import restore
from calldash.settings import load
from calldash.store import copying
kill_at = sys.argv[3]
def killing(name, wrapped):
    def step(*given, **named):
        if kill_at == f"before {name}":
            os.kill(os.getpid(), signal.SIGKILL)
        done = wrapped(*given, **named)
        if kill_at == f"after {name}":
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    return step
for name in ("_unpack", "_verify", "_prepare"):
    setattr(restore, name, killing(name, getattr(restore, name)))
for name in ("_hold", "_keep"):
    setattr(copying, name, killing(name, getattr(copying, name)))
Path.replace = killing("replace", Path.replace)
print("go", flush=True)
restore.restore(load(db=Path(sys.argv[1])), Path(sys.argv[2]), lambda _share: None)
print("done", flush=True)
"""
MOMENTS = [f"{when} {name}" for name in ("_unpack", "_verify", "_prepare", "_hold", "_keep", "replace")
           for when in ("before", "after")]  # fmt: skip


def rows(count: int) -> str:
    drawn = calls("started_at | direction | answered | wait_s\n10:00 | in | yes | 5")[0]
    return as_csv({**drawn, "id": f"c{n}", "client": f"+7900{n % 997:07}"} for n in range(count))


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a backup of NEW calls and a store of OLD ones, never to be changed."""
    folder = tmp_path_factory.mktemp("before")
    for name, count in (("new", NEW), ("calls", OLD)):
        store = open_store(settings_of(folder, name))
        take(store, rows(count))
        audit.record(store, audit.LOCAL, "mark", name)
        if name == "new":
            backup.make(store, folder / "one.calldash-backup", lambda _share: None)
        store.close()
    return folder


def settings_of(folder: Path, name: str = "calls") -> Settings:
    return load(db=folder / f"{name}.duckdb", data=folder)


def restored(before: Path, folder: Path, moment: str, seconds: float | None = None) -> float:
    """Restores in a process of its own, killed at a moment or after so many seconds; gives how long it took."""
    folder.mkdir(exist_ok=True)
    shutil.copy2(before / "calls.duckdb", folder)
    process = subprocess.Popen(
        [sys.executable, "-c", RESTORE, str(folder / "calls.duckdb"), str(before / "one.calldash-backup"), moment],
        stdout=subprocess.PIPE, text=True, cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout
    assert process.stdout.readline() == "go\n"
    began = time.monotonic()
    if seconds is not None:
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
    process.stdout.read()
    took = time.monotonic() - began
    assert process.wait(60) == (0 if moment == "never" and seconds is None else -signal.SIGKILL) or seconds is not None
    return took


def whole(folder: Path) -> int:
    """The calls of the store that is there: the old ones or the new, with the trail that belongs to them."""
    store = open_store(settings_of(folder))
    try:
        [(count,)] = store.rows("SELECT count(*) FROM calls")
        kept = [line[3] for line in audit.trail(store)]
        assert (count, "new" in kept, "calls" in kept) in ((OLD, False, True), (NEW, True, False))
        assert audit.broken(store) is None
        return int(count)
    finally:
        store.close()


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_each_step_there_is_one_whole_store(before: Path, tmp_path: Path, moment: str) -> None:
    folder = tmp_path / "it"
    restored(before, folder, moment)
    assert whole(folder) == (NEW if moment == "after replace" else OLD)


def test_killed_at_any_time_there_is_one_whole_store_and_it_can_be_done_again(before: Path, tmp_path: Path) -> None:
    dice, took = random.Random(6), restored(before, tmp_path / "all", "never")
    assert whole(tmp_path / "all") == NEW
    for number in range(4):
        folder = tmp_path / str(number)
        restored(before, folder, "never", dice.uniform(0.2, 1.1) * took)
        assert whole(folder) in (OLD, NEW)
    restore.restore(settings_of(folder), before / "one.calldash-backup", lambda _share: None)
    assert whole(folder) == NEW


def test_what_a_killed_restore_left_goes_with_a_later_one(before: Path, tmp_path: Path) -> None:
    folder = tmp_path / "it"
    restored(before, folder, "after _unpack")
    [left] = [path for path in folder.iterdir() if path.name.endswith(".restored")]
    fresh = left.with_name(".calls.duckdb.0123456789ab.restored")
    shutil.copyfile(left, fresh)
    os.utime(left, (1, 1))
    restore.restore(settings_of(folder), before / "one.calldash-backup", lambda _share: None)
    assert (left.exists(), fresh.exists()) == (False, True), "another may be at work on the fresh one"

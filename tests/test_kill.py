"""A process killed while it imports leaves the whole file in the store, or nothing of it."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from calldash.importing import import_file
from calldash.settings import load
from calldash.store import open_store
from tests.drawn import as_csv, calls

ROOT = Path(__file__).parents[1]
ROWS = 4000
IMPORT = """
import sys
from pathlib import Path
from calldash.importing import import_file
from calldash.settings import load
from calldash.store import open_store
store = open_store(load(db=Path(sys.argv[1])))
print("go", flush=True)
import_file(store, Path(sys.argv[2]))
print("done", flush=True)
store.close()
"""


def file(path: Path, first: int, talk: int) -> Path:
    """A file of ROWS calls numbered from `first`, all of them with `talk` seconds."""
    drawn = calls("started_at | direction | answered | wait_s\n10:00 | in | yes | 5")[0]
    rows = (
        {**drawn, "id": f"c{n}", "client": f"+7900{n % 997:07}", "talk_s": str(talk)}
        for n in range(first, first + ROWS)
    )
    path.write_text(as_csv(rows), encoding="utf-8")
    return path


def kill_after(db: Path, path: Path, seconds: float | None) -> float:
    """Imports in a process of its own, killed so many seconds after it began (None: not killed); gives how long it took."""
    process = subprocess.Popen(
        [sys.executable, "-c", IMPORT, str(db), str(path)],
        stdout=subprocess.PIPE, text=True, cwd=db.parent, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout
    assert process.stdout.readline() == "go\n"
    started = time.monotonic()
    if seconds is None:
        assert process.stdout.readline() == "done\n"
    else:
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
    took = time.monotonic() - started
    process.communicate(timeout=60)
    return took


def state(db: Path) -> tuple[int, int, int, int, int]:
    """Calls, the sum of their talk, kept rows, imports, and the version."""
    store = open_store(load(db=db, data=db.parent))
    try:
        found = store.rows(
            "SELECT (SELECT count(*) FROM calls), (SELECT sum(talk_s) FROM calls), (SELECT count(*) FROM rows), "
            "(SELECT count(*) FROM imports), (SELECT value::BIGINT FROM meta WHERE name = 'version')"
        )[0]
        return tuple(int(value) for value in found)  # type: ignore[return-value]
    finally:
        store.close()


def test_a_killed_import_is_in_whole_or_not_at_all(tmp_path: Path) -> None:
    """The second file changes half of the first one's calls and adds as many."""
    db, dice = tmp_path / "calls.duckdb", random.Random(4)
    first, second = file(tmp_path / "first.csv", 0, 10), file(tmp_path / "second.csv", ROWS // 2, 30)
    took = kill_after(db, first, None)
    before = state(db)
    assert before[:4] == (ROWS, ROWS * 10, ROWS, 1)
    after = (ROWS * 3 // 2, ROWS // 2 * 10 + ROWS * 30, ROWS * 3 // 2, 2, before[4] + 1)
    for _ in range(5):
        kill_after(db, second, dice.uniform(0.1, 1.3) * took)
        found = state(db)
        assert found in (before, after)
        if found == after:
            break
    store = open_store(load(db=db, data=tmp_path))
    again = import_file(store, second)
    assert again.rows_new + again.rows_changed + again.rows_same == again.rows_read == ROWS
    store.close()
    assert state(db)[:3] == after[:3]


def test_killed_before_anything_was_stored(tmp_path: Path) -> None:
    db = tmp_path / "calls.duckdb"
    first = file(tmp_path / "first.csv", 0, 10)
    kill_after(db, first, 0.01)
    store = open_store(load(db=db, data=tmp_path))
    assert import_file(store, first).rows_read == ROWS
    assert store.rows("SELECT count(*) FROM calls") == [(ROWS,)]
    store.close()

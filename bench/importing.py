"""How long a million rows take into an empty store beside what DuckDB alone takes, and a thousand into ten million."""

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

import duckdb

from bench.scratch import Scratch
from bench.table import TIMES, Line
from calldash.importing import import_file
from calldash.settings import load
from calldash.store import open_store

_SORTED = "CREATE TABLE calls AS SELECT * FROM read_csv($1) ORDER BY started_at, id"


def million(scratch: Scratch) -> list[Line]:
    """Both ways in turn, each time in a process of its own, so that its peak of memory is its own."""
    path = scratch.million()
    ours, theirs = [], []
    for _ in range(TIMES):
        theirs.append(_in_process("theirs", path))
        ours.append(_in_process("ours", path))
    seconds, alone = (median(found["seconds"] for found in part) for part in (ours, theirs))
    peak = median(found["peak_gb"] for found in ours)
    return [
        Line("DuckDB alone: read and sort 1 M rows", f"{alone:.2f} s"),
        Line("import of 1 M rows into an empty store", f"{seconds:.2f} s"),
        Line("  as a ratio to DuckDB alone", f"{seconds / alone:.2f}", seconds / alone, 5),
        Line("  peak of memory", f"{peak:.2f} GB", peak, 1.5, " GB"),
    ]


def additions(scratch: Scratch) -> list[Line]:
    """A thousand calls, each time other ones, into the big store."""
    store = open_store(scratch.big_store())
    found = []
    for _ in range(TIMES):
        stored = store.rows("SELECT count(*) FROM calls")[0][0]
        path = scratch.additions((stored - scratch.big) // 1000)
        started = perf_counter()
        import_file(store, path)
        found.append(perf_counter() - started)
        path.unlink()
    store.close()
    return [Line(f"1,000 new rows into {scratch.big:,}", f"{median(found):.2f} s", median(found), 2, " s")]


def _in_process(way: str, path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.importing", way, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[0])
    return found


def _once(way: str, path: Path) -> dict[str, float]:
    """Imports `path` into an empty database of a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        db = Path(folder) / "calls.duckdb"
        if way == "ours":
            store = open_store(load(db=db))
            started = perf_counter()
            import_file(store, path)
        else:
            connection = duckdb.connect(str(db))
            started = perf_counter()
            connection.execute(_SORTED, [str(path)])
        seconds = perf_counter() - started
    return {"seconds": seconds, "peak_gb": _peak() / (1 << 30)}


def _peak() -> int:
    """The most memory this process had, in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak << 10


if __name__ == "__main__":
    print(json.dumps(_once(sys.argv[1], Path(sys.argv[2]))))

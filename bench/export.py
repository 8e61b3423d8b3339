"""How long exports take and what memory they need, for a hundred thousand calls and for a million, in each format."""

import json
import resource
import subprocess
import sys
from datetime import date
from pathlib import Path
from time import perf_counter

from bench.scratch import Scratch
from bench.table import Line
from calldash import export
from calldash.filters import CallFilter
from calldash.importing import import_file
from calldash.metrics import CALL_COLUMNS
from calldash.settings import load
from calldash.store import open_store

_COLUMNS = [key for key, column in CALL_COLUMNS.items() if column.usual]
# The generated million has a year; its first weeks have a tenth of it.
_LAST_DAYS = {"100 k": date(2023, 2, 6), "1 M": date.max}
_MORE_MB = 150  # the most that ten times the rows may need on top


def exports(scratch: Scratch) -> list[Line]:
    """Each format in a process of its own, so that its peak of memory is its own."""
    db = _filled(scratch)
    lines = []
    for form in export.FORMATS:
        found = {rows: _in_process(db, form, until) for rows, until in _LAST_DAYS.items()}
        few, many = found["100 k"], found["1 M"]
        text = f"{few['seconds']:.1f} s and {many['seconds']:.1f} s, {many['file_mb']:.0f} MB"
        lines.append(Line(f"export of {few['rows']:,.0f} and {many['rows']:,.0f} calls as {form}", text))
        more = many["peak_mb"] - few["peak_mb"]
        peaks = f"{few['peak_mb']:.0f} MB, {many['peak_mb']:.0f} MB"
        lines.append(Line("  peak of memory for the one and the other", peaks, more, _MORE_MB, " MB more"))
    return lines


def _filled(scratch: Scratch) -> Path:
    """A store of the generated million, made when it is not there."""
    db = scratch.folder / "export.duckdb"
    if not db.exists():
        part = db.with_suffix(".part")
        part.unlink(missing_ok=True)
        store = open_store(load(db=part))
        import_file(store, scratch.million())
        store.close()
        part.replace(db)
    return db


def _in_process(db: Path, form: str, until: date) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.export", str(db), form, until.isoformat()]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[0])
    return found


def _once(db: Path, form: str, until: date) -> dict[str, float]:
    store = open_store(load(db=db))
    chosen = CallFilter(until=until)
    started = perf_counter()
    parts = export.FORMATS[form].write(export.calls(store, chosen, _COLUMNS, "started_at", True))
    size = sum(len(part) for part in parts)
    seconds = perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak_mb = peak / (1 << 20) if sys.platform == "darwin" else peak / (1 << 10)
    return {"seconds": seconds, "file_mb": size / 1e6, "peak_mb": peak_mb, "rows": export.count(store, chosen)}


if __name__ == "__main__":
    print(json.dumps(_once(Path(sys.argv[1]), sys.argv[2], date.fromisoformat(sys.argv[3]))))

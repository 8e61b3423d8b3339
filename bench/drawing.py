"""What drawing a page costs: the app's CPU time of a run whose answers are known, beside an empty page of Streamlit.

The store is the demo's: answers that are known take as long to draw from few calls as from many. Linux tells the time.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from bench.pages import shown_pages
from bench.scratch import Scratch
from bench.sessions import change, connected
from bench.table import Line
from calldash.commands import run
from calldash.settings import load
from calldash.store import open_store
from tests.served import ROOT, free_port, wait_for

_TIMES, _WARMING = 20, 3
_DAYS = (30, 31)
_LAST = date(2026, 11, 20)
_EMPTY = Path(__file__).with_name("empty.py")


def drawing(scratch: Scratch) -> list[Line]:
    """Each page for two periods in turn; what the app itself does meanwhile is in the figures."""
    db = scratch.folder / "drawing.duckdb"
    db.unlink(missing_ok=True)
    store = open_store(load(db=db))
    run(store, "demo", {"day": _LAST.isoformat(), "if_empty": True}, lambda _share: None)
    store.close()
    with _started(_EMPTY, db) as (pid, address):
        lines = [_line("empty page of Streamlit", asyncio.run(_cost(pid, address, "")))]
    with _started(ROOT / "app.py", db) as (pid, address):
        addresses = {page: "" if page == "overview" else page for page in shown_pages()}
        for one in addresses.values():  # meanwhile the app does what it does once, beside the pages
            asyncio.run(_cost(pid, address, one))
        lines += [_line(f"  {page}", asyncio.run(_cost(pid, address, one))) for page, one in addresses.items()]
    db.unlink()
    return lines


def _line(name: str, seconds: float) -> Line:
    return Line(f"drawing: {name}", f"{seconds * 1000:.0f} ms of CPU")


async def _cost(pid: int, address: str, page: str) -> float:
    """Seconds of CPU of a run, the first few, which ask and fill caches, left out."""
    async with connected(address) as socket:
        for number in range(_WARMING * len(_DAYS)):
            await change(socket, page, _LAST, _DAYS[number % len(_DAYS)])
        before = _cpu(pid)
        for number in range(_TIMES):
            await change(socket, page, _LAST, _DAYS[number % len(_DAYS)])
        return (_cpu(pid) - before) / _TIMES


def _cpu(pid: int) -> float:
    """Seconds of CPU that a process has taken: the 14th and 15th field, counted from behind its name."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _started(script: Path, db: Path) -> Iterator[tuple[int, str]]:
    """The process of a script that Streamlit serves, and its address."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    places = {"CALLDASH_DB": str(db), "CALLDASH_DATA": str(db.parent)}
    with db.with_suffix(".log").open("w") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | places, stdout=out, stderr=out)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/_stcore/health", process)
        yield process.pid, address
    finally:
        process.terminate()
        process.wait()

"""Files of stores that many tests begin with: made once in a process, then written out again, as that is quicker."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from calldash.settings import load
from calldash.store import Store, open_store

Filling = Callable[[Store], object]


def put(path: Path, fill: Filling | None = None) -> None:
    """Makes `path` a closed store, empty or with what the function `fill` puts there; one that is there stays."""
    if not path.exists():
        path.write_bytes(_made(fill))


@cache
def _made(fill: Filling | None) -> bytes:
    with TemporaryDirectory() as folder:
        settings = load(db=Path(folder) / "calls.duckdb", data=Path(folder))
        store = open_store(settings)
        if fill:
            fill(store)
        store.close()
        return settings.db.read_bytes()

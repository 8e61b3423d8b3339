"""What was made of recordings, kept under the hash of the original: made once, the longest unused goes first."""

import hashlib
import os
import tempfile
import threading
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from calldash.recordings.turns import Turns

_turns = Turns()
_clearing = threading.Lock()


def kept(folder: Path, original: Path, ending: str, make: Callable[[Path], None], limit_mb: int) -> Path:
    """The file made of `original`: kept from before, or made now by `make`, which is given the path to write.

    `folder` keeps at most `limit_mb`, but always the newest.
    """
    path = folder / f"{digest(original)}{ending}"
    with _turns.of(str(path)):
        try:
            os.utime(path)  # used now
        except FileNotFoundError:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=folder) as aside:
                part = Path(aside) / path.name
                make(part)
                part.replace(path)
            _clear(folder, path, limit_mb << 20)
    return path


def digest(path: Path) -> str:
    """The sha256 of a file's content."""
    known = path.stat()
    return _digest(path, known.st_size, known.st_mtime_ns)


@lru_cache(maxsize=4096)
def _digest(path: Path, size: int, changed_ns: int) -> str:  # noqa: ARG001 (a changed file has another)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _clear(folder: Path, newest: Path, limit: int) -> None:
    """Removes what was not used for longest until the rest fits."""
    with _clearing:
        there = sorted((entry.stat().st_mtime_ns, entry.stat().st_size, entry.path) for entry in _files(folder))
        total = sum(size for _used, size, _path in there)
        for _used, size, path in there:
            if total <= limit:
                return
            if path != str(newest):
                Path(path).unlink(missing_ok=True)
                total -= size


def _files(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return [entry for entry in entries if entry.is_file(follow_symlinks=False)]

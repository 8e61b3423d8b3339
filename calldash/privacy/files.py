"""Files that tell of a client: recordings with what was made of them, and imported files that were put away."""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from calldash.importing import DEMO
from calldash.problems import Problem
from calldash.recordings import call_of, find, index, keeping, kinds, patterns, places
from calldash.settings import Settings
from calldash.store import Store
from calldash.store.erased import HIDDEN
from calldash.store.erasing import national, spelt

_PACKED = frozenset((".xlsx", ".xls", ".ods", ".zip", ".gz", ".parquet", ".duckdb", ".wal"))
_MADE = ((places.PLAYED, ".mp3"), (places.PEAKS, ".npz"))
_SAME_DIGITS = 7


@dataclass
class Done:
    """How many files were removed and how many changed; what could not be, and packed files nobody looked into."""

    removed: int = 0
    changed: int = 0
    failed: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def of_calls(store: Store, calls: Iterable[int]) -> set[Path]:
    """The recordings of calls by their numbers that are of no other call; the program's own are not among them."""
    chosen = list(calls)
    shared = dict(store.rows(
        "SELECT recording, 1 FROM calls WHERE recording IN (SELECT recording FROM calls "
        "WHERE list_contains($calls, call_no)) AND NOT list_contains($calls, call_no)", {"calls": chosen},
    ))  # fmt: skip
    found = set()
    for call in (call_of(store, number) for number in chosen):
        if call.system == DEMO or call.recording in shared:
            continue
        try:
            path = find(store, call)
        except Problem:
            continue
        if path.is_file():
            found.add(path)
    return found


def of_number(store: Store, number: str) -> set[Path]:
    """The files in the recordings folder whose names have the number."""
    if not store.settings.recordings.is_dir():
        return set()
    index.refresh(store)
    digits = national(number)
    root = store.settings.recordings.resolve()
    rows = store.rows("SELECT folder, name, number FROM recording_files")
    return {
        root / folder / name
        for folder, name, told in rows
        if len(digits) >= _SAME_DIGITS and (patterns.digits(told) or "").endswith(digits)
    }


def remove(store: Store, paths: Iterable[Path], done: Done) -> None:
    """Removes recordings, and what was made of them."""
    for path in sorted(paths):
        try:
            content = keeping.digest(path)
            made = [places.made(store.settings, what) / f"{content}{ending}" for what, ending in _MADE]
            for one in (path, *made):
                one.unlink(missing_ok=True)
            done.removed += 1
        except OSError:
            done.failed.append(path.name)
    if store.settings.recordings.is_dir():
        _forget(store, paths)


def _forget(store: Store, paths: Iterable[Path]) -> None:
    root = store.settings.recordings.resolve()
    gone = [path.relative_to(root) for path in paths if path.is_relative_to(root) and not path.exists()]
    with store.noting() as cursor:
        for path in gone:
            folder = "" if path.parent == Path() else path.parent.as_posix()
            cursor.execute("DELETE FROM recording_files WHERE folder = ? AND name = ?", [folder, path.name])


def blot_out(settings: Settings, number: str, done: Done, dry: bool = False) -> None:
    """Puts dots in the place of the number in the text files that lie with the data, such as imported ones."""
    if len(national(number)) < _SAME_DIGITS:
        return
    found = re.compile(spelt(number).encode())
    for path in _lying(settings):
        try:
            if path.suffix.lower() in _PACKED:
                done.unread.append(path.name)
                continue
            content = path.read_bytes()
            # Twice: what parts two numbers belongs to the first.
            clean = found.sub(_dots, found.sub(_dots, content))
            if clean != content:
                done.changed += 1
                _write(path, clean, dry)
        except OSError:
            done.failed.append(path.name)


def inbox(settings: Settings) -> Path:
    """Where files that were dropped for the app are put away."""
    return settings.db.absolute().parent / "inbox"


def _dots(found: re.Match[bytes]) -> bytes:
    return found[1] + HIDDEN.encode() + found[3]


def _write(path: Path, content: bytes, dry: bool) -> None:
    if dry:
        return
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)


def _lying(settings: Settings) -> Iterator[Path]:
    """Files below the data folder and the inbox but for the store itself, sound and what is made of it."""
    own = {settings.db.resolve(), settings.db.resolve().with_name(settings.db.name + ".wal")}
    seen = set()
    for root in (settings.data, inbox(settings)):
        for folder, _folders, names in os.walk(root):
            for name in names:
                path = (Path(folder) / name).resolve()
                sound = path.suffix[1:].lower() in kinds.ENDINGS or path.suffix == ".npz"
                if path not in seen and path not in own and not sound and not name.startswith("."):
                    seen.add(path)
                    yield path

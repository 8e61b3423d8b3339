"""The recordings folder as the store knows it: read once, then only the folders in it that have changed."""

import os
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from calldash.recordings import kinds, patterns
from calldash.store import Store

_FRESH_S = 2.0  # the folder is not looked at again so soon
_AT_ONCE = 50_000  # files written to the store in one go
_SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("folder", "name", "stem", "call_id")]
    + [("begun_at", pa.timestamp("us")), ("number", pa.string()), ("line", pa.string())]
)
_lock = threading.Lock()
_looked: dict[Path, tuple[str, float]] = {}


def refresh(store: Store) -> None:
    """Brings the store's list of files up to date with the folder. Raises Problem for patterns that cannot be used."""
    settings = store.settings
    known = patterns.patterns(settings.recording_patterns)
    made_for = f"{settings.recordings.resolve()}|{settings.recording_patterns}"
    with _lock:
        before = _looked.get(settings.db)
        if before and before[0] == made_for and time.monotonic() - before[1] < _FRESH_S:
            return
        _bring_up(store, made_for, known)
        _looked[settings.db] = (made_for, time.monotonic())


def _bring_up(store: Store, made_for: str, known: tuple[Any, ...]) -> None:
    root = store.settings.recordings.resolve()
    # A folder that changed just now may change again within the same tick of its clock: it counts as changed then too.
    settled_ns = time.time_ns() - int(_FRESH_S * 1e9)
    old = dict(store.rows("SELECT folder, changed_ns FROM recording_folders WHERE made_for = ?", [made_for]))
    found = dict(_folders(root, old))
    changed = [folder for folder, at_ns in found.items() if old.get(folder) != at_ns or at_ns > settled_ns]
    if not changed and len(found) == len(old):
        return
    gone = [folder for folder in old if folder not in found]
    with store.noting() as cursor:
        if not old:
            cursor.execute("DELETE FROM recording_folders")
            cursor.execute("DELETE FROM recording_files")
        for table in ("recording_folders", "recording_files"):
            cursor.execute(f"DELETE FROM {table} WHERE list_contains($some, folder)", {"some": [*changed, *gone]})
        for block in _blocks(root, changed, known):
            cursor.register("found_files", pa.Table.from_pylist(block, schema=_SCHEMA))
            cursor.execute("INSERT INTO recording_files SELECT * FROM found_files")
            cursor.unregister("found_files")
        times = {"made_for": made_for, "folders": changed, "times": [found[folder] for folder in changed]}
        cursor.execute("INSERT INTO recording_folders SELECT $made_for, unnest($folders), unnest($times)", times)


def _folders(root: Path, old: dict[str, int]) -> Iterator[tuple[str, int]]:
    """Each folder below `root` and when it changed; one that has not changed since is not opened."""
    below: dict[str, list[str]] = {}
    for folder in old:
        if folder:
            below.setdefault(folder.rpartition("/")[0], []).append(folder)
    left = [""]
    while left:
        folder = left.pop()
        try:
            at_ns = (root / folder).stat().st_mtime_ns
            yield folder, at_ns
            if old.get(folder) == at_ns:
                left.extend(below.get(folder, ()))
                continue
            with os.scandir(root / folder) as entries:
                left.extend(_join(folder, entry.name) for entry in entries if _is_folder(entry))
        except OSError:
            continue


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _blocks(root: Path, folders: list[str], known: tuple[Any, ...]) -> Iterator[list[dict[str, Any]]]:
    block: list[dict[str, Any]] = []
    for folder in folders:
        try:
            with os.scandir(root / folder) as entries:
                names = [entry.name for entry in entries if entry.is_file(follow_symlinks=False)]
        except OSError:
            continue
        block.extend(_row(folder, name, known) for name in names if _is_sound(name))
        if len(block) >= _AT_ONCE:
            yield block
            block = []
    if block:
        yield block


def _is_sound(name: str) -> bool:
    return not name.startswith(".") and name.rpartition(".")[2].lower() in kinds.ENDINGS


def _row(folder: str, name: str, known: tuple[Any, ...]) -> dict[str, Any]:
    stem = name.rpartition(".")[0]
    told = patterns.read(_join(folder, stem), known)
    return {"folder": folder, "name": name, "stem": stem, **vars(told)}


def named(store: Store, name: str) -> list[str]:
    """The files of that name, or of that name with another ending; paths below the folder, the same ending first."""
    stem = name.rpartition(".")[0] or name
    found = store.rows("SELECT folder, name FROM recording_files WHERE stem IN (?, ?)", [stem, name])
    return [_join(*row) for row in sorted(found, key=lambda row: (row[1] != name, row[0]))]


def of_ids(store: Store, ids: list[str]) -> list[str]:
    """The files whose names hold one of these ids of a call, the earliest first."""
    found = store.rows(
        "SELECT folder, name FROM recording_files WHERE list_contains($ids, call_id) ORDER BY begun_at, folder, name",
        {"ids": ids},
    )
    return [_join(*row) for row in found]


def near(store: Store, since: datetime, until: datetime) -> list[tuple[str, datetime, str | None]]:
    """The files begun between two instants of the phone system's clock: path, beginning, digits of the number."""
    found = store.rows(
        "SELECT folder, name, begun_at, number FROM recording_files WHERE begun_at BETWEEN ? AND ? ORDER BY begun_at",
        [since, until],
    )
    return [(_join(folder, name), begun_at, number) for folder, name, begun_at, number in found]

"""Recordings whose names hold the number of a client whose time is over: they stay, under a name that tells nothing."""

import hashlib
import hmac
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from calldash.importing import DEMO
from calldash.problems import Problem
from calldash.recordings import call_of, find, index
from calldash.store import Store, ageing, keyed
from calldash.store.erasing import SHORTEST, national

FOLDER = "aged"  # below the recordings folder
_BEFORE = 4  # digits of a country's code, or of what stands in its place
_NOT_DIGITS = re.compile(r"\D")
# Calls that may have to do with a file whose name holds their client's number: its last digits stand somewhere.
_HOLDS = "contains(regexp_replace(coalesce({text}, ''), '[^0-9]', '', 'g'), right(client, 7))"
_CALLS = (
    f"SELECT call_no, id, client, recording FROM calls WHERE day < $first AND system <> $demo AND {ageing.OUTLIVED} "
    f"AND ({_HOLDS.format(text='recording')} OR (recording IS NULL AND ({_HOLDS.format(text='id')} "
    "OR list_contains($with_files, client))))"
)


@dataclass(frozen=True)
class Move:
    """Of a call (None: the file is of none): its file, and the path below the recordings folder that it gets.

    Neither: the recording lies at the provider under an address with the number, and is forgotten.
    """

    call_no: int | None
    file: Path | None = None
    name: str | None = None


def moves(store: Store, first: date) -> list[Move]:
    """What has the number of a client who has not called since `first` in its name."""
    clients = store.rows(
        f"SELECT DISTINCT client FROM calls WHERE day < $first AND {ageing.OUTLIVED}", {"first": first}
    )
    digits = {client: told for (client,) in clients if len(told := national(client)) >= SHORTEST}
    files = dict(_files(store, set(digits.values())))
    numbers = set(files.values())
    with_files = [client for client, told in digits.items() if told in numbers]
    calls = store.rows(_CALLS, {"first": first, "demo": DEMO, "with_files": with_files}) if digits else []
    found = [move for call in calls if call[2] in digits for move in _of_call(store, call, digits[call[2]], numbers)]
    taken = {move.file for move in found}
    return found + [_move(store, None, path) for path in files if path not in taken]


def _of_call(store: Store, call: tuple[Any, ...], digits: str, with_files: set[str]) -> list[Move]:
    """The move of one call, if there is any; some numbers have files of their own name."""
    call_no, call_id, _client, recording = call
    named = recording is not None and digits in _bare(recording)
    looked_for = recording is None and (digits in with_files or digits in _bare(call_id))
    if not (named or looked_for):
        return []
    try:
        path = find(store, call_of(store, call_no))
    except Problem:
        path = None
    if path is None or not path.is_file():
        return [Move(call_no)] if named else []
    return [_move(store, call_no, path)]


def _move(store: Store, call_no: int | None, path: Path) -> Move:
    told = hmac.new(keyed.key(store), str(path).encode(), hashlib.sha256).hexdigest()[:24]
    return Move(call_no, path, f"{FOLDER}/{told}{path.suffix.lower()}")


def _files(store: Store, numbers: set[str]) -> Iterator[tuple[Path, str]]:
    """The files in the recordings folder in whose paths one of the numbers (digits) stands, and which."""
    if not numbers or not store.settings.recordings.is_dir():
        return
    index.refresh(store)
    root, lengths = store.settings.recordings.resolve(), {len(one) for one in numbers}
    for folder, name, number in store.rows("SELECT folder, name, number FROM recording_files"):
        runs = [*re.findall(r"[0-9]+", f"{folder}/{name}"), _bare(number or "")]
        ends = (run[-long:] for run in runs for long in lengths if 0 <= len(run) - long <= _BEFORE)
        if told := next((end for end in ends if end in numbers), None):
            yield root / folder / name, told


def _bare(text: str) -> str:
    return _NOT_DIGITS.sub("", text)


def put(store: Store, found: Iterable[Move]) -> None:
    """Gives files their new names beside the old ones, so that each moment one of them is there."""
    root = store.settings.recordings.resolve()
    for move in found:
        if move.file and move.name and move.file.exists():
            (root / FOLDER).mkdir(exist_ok=True)
            if not (root / move.name).exists():
                shutil.copy2(move.file, root / move.name)


def clear(found: Iterable[Move]) -> None:
    """Takes the old names away."""
    for path in {move.file for move in found if move.file}:
        path.unlink(missing_ok=True)


def count(found: Iterable[Move]) -> int:
    """How many recordings have other names, or none any more."""
    return len({move.file or move.call_no for move in found})

"""Files of transcripts to calls: each is attached whole or not at all, in place of what the call had."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from calldash.people import viewer
from calldash.problems import Problem
from calldash.recordings import agent_channel
from calldash.store import Store
from calldash.transcripts import kept, matching
from calldash.transcripts.kept import Call
from calldash.transcripts.lines import as_line
from calldash.transcripts.reading import ENDINGS, read, read_file

NEEDS = "transcripts attach"
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Receipt:
    """What became of a file: the calls it was attached to and how many lines it has, or why it was not."""

    file: str
    calls: tuple[Call, ...] = ()
    lines: int = 0
    trouble: Problem | None = None


def files_of(paths: Sequence[Path]) -> list[Path]:
    """The files at `paths`, in folders those that may be transcripts. Raises Problem for what is not there."""
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise Problem("There is no file {path}.", path=str(path))
        inside = sorted(one for one in path.rglob("*") if one.suffix.casefold() in ENDINGS) if path.is_dir() else [path]
        if not inside:
            raise Problem("The folder {path} has no transcripts (.json, .vtt, .srt).", path=str(path))
        found += inside
    return found


def import_files(store: Store, paths: Sequence[Path], progress: Progress | None = None) -> list[Receipt]:
    """Attaches each file to the calls that its name fits, and tells of each."""
    fitting = matching.by_name(store, paths)
    receipts = []
    for number, path in enumerate(paths, 1):
        try:
            calls = matching.only(fitting, path)
            receipts.append(attach(store, read_file(path)[1], path.name, calls))
        except Problem as problem:
            receipts.append(Receipt(path.name, trouble=problem))
        if progress:
            progress(number / len(paths))
    return receipts


def import_for(store: Store, data: bytes, file: str, system: str, call_id: str) -> Receipt:
    """Attaches the content of a file to one call, for who may.

    Raises Problem for others, when there is no such call, or when the file cannot be read.
    """
    if not viewer.current().may(NEEDS):
        raise Problem("Your role does not allow this.")
    if not store.rows("SELECT 1 FROM calls WHERE system = ? AND id = ?", [system, call_id]):
        raise Problem("There is no call {id} of {system}.", id=call_id, system=system)
    return attach(store, data, file, [(system, call_id)])


def attach(store: Store, data: bytes, file: str, calls: list[Call]) -> Receipt:
    """Gives `calls` the transcript in the content of a file. Raises Problem when it cannot be read."""
    found = read(data)
    channels = {system: agent_channel(store.settings, system) for system, _call_id in calls}
    for channel in set(channels.values()):
        lines = [as_line(one, channel) for one in found.spoken]
        of_channel = [call for call in calls if channels[call[0]] == channel]
        kept.put(store, of_channel, lines, file, hashlib.sha256(data).hexdigest(), found.language)
    return Receipt(file, tuple(calls), len(found.spoken))

"""The calls of a pack one after the other, each with all that belongs to it; few are held at a time."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from calldash import recordings, reports
from calldash.evidence.files import Files, Member
from calldash.evidence.question import Question
from calldash.evidence.recordings import Found, found
from calldash.filters import CallFilter
from calldash.marking import marks
from calldash.query import Moment, listing
from calldash.store import Store
from calldash.telling.values import records
from calldash.transcripts import kept
from calldash.transcripts.writing import FORMATS

Row = dict[str, Any]
BATCH = 200
EVERY = 1 << 40  # more than there are
_PART = 1 << 20


@dataclass(frozen=True)
class Transcript:
    """A transcript in the pack, and where it came from; the instant is UTC."""

    text: Member
    data: Member
    file: str
    imported_at: datetime
    language: str | None


@dataclass(frozen=True)
class Entry:
    """A call: its number in the pack, its row of report `call`, legs, source rows, marks, recording, transcript."""

    number: int
    call: Row
    legs: list[Row]
    rows: list[Row]
    marks: list[tuple[str, str | None, str, datetime]]
    found: Found
    recording: Member | None
    transcript: Transcript | None


def ordered(still: Store, question: Question, moment: Moment) -> list[int]:
    """The numbers of the calls in the order of their beginning; their place in it is their number in the pack."""
    found_calls = listing(["id"], question.chosen, moment, "started_at", False, EVERY, 0)
    return [number for number, _id in still.rows(found_calls.sql, found_calls.values)]


def asked(still: Store, moment: Moment, name: str, numbers: Sequence[int]) -> list[Row]:
    """The rows of a report about calls by their numbers."""
    values: Row = {"calls": list(numbers), "zone": still.settings.zone}
    values |= {"most": EVERY} if name == "call_rows" else {}
    return records(reports.run(still, name, CallFilter(), moment, **values))


class Gathering:
    """Goes through the calls of a pack and puts their recordings and transcripts among its files.

    Calls are read from `still`, so that all are of one moment; recordings are found through `store`, which learns.
    """

    def __init__(self, store: Store, still: Store, question: Question, moment: Moment, files: Files) -> None:
        self._store, self._still, self._moment, self._files = store, still, moment, files
        self._fetch = question.fetch
        self._known: dict[str, Member] = {}

    def entries(self, calls: Sequence[int]) -> Iterator[Entry]:
        """Each of `calls`."""
        for first in range(0, len(calls), BATCH):
            numbers = list(calls[first : first + BATCH])
            told = {row["call_no"]: row for row in asked(self._still, self._moment, "call", numbers)}
            legs, rows = (
                _by_call(asked(self._still, self._moment, name, numbers)) for name in ("call_legs", "call_rows")
            )
            for place, number in enumerate(numbers, first + 1):
                yield self._entry(place, told[number], legs[number], rows[number], len(str(len(calls))))

    def _entry(self, place: int, call: Row, legs: list[Row], rows: list[Row], width: int) -> Entry:
        system, call_id = str(call["system"]), str(call["id"])
        stem = f"{place:0{max(3, width)}}_{call['started_local']:%Y-%m-%d_%H-%M-%S}"
        heard = found(self._store, recordings.call_of(self._still, int(call["call_no"])), self._fetch)
        history = marks.history(self._still, system, call_id)
        transcript = self._transcript(stem, system, call_id)
        return Entry(place, call, legs, rows, history, heard, self._recording(stem, heard), transcript)

    def _recording(self, stem: str, heard: Found) -> Member | None:
        """The file in the pack; calls that share a recording share it there."""
        if heard.path is None:
            return None
        content, size = hashlib.sha256(), 0
        with heard.path.open("rb") as file:
            for part in iter(partial(file.read, _PART), b""):
                content.update(part)
                size += len(part)
        sha256 = content.hexdigest()
        if sha256 not in self._known:
            name = f"recordings/{stem}.{heard.ending}"
            self._known[sha256] = self._files.place(name, heard.path, size, sha256)
        return self._known[sha256]

    def _transcript(self, stem: str, system: str, call_id: str) -> Transcript | None:
        origin = kept.origin(self._still, system, call_id)
        if origin is None:
            return None
        lines, (file, imported_at, language) = kept.lines(self._still, system, call_id), origin
        text, data = (
            self._files.write(f"transcripts/{stem}{form.ending}", [form.write(lines, language).encode()])
            for form in (FORMATS["txt"], FORMATS["json"])
        )
        return Transcript(text, data, file, imported_at, language)


def _by_call(rows: list[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["call_no"]].append(row)
    return found

"""The recordings of calls for a pack: the original file, what is odd about it, or why there is none."""

from dataclasses import dataclass
from pathlib import Path

from calldash import recordings
from calldash.evidence.question import Question, moment_of
from calldash.i18n import say
from calldash.problems import Problem
from calldash.query import numbers_of
from calldash.recordings import checking, kinds
from calldash.recordings.finding import Call
from calldash.store import Store

_ANY = "bin"


@dataclass(frozen=True)
class Found:
    """The file of a call's recording, or `why` there is none here; `notes` are what is odd about the file."""

    path: Path | None
    why: str = ""
    notes: tuple[str, ...] = ()
    played: bool = False

    @property
    def ending(self) -> str:
        """The ending that the file gets in the pack: its own, where that is one of sound."""
        ending = self.path.suffix[1:].lower() if self.path else ""
        return ending if ending in kinds.ENDINGS else _ANY


@dataclass(frozen=True)
class Counts:
    """What a pack will have: calls, recordings that are here and that still lie at the provider, transcripts."""

    calls: int
    recordings: int
    afar: int
    transcripts: int


def found(store: Store, call: Call, fetch: bool) -> Found:
    """Looks for the recording of a call. A file that cannot be heard is taken all the same, and that is noted."""
    try:
        path = recordings.find(store, call, fetch)
    except Problem as problem:
        return Found(None, say(problem))
    try:
        sound = checking.check(path)
    except Problem as problem:
        there = path.is_file() and path.stat().st_size > 0
        return Found(path, notes=(say(problem),)) if there else Found(None, say(problem))
    return Found(path, notes=tuple(say(note) for note in sound.notes), played=sound.kind.played)


def counts(store: Store, question: Question) -> Counts:
    """What a pack would have, without fetching anything."""
    asked = numbers_of(question.chosen, moment_of(store, question))
    calls = [recordings.call_of(store, number) for (number,) in store.rows(asked.sql, asked.values)]
    here = sum(found(store, call, fetch=False).path is not None for call in calls)
    afar = sum(
        bool(call.recording and recordings.is_link(call.recording) and not recordings.is_fetched(store, call.recording))
        for call in calls
    )
    spoken = store.rows(
        f"SELECT count(*) FROM transcripts t JOIN calls c ON c.system = t.system AND c.id = t.id "
        f"WHERE c.call_no IN ({asked.sql})",
        asked.values,
    )
    return Counts(len(calls), here, afar, int(spoken[0][0]))

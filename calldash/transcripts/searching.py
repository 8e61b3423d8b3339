"""Search for what was said, in any form of its words, among the calls of a filter."""

from dataclasses import dataclass
from datetime import datetime

from calldash.filters import CallFilter
from calldash.query import Moment
from calldash.query.spoken import spoken
from calldash.store import Store
from calldash.transcripts.lines import AGENT, CLIENT
from calldash.transcripts.words import forms, lit, words

PAGE = 20
_MOST_WORDS = 20
SIDES = (AGENT, CLIENT)
_COLUMNS = ("call_no", "started_at", "employee", "client", "start_s", "who", "speaker")


@dataclass(frozen=True)
class Asked:
    """What is looked for: all words in one line, or (`in_call`) anywhere in the talk; `who` limits whose lines."""

    phrase: str
    who: str = ""
    in_call: bool = False

    @property
    def words(self) -> list[tuple[str, ...]]:
        """The forms of each word; of a long phrase the first twenty."""
        return list(dict.fromkeys(forms(word) for word in words(self.phrase)))[:_MOST_WORDS]


@dataclass(frozen=True)
class Hit:
    """A line that was found, in its call; `pieces` is its text, the words looked for marked. Instants are local."""

    call_no: int
    started_at: datetime
    employee: str | None
    client: str | None
    start_s: float
    who: str
    speaker: str
    pieces: list[tuple[str, bool]]


def search(
    store: Store, asked: Asked, chosen: CallFilter, offset: int = 0, limit: int = PAGE
) -> tuple[list[Hit], int, int]:
    """A page of the lines found, calls newest first, and how many lines in how many calls there are in all."""
    sought = asked.words
    if not sought:
        return [], 0, 0
    moment = Moment(store.settings, store.now())
    question = spoken(sought, asked.who if asked.who in SIDES else "", asked.in_call, chosen, moment, limit, offset)
    rows = store.rows(question.sql, question.values)
    every = {form for one in sought for form in one}
    hits = [Hit(**dict(zip(_COLUMNS, row, strict=False)), pieces=lit(row[7], every)) for row in rows if row[0]]
    return hits, int(rows[0][8]), int(rows[0][9])

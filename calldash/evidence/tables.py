"""The tables of a pack: the calls as they count, and the rows they were made of as they came."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from calldash.evidence.entries import BATCH, asked
from calldash.evidence.files import Files
from calldash.evidence.question import Question
from calldash.export import Column, Table, listed, objects, separated
from calldash.i18n import gettext as _
from calldash.i18n import language, mark
from calldash.metrics import CALL_COLUMNS
from calldash.query import Moment, listing
from calldash.store import Store

_SLICE = 5_000
# What a double click opens rightly, by the reader's language.
_DIALECTS = {"ru": separated.EXCEL, "en": separated.Dialect(",", ".", "\r\n", "utf-8-sig")}
_OF_CALL = ("system", "id")
_IMPORTED = (
    ("file", mark("File"), "text"),
    ("sha256", mark("SHA-256 of the file"), "text"),
    ("line", mark("Line of the file"), "count"),
    ("imported_at", mark("Imported, UTC"), "instant"),
    ("part", mark("Part"), "text"),
    ("data", mark("The row as it came"), "text"),
)


def write(still: Store, question: Question, moment: Moment, calls: Sequence[int], files: Files) -> None:
    """Writes both tables, for people and for programs."""
    for name, columns, rows in (
        ("as_counted", _counted_columns(), partial(_counted, still, question, moment)),
        ("as_imported", _imported_columns(), partial(_imported, still, moment, calls)),
    ):
        files.write(f"{name}.csv", separated.write(Table(name, columns, rows()), _DIALECTS[language()]))
        files.write(f"{name}.json", objects.write(Table(name, columns, rows())))


def _number() -> Column:
    return Column("number", _("No."), "count")


def _counted_columns() -> tuple[Column, ...]:
    return (_number(), *(listed.column(key) for key in CALL_COLUMNS))


def _counted(still: Store, question: Question, moment: Moment) -> Iterator[tuple[Any, ...]]:
    place, found = 0, _SLICE
    while found == _SLICE:
        part = listing(list(CALL_COLUMNS), question.chosen, moment, "started_at", False, _SLICE, place)
        rows = still.rows(part.sql, part.values)
        found = len(rows)
        for row in rows:
            place += 1
            yield (place, *row[1:])


def _imported_columns() -> tuple[Column, ...]:
    told = (Column(key, _(title), unit) for key, title, unit in _IMPORTED)
    return (_number(), *(listed.column(key) for key in _OF_CALL), *told)


def _imported(still: Store, moment: Moment, calls: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """The rows of each call; a call that no row of a file stands behind has none."""
    for first in range(0, len(calls), BATCH):
        numbers = calls[first : first + BATCH]
        places = {number: place for place, number in enumerate(numbers, first + 1)}
        found = sorted(asked(still, moment, "call_rows", numbers), key=lambda row: places[row["call_no"]])
        for row in found:
            told = (*_OF_CALL, *(key for key, _title, _unit in _IMPORTED))
            yield (places[row["call_no"]], *(row[key] for key in told))

"""A file as lines of named cells, below whatever titles it has; lines of totals are left out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from calldash.given import web_page
from calldash.given.shapes import Found, Shape, plain, recognise
from calldash.given.titles import title
from calldash.given.values import days_in, is_nothing
from calldash.i18n import mark
from calldash.problems import Problem, Reject
from calldash.providers.own import distinct
from calldash.reading import Columns, Source, open_source
from calldash.reading.records import DELIMITERS, split
from calldash.reading.tables import LINE

_LONGEST_TITLE = 100
# How a line begins that adds up others; campaigns may begin with the same words.
_TOTAL = re.compile(
    r"(?:итого|всего|total)(?:\s*(?:$|[:(—–-])|\s+rows\b|\s+(?:and|по)\s+\D"
    r"|\s+(?:за|с|for|from)\s+(?:период|отч[её]т|вс[её]|the period|\d{1,4}[.-]\d))", re.IGNORECASE,
)  # fmt: skip


class UnknownColumns(Problem):
    """No known export has such a header."""


@dataclass(frozen=True)
class Line:
    """A row of a file: its number there, and the cells that are anything to us."""

    number: int
    cells: Mapping[str, str]


@dataclass
class Read:
    """What a file holds: its shape, its rows, what is no row, and what header and titles tell besides."""

    name: str
    found: Found
    rows: list[Line] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    totals: int = 0

    def need(self, columns: Iterable[str], told: Mapping[str, str]) -> None:
        """Raises Problem where the file has none of `columns` and `told` does not stand for it."""
        known = {*self.found.places, *self.found.shape.fixed, *told}
        if lacking := [title(column) for column in columns if column not in known]:
            raise Problem(
                "{file} has no column for: {columns}. Add it, or say what holds for the whole file.",
                file=self.name, columns=", ".join(lacking),
            )  # fmt: skip

    def told(self, column: str) -> tuple[str | None, str | None]:
        """The currency and the VAT that the header of a column tells."""
        for place in self.found.places.get(column, ()):
            header = plain(self.found.header[place])
            return header.currency, header.vat
        return None, None


def read(path: Path, shapes: Sequence[Shape], most_mb: int, name: str | None = None) -> Read:
    """The rows of the file at `path`, told by the first of `shapes` that knows its header.

    Raises Problem where the file cannot be read, UnknownColumns where none of them knows it.
    """
    with web_page.as_table(path) as table:
        source = open_source(table, most_mb << 20, name or path.name)
        for sheet in source.sheets():
            head = list(_head(sheet))
            if found := recognise(head, shapes):
                done = Read(source.name, found)
                done.titles = [" ".join(next(iter(cut.values()), ())) for number, cut in head if number < found.line]
                _take(sheet, done)
                return done
        raise _unknown(source, shapes)


def _unknown(source: Source, shapes: Sequence[Shape]) -> UnknownColumns:
    first = next((cells for _number, cut in _head(source) for cells in cut.values() if any(cells)), ())
    return UnknownColumns(
        mark("The columns of {file} are not recognised. Known are: {known}. It begins with: {line}"),
        file=source.name, known=", ".join(dict.fromkeys(shape.name for shape in shapes)),
        line="; ".join(first)[:_LONGEST_TITLE],
    )  # fmt: skip


def header_of(path: Path, most_mb: int, name: str | None = None) -> tuple[str, ...]:
    """The cells of the widest line near the beginning of a file: what its header is taken to be."""
    widest: list[str] = []
    with web_page.as_table(path) as table:
        for cells in (
            cells for _number, cut in _head(open_source(table, most_mb << 20, name)) for cells in cut.values()
        ):
            widest = cells if len(cells) > len(widest) else widest
    return tuple(widest)


def _head(source: Source) -> Iterator[tuple[int, dict[str, list[str]]]]:
    """The first lines with their numbers, cut by each delimiter."""
    if source.sample.sheet:
        yield from ((number, {"\t": text.split("\t")}) for number, text in enumerate(source.sample.lines, 1))
        return
    block = next(source.blocks(), None)
    lines = block.text.split("\n", 200)[:200] if block else []
    for number, text in enumerate(lines, 1):
        if text.strip():
            yield number, {mark: split(text, mark) for mark in DELIMITERS}


def _take(source: Source, done: Read) -> None:
    found = done.found
    names = distinct(tuple(cell.strip() or f"column {at}" for at, cell in enumerate(found.header, 1)))
    for batch in source.batches(Columns(names, found.delimiter), found.line):
        done.rejects += [one for one in batch.rejects if not _is_total(one.raw, done)]
        for row in batch.table.to_pylist():
            cells = [row[name] or "" for name in names]
            if _is_total(next((cell for cell in cells if cell.strip()), ""), done, _has_day(cells, found.places)):
                continue
            if any(cell.strip() for cell in cells):
                done.rows.append(Line(int(row[LINE]), {**found.shape.fixed, **_picked(cells, found.places)}))


def _picked(cells: Sequence[str], places: Mapping[str, Sequence[int]]) -> dict[str, str]:
    """What the cells say by our names: of several columns the first that says something."""
    found = {ours: [cells[at].strip() for at in some if not is_nothing(cells[at])] for ours, some in places.items()}
    return {ours: said[0] for ours, said in found.items() if said}


def _has_day(cells: Sequence[str], places: Mapping[str, Sequence[int]]) -> bool:
    return any(any(days_in(cells[at])) for at in places.get("since", ()))


def _is_total(text: str, done: Read, has_day: bool = False) -> bool:
    """Whether a line that begins so adds up others, which lines with a day never do; such lines are counted."""
    is_one = not has_day and _TOTAL.match(text.strip(" \"'")) is not None
    done.totals += is_one
    return is_one

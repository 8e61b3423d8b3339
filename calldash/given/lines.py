"""A file as lines of named cells, below whatever titles it has; lines of totals are left out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from calldash.given.shapes import Found, Shape, plain, recognise
from calldash.given.values import is_nothing
from calldash.i18n import mark
from calldash.problems import Problem, Reject
from calldash.providers.own import distinct
from calldash.reading import Columns, Source, open_source
from calldash.reading.records import DELIMITERS, split
from calldash.reading.tables import LINE

_LONGEST_TITLE = 100


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
    source = open_source(path, most_mb << 20, name)
    head = list(_head(source))
    found = recognise(head, shapes)
    if found is None:
        known = ", ".join(shape.name for shape in shapes)
        first = next((cells for _number, cut in head for cells in cut.values() if any(cells)), ())
        raise UnknownColumns(
            mark("The columns of {file} are not recognised. Known are: {known}. It begins with: {line}"),
            file=source.name, known=known, line="; ".join(first)[:_LONGEST_TITLE],
        )  # fmt: skip
    done = Read(source.name, found)
    done.titles = [" ".join(next(iter(cut.values()), ())) for number, cut in head if number < found.line]
    _take(source, done)
    return done


def header_of(path: Path, most_mb: int, name: str | None = None) -> tuple[str, ...]:
    """The cells of the widest line near the beginning of a file: what its header is taken to be."""
    head = _head(open_source(path, most_mb << 20, name))
    widest: list[str] = []
    for cells in (cells for _number, cut in head for cells in cut.values()):
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
            if _is_total(next((cell for cell in cells if cell.strip()), ""), done):
                continue
            if any(cell.strip() for cell in cells):
                done.rows.append(Line(int(row[LINE]), {**found.shape.fixed, **_picked(cells, found.places)}))


def _picked(cells: Sequence[str], places: Mapping[str, Sequence[int]]) -> dict[str, str]:
    """What the cells say by our names: of several columns the first that says something."""
    found = {ours: [cells[at].strip() for at in some if not is_nothing(cells[at])] for ours, some in places.items()}
    return {ours: said[0] for ours, said in found.items() if said}


def _is_total(text: str, done: Read) -> bool:
    """Whether a line that begins so adds up others; such lines are counted."""
    is_one = text.strip(" \"'").lower().startswith(tuple(done.found.shape.totals))
    done.totals += is_one
    return is_one

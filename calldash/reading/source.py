"""One file to import: what it is, its size, hash and head, and ways to read it whole as a stream."""

import hashlib
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from calldash.problems import Problem
from calldash.reading import bombs, sheets, tables
from calldash.reading.records import guess_delimiter, split
from calldash.reading.sample import Sample
from calldash.reading.text import Block, blocks, encoding_of

HEAD = 1 << 18


@dataclass
class Source:
    """A file being read. `oddities` counts what had to be repaired; `partial` is an unfinished last line."""

    path: Path
    name: str
    size: int
    sha256: str
    encoding: str
    mark: int
    sample: Sample
    oddities: Counter[str] = field(default_factory=Counter)
    partial: str | None = None
    sheet: int = 0
    done_bytes: int = 0

    def sheets(self) -> Iterator["Source"]:
        """The sheets of a workbook that hold anything, each as a source; a text file is the only one of its own."""
        yield self
        for number in range(1, sheets.count(self.path) if self.sample.sheet else 1):
            with suppress(Problem):
                yield replace(self, sample=sheets.sample(self.path, self.name, number), sheet=number)

    def blocks(self) -> Iterator[Block]:
        """The file as blocks of whole lines."""
        with self.path.open("rb") as stream:
            stream.seek(self.mark)
            for block in blocks(stream, self.encoding):
                self.done_bytes = stream.tell()
                if block.repaired:
                    self.oddities["repaired_lines"] += block.repaired
                yield block

    def batches(self, columns: tables.Columns, skip: int = 1) -> Iterator[tables.Batch]:
        """The file as batches of text columns named by `columns`, its first `skip` lines left out."""
        stream = sheets.batches(self.path, columns, skip, self.sheet) if self.sample.sheet else None
        for part in stream or tables.batches(self.blocks(), columns, skip):
            self.partial = part.partial or self.partial
            yield part

    def lines(self) -> Iterator[tuple[int, str]]:
        """(number, text) of every finished line that is not empty; an unfinished one is left in `partial`."""
        for block in self.blocks():
            texts = block.text.split("\n")
            last = texts.pop()
            yield from ((number, text) for number, text in enumerate(texts, block.first) if text.strip())
            if last.strip():
                self.partial = last

    def json(self) -> Any:
        """The file as one JSON value. Raises Problem with the place where it breaks off."""
        try:
            return json.loads(self.path.read_bytes()[self.mark :].decode(self.encoding, "replace"), parse_float=str)
        except json.JSONDecodeError as error:
            message = "The file is not complete JSON: it breaks off at line {line}, column {column}."
            raise Problem(message, line=error.lineno, column=error.colno) from error


def open_source(path: Path, limit: int, name: str | None = None, encoding: str | None = None) -> Source:
    """Looks at `path` (bytes, at most `limit`). Raises Problem for what cannot be an export at all."""
    if not path.is_file():
        raise Problem("There is no file {path}.", path=str(path))
    size = path.stat().st_size
    if size == 0:
        raise Problem("The file is empty.")
    if size > limit:
        message = "The file has {size} MB, more than the limit of {limit} MB (setting max_file_mb)."
        raise Problem(message, size=size >> 20, limit=limit >> 20)
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        stream.seek(0)
        head = stream.read(HEAD)
    sheet = _is_sheet(path, head)
    if sheet:
        bombs.check(path, limit)
    found, mark = (encoding, encoding_of(head)[1]) if encoding else encoding_of(head)
    sample = sheets.sample(path, name or path.name) if sheet else _sample(name or path.name, head[mark:], found)
    return Source(path, name or path.name, size, digest, found, mark, sample)


def _is_sheet(path: Path, head: bytes) -> bool:
    """Whether the file is a workbook. Raises Problem for archives and other binary files."""
    if head.startswith(b"PK\x03\x04") and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            if "xl/workbook.xml" in archive.namelist():
                return True
        raise Problem("This is a ZIP archive: unpack it and import the files inside.")
    if head.startswith((b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"PK\x03\x04")):
        raise Problem("This is an archive: unpack it and import the files inside.")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Problem("This is an old Excel file (.xls): save it as .xlsx or CSV.")
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Problem("This is not a text file.")
    return False


def _sample(name: str, head: bytes, encoding: str) -> Sample:
    text = head.decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = tuple(line for line in text.split("\n")[:200] if line.strip())
    if not lines:
        raise Problem("The file is empty.")
    delimiter = guess_delimiter(lines[0])
    return Sample(name, lines, delimiter, tuple(cell.strip() for cell in split(lines[0], delimiter)))

"""Tables as CSV: for programs, and for a spreadsheet whose language has a decimal comma."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from calldash.export.cells import harmless, texts
from calldash.export.table import Column, Table
from calldash.i18n import gettext as _

_PART = 2_000  # rows written at a time


@dataclass(frozen=True)
class Dialect:
    """What stands between cells, within numbers, at the end of a line; the encoding says whether a mark comes first."""

    delimiter: str
    point: str
    ending: str
    encoding: str


USUAL = Dialect(",", ".", "\n", "utf-8")
# What Excel opens by a double click where the comma is the decimal sign, as in Russian.
EXCEL = Dialect(";", ",", "\r\n", "utf-8-sig")


def write(table: Table, dialect: Dialect = USUAL) -> Iterator[bytes]:
    """The table as parts of a file, few rows held at a time."""
    out = io.StringIO(newline="")
    file = csv.writer(out, delimiter=dialect.delimiter, lineterminator=dialect.ending)
    file.writerow([_head(column) for column in table.columns])
    encoding = dialect.encoding
    for columns, rows in table.parts():
        writers = [texts(column, dialect.point) for column in columns]
        left = iter(rows)
        while part := list(islice(left, _PART)):
            for row in part:
                file.writerow([writer(value) for writer, value in zip(writers, row, strict=True)])
            yield out.getvalue().encode(encoding)
            encoding = "utf-8"  # the mark stands once, before the first part
            out.seek(0)
            out.truncate()
    if rest := out.getvalue():
        yield rest.encode(encoding)


def _head(column: Column) -> str:
    """The name of a column; text cannot show that a number is seconds."""
    title = harmless(column.title)
    return _("{title}, s").format(title=title) if column.unit == "seconds" else title

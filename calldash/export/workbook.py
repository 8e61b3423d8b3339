"""Tables as Excel workbooks: typed cells, a frozen bold header, widths; row by row, so that memory stays flat."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from calldash.export import through_file
from calldash.export.cells import KINDS, spoken
from calldash.export.table import Column, Row, Table

ROWS = 1_048_576  # of a sheet, its header too
_LONGEST = 32_767  # letters of a cell
_TITLE = 31  # letters of a sheet's name
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
# Excel keeps the instant at which a file was made: the clock would make every file another.
_MADE = datetime(2000, 1, 1)
_WIDEST = 40

Cell = Callable[[Worksheet, int, int, Any], None]


def write(table: Table) -> Iterator[bytes]:
    """The table as parts of a workbook; rows that no sheet holds go on in further sheets."""
    return through_file.parts(partial(_make, table))


def _make(table: Table, path: Path) -> None:
    options = {"constant_memory": True, "tmpdir": str(path.parent)}
    with Workbook(str(path), options) as book:
        book.set_properties({"title": table.name, "created": _MADE})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        sheets = _Sheets(book, table, bold)
        for columns, rows in table.parts():
            sheets.fill([_cell(column, book, columns is not table.columns) for column in columns], rows)


class _Sheets:
    """The sheets of a workbook: the one that is filled now, and where."""

    def __init__(self, book: Workbook, table: Table, bold: Format) -> None:
        self._book, self._table, self._bold = book, table, bold
        self._number = 0
        self._sheet, self._at = self._begun(), 1

    def _begun(self) -> Worksheet:
        self._number += 1
        ending = f" {self._number}" if self._number > 1 else ""
        name = _FORBIDDEN.sub(" ", self._table.name).strip("' ")[: _TITLE - len(ending)].strip("' ")
        sheet = self._book.add_worksheet((name or "calldash") + ending)
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(self._table.columns):
            width = max(KINDS[column.unit].width, min(len(column.title) // 2 + 2, _WIDEST))
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, column.title, self._bold)
        return sheet

    def fill(self, cells: list[Cell], rows: Iterable[Row]) -> None:
        for row in rows:
            if self._at == ROWS:
                self._sheet, self._at = self._begun(), 1
            for place, (cell, value) in enumerate(zip(cells, row, strict=True)):
                cell(self._sheet, self._at, place, value)
            self._at += 1


def _cell(column: Column, book: Workbook, total: bool) -> Cell:
    """How the values of a column are put into cells. A text is never a formula there, whatever it begins with."""
    kind = KINDS[column.unit]
    look = book.add_format({"bold": total} | ({"num_format": kind.pattern} if kind.pattern else {}))
    return _number(kind.number, look) if kind.number else _text(spoken(column), look)


def _number(number: Callable[[Any], float], look: Format) -> Cell:
    def put(sheet: Worksheet, row: int, at: int, value: Any) -> None:
        if value is not None:
            sheet.write_number(row, at, number(value), look)

    return put


def _text(words: Callable[[Any], str], look: Format) -> Cell:
    def put(sheet: Worksheet, row: int, at: int, value: Any) -> None:
        if text := words(value):
            sheet.write_string(row, at, text[:_LONGEST], look)

    return put

"""XLSX workbooks as the same batches of text columns; cells keep what the eye sees, dates as ISO."""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import python_calamine
from python_calamine import CalamineWorkbook

from calldash.problems import Problem, Reject
from calldash.reading.sample import Sample
from calldash.reading.tables import Batch, Columns, table, wrong_width

_ROWS = 50_000


def count(path: Path) -> int:
    """How many sheets a workbook has."""
    return len(CalamineWorkbook.from_path(str(path)).sheet_names)


def sample(path: Path, name: str, sheet: int = 0) -> Sample:
    """The Sample of a sheet of a workbook."""
    rows = [texts(row) for row in _rows(path, sheet)[:50]]
    if not rows:
        raise Problem("The file is empty.")
    return Sample(name, tuple("\t".join(row) for row in rows), "\t", tuple(cell.strip() for cell in rows[0]), True)


def batches(path: Path, columns: Columns, skip: int, sheet: int = 0) -> Iterator[Batch]:
    """A sheet below its first `skip` rows; line numbers are the sheet's row numbers."""
    found: list[tuple[int, str, list[str]]] = []
    rejects: list[Reject] = []
    width = len(columns.names)
    for number, row in enumerate(_rows(path, sheet), 1):
        cells = texts(row)
        if number <= skip or not any(cells):
            continue
        raw = "\t".join(cells)
        if any(cells[width:]):
            rejects.append(wrong_width(number, raw, len(cells), width))
        else:
            found.append((number, raw, (cells + [""] * width)[:width]))
        if len(found) >= _ROWS:
            yield Batch(table(found, columns), rejects)
            found, rejects = [], []
    yield Batch(table(found, columns), rejects)


def _rows(path: Path, sheet: int) -> Sequence[Sequence[object]]:
    try:
        return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(sheet).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, IndexError) as error:
        raise Problem("The workbook cannot be read: {reason}.", reason=str(error)) from error


def texts(row: Sequence[object]) -> list[str]:
    """A row's cells as text."""
    return [_text(cell) for cell in row]


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.timedelta):
        return str(round(cell.total_seconds()))
    if isinstance(cell, dt.datetime | dt.date | dt.time):
        return cell.isoformat()
    return str(cell)

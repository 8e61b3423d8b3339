"""Tables as JSON for programs: keys and codes, not titles and words; a row a line."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from calldash.export.cells import plain
from calldash.export.table import Column, Row, Table

_PART = 2_000


def write(table: Table) -> Iterator[bytes]:
    """An object with `columns` (key, title and unit), `rows` and, where there are any, `totals`; as parts of a file."""
    columns = [{"key": one.key, "title": one.title, "unit": one.unit} for one in table.columns]
    yield f'{{"name": {_text(table.name)},\n"columns": {_text(columns)}'.encode()
    for name, (parts, rows) in zip(("rows", "totals"), table.parts(), strict=False):
        yield f',\n"{name}": ['.encode()
        yield from _lines(parts, rows)
        yield b"\n]"
    yield b"}\n"


def _lines(columns: tuple[Column, ...], rows: Iterable[Row]) -> Iterator[bytes]:
    values = [(column.key, plain(column)) for column in columns]
    left, before = iter(rows), "\n"
    while part := list(islice(left, _PART)):
        found = [{key: value(cell) for (key, value), cell in zip(values, row, strict=True)} for row in part]
        yield (before + ",\n".join(_text(row) for row in found)).encode()
        before = ",\n"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_known)


def _known(value: Any) -> str | float | int:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")

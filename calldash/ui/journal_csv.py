"""The journal as a CSV file that Excel opens as it is, and in which nothing can pass for a formula."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import pandas as pd

from calldash import i18n
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import language
from calldash.labels import value_label
from calldash.metrics import CALL_COLUMNS
from calldash.query import Moment, Question, listing
from calldash.store import Store
from calldash.ui.journal_cells import column_title

LIMIT = 100_000
_PART = 5_000
# Excel takes a text for a formula when it begins so; the wide forms are what Asian keyboards type.
_RISKY = tuple("=+-@\t\r\n＝＋－＠")


def file(found: Store, columns: Sequence[str], chosen: CallFilter, sort: str, descending: bool, reader: str) -> bytes:
    """The first `LIMIT` calls of a journal as a file for who reads the language `reader`."""
    i18n.use(reader)  # the file is made when it is asked for, in a thread that knows nobody's language
    asked = listing(columns, chosen, Moment(found.settings, found.now()), sort, descending, LIMIT, 0)
    return write(columns, _each(found, asked))


def _each(found: Store, asked: Question) -> Iterator[tuple[Any, ...]]:
    """The rows of a listing without the call's number, few of them held at a time."""
    with found.cursor() as cursor:
        cursor.execute(asked.sql, asked.values)
        while part := cursor.fetchmany(_PART):
            yield from (row[1:] for row in part)


def write(columns: Iterable[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """The rows, values in the order of `columns`, as UTF-8 with a byte order mark in the reader's language.

    Where the comma is the decimal sign, `;` stands between the cells.
    """
    keys = list(columns)
    writers = [_writer(CALL_COLUMNS[key].unit, key) for key in keys]
    out = io.StringIO(newline="")
    file = csv.writer(out, delimiter=";" if _has_decimal_comma() else ",")
    file.writerow([harmless(column_title(key)) for key in keys])
    for row in rows:
        file.writerow([_cell(writer, value) for writer, value in zip(writers, row, strict=True)])
    return out.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """`text`, with an apostrophe before it when it could be taken for a formula; a plain phone number is none."""
    if not text.lstrip(" \u00a0").startswith(_RISKY) or (text[0] == "+" and text[1:].isdigit()):
        return text
    return f"'{text}"


def _cell(writer: Callable[[Any], str], value: Any) -> str:
    return "" if value is None or pd.isna(value) else writer(value)


def _writer(unit: str, key: str) -> Callable[[Any], str]:
    """How values of a unit are written. Numbers and times are made here and cannot be anything else."""
    return {
        "instant": _instant,
        "seconds": lambda value: str(int(value)),
        "money": _money,
        "flag": lambda value: _("yes") if value else _("no"),
        "choice": lambda value: harmless(value_label(key, value)),
    }.get(unit, lambda value: harmless(str(value)))


def _instant(value: datetime) -> str:
    return f"{value:%Y-%m-%d %H:%M:%S}"


def _money(value: Any) -> str:
    text = f"{Decimal(str(value)).normalize():f}"
    return text.replace(".", ",") if _has_decimal_comma() else text


def _has_decimal_comma() -> bool:
    return language() == "ru"

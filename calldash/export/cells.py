"""How a value of each unit is written: as text, as a number of Excel, as a value for programs; and what is harmless.

Text of the data can begin like a formula, which a spreadsheet would run; what is made here of numbers and times cannot.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from calldash.export.table import Column
from calldash.i18n import gettext as _
from calldash.labels import value_code, value_label

# A spreadsheet takes a text for a formula when it begins so; the wide forms are what Asian keyboards type.
_RISKY = tuple("=+-@\t\r\n＝＋－＠")
_BLANK = " \u00a0"
_EPOCH = datetime(1899, 12, 30)  # day 0 of Excel
_DAY_S = 86_400
_DIGITS = 6  # after the point; floating point has noise further on


def harmless(text: str) -> str:
    """`text`, with an apostrophe before it when it could be taken for a formula; a plain phone number is none."""
    if not text.lstrip(_BLANK).startswith(_RISKY) or (text[0] == "+" and text[1:].isdigit()):
        return text
    return f"'{text}"


@dataclass(frozen=True)
class Kind:
    """How values of a unit are written; without `text` they are words or texts of the data.

    `number` is the value in Excel, shown by `pattern`; `plain` is the value for programs, of the Arrow type `arrow`.
    Where nothing is known the cell is empty, but for a breakdown, in which that has a name.
    """

    width: int
    text: Callable[[Any], str] | None = None
    number: Callable[[Any], float] | None = None
    pattern: str = ""
    plain: Callable[[Any], Any] = str
    arrow: str = "string"
    names_nothing: bool = False


def digits(value: Any) -> str:
    """A number with a point, without noise or needless zeros."""
    if isinstance(value, int):
        return str(value)
    return f"{Decimal(str(round(value, _DIGITS))).normalize() + 0:f}"


def _amount(value: Any) -> Decimal:
    return Decimal(digits(value))


def _short(value: Any) -> float:
    return value if isinstance(value, int) else round(float(value), _DIGITS)


def _instant(value: datetime) -> str:
    return f"{value:%Y-%m-%d %H:%M:%S}"


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _since_epoch(value: date) -> float:
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    return (moment - _EPOCH).total_seconds() / _DAY_S


def _iso(value: date) -> str:
    return _day(value).isoformat()


def _flag(value: Any) -> str:
    return _("yes") if value else _("no")


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "text": Kind(24),
        "phone": Kind(18),
        "recording": Kind(30),
        "choice": Kind(20),
        "label": Kind(24, names_nothing=True),
        "flag": Kind(10, _flag, plain=bool, arrow="bool"),
        "instant": Kind(19, _instant, _since_epoch, "yyyy-mm-dd hh:mm:ss", lambda value: value, "instant"),
        "day": Kind(12, _iso, _since_epoch, "yyyy-mm-dd", _day, "day"),
        "seconds": Kind(11, digits, lambda value: float(value) / _DAY_S, "[h]:mm:ss", _short, "double"),
        "money": Kind(13, digits, float, "#,##0.00", _amount, "amount"),
        "count": Kind(11, digits, float, "#,##0", int, "int64"),
        "share": Kind(11, digits, float, "0.0%", _short, "double"),
    }
)


def texts(column: Column, point: str = ".") -> Callable[[Any], str]:
    """How the values of a column are written as text that no spreadsheet runs."""
    kind, words = KINDS[column.unit], spoken(column)
    if kind.text is None:
        return lambda value: harmless(words(value))
    if kind.number is None or point == ".":
        return words
    return lambda value: words(value).replace(".", point)


def spoken(column: Column) -> Callable[[Any], str]:
    """The values of a column as text; nothing known is the empty text, or what a breakdown calls it."""
    kind = KINDS[column.unit]
    written = kind.text or str
    if not column.dimension or kind.text:
        return lambda value: "" if value is None else written(value)
    known: dict[Any, str] = {} if kind.names_nothing else {None: ""}

    def word(value: Any) -> str:
        if value not in known:
            known[value] = value_label(column.dimension, value)
        return known[value]

    return word


def plain(column: Column) -> Callable[[Any], Any]:
    """The values of a column for programs: codes, numbers, days and instants; None stays."""
    kind = KINDS[column.unit]
    if column.dimension and kind.text is None:
        return lambda value: value_code(column.dimension, value)
    return lambda value: None if value is None else kind.plain(value)

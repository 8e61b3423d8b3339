"""A call's values as the journal and the card write them, by the unit that the catalogue declares. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
from babel.dates import format_date

from calldash import formats
from calldash.i18n import gettext as _
from calldash.i18n import locale, pgettext
from calldash.labels import value_label
from calldash.metrics import CALL_COLUMNS
from calldash.telling.phones import shown

# A mark and a colour for values that the eye looks for; the word stands beside them.
MARKS: dict[str, dict[str, tuple[str, str]]] = {
    "direction": {"inbound": ("↘", "inbound"), "outbound": ("↗", "outbound"), "internal": ("↔", "other")},
    "status": {
        "answered": ("●", "answered"),
        "missed": ("✕", "missed"),
        "unreached": ("○", "outbound"),
        "unanswered": ("○", "other"),
        "message": ("✉", "other"),
        "spam": ("⊘", "other"),
    },
    "callback": {
        "called_back": ("✓", "called_back"),
        "got_through": ("✓", "got_through"),
        "tried": ("…", "waiting"),
        "lost": ("✕", "lost"),
        "pending": ("!", "pending"),
    },
}
_NUMERIC = ("seconds", "money")


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: the text, and before it a mark in the colour of a meaning."""

    text: str
    mark: str = ""
    meaning: str = ""


def column_title(key: str) -> str:
    """The name of a column, by its key."""
    return pgettext("call", CALL_COLUMNS[key].title)


def is_numeric(key: str) -> bool:
    """Whether a column's cells are aligned as numbers."""
    return CALL_COLUMNS[key].unit in _NUMERIC


def cell(key: str, value: Any, currency: str | None = None) -> Cell:
    """A value of column `key`; an instant is local time, money is in `currency`."""
    if value is None or pd.isna(value) or value == "":
        return Cell(formats.NOTHING)
    unit = CALL_COLUMNS[key].unit
    if unit == "choice":
        mark, meaning = MARKS.get(key, {}).get(str(value), ("", ""))
        return Cell(value_label(key, value), mark, meaning)
    return Cell(_text(unit, value, currency), "▶" if unit == "recording" else "", "answered")


def _text(unit: str, value: Any, currency: str | None) -> str:
    if unit == "instant":
        return moment(value)
    if unit == "seconds":
        return formats.duration(float(value))
    if unit == "money":
        return formats.money(value, currency=currency)
    if unit == "flag":
        return _("yes") if value else _("no")
    if unit == "recording":
        return _("yes")
    return shown(str(value)) if unit == "phone" else str(value)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame by column name."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def moment(value: datetime) -> str:
    """A local instant with its day: 23.11.2026 13:59:36."""
    return f"{format_date(value, 'short', locale())} {value:%H:%M:%S}"

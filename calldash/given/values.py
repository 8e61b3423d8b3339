"""Amounts, days and counts as spreadsheets and advertising systems write them. Anything else is a ValueError."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.numbers import list_currencies

# How systems write that there is no value.
NOTHING = frozenset({"", "-", "--", "—", "–", "n/a", "null", "none", "н/д", "не закрыта", "not closed"})
MICRO = Decimal(1) / 1_000_000
_MOST = Decimal(10) ** 11
_JUNK = re.compile(r"[\s\u00a0\u202f'’]|₽|\$|€|руб\.?|р\.|[a-zа-я]{3}\.?$", re.IGNORECASE)
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(,\d{3})+")
_NUMERIC = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})")
_SECONDS = re.compile(r"\b\d{9,10}\b")
_WORDED = re.compile(r"(?:(\d{1,2})\s+)?([a-zа-я]+)\.?\s+(?:(\d{1,2}),?\s+)?(\d{4})", re.IGNORECASE)


class TwoWaysError(ValueError):
    """A date that may be one of two days: 03/04/2026."""


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is no value."""
    return text.strip().lower() in NOTHING


def amount(text: str) -> Decimal:
    """`1 234,56`, `1,234.56`, `12.5 ₽`. A comma before three digits stands between thousands."""
    bare = _JUNK.sub("", text.strip().replace("\u2212", "-"))
    if "," in bare and "." in bare:
        thousands = "," if bare.rindex(",") < bare.rindex(".") else "."
        bare = bare.replace(thousands, "")
    elif _THOUSANDS.fullmatch(bare):
        bare = bare.replace(",", "")
    try:
        found = Decimal(bare.replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not found.is_finite() or abs(found) >= _MOST:
        raise ValueError(text)
    return found.quantize(MICRO)


def count(text: str) -> int | None:
    """A whole number, or None where there is none."""
    if is_nothing(text):
        return None
    found = amount(text)
    if found != int(found) or found < 0:
        raise ValueError(text)
    return int(found)


def month_first(texts: Iterable[str]) -> bool | None:
    """Whether dates with slashes put the month first; None where no date of the column tells."""
    pairs = [found for text in texts if (found := _NUMERIC.match(text.strip())) and found[2] == "/"]
    told = {int(one[1]) <= 12 for one in pairs if len(one[1]) < 3 and max(int(one[1]), int(one[3])) > 12}
    return told.pop() if len(told) == 1 else None


def day(text: str, american: bool | None = None) -> date:
    """`2026-01-31`, `31.01.2026`, `31 января 2026`, `Jan 31, 2026`; slashes only where `american` tells the order."""
    bare = text.strip()
    found = _NUMERIC.match(bare)
    if not found:
        return _worded(bare)
    first, mark, second, last = int(found[1]), found[2], int(found[3]), int(found[4])
    if len(found[1]) == 4:
        return date(first, second, last)
    year = last if len(found[4]) == 4 else 2000 + last
    if mark == "/" and american is None and first != second:
        raise TwoWaysError(text) if max(first, second) <= 12 else ValueError(text)
    return date(year, first, second) if mark == "/" and american else date(year, second, first)


def moment(text: str, american: bool | None = None) -> tuple[date, datetime | None]:
    """The day, and the local moment where the cell has a clock time."""
    of_day = day(text, american)
    clock = re.search(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]m)?", text, re.IGNORECASE)
    if not clock:
        return of_day, None
    hour = int(clock[1])
    if clock[4]:
        hour = hour % 12 + (12 if clock[4].lower() == "pm" else 0)
    found = datetime(of_day.year, of_day.month, of_day.day, hour, int(clock[2]), int(clock[3] or 0))
    return of_day, found


def days_in(text: str) -> list[date]:
    """Every date in a line such as the title of a report."""
    found = []
    for pattern in (_NUMERIC, _WORDED):
        for match in pattern.finditer(text):
            try:
                found.append(day(match[0]))
            except ValueError:
                continue
    return found


def _worded(text: str) -> date:
    found = _WORDED.match(text)
    month = _months().get(found[2].lower()[:3]) if found else None
    if not found or month is None or not (found[1] or found[3]):
        raise ValueError(text)
    return date(int(found[4]), month, int(found[1] or found[3]))


def seconds_as_days(text: str, zone: ZoneInfo) -> str:
    """The text with each number of seconds since 1970 as the day that it was in `zone`."""

    def day_of(found: re.Match[str]) -> str:
        return datetime.fromtimestamp(int(found[0]), zone).date().isoformat()

    return _SECONDS.sub(day_of, text)


def currency(text: str) -> str:
    """The code of a currency told by its code or, as CRMs do, by its name in English or Russian."""
    code = text.strip().upper()
    if code in list_currencies():
        return code
    try:
        return _currencies()[text.strip().casefold()]
    except KeyError as error:
        raise ValueError(text) from error


@cache
def _currencies() -> dict[str, str]:
    return {name.casefold(): code for language in ("en", "ru") for code, name in Locale(language).currencies.items()}


@cache
def _months() -> dict[str, int]:
    """The first three letters of each month, in English and both cases of Russian."""
    named = [Locale(code).months[form]["wide"] for code in ("en", "ru") for form in ("format", "stand-alone")]
    return {name.lower()[:3]: number for months in named for number, name in months.items()}

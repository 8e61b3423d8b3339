"""The columns of a tariff table, in files and on the page, as data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.numbers import list_currencies

from calldash.i18n import language, mark

_MOST = Decimal(100_000)  # an amount; more is a slip of the pen
_DIGITS = 6
_STEM = 3  # letters that tell the Russian words of a column apart
_YES, _NO = ("yes", "true", "1", "y", "да"), ("no", "false", "0", "n", "нет", "")
_FLAGS = {"yes": "да", "no": "нет"}


class WrongError(ValueError):
    """A value that cannot be used; the message is a msgid with {places} for `values`."""

    def __init__(self, message: str, **values: Any) -> None:
        super().__init__(message)
        self.values = values


@dataclass(frozen=True)
class Column:
    """A column: key, what it is called in Russian files, what it means (a msgid), how its text is read.

    `usual` is the text that stands for an empty cell; None: the cell must be filled. `of_all` columns say the same in
    every row of a version.
    """

    key: str
    russian: str
    words: str
    read: Callable[[str], Any]
    usual: str | None = ""
    of_all: bool = False

    @property
    def name(self) -> str:
        """What it is called in the reader's language."""
        return self.russian if language() == "ru" else self.key

    def told(self, text: str) -> str:
        """The text of a cell in the reader's language, as `read` takes it too."""
        words = self.read.russian if isinstance(self.read, _Choice) else _FLAGS if self.read is _flag else {}
        return words.get(text, text) if language() == "ru" else text


def _text(text: str) -> str | None:
    return text or None


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        day, month, year = text.split(".") if text.count(".") == 2 else reversed(text[:10].split("-"))
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise WrongError(mark("is not a day such as 2026-01-31")) from error


def money_of(text: str) -> Decimal:
    try:
        found = Decimal(text.replace(" ", "").replace("\u00a0", "").replace(",", "."))
    except InvalidOperation as error:
        raise WrongError(mark("is not a number")) from error
    if not found.is_finite():
        raise WrongError(mark("is not a number"))
    if found < 0:
        raise WrongError(mark("is negative"))
    if found > _MOST or found != round(found, _DIGITS):
        raise WrongError(mark("is more than {most}, or has more than {digits} decimals"), most=_MOST, digits=_DIGITS)
    return found


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
            raise WrongError(mark("is not a whole number from {low} to {high}"), low=low, high=high)
        return int(text)

    return read


class _Choice:
    """One of the choices, each by its own word or the Russian one in any of its forms."""

    def __init__(self, **russian: str) -> None:
        self.russian = russian

    def __call__(self, text: str) -> str:
        word = text.lower()
        forms = (one for one, name in self.russian.items() if len(word) >= _STEM and word[:_STEM] == name[:_STEM])
        found = word if word in self.russian else next(forms, "")
        if not found:
            choices = self.russian.values() if language() == "ru" else self.russian
            raise WrongError(mark("is not one of: {choices}"), choices=", ".join(choices))
        return found


def _flag(text: str) -> bool:
    if text.lower() not in (*_YES, *_NO):
        raise WrongError(mark("is not yes or no (true, false, 1, 0, да, нет)"))
    return text.lower() in _YES


def currency_of(text: str) -> str:
    if text.upper() not in list_currencies():
        raise WrongError(mark("is not a currency such as RUB"))
    return text.upper()


def _prefix(text: str) -> str:
    digits = text.removeprefix("+").replace(" ", "").replace("-", "")
    if digits and not (digits.isascii() and digits.isdigit()):
        raise WrongError(mark("is not the beginning of a number: digits with the country's code, such as 7495"))
    return digits


def _size(text: str) -> int | None:
    return _whole(1, 10_000_000)(text) if text else None


_DAY_S = 86_400
COLUMNS: Mapping[str, Column] = {
    column.key: column
    for column in (
        Column("tariff", "тариф", mark("its name"), _text, None),
        Column("since", "с", mark("first day in force"), _day, None),
        Column("until", "по", mark("last day in force, empty: open"), _day, of_all=True),
        Column("use", "назначение", mark("own: what bills are checked by, offer: to compare with"),
               _Choice(own="свой", offer="предложение"), "own", of_all=True),
        Column("currency", "валюта", mark("of all its amounts"), currency_of, of_all=True),
        Column("monthly", "абонплата", mark("fee of a month"), money_of, "0", of_all=True),
        Column("system", "установка", mark("only calls of this installation"), _text, of_all=True),
        Column("line", "линия", mark("only calls on this line"), _text, of_all=True),
        Column("decimals", "знаков", mark("decimals to which each charge is rounded, half up"), _whole(0, 6), "2",
               of_all=True),
        Column("kind", "вид", mark("voice, sms, mms or data"),
               _Choice(voice="звонок", sms="смс", mms="ммс", data="интернет"), "voice"),
        Column("direction", "направление", mark("outbound, inbound or internal"),
               _Choice(outbound="исходящие", inbound="входящие", internal="внутренние"), "outbound"),
        Column("roaming", "роуминг", mark("yes: only in roaming"), _flag, "no"),
        Column("prefix", "префикс", mark("how the client's number begins; the longest counts, empty: every number"),
               _prefix),
        Column("price", "цена", mark("of a minute, or of a message"), money_of, None),
        Column("first_s", "первые_сек", mark("seconds charged at least"), _whole(1, _DAY_S), "60"),
        Column("step_s", "шаг_сек", mark("seconds of each step after them"), _whole(1, _DAY_S), "60"),
        Column("connection", "соединение", mark("fee of each answered call"), money_of, "0"),
        Column("free_s", "бесплатно_сек", mark("seconds taken off each talk"), _whole(0, _DAY_S), "0"),
        Column("threshold_s", "порог_сек", mark("talks no longer cost nothing"), _whole(0, _DAY_S), "0"),
        Column("billed", "считается", mark("talk: from the answer on, call: from the beginning"),
               _Choice(talk="разговор", call="вызов"), "talk"),
        Column("package", "пакет", mark("name of the package that is used up first"), _text),
        Column("package_size", "объём_пакета", mark("minutes or messages of the package in a month"), _size),
    )
}  # fmt: skip

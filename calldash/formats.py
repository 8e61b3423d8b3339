"""Numbers as the reader's language writes them, by the unit that the catalogue declares. Pure, no Streamlit."""

from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from statistics import NormalDist
from typing import Any

import pandas as pd
from babel.numbers import (
    format_compact_currency,
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
    parse_pattern,
)

from calldash.i18n import gettext as _
from calldash.i18n import language, locale, ngettext
from calldash.metrics import METRICS

NOTHING = "—"
FEW = 30  # a share of fewer cases is shown with its interval
_Z = NormalDist().inv_cdf(0.975)
_MINUS = "\u2212"
# Read once: a page writes hundreds of numbers.
_COUNT = parse_pattern("#,##0.##")
_PERCENT = {"ru": parse_pattern("#,##0.0\u00a0%"), "en": parse_pattern("#,##0.0%")}

_currency: ContextVar[str] = ContextVar("currency", default="RUB")


def use_currency(code: str) -> None:
    """Sets the currency of money shown in this run (ISO 4217)."""
    _currency.set(code)


@dataclass(frozen=True)
class Change:
    """A number against the one before: its text, where it went (-1, 0, 1) and whether that is good (None: neither)."""

    text: str
    direction: int
    good: bool | None


def show(metric: str, value: Any, short: bool = False) -> str:
    """The value of a number (by key) as text with its unit; null is "—". `short` writes millions as such."""
    return in_unit(METRICS[metric].unit, value, short)


def in_unit(unit: str, value: Any, short: bool = False) -> str:
    """The same by unit: count, share, seconds or money."""
    if value is None or pd.isna(value):
        return NOTHING
    if unit == "share":
        return share(float(value))
    if unit == "seconds":
        return duration(float(value))
    return money(value, short) if unit == "money" else number(value, short)


def number(value: Any, short: bool = False) -> str:
    """A count: 12 345; with `short` 12.3 M from ten millions on."""
    if short and abs(value) >= 10_000_000:
        return str(format_compact_decimal(value, locale=locale(), fraction_digits=1))
    return _with_minus(format_decimal(value, _COUNT, locale=locale()))


def _with_minus(text: str) -> str:
    """The sign that is as wide as a plus, wherever a number is less than nothing."""
    return text.replace("-", _MINUS)


def share(value: float) -> str:
    """0.1234 as 12.3 %."""
    return _with_minus(format_percent(value, _PERCENT[language()], locale=locale()))


def duration(seconds: float) -> str:
    """Seconds as m:ss, from an hour on h:mm:ss."""
    whole = int(abs(seconds) + 0.5)
    sign = _MINUS if seconds < 0 and whole else ""
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{sign}{number(hours)}:{minutes:02}:{left:02}" if hours else f"{sign}{minutes}:{left:02}"


def money(value: Any, short: bool = False, currency: str | None = None) -> str:
    """An amount in `currency` (default: the one in force); hundredths only below a hundred."""
    code = currency or _currency.get()
    if short and abs(value) >= 10_000_000:
        text = str(format_compact_currency(value, code, locale=locale(), fraction_digits=1))
    else:
        pattern = locale().currency_formats["standard"].pattern
        if abs(value) >= 100:
            pattern = pattern.replace(".00", "")
        text = _with_minus(format_currency(value, code, pattern, locale=locale(), currency_digits=False))
    return text.replace(code, f"{code}\u00a0").replace("\u00a0\u00a0", "\u00a0").strip()


def exact(amount: Decimal | None, currency: str) -> str:
    """An amount to its last digit, at least to the cent; None is "—"."""
    if amount is None:
        return NOTHING
    digits = max(2, -int(amount.normalize().as_tuple().exponent))
    pattern = locale().currency_formats["standard"].pattern.replace("0.00", f"0.{'0' * digits}")
    text = _with_minus(format_currency(amount, currency, pattern, locale=locale(), currency_digits=False))
    return text.replace(currency, f"{currency}\u00a0").replace("\u00a0\u00a0", "\u00a0").strip()


def change(metric: str, now: Any, before: Any) -> Change | None:
    """How a number changed: shares in points, the rest in per cent; None where there is nothing to compare with."""
    if now is None or before is None or pd.isna(now) or pd.isna(before):
        return None
    if METRICS[metric].unit == "share":
        difference = round((float(now) - float(before)) * 100, 1)
        unit = "\u00a0" + _("pp")
    else:
        if not before:
            return None
        difference = round((float(now) - float(before)) / abs(float(before)) * 100, 1)
        unit = "\u00a0%" if language() == "ru" else "%"
    direction = (difference > 0) - (difference < 0)
    better = METRICS[metric].better
    good = (direction > 0) == (better == "higher") if better and direction else None
    return Change(signed(difference) + unit, direction, good)


def signed(value: float) -> str:
    """A number with its sign, few digits: +12.5."""
    digits = "#,##0" if abs(value) >= 100 else "#,##0.#"
    text = format_decimal(abs(value), digits, locale=locale())
    return f"{'+' if value > 0 else _MINUS if value < 0 else ''}{text}"


def signed_in_unit(unit: str, value: float) -> str:
    """By how much something is more or less, with its sign: shares in points."""
    if unit == "share":
        return signed(round(value * 100, 1)) + "\u00a0" + _("pp")
    shown = in_unit(unit, abs(value))
    return shown if shown == in_unit(unit, 0) else f"{'+' if value > 0 else _MINUS}{shown}"


def wilson(value: float, cases: int) -> tuple[float, float]:
    """The 95 % interval of a share of `cases` cases (Wilson's score)."""
    middle = value + _Z**2 / (2 * cases)
    half = _Z * sqrt(value * (1 - value) / cases + _Z**2 / (4 * cases**2))
    whole = 1 + _Z**2 / cases
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)


def interval(value: float, cases: int) -> str:
    """The interval of a share as text: 4–18 %."""
    low, high = wilson(value, cases)
    return f"{low * 100:.0f}–{high * 100:.0f}\u00a0%"


def days(number_of: int) -> str:
    """A number of days in words."""
    return ngettext("{number} day", "{number} days", number_of).format(number=number(number_of))

"""The amount of a sale that people mark a call with: read from what they type, and written as marks keep it."""

import re
from decimal import Decimal

from babel.numbers import get_currency_symbol

from calldash.given import values
from calldash.problems import Problem

_AMOUNT = r"[\s\u00a0\u202f\u2212-]*\d[\d\s\u00a0\u202f'’.,]*"
_LANGUAGES = ("en", "ru")


def read(text: str, currency: str) -> str:
    """The amount in `text`, which may name `currency` or its sign, as marks keep it: `1500.5 RUB`.

    Raises Problem for what is no amount above 0, or names another currency.
    """
    signs = {currency, *(get_currency_symbol(currency, language) for language in _LANGUAGES)}
    bare = re.sub("|".join(map(re.escape, sorted(signs, key=len, reverse=True))), "", text, flags=re.IGNORECASE)
    try:
        amount = values.amount(bare) if re.fullmatch(_AMOUNT, bare) else Decimal(0)
    except ValueError:
        amount = Decimal(0)
    if amount <= 0:
        raise Problem(
            "The amount of a sale is a number above 0 in {currency}, such as 1500.50; it was “{text}”.",
            currency=currency, text=text,
        )  # fmt: skip
    return written(amount, currency)


def written(amount: Decimal, currency: str) -> str:
    """An amount as marks keep it."""
    return f"{amount.normalize():f} {currency}"


def split(value: str) -> tuple[Decimal, str]:
    """The amount and the currency of what marks keep."""
    amount, currency = value.split(" ")
    return Decimal(amount), currency

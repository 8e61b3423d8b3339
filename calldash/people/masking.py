"""Numbers of clients as those see them who may not see them whole: how they begin and end, or a keyed pseudonym."""

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from calldash.people import viewer

_SHORTEST = 8
SHOWN = 4  # letters at its beginning that are left of a number
_DOTS = "•"
# The same in SQL, over a column or expression in place of {}.
SQL = (
    f"CASE WHEN length({{0}}) < {_SHORTEST} THEN repeat('{_DOTS}', 3) "
    f"ELSE left({{0}}, {SHOWN}) || repeat('{_DOTS}', length({{0}}) - 6) || right({{0}}, 2) END"
)
_BLOCK = 64  # bytes that SHA-256 works on
_LONG = 12  # hexadecimal digits of a pseudonym
_BEFORE = "C-"
_key: ContextVar[bytes | None] = ContextVar("pseudonyms", default=None)


@contextmanager
def pseudonyms(key: bytes) -> Iterator[None]:
    """As long as the block lasts, numbers are shown as pseudonyms under `key`: one client, one pseudonym."""
    before = _key.set(key)
    try:
        yield
    finally:
        _key.reset(before)


def key() -> bytes | None:
    """The key of pseudonyms, where numbers are shown so."""
    return _key.get()


def pseudonym(key_: bytes, number: str) -> str:
    """`C-` and twelve digits of the number's HMAC-SHA256."""
    return _BEFORE + hmac.new(key_, number.encode(), hashlib.sha256).hexdigest()[:_LONG]


def in_sql(sql: str, key_: bytes | None) -> str:
    """An SQL expression of a number, masked; or its pseudonym, which is worked out as `pseudonym` does."""
    if key_ is None:
        return SQL.format(sql)
    inner, outer = (bytes(byte ^ pad for byte in key_.ljust(_BLOCK, b"\0")).hex() for pad in (0x36, 0x5C))
    within = f"unhex(sha256(unhex('{inner}') || encode({sql})))"
    return f"'{_BEFORE}' || left(sha256(unhex('{outer}') || {within}), {_LONG})"


def beside_sql(sql: str) -> str:
    """An SQL expression of a text of a call, without the call's number where it stands in it."""
    digits = "right(regexp_replace(calls.client, '\\D', '', 'g'), 10)"
    return (
        f"CASE WHEN length({digits}) >= {_SHORTEST} AND contains(regexp_replace({sql}, '[ ().-]', '', 'g'), {digits}) "
        f"THEN repeat('{_DOTS}', 8) ELSE {sql} END"
    )


def masked(number: str) -> str:
    """`+79001234567` as `+790••••••67`; of a short number nothing is left. As a pseudonym where these are asked for."""
    if (found := key()) is not None:
        return pseudonym(found, number)
    if len(number) < _SHORTEST:
        return _DOTS * 3
    return f"{number[:SHOWN]}{_DOTS * (len(number) - 6)}{number[-2:]}"


def of_client(number: str) -> str:
    """The number of a client for who is asking: whole, or masked."""
    return number if viewer.current().may("numbers") and key() is None else masked(number)


def beside(text: str, number: str) -> str:
    """A text of a call, without the call's number where it stands in it."""
    digits = "".join(letter for letter in number if letter.isdigit())[-10:]
    bare = "".join(letter for letter in text if letter not in " ().-")
    return _DOTS * 8 if len(digits) >= _SHORTEST and digits in bare else text

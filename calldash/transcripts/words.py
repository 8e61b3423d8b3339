"""Words and their dictionary forms: Russian ones by the dictionary, others as they stand without case; ё is е."""

import re
import threading
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

_WORD = re.compile(r"[^\W_]+")
_RUSSIAN = re.compile(r"[а-яё]+")
_lock = threading.Lock()


@cache
def _analyzer() -> Any:
    """The dictionary, read on first use: it takes a second and 40 MB."""
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=200_000)
def forms(word: str) -> tuple[str, ...]:
    """The dictionary forms that a word may be of, the likeliest first: both `стать` and `сталь` for `стали`."""
    plain = word.casefold()
    if not _RUSSIAN.fullmatch(plain):
        return (plain,)
    with _lock:
        found = [parse.normal_form for parse in _analyzer().parse(plain)]
    return tuple(dict.fromkeys(form.replace("ё", "е") for form in found))


def words(text: str) -> list[str]:
    """The words and numbers of a text; a hyphen parts them."""
    return _WORD.findall(text)


def indexed(text: str) -> str:
    """The dictionary forms of all words of a text with blanks between and around, to be searched for ` form `."""
    found = dict.fromkeys(form for word in words(text) for form in forms(word))
    return f" {' '.join(found)} "


def lit(text: str, wanted: Iterable[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is a word of which a form is `wanted`."""
    sought, pieces, end = set(wanted), [], 0
    for found in _WORD.finditer(text):
        if sought.isdisjoint(forms(found[0])):
            continue
        pieces += [(text[end : found.start()], False), (found[0], True)]
        end = found.end()
    return [piece for piece in [*pieces, (text[end:], False)] if piece[0]]

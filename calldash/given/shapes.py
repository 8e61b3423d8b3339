"""What exports look like: which of their columns is what. Shapes are data; a file is recognised by its header."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

_HEAD = 60  # lines in which a header may stand
_SIGNS = {"₽": "RUB", "руб": "RUB", "р": "RUB", "rub": "RUB", "$": "USD", "usd": "USD", "€": "EUR", "eur": "EUR",
          "kzt": "KZT", "₸": "KZT", "byn": "BYN", "uah": "UAH"}  # fmt: skip
_TAIL = re.compile(r"[\s,(]*\(?(" + "|".join(map(re.escape, sorted(_SIGNS, key=len, reverse=True))) + r")\.?\)?$")
_VAT = {"с ндс": "in", "без ндс": "out", "without vat": "out", "excl vat": "out", "with vat": "in"}


@dataclass(frozen=True)
class Header:
    """A column's name without what it says of currency (ISO) and VAT (in, out)."""

    name: str
    currency: str | None = None
    vat: str | None = None


@dataclass(frozen=True)
class Shape:
    """A kind of export: for each column of ours the names it may have there; `marks` are what it is recognised by.

    `fixed` are values that every row has. With `whole_is_micros` amounts are millionths where all of them are whole
    numbers; with `seconds` days may be told as seconds since 1970.
    """

    key: str
    name: str
    columns: Mapping[str, Sequence[str]]
    marks: Sequence[Sequence[str]]
    fixed: Mapping[str, str] = field(default_factory=dict)
    whole_is_micros: bool = False
    seconds: bool = False


@dataclass(frozen=True)
class Found:
    """A shape met in a file: on which line its header stands, its cells, and which may be what, the best first."""

    shape: Shape
    line: int
    header: tuple[str, ...]
    places: Mapping[str, Sequence[int]]
    delimiter: str


def plain(text: str) -> Header:
    """A header cell in lower case, without ё, signs of currency and words on VAT."""
    name = " ".join(text.replace("\u00a0", " ").replace("\ufeff", "").strip(" \"'").lower().replace("ё", "е").split())
    words = next((words for words in _VAT if words in name), "")
    name = name.replace(words, "").strip(" ,()") if words else name
    found, currency = _TAIL.search(name), None
    if found and found.start() > 0 and not name[found.start()].isalnum():
        currency, name = _SIGNS[found[1]], name[: found.start()].strip(" ,(")
    return Header(name, currency, _VAT.get(words))


def match(shape: Shape, header: Sequence[str]) -> dict[str, list[int]] | None:
    """Which columns of a header may be which of ours; None where it is no header of that shape."""
    names = [plain(cell).name for cell in header]
    if not all(any(one in names for one in group) for group in shape.marks):
        return None
    found = {ours: [names.index(one) for one in known if one in names] for ours, known in shape.columns.items()}
    return {ours: places for ours, places in found.items() if places}


def recognise(lines: Iterable[tuple[int, Mapping[str, list[str]]]], shapes: Sequence[Shape]) -> Found | None:
    """The first line that is the header of one of `shapes`; a line is its number and its cells by delimiter."""
    for number, cut in lines:
        for shape in shapes:
            for delimiter, cells in cut.items():
                places = match(shape, cells)
                if places is not None:
                    return Found(shape, number, tuple(cells), places, delimiter)
        if number >= _HEAD:
            break
    return None

"""Records of Asterisk's comma-separated files, with the caller's name as broken as it comes."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from calldash.reading import Source
from calldash.reading.records import records, split

_BROKEN_NAME = re.compile(r'(?<![^,;\t])""([^"]+)" <([^<>"]*)>"(?=[,;\t]|$)')
_NUMBER = re.compile(r"-?\d{1,8}(\.\d+)?")
_NULL = frozenset({"NULL", "\\N"})


@dataclass
class FieldError(Exception):
    """A value that cannot be understood: its column, the value, and why (an English msgid with {named} places)."""

    column: str
    value: str
    reason: str
    values: dict[str, Any] = field(default_factory=dict)


class Record(NamedTuple):
    """One record: the line it began on, its text and fields. The last one of a file may be unfinished."""

    line: int
    raw: str
    fields: list[str]
    finished: bool


def read(source: Source, delimiter: str, widths: Collection[int], growing: bool) -> Iterator[Record]:
    """All records of a file. In one that is `growing` (a log) an unfinished last line is left in `source.partial`."""
    for block in source.blocks():
        lines = block.text.split("\n")
        if growing and (rest := lines.pop()).strip():
            source.partial = rest
        final = block.first + len(lines) - 1
        for line, raw, fields in records(lines, block.first, delimiter, widths):
            finished = block.complete or line + raw.count("\n") < final
            yield Record(line, raw, tidy(_mended(raw, fields, delimiter, widths)), finished)


def tidy(fields: list[str]) -> list[str]:
    """Fields without spaces around them, and with a database's NULL as nothing."""
    stripped = [text.strip() for text in fields]
    return ["" if text in _NULL else text for text in stripped]


def _mended(raw: str, fields: list[str], delimiter: str, widths: Collection[int]) -> list[str]:
    """A name written as `""Name" <number>"` breaks its record where it holds a delimiter."""
    if len(fields) in widths or '""' not in raw:
        return fields
    return split(_BROKEN_NAME.sub(r'"""\1"" <\2>"', raw), delimiter)


def columns_wrong(fields: list[str], expected: int | str) -> FieldError:
    """What to raise for a record with too many or too few fields."""
    reason = "{found} columns where {expected} are expected"
    return FieldError("", "", reason, {"found": len(fields), "expected": expected})


def seconds(column: str, text: str, source: Source) -> int | None:
    """`text` as whole seconds, None when empty or negative. Raises FieldError."""
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise FieldError(column, text, "This is not a number of seconds.")
    if text.startswith("-"):
        source.oddities["negative_seconds"] += 1
        return None
    return int(float(text))

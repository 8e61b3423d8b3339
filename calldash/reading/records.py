"""Lines to records: delimiters and quotes, broken ones too, with the line each record began on."""

import csv
import io
from collections.abc import Collection, Iterator

DELIMITERS = (",", ";", "\t", "|")
_LONGEST = 200  # physical lines one quoted field may span before the quote counts as broken

csv.field_size_limit(1 << 30)


def guess_delimiter(line: str) -> str:
    """The delimiter that cuts `line` (a header or first record) into most fields; `,` when none does."""
    return max(DELIMITERS, key=lambda mark: (len(split(line, mark)), -DELIMITERS.index(mark)))


def split(line: str, delimiter: str) -> list[str]:
    """One line as fields; a quote left open is closed at the end of the line."""
    return next(csv.reader([line], delimiter=delimiter), [])


def records(
    lines: list[str], first: int, delimiter: str, widths: Collection[int], quoted: bool = True
) -> Iterator[tuple[int, str, list[str]]]:
    """Yields (line number, raw text, fields) for `lines` numbered from `first`.

    `widths` are the numbers of fields a record may have. A line whose quotes do not match is taken with the lines
    after it when together they make a record of such a width, else alone with its quote closed. Empty lines yield
    nothing.
    """
    at = 0
    while at < len(lines):
        line, number = lines[at], first + at
        at += 1
        if not line.strip():
            continue
        if not quoted:
            yield number, line, line.split(delimiter)
        elif line.count('"') % 2 and (span := _joined(lines, at, delimiter, widths)):
            raw = "\n".join(lines[at - 1 : at + span])
            at += span
            yield number, raw, _parse(raw, delimiter)
        else:
            yield number, line, split(line, delimiter)


def _joined(lines: list[str], at: int, delimiter: str, widths: Collection[int]) -> int:
    """How many lines from `at` on belong to the record begun before it; 0 when it stands alone.

    A line on the way that is a whole record by itself tells that the quote is broken.
    """
    text = lines[at - 1]
    alone = len(split(text, delimiter)) in widths
    for more, line in enumerate(lines[at : at + _LONGEST], 1):
        if (alone or '"' not in line) and len(split(line, delimiter)) in widths:
            return 0
        text += "\n" + line
        if line.count('"') % 2:
            return more if len(_parse(text, delimiter)) in widths else 0
    return 0


def _parse(text: str, delimiter: str) -> list[str]:
    """The fields of a record of several lines; none when its quotes do not end where fields do."""
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []

"""Saved answers of the Data API -> their rows, whatever the answers were wrapped in."""

import json
import re
from collections.abc import Iterator
from typing import Any

from calldash.problems import Problem
from calldash.reading import Source

# What may stand between answers that were put one after another into a file.
_GAP = re.compile(r"[\s\ufeff\x1e]*")
# Fractions stay text, so that money keeps its digits; NaN, as some tools write an absent value, is null.
_DECODER = json.JSONDecoder(parse_float=str, parse_constant=lambda _name: None)


def rows_of(source: Source) -> list[Any]:
    """The rows of all answers in the file, in its order.

    Raises Problem for JSON that breaks off, for an answer that is an error, and when there are no rows at all.
    """
    text = "".join(block.text for block in source.blocks())
    found = [row for document in _documents(text) for row in _unwrapped(document)]
    if not found:
        raise Problem("The answer holds no calls.")
    return found


def _documents(text: str) -> Iterator[Any]:
    at = _after_gap(text, 0)
    while at < len(text):
        try:
            document, at = _DECODER.raw_decode(text, at)
        except json.JSONDecodeError as error:
            message = "The file is not complete JSON: it breaks off at line {line}, column {column}."
            raise Problem(message, line=error.lineno, column=error.colno) from error
        yield document
        at = _after_gap(text, at)


def _after_gap(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap else at


def _unwrapped(value: Any) -> Iterator[Any]:
    """The rows in an answer, in its result, in a list of answers, or in a list of rows."""
    match value:
        case list():
            for part in value:
                yield from _unwrapped(part)
        case {"error": error} if error:
            raise Problem("The provider answered with an error: {error}.", error=_said(error))
        case {"result": dict() | list() as result}:
            yield from _unwrapped(result)
        case {"data": list() as data}:
            yield from data
        case {"jsonrpc": _} | {"result": _} | {"data": _}:
            return
        case _:
            yield value


def _said(error: Any) -> str:
    """The words of an error, without the full stop that the sentence around it has."""
    words = error.get("message") or error.get("code") if isinstance(error, dict) else error
    return str(words or json.dumps(error, ensure_ascii=False)).strip().rstrip(".")

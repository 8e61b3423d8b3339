"""Lines that belong together, as an operator writes them: a name, then lines apart by commas; `*` ends a beginning."""

import re
from collections.abc import Iterator, Sequence

from calldash.problems import Unfit

NONE = "none"  # what stands for a line in no group
_NUMBER = re.compile(r"\+?[0-9\s()\-]+\*?")
_NOT_STORED = re.compile(r"[\s()\-]")


def parse(name: str, text: str) -> tuple[str, ...]:
    """The lines of a group, numbers without spaces and brackets. Raises Unfit."""
    lines = tuple(_line(part.strip()) for part in text.split(",") if part.strip())
    if not name.strip() or name == NONE:
        raise Unfit('a group of lines cannot be called "{name}"', name=name)
    if not lines or any("*" in line[:-1] or line == "*" for line in lines):
        raise Unfit('"{text}" are no lines such as +74950000001, +7812*, office', text=text)
    return lines


def _line(written: str) -> str:
    return _NOT_STORED.sub("", written) if _NUMBER.fullmatch(written) else written


def condition(groups: Sequence[tuple[str, str]]) -> str:
    """The SQL of the group of a row's `line`: the first that has it, `NONE` for a line in none, NULL without a line."""
    cases = [f"WHEN {' OR '.join(_tests(parse(name, text)))} THEN {_text(name)}" for name, text in groups]
    return f"CASE WHEN line IS NULL THEN NULL {' '.join(cases)} ELSE {_text(NONE)} END"


def _tests(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield f"starts_with(line, {_text(line[:-1])})" if line.endswith("*") else f"line = {_text(line)}"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"

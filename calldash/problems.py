"""What can be wrong with input, as data: a code and its arguments, put into words by `i18n`."""

from dataclasses import dataclass, field
from typing import Any


class Problem(Exception):  # noqa: N818 (said to people, not to programmers)
    """Input that cannot be used; `message` is an English msgid with {named} places for `args`."""

    def __init__(self, message: str, **values: Any) -> None:
        super().__init__(message.format(**values) if values else message)
        self.message = message
        self.values = values


class Unfit(Problem, ValueError):  # noqa: N818
    """A value that cannot be, such as a setting: `message` is the reason, to stand after the place and a colon."""


@dataclass(frozen=True)
class Reject:
    """One row that could not be understood, and why; `reason` is an English msgid."""

    line: int
    column: str
    value: str
    reason: str
    raw: str = ""
    values: dict[str, Any] = field(default_factory=dict)

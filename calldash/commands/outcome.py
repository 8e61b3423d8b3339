"""What a command ends with."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """What a command prints, and its exit code: 0 done, 1 not done; `asked`: the text is what was asked for anyway."""

    text: str
    code: int = 0
    asked: bool = False

"""A file of which nothing was taken, with every line that is wrong."""

from collections.abc import Sequence

from calldash.i18n import mark
from calldash.problems import Problem, Reject


class Refused(Problem):
    """Nothing was taken: `wrong` tells each line, column, value and reason."""

    def __init__(self, file: str, wrong: Sequence[Reject]) -> None:
        super().__init__(mark("Nothing was taken: lines that are wrong: {count}."), count=len(wrong))
        self.file, self.wrong = file, sorted(wrong, key=lambda one: one.line)

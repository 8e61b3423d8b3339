"""Files of spend and deals on the command line: each is taken whole or not at all."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from calldash.commands.imports import SomeFailed
from calldash.given.refused import Refused
from calldash.given.titles import title
from calldash.i18n import gettext as _
from calldash.i18n import say
from calldash.problems import Problem


def each(arguments: dict[str, Any], take: Callable[[Path], str]) -> str:
    """What `take` tells of each of `paths`. Raises SomeFailed with all that is told when a file was not taken."""
    texts, failed = [], 0
    for path in map(Path, arguments["paths"]):
        try:
            texts.append(take(path))
        except Problem as problem:
            failed += 1
            texts += [f"{path.name}: {say(problem)}", *lines_of(problem)]
    if failed:
        raise SomeFailed("\n".join(texts))
    return "\n".join(texts)


def lines_of(problem: Problem) -> list[str]:
    """What is wrong with each line, in words; nothing for a problem with the file as a whole."""
    if not isinstance(problem, Refused):
        return []
    line = _("  line {line}, {column} “{value}”: {reason}")
    told = ((one, title(one.column)) for one in problem.wrong)
    return [line.format(line=one.line, column=column, value=one.value, reason=say(one)) for one, column in told]

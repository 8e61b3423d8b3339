"""What the command line can do, each as a function of the open store: the same in this process or in the app's."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from calldash.commands import demo, evidence, imports, kpi, missed, report, staffing, talks, transcripts
from calldash.i18n import say
from calldash.problems import Problem
from calldash.store import Store

Progress = Callable[[float], None]


@dataclass(frozen=True)
class Outcome:
    """What a command prints, and its exit code: 0 done, 1 not done."""

    text: str
    code: int = 0


COMMANDS: dict[str, Callable[[Store, dict[str, Any], Progress], str]] = {
    "import": imports.run,
    "demo": demo.run,
    "kpi": kpi.run,
    "report": report.run,
    "missed": missed.run,
    "staffing": staffing.run,
    "evidence": evidence.run,
    "transcripts import": transcripts.attach,
    "transcripts export": transcripts.export,
    "talks analyse": talks.analyse,
}


def run(store: Store, name: str, arguments: dict[str, Any], progress: Progress) -> Outcome:
    """Runs a command; a Problem becomes its sentence and exit code 1."""
    try:
        return Outcome(COMMANDS[name](store, arguments, progress))
    except Problem as problem:
        return Outcome(say(problem), 1)

"""What the command line can do, each as a function of the open store: the same in this process or in the app's."""

from collections.abc import Callable
from typing import Any

from calldash.commands import (
    backup,
    changes,
    check,
    classing,
    costs,
    deals,
    demo,
    evidence,
    forecast,
    imports,
    kpi,
    marking,
    missed,
    naming,
    needs,
    people,
    privacy,
    report,
    results,
    spend,
    staffing,
    talks,
    transcripts,
    upload_back,
)
from calldash.commands.outcome import Outcome
from calldash.i18n import say
from calldash.people import viewer
from calldash.problems import Problem
from calldash.store import Store

__all__ = ["COMMANDS", "Outcome", "Progress", "run"]

Progress = Callable[[float], None]


COMMANDS: dict[str, Callable[[Store, dict[str, Any], Progress], str | Outcome]] = {
    "import": imports.run,
    "demo": demo.run,
    "kpi": kpi.run,
    "report": report.run,
    "missed": missed.run,
    "changes": changes.run,
    "staffing": staffing.run,
    "forecast": forecast.run,
    "evidence": evidence.run,
    "tracking import": classing.take,
    "tracking list": classing.lines,
    "mark": marking.run,
    "names import": naming.take,
    "names preview": naming.preview,
    "names list": naming.show,
    "names propose": naming.propose,
    "rules list": classing.rules_in_force,
    "rules preview": classing.preview,
    "rules save": classing.save,
    "transcripts import": transcripts.attach,
    "transcripts export": transcripts.export,
    "talks analyse": talks.analyse,
    "results": results.run,
    "upload-back": upload_back.run,
    "spend import": spend.take,
    "spend list": spend.show,
    "spend remove": spend.remove,
    "deals import": deals.take,
    "deals list": deals.show,
    "deals remove": deals.remove,
    "backup": backup.run,
    "check": check.run,
    "invite": people.invite,
    "costs unusual": costs.run_unusual,
    "costs budgets": costs.run_budgets,
    "erase": privacy.erase,
    "retention": privacy.keep,
    "tariffs import": costs.run_import,
    "tariffs list": costs.run_list,
    "tariffs audit": costs.run_audit,
    "tariffs whatif": costs.run_whatif,
}


def run(store: Store, name: str, arguments: dict[str, Any], progress: Progress) -> Outcome:
    """Runs a command for who is asking; a Problem becomes its sentence and exit code 1."""
    try:
        if not needs.allowed(viewer.current(), name):
            raise Problem("Your role does not allow this.")
        done = COMMANDS[name](store, arguments, progress)
    except Problem as problem:
        return Outcome(say(problem), 1)
    return done if isinstance(done, Outcome) else Outcome(done)

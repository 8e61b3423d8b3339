"""What whoever gives a command must be allowed to do, all of it; a command that does not stand here is for nobody.

The command line is the machine's owner (`people.LOCAL`), who may all of it; the table holds for whoever else comes.
"""

from calldash.people import Person

NEEDS = {
    "import": "imports",
    "demo": "imports",
    "kpi": "figures",
    "report": "export",
    "missed": "calls",
    "changes": "figures",
    "staffing": "figures",
    "forecast": "figures",
    "evidence": "evidence",
    "tracking import": "advertising",
    "tracking list": "advertising",
    "mark": "marks",
    "names import": "advertising",
    "names preview": "advertising",
    "names list": "advertising",
    "names propose": "advertising",
    "rules list": "advertising",
    "rules preview": "advertising",
    "rules save": "advertising",
    "transcripts import": "imports attach",
    "transcripts export": "transcripts export",
    "talks analyse": "recordings",
    "results": "figures",
    "upload-back": "export",
    "spend import": "advertising",
    "spend list": "figures",
    "spend remove": "advertising",
    "deals import": "advertising",
    "deals list": "figures",
    "deals remove": "advertising",
    "backup": "people",
    "check": "people",
    "invite": "people",
    "costs unusual": "figures",
    "costs budgets": "figures",
    "erase": "privacy",
    "retention": "privacy",
    "tariffs import": "tariffs",
    "tariffs list": "figures",
    "tariffs audit": "figures",
    "tariffs whatif": "figures",
}


def allowed(person: Person, command: str) -> bool:
    """Whether somebody may run a command."""
    return command in NEEDS and person.may(NEEDS[command])

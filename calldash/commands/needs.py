"""What whoever gives a command must be allowed to do; a command that does not stand here is run for nobody.

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
    "rules list": "advertising",
    "rules preview": "advertising",
    "rules save": "advertising",
    "transcripts import": "imports",
    "transcripts export": "transcripts",
    "talks analyse": "recordings",
    "results": "figures",
    "upload-back": "export",
    "spend import": "advertising",
    "spend list": "figures",
    "deals import": "advertising",
    "deals list": "figures",
    "backup": "people",
    "check": "people",
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

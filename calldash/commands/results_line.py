"""The words of `results` and `upload-back` on the command line; `do` runs a command here or in the running app."""

from typing import Annotated, Literal

import typer

from calldash.commands.options import Db, Do, Form, Since, Until, Where

Subject = Literal["sources", "campaigns", "models", "cohorts", "missed", "planner"]
Target = Literal["metrica", "metrica-yclid", "google"]


def add(app: typer.Typer, do: Do) -> None:
    """Adds both commands to `app`."""

    @app.command("results")
    def results(
        subject: Annotated[Subject, typer.Argument(help="What to print.")] = "sources",
        since: Since = None,
        until: Until = None,
        where: Where = None,
        amount: Annotated[int, typer.Option(min=1, help="Of the planner: the money to spend next.")] = 10_000,
        what: Annotated[Literal["targets", "profit"], typer.Option(help="Of the planner: what counts.")] = "targets",
        format_: Form = "table",
        db: Db = None,
    ) -> None:
        """Prints what advertising cost and brought; intervals stand in JSON and CSV."""
        asked = {"subject": subject, "since": since, "until": until, "where": where or [], "format": format_}
        do("results", asked | {"amount": amount, "what": what}, db)

    @app.command("upload-back")
    def upload_back(
        target: Annotated[Target, typer.Argument(help="The advertising system.")],
        since: Since = None,
        until: Until = None,
        where: Where = None,
        count: Annotated[bool, typer.Option("--count", help="Print how many go in and are left out, and why.")] = False,
        db: Db = None,
    ) -> None:
        """Prints target and missed calls, with consent only, as the CSV that an advertising system takes."""
        asked = {"target": target, "since": since, "until": until, "where": where or [], "count": count}
        do("upload-back", asked, db)

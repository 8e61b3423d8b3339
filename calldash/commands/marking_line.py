"""The words of `mark` on the command line; `do` runs a command here or in the running app."""

from typing import Annotated

import typer

from calldash.commands.options import Db, Do


def add(app: typer.Typer, do: Do) -> None:
    """Adds the command to `app`."""

    @app.command("mark")
    def mark(
        calls: Annotated[list[str], typer.Argument(help="Calls, each SYSTEM/ID.")],
        set_: Annotated[
            list[str] | None,
            typer.Option("--set", help="WHAT=VALUE: outcome=success, sale=1500.50, target=no, spam=yes, note=…, tag=…"),
        ] = None,
        take_back: Annotated[
            list[str] | None, typer.Option(help="WHAT: from then on as the phone system has it.")
        ] = None,
        db: Db = None,
    ) -> None:
        """Marks calls, as their card does, and prints the history of their marks."""
        do("mark", {"calls": calls, "set": set_ or [], "take_back": take_back or []}, db)

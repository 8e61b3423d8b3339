"""`erase` and `retention` on the command line."""

from typing import Annotated, Literal

import typer

from calldash.commands.options import Db, Do

Dry = Annotated[bool, typer.Option("--dry-run", help="Tell what would go; change nothing.")]


def add(app: typer.Typer, do: Do) -> None:
    """Adds the commands to the program's."""

    @app.command()
    def erase(
        number: Annotated[str, typer.Argument(help="A client's number in any spelling.")],
        calls: Annotated[bool, typer.Option("--calls", help="Remove the calls too, not only whose they were.")] = False,
        dry_run: Dry = False,
        format_: Annotated[Literal["text", "json"], typer.Option("--format")] = "text",
        db: Db = None,
    ) -> None:
        """Erases a client from every table and file; prints a receipt."""
        do("erase", {"number": number, "calls": calls, "dry_run": dry_run, "format": format_}, db)

    @app.command()
    def retention(dry_run: Dry = False, db: Db = None) -> None:
        """Removes what has outlived its time by the settings keep_…; the app does it each night."""
        do("retention", {"dry_run": dry_run}, db)

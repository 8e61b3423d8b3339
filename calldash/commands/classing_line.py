"""The words of `tracking` and `rules` on the command line; `do` runs a command here or in the running app."""

from pathlib import Path
from typing import Annotated

import typer

from calldash.commands.given_line import Files
from calldash.commands.options import Db, Do

_Toml = Annotated[Path, typer.Argument(help="Rules as TOML, as `rules list` prints them.")]


def tracking(do: Do) -> typer.Typer:
    """The group `tracking`."""
    group = typer.Typer(no_args_is_help=True, help="Tracking numbers: which line advertises what, and when.")

    @group.command("import")
    def take(paths: Files, db: Db = None) -> None:
        """Adds rows; a row of the same line and first day takes the other's place."""
        do("tracking import", {"paths": [str(path.absolute()) for path in paths]}, db)

    @group.command("list")
    def listed(db: Db = None) -> None:
        """Prints the table as CSV."""
        do("tracking list", {}, db)

    return group


def rules(do: Do) -> typer.Typer:
    """The group `rules`."""
    group = typer.Typer(no_args_is_help=True, help="Rules by which calls are classed: listed, tried, saved.")

    @group.command("list")
    def listed(db: Db = None) -> None:
        """Prints the rules as TOML, in their order."""
        do("rules list", {}, db)

    @group.command()
    def preview(path: _Toml, db: Db = None) -> None:
        """Prints what saving these rules would change; nothing is changed."""
        do("rules preview", {"path": str(path.absolute())}, db)

    @group.command()
    def save(path: _Toml, db: Db = None) -> None:
        """Puts these rules in the place of all; the calls follow."""
        do("rules save", {"path": str(path.absolute())}, db)

    return group

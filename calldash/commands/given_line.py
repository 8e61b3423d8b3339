"""The words of `spend`, `deals` and `names` on the command line; `do` runs a command here or in the running app."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import typer

from calldash.commands.options import Db, Do

Files = Annotated[list[Path], typer.Argument(help="Files, CSV or XLSX.")]


def spend(do: Do) -> typer.Typer:
    """The group `spend`."""
    group = typer.Typer(no_args_is_help=True, help="Ad spend: brought and listed.")

    @group.command("import")
    def take(
        paths: Files,
        source: Annotated[str | None, typer.Option(help="Source, where the file does not say.")] = None,
        medium: Annotated[str | None, typer.Option(help="Medium.")] = None,
        campaign: Annotated[str | None, typer.Option(help="Campaign.")] = None,
        account: Annotated[str | None, typer.Option(help="Advertising account.")] = None,
        currency: Annotated[str | None, typer.Option(help="Currency, as RUB.")] = None,
        vat: Annotated[Literal["in", "out"] | None, typer.Option(help="Amounts are with VAT (in) or without.")] = None,
        vat_rate: Annotated[str | None, typer.Option(help="Rate of VAT, per cent.")] = None,
        since: Annotated[str | None, typer.Option(help="First day, where the file has no days.")] = None,
        until: Annotated[str | None, typer.Option(help="Last day.")] = None,
        db: Db = None,
    ) -> None:
        """Takes ad spend from exports; an export of days that are there replaces them."""
        given = {"source": source, "medium": medium, "campaign": campaign, "account": account, "currency": currency,
                 "vat": vat, "vat_rate": vat_rate, "since": since, "until": until}  # fmt: skip
        known = {name: value for name, value in given.items() if value}
        do("spend import", {"paths": [str(path.absolute()) for path in paths], "given": known}, db)

    group.command("remove", help="Takes spend back: the lines that all given options are true of.")(_spend_removal(do))
    group.command("list", help="Prints the spend there is, as CSV.")(_listing(do, "spend list"))
    return group


def _spend_removal(do: Do) -> Callable[..., None]:
    def remove(
        source: Annotated[str | None, typer.Option(help="Lines of this source.")] = None,
        campaign: Annotated[str | None, typer.Option(help="Lines of this campaign.")] = None,
        account: Annotated[str | None, typer.Option(help="Lines of this account.")] = None,
        file: Annotated[str | None, typer.Option(help="Lines from the file of this name.")] = None,
        since: Annotated[str | None, typer.Option(help="Lines that begin on this day or later.")] = None,
        until: Annotated[str | None, typer.Option(help="Lines that end on this day or earlier.")] = None,
        db: Db = None,
    ) -> None:
        given = {"source": source, "campaign": campaign, "account": account, "file": file, "since": since,
                 "until": until}  # fmt: skip
        do("spend remove", {"which": {name: value for name, value in given.items() if value}}, db)

    return remove


def deals(do: Do) -> typer.Typer:
    """The group `deals`."""
    group = typer.Typer(no_args_is_help=True, help="Deals of a CRM: brought and listed.")

    @group.command("import")
    def take(
        paths: Files,
        origin: Annotated[str | None, typer.Option(help="The list the deals are of: its numbers are its own.")] = None,
        currency: Annotated[str | None, typer.Option(help="Currency, where the file does not say.")] = None,
        status: Annotated[Literal["won", "open", "lost"] | None, typer.Option(help="Status, likewise.")] = None,
        db: Db = None,
    ) -> None:
        """Takes deals from exports; a deal that is there says from then on what the file says."""
        known = {"origin": origin, "currency": currency, "status": status}
        given = {name: value for name, value in known.items() if value}
        do("deals import", {"paths": [str(path.absolute()) for path in paths], "given": given}, db)

    @group.command()
    def remove(
        origin: Annotated[str, typer.Option(help="The list the deals are of.")],
        id_: Annotated[list[str] | None, typer.Option("--id", help="Only deals of these numbers.")] = None,
        db: Db = None,
    ) -> None:
        """Takes deals back: those of a list, or some of them."""
        do("deals remove", {"origin": origin, "ids": id_ or []}, db)

    group.command("list", help="Prints the deals there are, as CSV.")(_listing(do, "deals list"))
    return group


def names(do: Do) -> typer.Typer:
    """The group `names`."""
    group = typer.Typer(no_args_is_help=True, help="Names that mean the same campaign: brought, tried, listed.")

    @group.command("import")
    def take(paths: Files, db: Db = None) -> None:
        """Adds rows; a row of the same source and campaign takes the other's place. Calls and spend follow."""
        do("names import", {"paths": [str(path.absolute()) for path in paths]}, db)

    @group.command()
    def preview(paths: Files, db: Db = None) -> None:
        """Prints what of calls and spend would move; nothing is changed."""
        do("names preview", {"paths": [str(path.absolute()) for path in paths]}, db)

    group.command(
        "propose", help="Prints what spend without calls looks like among calls, as CSV to check and import."
    )(_listing(do, "names propose"))
    group.command("list", help="Prints the names there are, as CSV.")(_listing(do, "names list"))
    return group


def _listing(do: Do, command: str) -> Callable[[Path | None], None]:
    def show(db: Db = None) -> None:
        do(command, {}, db)

    return show

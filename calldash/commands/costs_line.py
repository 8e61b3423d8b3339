"""The words of `costs` and `tariffs` on the command line; `do` runs a command here or in the running app."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from calldash.commands.options import Db, Do, Form, Since, Until, Where
from calldash.export import FORMATS


def costs(do: Do) -> typer.Typer:
    """The group `costs`; the cost itself is a figure of `kpi`."""
    group = typer.Typer(no_args_is_help=True, help="Telephony cost: unusual spending, budgets.")

    @group.command()
    def unusual(since: Since = None, until: Until = None, where: Where = None, format_: Form = "table",
                db: Db = None) -> None:  # fmt: skip
        """Prints unusual spending: premium numbers, nights, many short calls abroad, very dear calls."""
        do("costs unusual", {"since": since, "until": until, "where": where or [], "format": format_}, db)

    @group.command()
    def budgets(
        month: Annotated[str | None, typer.Option(help="The month, as 2026-01 (default: the newest).")] = None,
        team: Annotated[str | None, typer.Option(help="With --amount: the team (default: the whole company).")] = None,
        amount: Annotated[str | None, typer.Option(help="Sets a budget.")] = None,
        currency: Annotated[str | None, typer.Option(help="Its currency (default: setting currency).")] = None,
        format_: Form = "table",
        db: Db = None,
    ) -> None:
        """Prints the budgets of a month, what is spent, and where the month will end."""
        asked = {"month": month, "team": team, "amount": amount, "currency": currency, "format": format_}
        do("costs budgets", asked, db)

    return group


def tariffs(do: Do) -> typer.Typer:
    """The group `tariffs`."""
    group = typer.Typer(no_args_is_help=True, help="Tariffs: tables of prices, the audit of bills, other tariffs.")

    @group.command("import")
    def take(path: Annotated[Path, typer.Argument(help="A table, CSV or XLSX.")], db: Db = None) -> None:
        """Takes the tariffs of a table, all or none; they take the place of those of the same names."""
        do("tariffs import", {"path": str(path.absolute())}, db)

    @group.command("list")
    def show(name: Annotated[str | None, typer.Argument(help="One tariff.")] = None, db: Db = None) -> None:
        """Prints tariffs as CSV that can be imported again."""
        do("tariffs list", {"name": name}, db)

    group.command("audit")(_audit(do))
    group.command("whatif")(_whatif(do))
    return group


def _audit(do: Do) -> Callable[..., None]:
    def audit(
        since: Since = None,
        until: Until = None,
        where: Where = None,
        out: Annotated[Path | None, typer.Option(help="A file for the calls that differ.")] = None,
        form: Annotated[str, typer.Option(help="Of that file: csv, csv_excel, xlsx, parquet or json.")] = "csv",
        format_: Form = "table",
        db: Db = None,
    ) -> None:
        """Prints what was charged beside what the tariffs say, by reason, to the cent."""
        if form not in FORMATS:
            raise typer.BadParameter(", ".join(FORMATS), param_hint="--form")
        asked = {"since": since, "until": until, "where": where or [], "format": format_, "form": form}
        do("tariffs audit", asked | {"out": str(out.absolute()) if out else None}, db)

    return audit


def _whatif(do: Do) -> Callable[..., None]:
    def whatif(
        since: Since = None, until: Until = None, where: Where = None, format_: Form = "table", db: Db = None
    ) -> None:
        """Prints what the same calls would have cost by each tariff, the cheapest first."""
        do("tariffs whatif", {"since": since, "until": until, "where": where or [], "format": format_}, db)

    return whatif

"""`invite` on the command line: how the first account is made on a server, and how a lost password is replaced."""

from typing import Annotated

import typer

from calldash.commands.options import Db, Do


def add(app: typer.Typer, do: Do) -> None:
    """Adds the command to `app`."""

    @app.command()
    def invite(
        login: Annotated[str, typer.Argument(help="Who signs in, such as anna or anna@shop.ru.")],
        role: Annotated[str | None, typer.Option(help="Of a new account; the first one is admin.")] = None,
        name: Annotated[str | None, typer.Option(help="Of a new account: how pages call its owner.")] = None,
        team: Annotated[list[str] | None, typer.Option(help="Of a lead: a team; may be given again.")] = None,
        employee: Annotated[str | None, typer.Option(help="Of an employee: the name in the phone system.")] = None,
        db: Db = None,
    ) -> None:
        """Prints a one-time code by which somebody chooses a password; makes the account when there is none."""
        asked = {"login": login, "role": role, "name": name, "teams": team or [], "employee": employee}
        do("invite", asked, db)

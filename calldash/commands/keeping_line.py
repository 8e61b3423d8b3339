"""The words of `backup`, `restore` and `check` on the command line; `do` runs a command here or in the running app."""

from pathlib import Path
from typing import Annotated

import typer

from calldash import i18n
from calldash.commands import backup as backups
from calldash.commands.options import Db, Do, PlainForm
from calldash.problems import Problem
from calldash.settings import load, wrong_settings
from calldash.store.duck import Busy


def add(app: typer.Typer, do: Do) -> None:
    """Adds the commands to `app`."""
    app.command("restore")(_restored)

    @app.command("backup")
    def backup(
        to: Annotated[Path, typer.Argument(help="The file to write, or a folder; no file is overwritten.")],
        db: Db = None,
    ) -> None:
        """Writes the whole store into one file, also while the app runs; recordings are not in it."""
        do("backup", {"to": str(to.absolute())}, db)

    @app.command("check")
    def check(
        audit_head: Annotated[str | None, typer.Option(help="A line's hash noted before: is it still there?")] = None,
        repair: Annotated[bool, typer.Option("--repair", help="First compute facts and local days anew.")] = False,
        format_: PlainForm = "table",
        db: Db = None,
    ) -> None:
        """Tells whether the store holds together; the exit code is 1 when it does not."""
        do("check", {"audit_head": audit_head, "repair": repair, "format": format_}, db)


def _restored(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    db: Db = None,
) -> None:
    """Puts a backup in the place of the store, which is kept beside; the app must not be running."""
    try:
        text, code = _restore(file, db), 0
    except Problem as problem:
        text, code = i18n.say(problem), 1
    typer.echo(text, err=bool(code))
    raise typer.Exit(code)


def _restore(file: Path, db: Path | None) -> str:
    i18n.use(wrong_settings.language())
    settings = load(db=db)
    i18n.use(settings.language)
    try:
        return backups.restore(settings, file.absolute(), lambda _share: None)
    except Busy as error:
        raise Problem("The store {path} is in use. Stop the app, then restore.", path=str(settings.db)) from error

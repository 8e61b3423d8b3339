"""Doing a command: in this process, or in the running app where that holds the store; its text is printed."""

import sys
from pathlib import Path
from typing import Any

import typer

from calldash import i18n
from calldash.audit import noted_settings
from calldash.commands import Outcome, run
from calldash.handover import Request, hand_over
from calldash.problems import Problem
from calldash.settings import Settings, load, wrong_settings
from calldash.store import open_store
from calldash.store.duck import Busy


def do(command: str, arguments: dict[str, Any], db: Path | None) -> None:
    """Runs a command here, or in the app that holds the store; prints its text and exits with its code."""
    try:
        i18n.use(wrong_settings.language())
        settings = load(db=db)
        i18n.use(settings.language)
        outcome = _run(command, arguments, settings)
    except Problem as problem:
        outcome = Outcome(i18n.say(problem), 1)
    typer.echo(outcome.text, err=bool(outcome.code) and not outcome.asked)
    raise typer.Exit(outcome.code)


def _run(command: str, arguments: dict[str, Any], settings: Settings) -> Outcome:
    try:
        store = open_store(settings)
    except Busy:
        request = Request(command, arguments, str(settings.db.absolute()), settings.language)
        outcome = hand_over(request, lambda: _held(settings), _progress)
        typer.echo(i18n.gettext("Done by the running app, with its settings."), err=True)
        return outcome
    try:
        noted_settings.note(store)
        return run(store, command, arguments, _progress)
    finally:
        store.close()


def _held(settings: Settings) -> bool:
    """Whether another process still has the store open."""
    try:
        open_store(settings).close()
    except Busy:
        return True
    return False


def _progress(share: float) -> None:
    if sys.stderr.isatty():
        typer.echo(f"\r{share:4.0%}" if share < 1 else "\r    \r", nl=False, err=True)

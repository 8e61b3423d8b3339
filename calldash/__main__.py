"""The command line. A store that the running app holds is reached through the app, with the same result."""

import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from calldash import i18n
from calldash.commands import Outcome, run
from calldash.export import FORMATS
from calldash.handover import Request, hand_over
from calldash.problems import Problem
from calldash.settings import Settings, load
from calldash.store import open_store
from calldash.store.duck import Busy

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__, pretty_exceptions_enable=False)
transcripts = typer.Typer(no_args_is_help=True, help="Transcripts of calls: brought and taken.")
talks = typer.Typer(no_args_is_help=True, help="Talk analytics of stereo recordings.")
app.add_typer(transcripts, name="transcripts")
app.add_typer(talks, name="talks")
Db = Annotated[Path | None, typer.Option(help="The database file (default: setting db).")]


@app.command("import")
def import_(
    paths: Annotated[list[Path], typer.Argument(help="Files of call records.")],
    provider: Annotated[str | None, typer.Option(help="A provider's key, or a TOML file that describes one.")] = None,
    system: Annotated[str | None, typer.Option(help="Which installation the rows are of.")] = None,
    zone: Annotated[str | None, typer.Option(help="Time zone of local times, such as Europe/Moscow.")] = None,
    db: Db = None,
) -> None:
    """Imports files; importing one again changes nothing."""
    if provider and provider.endswith(".toml"):
        provider = str(Path(provider).absolute())
    files = [str(path.absolute()) for path in paths]
    _do("import", {"paths": files, "provider": provider, "system": system, "zone": zone}, db)


@app.command()
def demo(
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Only into a store without calls.")] = False,
    day: Annotated[str | None, typer.Option(help="The last day (default: today).")] = None,
    db: Db = None,
) -> None:
    """Writes the calls of an invented company, 90 days up to today."""
    _do("demo", {"if_empty": if_empty, "day": day}, db)


@app.command()
def kpi(
    keys: Annotated[list[str], typer.Argument(help="Keys of figures; all means every key.")],
    by: Annotated[str | None, typer.Option(help="A dimension to break down by.")] = None,
    since: Annotated[str | None, typer.Option(help="First local day, as 2026-01-31.")] = None,
    until: Annotated[str | None, typer.Option(help="Last local day.")] = None,
    where: Annotated[list[str] | None, typer.Option(help="KEY=V[,V…]: only calls with these values.")] = None,
    format_: Annotated[str, typer.Option("--format", help="table, json or csv.")] = "table",
    db: Db = None,
) -> None:
    """Prints figures of the catalogue."""
    if format_ not in ("table", "json", "csv"):
        raise typer.BadParameter("table, json or csv", param_hint="--format")
    arguments = {"keys": keys, "by": by, "since": since, "until": until, "where": where or [], "format": format_}
    _do("kpi", arguments, db)


@app.command()
def report(
    name: Annotated[str | None, typer.Argument(help="A report's key, or a TOML file that describes one.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="Print the reports there are.")] = False,
    format_: Annotated[str, typer.Option("--format", help="csv, csv_excel, xlsx, parquet or json.")] = "csv",
    out: Annotated[Path | None, typer.Option(help="The file to write (default: print).")] = None,
    since: Annotated[str | None, typer.Option(help="First local day, in place of the report's period.")] = None,
    until: Annotated[str | None, typer.Option(help="Last local day.")] = None,
    where: Annotated[list[str] | None, typer.Option(help="KEY=V[,V…]: in place of the report's filter on KEY.")] = None,
    db: Db = None,
) -> None:
    """Prints a report, or writes it to a file."""
    if format_ not in FORMATS:
        raise typer.BadParameter(", ".join(FORMATS), param_hint="--format")
    if name and name.endswith(".toml"):
        name = str(Path(name).absolute())
    place = str(out.absolute()) if out else None
    asked = {"name": name, "list": list_, "format": format_, "out": place}
    _do("report", asked | {"since": since, "until": until, "where": where or []}, db)


@app.command()
def evidence(
    number: Annotated[str, typer.Argument(help="A client's number in any spelling.")],
    out: Annotated[Path, typer.Option(help="The ZIP to write.")],
    since: Annotated[str | None, typer.Option(help="First local day, as 2026-01-31.")] = None,
    until: Annotated[str | None, typer.Option(help="Last local day.")] = None,
    lang: Annotated[str | None, typer.Option(help="ru or en (default: setting language).")] = None,
    fetch: Annotated[bool, typer.Option("--fetch", help="Fetch recordings that still lie at the provider.")] = False,
    db: Db = None,
) -> None:
    """Writes all about a client's calls as a ZIP: calls, sources, recordings, transcripts, definitions, hashes."""
    asked = {"number": number, "out": str(out.absolute()), "since": since, "until": until}
    _do("evidence", asked | {"language": lang, "fetch": fetch}, db)


@app.command()
def staffing(
    target: Annotated[int | None, typer.Option(min=1, max=99, help="Per cent of calls answered in time.")] = None,
    within: Annotated[int | None, typer.Option(min=0, max=3600, help="Seconds that are in time.")] = None,
    shrinkage: Annotated[int | None, typer.Option(min=0, max=90, help="Per cent of paid time off the phones.")] = None,
    model: Annotated[Literal["c", "a"], typer.Option(help="Erlang C, or A: clients lose patience.")] = "c",
    basis: Annotated[Literal["mean", "p90"], typer.Option(help="Calls of a mean day, or of a busy one.")] = "mean",
    hours: Annotated[Literal["open", "all"], typer.Option(help="Half hours worked, or all of them.")] = "open",
    since: Annotated[str | None, typer.Option(help="First local day, as 2026-01-31.")] = None,
    until: Annotated[str | None, typer.Option(help="Last local day.")] = None,
    where: Annotated[list[str] | None, typer.Option(help="KEY=V[,V…]: only calls with these values.")] = None,
    format_: Annotated[Literal["table", "json", "csv"], typer.Option("--format")] = "table",
    db: Db = None,
) -> None:
    """Prints how many people each half hour needs, from the calls there were, beside who was there."""
    asked = {"target": target, "within": within, "shrinkage": shrinkage, "model": model, "basis": basis, "hours": hours}
    _do("staffing", asked | {"since": since, "until": until, "where": where or [], "format": format_}, db)


@app.command()
def missed(
    subject: Annotated[Literal["ledger", "curve", "results", "hours"], typer.Argument(help="What to print.")],
    clock: Annotated[Literal["all", "working"], typer.Option(help="Which minutes delays are counted in.")] = "all",
    since: Annotated[str | None, typer.Option(help="First local day, as 2026-01-31.")] = None,
    until: Annotated[str | None, typer.Option(help="Last local day.")] = None,
    where: Annotated[list[str] | None, typer.Option(help="KEY=V[,V…]: only calls with these values.")] = None,
    format_: Annotated[Literal["table", "json", "csv"], typer.Option("--format")] = "table",
    db: Db = None,
) -> None:
    """Prints clients to call back, how soon they are called back and with what result, hours to answer better."""
    asked = {"subject": subject, "clock": clock, "since": since, "until": until}
    _do("missed", asked | {"where": where or [], "format": format_}, db)


@transcripts.command("import")
def transcripts_import(
    paths: Annotated[list[Path], typer.Argument(help="Files (JSON, WebVTT, SubRip), or folders of them.")],
    system: Annotated[str | None, typer.Option(help="With --id: the one call that the file is of.")] = None,
    id_: Annotated[str | None, typer.Option("--id", help="The call's number in its phone system.")] = None,
    db: Db = None,
) -> None:
    """Attaches transcripts to the calls whose recording or id has the file's name."""
    _do("transcripts import", {"paths": [str(path.absolute()) for path in paths], "system": system, "id": id_}, db)


@transcripts.command("export")
def transcripts_export(
    system: Annotated[str, typer.Option(help="The installation of the call.")],
    id_: Annotated[str, typer.Option("--id", help="The call's number in its phone system.")],
    format_: Annotated[str, typer.Option("--format", help="txt, vtt or json.")] = "txt",
    to: Annotated[Path | None, typer.Option(help="A file to write (default: print).")] = None,
    db: Db = None,
) -> None:
    """Prints the transcript of a call, or writes it to a file."""
    place = str(to.absolute()) if to else None
    _do("transcripts export", {"system": system, "id": id_, "format": format_, "to": place}, db)


@talks.command("analyse")
def talks_analyse(
    most: Annotated[int | None, typer.Option(help="At most so many calls, the newest first.")] = None,
    db: Db = None,
) -> None:
    """Listens to recordings not listened to yet: who talks how much, silence, interruptions, monologues."""
    _do("talks analyse", {"most": most}, db)


def _do(command: str, arguments: dict[str, Any], db: Path | None) -> None:
    """Runs a command here, or in the app that holds the store; prints its text and exits with its code."""
    try:
        settings = load(db=db)
        i18n.use(settings.language)
        outcome = _run(command, arguments, settings)
    except Problem as problem:
        outcome = Outcome(i18n.say(problem), 1)
    print(outcome.text, file=sys.stderr if outcome.code else sys.stdout)
    raise typer.Exit(outcome.code)


def _run(command: str, arguments: dict[str, Any], settings: Settings) -> Outcome:
    try:
        store = open_store(settings)
    except Busy:
        request = Request(command, arguments, str(settings.db.absolute()), settings.language)
        outcome = hand_over(request, lambda: _held(settings), _progress)
        print(i18n.gettext("Done by the running app, with its settings."), file=sys.stderr)
        return outcome
    try:
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
        print(f"\r{share:4.0%}" if share < 1 else "\r    \r", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    app(prog_name="python -m calldash")

"""The command line. A store that the running app holds is reached through the app, with the same result."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from calldash.commands import (
    classing_line,
    costs_line,
    given_line,
    keeping_line,
    marking_line,
    people_line,
    privacy_line,
    results_line,
)
from calldash.commands.doing import do as _do
from calldash.commands.options import Db, Form, PlainForm, Since, Until, Where
from calldash.export import FORMATS

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__, pretty_exceptions_enable=False)
transcripts = typer.Typer(no_args_is_help=True, help="Transcripts of calls: brought and taken.")
talks = typer.Typer(no_args_is_help=True, help="Talk analytics of stereo recordings.")
app.add_typer(transcripts, name="transcripts")
app.add_typer(talks, name="talks")


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
    since: Since = None,
    until: Until = None,
    where: Where = None,
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
    until: Until = None,
    where: Annotated[list[str] | None, typer.Option(help="KEY=V[,V…]: in place of the report's filter on KEY.")] = None,
    pseudonyms: Annotated[bool, typer.Option("--pseudonyms", help="In place of clients' numbers.")] = False,
    db: Db = None,
) -> None:
    """Prints a report, or writes it to a file."""
    if format_ not in FORMATS:
        raise typer.BadParameter(", ".join(FORMATS), param_hint="--format")
    if name and name.endswith(".toml"):
        name = str(Path(name).absolute())
    place = str(out.absolute()) if out else None
    asked = {"name": name, "list": list_, "format": format_, "out": place, "pseudonyms": pseudonyms}
    _do("report", asked | {"since": since, "until": until, "where": where or []}, db)


@app.command()
def evidence(
    number: Annotated[str, typer.Argument(help="A client's number in any spelling.")],
    out: Annotated[Path, typer.Option(help="The ZIP to write.")],
    since: Since = None,
    until: Until = None,
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
    basis: Annotated[
        Literal["mean", "p90", "forecast"],
        typer.Option(help="Calls of a mean day, of a busy one, or of those to come."),
    ] = "mean",
    hours: Annotated[Literal["open", "all"], typer.Option(help="Half hours worked, or all of them.")] = "open",
    since: Since = None,
    until: Until = None,
    where: Where = None,
    format_: Form = "table",
    db: Db = None,
) -> None:
    """Prints how many people each half hour needs, from the calls there were, beside who was there."""
    asked = {"target": target, "within": within, "shrinkage": shrinkage, "model": model, "basis": basis, "hours": hours}
    _do("staffing", asked | {"since": since, "until": until, "where": where or [], "format": format_}, db)


@app.command()
def forecast(
    by: Annotated[Literal["day", "hour"], typer.Option(help="A row a day, or an hour.")] = "day",
    where: Where = None,
    format_: Form = "table",
    db: Db = None,
) -> None:
    """Prints how many inbound calls will come in the next two weeks, and how far off such forecasts were."""
    _do("forecast", {"by": by, "where": where or [], "format": format_}, db)


@app.command()
def missed(
    subject: Annotated[Literal["ledger", "curve", "results", "hours"], typer.Argument(help="What to print.")],
    clock: Annotated[Literal["all", "working"], typer.Option(help="Which minutes delays are counted in.")] = "all",
    since: Since = None,
    until: Until = None,
    where: Where = None,
    format_: Form = "table",
    db: Db = None,
) -> None:
    """Prints clients to call back, how soon they are called back and with what result, hours to answer better."""
    asked = {"subject": subject, "clock": clock, "since": since, "until": until}
    _do("missed", asked | {"where": where or [], "format": format_}, db)


@app.command()
def changes(
    day: Annotated[str | None, typer.Option(help="Look back from the end of that day (default: now).")] = None,
    where: Where = None,
    format_: PlainForm = "table",
    db: Db = None,
) -> None:
    """Prints what changed beyond noise on the day and in the week, lines that fell silent, bursts of calls."""
    _do("changes", {"day": day, "where": where or [], "format": format_}, db)


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


app.add_typer(given_line.spend(_do), name="spend")
app.add_typer(given_line.deals(_do), name="deals")
app.add_typer(given_line.names(_do), name="names")
app.add_typer(classing_line.tracking(_do), name="tracking")
app.add_typer(classing_line.rules(_do), name="rules")
app.add_typer(costs_line.costs(_do), name="costs")
app.add_typer(costs_line.tariffs(_do), name="tariffs")
results_line.add(app, _do)
privacy_line.add(app, _do)
keeping_line.add(app, _do)
marking_line.add(app, _do)
people_line.add(app, _do)

if __name__ == "__main__":
    app(prog_name="python -m calldash")

"""The command line: what it prints, and one sentence with exit code 1 for what it cannot do."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from calldash.__main__ import app
from tests.drawn import as_csv, calls

ROWS = """
    started_at | direction | client | answered | wait_s | talk_s | employee | team      | source | cost | sale_amount
    10:00      | in        | A      | yes      | 5      | 100    | Анна     | Sales     | a,b"c  | 1.5  | 1000
    10:05      | in        | B      | no       | 20     | 0      | Борис    | Support   | yandex |      |
    +1 10:10   | out       | B      | yes      | 7      | 31     | Анна     | Sales     |        | 2    |
    +2 10:10   | in        | C      | yes      | 31     | 50     | Vera     |           | yandex |      |
"""


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Cli":
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CALLDASH_LANGUAGE", "en")
    return Cli(tmp_path)


class Cli:
    """The command line in a folder of its own, with the default database below it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *arguments: str) -> Result:
        return CliRunner().invoke(app, list(arguments))

    def done(self, *arguments: str) -> str:
        """What a command prints that succeeds."""
        found = self(*arguments)
        assert (found.exit_code, found.stderr) == (0, ""), found.output
        return found.stdout

    def refused(self, *arguments: str) -> str:
        """The sentence of a command that fails; it goes where errors go."""
        found = self(*arguments)
        assert (found.exit_code, found.stdout) == (1, ""), found.output
        assert "Traceback" not in found.stderr
        return found.stderr.strip()

    def filled(self) -> "Cli":
        (self.folder / "calls.csv").write_text(as_csv(calls(ROWS)), encoding="utf-8")
        self.done("import", "calls.csv")
        return self


def test_import_says_what_became_of_the_rows(cli: Cli) -> None:
    rows = [*calls(ROWS), calls(ROWS)[0] | {"id": "bad", "wait_s": "soon"}]
    (cli.folder / "calls.csv").write_text(as_csv(rows), encoding="utf-8")
    told = cli.done("import", "calls.csv").splitlines()
    assert told == [
        "calls.csv: plain; 5 rows read: 4 new, 0 changed, 0 same, 1 rejected",
        "  calls written: 4, from 2026-03-02 07:00:00 to 2026-03-04 07:10:00 (UTC)",
    ]
    assert "4 same, 1 rejected" in cli.done("import", "calls.csv")
    assert (cli.folder / "data" / "calldash.duckdb").exists()


def test_one_bad_file_among_several(cli: Cli) -> None:
    """Each file is imported or not at all; the exit code tells that not all were."""
    (cli.folder / "good.csv").write_text(as_csv(calls(ROWS)), encoding="utf-8")
    (cli.folder / "bad.csv").write_text("what,is,this\n1,2,3\n", encoding="utf-8")
    told = cli.refused("import", "bad.csv", "good.csv", "missing.csv").splitlines()
    assert told[0].startswith("bad.csv: The file is not recognised.")
    assert told[1].startswith("good.csv: plain; 4 rows read: 4 new")
    assert told[-1].startswith("missing.csv: There is no file")
    assert json.loads(cli.done("kpi", "calls", "--format", "json")) == {"calls": 4}


def test_import_with_system_zone_and_provider(cli: Cli) -> None:
    (cli.folder / "calls.csv").write_text(as_csv(calls(ROWS)), encoding="utf-8")
    cli.done("import", "calls.csv", "--system", "north", "--zone", "UTC", "--provider", "plain")
    assert cli.done("kpi", "calls", "--by", "system", "--format", "csv") == "system,calls\nnorth,4\n"
    assert cli.done("kpi", "calls", "--by", "hour", "--format", "csv") == "hour,calls\n13,4\n"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--provider", "nobody"], "There is no provider nobody."),
        (["--provider", "missing.toml"], "There is no file"),
        (["--zone", "Mars/Olympus"], "There is no time zone Mars/Olympus."),
        (["--system", "demo"], "kept for the demo"),
    ],
)
def test_import_with_options_that_do_not_fit(cli: Cli, options: list[str], words: str) -> None:
    (cli.folder / "calls.csv").write_text(as_csv(calls(ROWS)), encoding="utf-8")
    assert words in cli.refused("import", "calls.csv", *options)
    assert json.loads(cli.done("kpi", "calls", "--format", "json")) == {"calls": 0}


def test_kpi_as_json(cli: Cli) -> None:
    cli.filled()
    found = cli.done("kpi", "calls", "missed_share", "avg_wait_s", "total_cost", "roaming_cost", "--format", "json")
    assert json.loads(found) == {
        "calls": 4, "missed_share": pytest.approx(1 / 3), "avg_wait_s": 18.0, "total_cost": 3.5, "roaming_cost": 0.0,
    }  # fmt: skip
    assert '"calls": 4' in found, "counts are whole numbers"
    by = json.loads(cli.done("kpi", "calls", "avg_wait_s", "--by", "source", "--format", "json"))
    assert by == {
        'a,b"c': {"calls": 1, "avg_wait_s": 5.0},
        "yandex": {"calls": 2, "avg_wait_s": 31.0},
        "": {"calls": 1, "avg_wait_s": None},
    }


def test_kpi_as_csv(cli: Cli) -> None:
    cli.filled()
    assert cli.done("kpi", "calls", "avg_wait_s", "--format", "csv") == "calls,avg_wait_s\n4,18.0\n"
    assert cli.done("kpi", "calls", "avg_wait_s", "--by", "source", "--format", "csv").splitlines() == [
        "source,calls,avg_wait_s",
        '"a,b""c",1,5.0',
        "yandex,2,31.0",
        ",1,",
    ]


def test_kpi_as_a_table(cli: Cli) -> None:
    cli.filled()
    assert cli.done("kpi", "calls", "missed_share", "avg_wait_s").splitlines() == [
        "calls         Calls         4",
        "missed_share  Missed share  33.3%",
        "avg_wait_s    Mean wait     0:18",
    ]
    told = cli.done("kpi", "calls", "missed_share", "--by", "team").splitlines()
    assert told[0].split() == ["team", "calls", "missed_share"]
    assert {line.split()[0]: line.split()[1:] for line in told[1:3]} == {
        "Sales": ["2", "0.0%"],
        "Support": ["1", "100.0%"],
    }


def test_all_means_every_figure_and_none_twice(cli: Cli) -> None:
    from calldash.metrics import METRICS

    cli.filled()
    assert list(json.loads(cli.done("kpi", "all", "calls", "--format", "json"))) == list(METRICS)
    assert list(json.loads(cli.done("kpi", "calls", "missed_calls", "calls", "--format", "json"))) == [
        "calls",
        "missed_calls",
    ]


CHOSEN = (
    (["--where", "team=Sales"], 2),
    (["--where", "team=Sales,Support"], 3),
    (["--where", "team="], 1),
    (["--where", "team=,Sales"], 3),
    (["--where", 'source="a,b""c"'], 1),
    (["--where", "source=a,b"], 0),
    (["--where", "source="], 1),
    (["--where", "team=Sales", "--where", "direction=outbound"], 1),
    (["--where", "employee=Анна"], 2),
    (["--where", "hour=10"], 4),
    (["--where", "wait_s=6-30"], 2),
    (["--where", "wait_s=-7"], 2),
    (["--where", "day=2026-03-02"], 2),
    (["--where", "callback=called_back,got_through"], 0),
    (["--where", "team=no such team"], 0),
    (["--since", "2026-03-03"], 2),
    (["--until", "2026-03-03"], 3),
    (["--since", "2026-03-02", "--until", "2026-03-02"], 2),
    (["--until", "9999-12-31"], 4),
)


def test_where_chooses_calls(cli: Cli) -> None:
    cli.filled()
    found = [
        (options, json.loads(cli.done("kpi", "calls", "--format", "json", *options))["calls"]) for options, _ in CHOSEN
    ]
    assert found == list(CHOSEN)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["cals"], "There is no figure cals."),
        (["calls", "--by", "mood"], "There is no dimension mood."),
        (["calls", "--where", "team"], "write KEY=VALUE"),
        (["calls", "--where", "mood=good"], "There is no dimension mood."),
        (["calls", "--where", "direction=sideways"], "inbound, outbound, internal"),
        (["calls", "--where", "direction=inbound,sideways"], "inbound, outbound, internal"),
        (["calls", "--where", "hour=24"], "values are 0, 1"),
        (["calls", "--where", "day=monday"], "day=monday"),
        (["calls", "--where", "client_id=²"], "client_id=²"),
        (["calls", "--where", "client_id=99999999999"], "client_id=99999999999"),
        (["calls", "--where", "wait_s=long"], "a range such as 10-60"),
        (["calls", "--where", "wait_s=-"], "a range such as 10-60"),
        (["calls", "--where", "team=a\nb"], "team=a"),
        (["calls", "--where", "team=Sales", "--where", "team=Support"], "team"),
        (["calls", "--since", "yesterday"], "yesterday is not a day"),
        (["calls", "--until", "2026-02-30"], "2026-02-30 is not a day"),
        (["calls", "--since", "2026-03-03", "--until", "2026-03-02"], "before it begins"),
    ],
)
def test_nonsense_is_told(cli: Cli, arguments: list[str], words: str) -> None:
    assert words in cli.refused("kpi", *arguments)


@pytest.mark.parametrize("arguments", [["kpi", "calls", "--format", "xml"], ["kpi"], ["import"], ["dance"]])
def test_wrong_use_of_commands(cli: Cli, arguments: list[str]) -> None:
    assert cli(*arguments).exit_code == 2


def test_demo_comes_only_into_an_empty_store(cli: Cli) -> None:
    assert "demo calls, from" in cli.done("demo", "--if-empty", "--day", "2026-03-02")
    number = json.loads(cli.done("kpi", "calls", "--format", "json"))["calls"]
    assert number > 1000
    assert "demo data already" in cli.done("demo", "--if-empty", "--day", "2026-03-02")
    assert json.loads(cli.done("kpi", "calls", "--format", "json"))["calls"] == number
    (cli.folder / "calls.csv").write_text(as_csv(calls(ROWS)), encoding="utf-8")
    assert "The demo data" in cli.done("import", "calls.csv")
    assert json.loads(cli.done("kpi", "calls", "--format", "json"))["calls"] == 4
    assert "calls of its own" in cli.done("demo", "--if-empty")
    assert "calls of its own" in cli.refused("demo")
    assert json.loads(cli.done("kpi", "calls", "--format", "json"))["calls"] == 4


def test_demo_for_a_day_that_is_none(cli: Cli) -> None:
    assert "not a day" in cli.refused("demo", "--day", "tomorrow")


def test_a_file_that_is_no_store(cli: Cli) -> None:
    (cli.folder / "notes.txt").write_text("hello\n" * 1000)
    assert "is not a store of calldash" in cli.refused("kpi", "calls", "--db", "notes.txt")


def test_a_wrong_setting_is_one_sentence(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALLDASH_SHORT_ABANDON_S", "-5")
    assert cli.refused("kpi", "calls").startswith("Setting short_abandon_s (variable CALLDASH_SHORT_ABANDON_S):")

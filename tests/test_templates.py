"""Report templates: their file form, where they are kept, the pivot, and the command that runs them."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from calldash import audit, i18n
from calldash.__main__ import app
from calldash.asking import ask
from calldash.export import FORMATS
from calldash.filters import CallFilter, from_pairs
from calldash.filters.periods import PRESETS, days_of
from calldash.metrics import CALL_COLUMNS, DIMENSIONS, METRICS
from calldash.people.roles import ROLES
from calldash.problems import Problem
from calldash.templates import BUILT_IN, FILE, OWN, Content, answers, content, keeping, shelf, span, text_form
from calldash.templates.content import FIGURES
from calldash.templates.pivot import pivot
from tests.drawn import DAY, cases, draw, known

ROOT = Path(__file__).parents[1]
DOC = (ROOT / "docs/reports.md").read_text()
EXAMPLES = re.findall(r"```toml\n(.*?)```", DOC, re.DOTALL)

# Ann: 2 of A and 1 of B; Bob: 1 of A. Mon and Tue. One client more who is missed.
CALLS = """
started_at | direction | client | answered | wait_s | talk_s | employee | team  | queue
09:00      | in        | A      | true     | 10     | 60     | Ann      | Sales | One
10:10      | in        | A      | true     | 30     | 30     | Ann      | Sales | Night
+1 09:30   | in        | B      | true     | 20     | 90     | Ann      | Sales | One
+1 09:40   | out       | A      | true     |        | 30     | Bob      | Help  |
+1 19:40   | in        | C      | false    | 40     |        |          |       | Night
"""


def shown(store, asked: Content, chosen: CallFilter | None = None, most: int = 50) -> list[list[object]]:
    """The pivot as a table of values, heads first, totals last."""
    table = answers.of_pivot(pivot(store, asked, chosen or CallFilter(), most), "x")
    return [[column.title for column in table.columns], *(list(row) for row in (*table.rows, *table.totals))]


def test_a_pivot_asks_for_its_totals_anew(store) -> None:
    draw(store, CALLS)
    assert shown(store, Content(FIGURES, ("employee",), ("weekday",), ("clients",))) == [
        ["Employee", "Mon", "Tue", "Total"],
        ["Ann", 1, 1, 2],
        ["Bob", 0, 1, 1],
        [None, 0, 1, 1],
        ["Total", 1, 3, 3],
    ]


def test_a_pivot_of_several_numbers_and_breakdowns(store) -> None:
    draw(store, CALLS)
    asked = Content(FIGURES, ("team", "employee"), ("direction",), ("calls", "avg_talk_s"), totals=False)
    assert shown(store, asked) == [
        ["Team", "Employee", "Inbound · Calls", "Inbound · Mean talk", "Outbound · Calls", "Outbound · Mean talk"],
        ["Help", "Bob", 0, None, 1, 30.0],
        ["Sales", "Ann", 3, 60.0, 0, None],
        [None, None, 1, None, 0, None],
    ]


ORDERS = """
rows    | sort       | order | expected
weekday |            | down  | 1 2
hour    |            | down  | 9 10 19
day     |            | down  | 2026-03-02 2026-03-03
employee| calls      | down  | Ann Bob ?
employee| calls      | up    | Bob ? Ann
employee| avg_talk_s | up    | Bob Ann
status  |            | down  | answered missed
"""


@pytest.mark.parametrize("case", cases(ORDERS), ids=lambda case: f"{case['rows']} {case['sort']} {case['order']}")
def test_rows_stand_in_their_natural_order_or_by_a_number(store, case: dict[str, str]) -> None:
    draw(store, CALLS)
    metrics = (case["sort"] or "calls",)
    asked = Content(FIGURES, (case["rows"],), (), metrics, sort=case["sort"], descending=case["order"] == "down")
    lines = pivot(store, asked, CallFilter(), 50).lines
    assert [line[0] or "?" for line in lines] == case["expected"].split()


def test_what_does_not_fit_is_left_out_and_said(store) -> None:
    draw(store, CALLS)
    asked = Content(FIGURES, ("employee",), ("hour",), ("calls", "clients"))
    found = pivot(store, asked, CallFilter(), 5)
    assert (found.heads, found.left_out) == ([("9",), ("10",)], 2)
    assert found.of_lines[("Ann",)] == (3, 2)


def test_a_pivot_of_nothing_is_empty(store) -> None:
    assert pivot(store, Content(FIGURES, ("employee",), ("hour",), ("calls",)), CallFilter(), 50).lines == []
    assert shown(store, Content(FIGURES, metrics=("calls", "avg_wait_s"))) == [["Calls", "Mean wait"], [0, None]]


@pytest.mark.parametrize("metric", METRICS)
def test_every_number_can_stand_in_a_pivot(store, metric: str) -> None:
    draw(store, CALLS)
    asked = Content(FIGURES, ("employee",), ("weekday",), (metric,))
    table = shown(store, asked)
    assert table[-1][-1] == known(ask(store, [metric]).iloc[0, 0])


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_breakdown_can_be_a_row_and_a_column(store, dimension: str) -> None:
    draw(store, CALLS)
    other = "weekday" if dimension != "weekday" else "hour"
    for asked in (Content(FIGURES, (dimension,), (other,)), Content(FIGURES, (other,), (dimension,))):
        assert shown(store, asked)[-1][-1] == 5
        assert b"".join(FORMATS["xlsx"].write(answers.answer(store, asked, CallFilter())[0]))


GOOD = """
title = "T"
rows = ["hour"]
metrics = ["calls"]
"""


def test_the_examples_of_the_document_are_templates_and_run(store) -> None:
    draw(store, CALLS)
    assert len(EXAMPLES) == 2
    night, waits = (text_form.parse(text, "night") for text in EXAMPLES)
    assert night.content == Content(
        FIGURES, ("queue", "employee"), ("weekday",), ("missed_calls", "missed_share"), sort="missed_calls"
    )
    assert night.chosen.values("queue") == ("Night", None)
    assert (night.title("ru"), night.period, night.shared_with) == ("Ночная очередь", "last_month", "lead")
    assert waits.content == Content(columns=("started_at", "client", "queue", "wait_s", "employee"), sort="wait_s")
    for template in (night, waits):
        table, rows = answers.answer(store, template.content, replace(template.chosen, since=None, until=None))
        assert len(list(table.rows)) == rows > 0


@pytest.mark.parametrize("text", [*EXAMPLES, GOOD, GOOD + "since = 2026-03-01\norder = 'up'\ntotals = false"])
def test_a_template_survives_its_file(text: str) -> None:
    found = text_form.parse(text, "key")
    assert text_form.parse(text_form.write(found), "key") == found


def test_the_document_names_everything_there_is() -> None:
    words = set(re.findall(r"`([a-z_0-9]+)`", DOC))
    assert set(PRESETS) | set(CALL_COLUMNS) | set(FORMATS) <= words
    assert all(role in DOC for role in ROLES)
    assert set(text_form._Text.model_fields) <= set(re.findall(r"^\[?(\w+)", "\n".join(EXAMPLES), re.MULTILINE)) | {
        "since",
        "until",
    }


WRONG = """
text                                            | words
title =                                         | Template key is not TOML
rows = ["hour"]                                 | Template key, title
title = " "                                     | Give the report a name
title = {de = "x"}                              | title: there is no de
title = "T"; what = "pies"                      | Template key, what
title = "T"; colour = "red"                     | Template key, colour
title = "T"                                     | metrics is empty
title = "T"; metrics = ["callz"]                | metrics: there is no callz. Known are: calls,
title = "T"; metrics = ["calls", "calls"]       | metrics names something twice
title = "T"; metrics = ["calls"]; rows = ["x"]  | rows: there is no x
title = "T"; metrics = ["calls"]; rows = ["day", "hour", "team", "queue"]   | rows: at most 3
title = "T"; metrics = ["calls"]; rows = ["day"]; across = ["day"]          | across: there is no day
title = "T"; metrics = ["calls"]; sort = "clients"                          | sort: there is no clients
title = "T"; metrics = ["calls"]; columns = ["id"]                          | columns has no meaning
title = "T"; what = "calls"; metrics = ["calls"]                            | metrics has no meaning
title = "T"; what = "calls"; columns = ["x"]                                | columns: there is no x
title = "T"; what = "calls"; sort = "x"                                     | sort: there is no x
title = "T"; metrics = ["calls"]; period = "8d"                             | period: there is no 8d
title = "T"; metrics = ["calls"]; period = "7d"; since = 2026-01-01         | Give either period
title = "T"; metrics = ["calls"]; since = 2026-02-01; until = 2026-01-01    | The period ends
title = "T"; metrics = ["calls"]; shared_with = "boss"                      | shared_with: there is no boss
title = "T"; metrics = ["calls"]; [filter]; mood = "x"                      | There is no dimension mood
title = "T"; metrics = ["calls"]; [filter]; direction = ["up"]              | filter.direction=up: values are inbound
title = "T"; metrics = ["calls"]; [filter]; wait_s = "long"                 | filter.wait_s=long: write a range
"""


@pytest.mark.parametrize("case", cases(WRONG), ids=lambda case: case["text"])
def test_what_is_wrong_is_told_with_its_place(case: dict[str, str]) -> None:
    with pytest.raises(Problem) as told:
        text_form.parse(case["text"].replace("; ", "\n"), "key")
    assert case["words"] in i18n.say(told.value)
    assert i18n.say(told.value).startswith(("Template key", "Give"))


def test_the_ready_made_ones_are_right_and_have_both_languages(store) -> None:
    draw(store, CALLS)
    found = shelf(store, "local")
    assert found.problems == ()
    ready = [template for template in found.templates.values() if template.origin == BUILT_IN]
    assert len(ready) >= 6
    for template in ready:
        assert set(template.titles) == {"en", "ru"}
        answers.answer(store, template.content, template.filter(*span(store)))


def test_templates_are_kept_shared_and_removed(store) -> None:
    mine = text_form.parse(GOOD, "mine", owner="ann")
    keeping.save(store, "ann", mine)
    assert shelf(store, "ann").find("mine").origin == OWN
    assert next(iter(shelf(store, "ann").templates)) == "mine"
    assert "mine" not in shelf(store, "bob").templates
    keeping.save(store, "ann", replace(mine, shared_with="lead"))
    assert shelf(store, "bob").find("mine").owner == "ann"
    with pytest.raises(Problem, match="another person's"):
        keeping.remove(store, "bob", "mine")
    keeping.set_start_page(store, "ann", "mine")
    assert (keeping.start_page(store, "ann"), keeping.start_page(store, "bob")) == ("mine", None)
    keeping.remove(store, "ann", "mine")
    assert keeping.start_page(store, "ann") is None
    assert "mine" not in shelf(store, "ann").templates
    assert [line[2] for line in audit.trail(store, "mine")] == [
        "template removed",
        "start page",
        "template",
        "template",
    ]


def test_what_cannot_be_read_again_is_not_saved(store) -> None:
    with pytest.raises(Problem, match="Give the report a name"):
        keeping.save(store, "ann", replace(text_form.parse(GOOD, "x"), titles={"": " "}))
    assert "x" not in shelf(store, "ann").templates


def test_files_of_the_operator_stand_beside_and_a_wrong_one_holds_nobody_up(store, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "night.toml").write_text(EXAMPLES[0])
    (folder / "sources.toml").write_text(GOOD)
    (folder / "broken.toml").write_bytes(b"\xff\xfe\x00")
    (folder / "huge.toml").write_text("#" * 70_000)
    found = shelf(store, "local")
    assert found.find("night").origin == found.find("sources").origin == FILE
    assert [i18n.say(problem).split(" is ")[0] for problem in found.problems] == ["Template broken", "Template huge"]


KEYS = """
title              | taken | key
Пропущенные: ночь! |       | пропущенные_ночь
../../etc          |       | etc
  ***              |       | report
Night              | night | night_2
"""


@pytest.mark.parametrize("case", cases(KEYS), ids=lambda case: case["title"])
def test_a_key_is_made_of_the_title(case: dict[str, str]) -> None:
    assert keeping.free_key(case["title"], case["taken"].split()) == case["key"]


@pytest.mark.parametrize(
    "found",
    [
        Content(),
        Content(columns=("id",), sort="wait_s", descending=False),
        Content(FIGURES, ("hour", "team"), ("weekday",), ("calls", "clients"), False, sort="clients", descending=False),
        Content(FIGURES, metrics=("calls",)),
    ],
    ids=str,
)
def test_a_content_survives_its_url(found: Content) -> None:
    assert content.from_pairs(content.to_pairs(found)) == found


def test_nonsense_in_a_url_counts_as_not_given() -> None:
    pairs = {
        "what": "figures",
        "rows": "x,hour,hour,team,queue,day",
        "across": "hour,weekday",
        "metrics": "y",
        "sort": "z",
    }
    assert content.from_pairs(pairs) == Content(FIGURES, ("hour", "team", "queue"), ("weekday",))
    assert content.from_pairs({"what": "x", "columns": ",", "sort": "calls"}) == Content()


PERIODS = """
period     | since      | until
today      | 2026-03-04 | 2026-03-04
week       | 2026-03-02 | 2026-03-04
last_week  | 2026-02-23 | 2026-03-01
month      | 2026-03-01 | 2026-03-04
last_month | 2026-02-01 | 2026-02-28
7d         | 2026-02-26 | 2026-03-04
all        | 2025-01-01 | 2026-03-04
"""


@pytest.mark.parametrize("case", cases(PERIODS), ids=lambda case: case["period"])
def test_periods_count_from_a_day(case: dict[str, str]) -> None:
    found = days_of(case["period"], date(2026, 3, 4), date(2025, 1, 1))
    assert [day.isoformat() for day in found] == [case["since"], case["until"]]


def test_a_relative_period_counts_from_the_newest_day(store) -> None:
    draw(store, CALLS)
    assert span(store) == (DAY.date(), date(2026, 3, 3))
    template = text_form.parse(GOOD + 'period = "yesterday"\n[filter]\nteam = ["Sales"]', "x")
    assert template.filter(*span(store)) == from_pairs({"since": "2026-03-02", "until": "2026-03-02", "team": "Sales"})


def report(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["report", *arguments])


@pytest.fixture
def here(open_here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a filled, closed store, in which commands run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CALLDASH_LANGUAGE", "en")
    monkeypatch.setenv("CALLDASH_DB", str(tmp_path / "calls.duckdb"))
    store = open_here()
    draw(store, CALLS)
    store.close()
    (tmp_path / "mine.toml").write_text('title = "T"\nrows = ["employee"]\nacross = ["day"]\nmetrics = ["calls"]')
    return tmp_path


def test_a_report_is_printed(here: Path) -> None:
    assert report("mine.toml").stdout.splitlines() == [
        "Employee,2 Mar 2026,3 Mar 2026,Total", "Ann,2,1,3", "Bob,0,1,1", "not known,0,1,1", "Total,2,3,5",
    ]  # fmt: skip
    told = json.loads(report("mine.toml", "--format", "json", "--where", "employee=Ann").stdout)
    assert told["rows"] == [{"employee": "Ann", "2026-03-02/calls": 2, "2026-03-03/calls": 1, "total/calls": 3}]
    assert report("mine.toml", "--since", "2026-03-03").stdout.splitlines()[-1] == "Total,3,3"


def test_reports_are_listed(here: Path) -> None:
    assert "missed_by_hour       Missed calls by hour and weekday" in report("--list").stdout.splitlines()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Name a report"),
        (["nothing"], "There is no report nothing. Known are: cost_by_destination"),
        (["none.toml"], "There is no file"),
        (["mine.toml", "--format", "xlsx"], "say with --out"),
        (["mine.toml", "--where", "mood=x"], "There is no dimension mood"),
        (["mine.toml", "--out", "no/such/folder.csv"], "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(here: Path, arguments: list[str], words: str) -> None:
    found = report(*arguments)
    assert (found.exit_code, found.stdout) == (1, "")
    assert words in found.stderr


@pytest.mark.parametrize("name", ["mine.toml", "employees_week", "long_waits"])
def test_the_same_data_and_template_give_the_same_bytes(here: Path, name: str) -> None:
    """Once here and once in a process of its own, whose hashes of texts are others."""
    for form in FORMATS:
        assert report(name, "--format", form, "--out", f"one.{form}").exit_code == 0
    script = "import sys; from typer.testing import CliRunner; from calldash.__main__ import app\n"
    script += "for form in sys.argv[2:]: CliRunner().invoke(app, ['report', sys.argv[1], '--format', form, '--out', f'two.{form}'])"
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    subprocess.run([sys.executable, "-c", script, name, *FORMATS], check=True, env=environment)
    for form in FORMATS:
        assert (here / f"one.{form}").read_bytes() == (here / f"two.{form}").read_bytes(), form
    printed = report(name, "--format", "csv")
    assert printed.stdout.encode() == (here / "one.csv").read_bytes()

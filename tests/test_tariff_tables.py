"""Tariff tables from files: what they may say, what is refused with the reason, and that nothing is half-applied."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from typer.testing import CliRunner

from calldash import audit, i18n
from calldash.__main__ import app
from calldash.costs.tariffs import Line, Tariff, keeping, table
from calldash.costs.tariffs.columns import COLUMNS
from calldash.i18n import say
from calldash.problems import Problem
from calldash.store import open_store
from tests.drawn import cases, draw

D = Decimal
GOOD = """
tariff;since;until;prefix;price;step_s;package;package_size
Main;2026-01-01;2026-03-31;7;1,50;1;;
Main;2026-01-01;2026-03-31;79;1.90;;Mobile;600
Main;01.04.2026;;7;1 000.50;;;
"""


def read(text: str, folder: Path, name: str = "tariffs.csv") -> table.Read:
    path = folder / name
    path.write_text(text.strip() + "\n", encoding="utf-8")
    return table.from_file(path, 1 << 20, "RUB")


def test_a_table_as_people_write_it(tmp_path):
    found = read(GOOD, tmp_path)
    assert found.rejects == ()
    first, second = found.tariffs
    assert first == Tariff(
        "Main", date(2026, 1, 1), (Line(D("1.5"), "7", step_s=1), Line(D("1.9"), "79", package="Mobile")),
        until=date(2026, 3, 31), packages=(("Mobile", 600),),
    )  # fmt: skip
    assert (second.since, second.until, second.lines[0].price) == (date(2026, 4, 1), None, D("1000.50"))


def test_russian_names_of_columns(tmp_path):
    (found,) = read("Тариф;С;Префикс;Цена;Абонплата\nОсновной;2026-01-01;+7 495;2,5;300", tmp_path).tariffs
    assert (found.tariff, found.monthly, found.lines) == ("Основной", D(300), (Line(D("2.5"), "7495"),))


def test_russian_words_in_cells(tmp_path):
    """In any of their forms; what is none of them is told by the reader's words."""
    head = "тариф;с;назначение;вид;направление;считается;цена\n"
    (found,) = read(f"{head}Один;01.01.2026;Своё;звонки;Исходящий;вызов;1,5\n", tmp_path).tariffs
    assert (found.own, found.lines[0].kind, found.lines[0].direction) == (True, "voice", "outbound")
    i18n.use("ru")
    (wrong,) = read(f"{head}Один;01.01.2026;своё;звонки;обратно;вызов;1,5\n", tmp_path).rejects
    assert say(wrong) == "не входит в список: исходящие, входящие, внутренние"
    assert COLUMNS[wrong.column].name == "направление"


def test_a_workbook(tmp_path):
    path = tmp_path / "tariffs.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["tariff", "since", "prefix", "price"])
    sheet.write_row(1, 0, ["Main", "2026-01-01", 7495, 1.5])
    book.close()
    (found,) = table.from_file(path, 1 << 20, "RUB").tariffs
    assert found.lines == (Line(D("1.5"), "7495"),)


WRONG = cases(
    """
    row                                            | column       | reason
    T;;;7;1;;;;;;                                  | since        | is missing
    ;2026-01-01;;7;1;;;;;;                         | tariff       | is missing
    T;2026-02-30;;7;1;;;;;;                        | since        | is not a day such as 2026-01-31
    T;2026-01-01;2025-12-31;7;1;;;;;;              | until        | is before the first day
    T;2026-01-01;;7;;;;;;;                         | price        | is missing
    T;2026-01-01;;7;-1;;;;;;                       | price        | is negative
    T;2026-01-01;;7;abc;;;;;;                      | price        | is not a number
    T;2026-01-01;;7;NaN;;;;;;                      | price        | is not a number
    T;2026-01-01;;7;1.1234567;;;;;;                | price        | is more than {most}, or has more than {digits} decimals
    T;2026-01-01;;7;1e9;;;;;;                      | price        | is more than {most}, or has more than {digits} decimals
    T;2026-01-01;;7x;1;;;;;;                       | prefix       | is not the beginning of a number: digits with the country's code, such as 7495
    T;2026-01-01;;7;1;0;;;;;                       | step_s       | is not a whole number from {low} to {high}
    T;2026-01-01;;7;1;;ROUBLE;;;;                  | currency     | is not a currency such as RUB
    T;2026-01-01;;7;1;;;P;;;                       | package_size | is missing
    T;2026-01-01;;7;1;;;;10;;                      | package      | is missing
    T;2026-01-01;;7;1;;;;;fax;                     | kind         | is not one of: {choices}
    T;2026-01-01;;7;1;;;;;;perhaps                 | roaming      | is not yes or no (true, false, 1, 0, да, нет)
    Main;2026-01-01;;7;9;;;;;;                     | prefix       | stands in line {line} already
    Main;2026-01-01;;8;9;;USD;;;;                  | currency     | differs from line {line}
    Main;2026-02-01;;8;9;;;;;;                     | since        | the period overlaps with that of line {line}
    """
)
HEAD = "tariff;since;until;prefix;price;step_s;currency;package;package_size;kind;roaming\n"


@pytest.mark.parametrize("case", WRONG, ids=lambda case: case["row"])
def test_a_wrong_row_is_named_and_takes_the_whole_table_with_it(tmp_path, case):
    found = read(f"{HEAD}Main;2026-01-01;;7;1.50;;;;;;\n{case['row']}", tmp_path)
    assert found.tariffs == ()
    assert [(one.line, one.column, one.reason) for one in found.rejects] == [(3, case["column"], case["reason"])]


def test_every_wrong_row_is_listed(tmp_path):
    found = read(HEAD + "T;x;;7;-1;;;;;;\nT;2026-01-01;;7;1;;;;;;\nT;2026-01-01;;;z;;;;;;", tmp_path)
    assert [(one.line, one.column) for one in found.rejects] == [(2, "since"), (2, "price"), (4, "price")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tariff;since\nT;2026-01-01", "The file lacks the columns: price."),
        ("tariff;since;price;colour\nT;2026-01-01;1;red", "Unknown columns: colour."),
        ("tariff;since;price;price\nT;2026-01-01;1;1", "Columns that stand twice in the header: price."),
    ],
)
def test_files_that_are_no_such_table(tmp_path, text, said):
    with pytest.raises(Problem) as raised:
        read(text, tmp_path)
    assert said in str(raised.value)


def test_what_the_page_tells_of_cells_is_read_back_in_either_language(tmp_path):
    found = read(GOOD, tmp_path)
    for language, use in (("en", "own"), ("ru", "свой")):
        i18n.use(language)
        rows = [row for one in found.tariffs for row in table.rows_of(one)]
        told = [{key: COLUMNS[key].told(text) for key, text in row.items()} for row in rows]
        assert told[0]["use"] == use
        assert table.read(enumerate(told, 1), "USD").tariffs == found.tariffs


def test_kept_tariffs_are_read_back_and_written_as_the_same_table(store, tmp_path):
    found = read(GOOD, tmp_path)
    assert keeping.keep(store, "me", found.tariffs) == []
    kept = [one for _number, one in keeping.tariffs(store)]
    assert kept == list(found.tariffs)
    rows = [row for one in kept for row in table.rows_of(one)]
    assert list(rows[0]) == list(COLUMNS)
    assert table.read(enumerate(rows, 1), "USD").tariffs == found.tariffs
    assert audit.trail(store, "Main")[0][1:3] == ("me", "tariff")


def test_a_table_takes_the_place_of_the_tariffs_it_names(store, tmp_path):
    keeping.keep(store, "me", read(GOOD, tmp_path).tariffs)
    keeping.keep(store, "me", [Tariff("Other", date(2020, 1, 1), (Line(D(1)),), own=False)])
    keeping.keep(store, "me", [Tariff("Main", date(2025, 1, 1), (Line(D(3)),))])
    assert [(one.tariff, one.since.year) for _number, one in keeping.tariffs(store)] == [
        ("Main", 2025),
        ("Other", 2020),
    ]
    keeping.remove(store, "me", "Main")
    assert [one.tariff for _number, one in keeping.tariffs(store)] == ["Other"]
    assert store.rows("SELECT count(*) FROM tariff_lines") == [(1,)]


def test_two_tariffs_for_the_same_calls_are_refused_and_nothing_is_kept(store):
    keeping.keep(store, "me", [Tariff("A", date(2026, 1, 1), (Line(D(1)),), until=date(2026, 6, 30))])
    given = [Tariff("C", date(2020, 1, 1), (Line(D(1)),), own=False), Tariff("B", date(2026, 6, 30), (Line(D(1)),))]
    (wrong,) = keeping.keep(store, "me", given)
    assert wrong.reason == "the period overlaps with that of the tariff {tariff}, which is for the same calls"
    assert [one.tariff for _number, one in keeping.tariffs(store)] == ["A"]
    assert keeping.keep(store, "me", [Tariff("B", date(2026, 7, 1), (Line(D(1)),))]) == []
    assert keeping.keep(store, "me", [Tariff("D", date(2026, 1, 1), (Line(D(1)),), line="800")]) == []


def test_on_the_command_line(open_here, tmp_path):
    store = open_here()
    draw(
        store,
        "started_at | direction | client | answered | talk_s | cost | team\n10:00 | out | A | yes | 61 | 2.00 | Sales",
    )
    db = str(store.settings.db)
    store.close()

    def run(*words: str, code: int = 0) -> str:
        found = CliRunner().invoke(app, [*words, "--db", db], env={"CALLDASH_LANGUAGE": "en"})
        assert found.exit_code == code, found.output
        return found.output

    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("tariff,since,price\nMain,2026-01-01,1.90\n")
    bad.write_text("tariff,since,price\nMain,2026-01-01,-1\nMore,,1\n")
    assert "Tariffs: Main; versions: 1, prices: 1." in run("tariffs", "import", str(good))
    refused = run("tariffs", "import", str(bad), code=1)
    assert "Nothing was taken: 2 values are wrong." in refused
    assert "line 2, price “-1”: is negative" in refused
    assert [row["price"] for row in csv.DictReader(io.StringIO(run("tariffs", "list")))] == ["1.9"]
    (sums,) = json.loads(run("tariffs", "audit", "--format", "json"))
    assert sums == {
        "currency": "RUB", "why": "other", "calls": 1, "charged": "2.00", "due": "3.80", "difference": "-1.80"
    }  # fmt: skip
    out = tmp_path / "bill.csv"
    run("tariffs", "audit", "--out", str(out))
    assert "-1.8" in out.read_text()
    (asif,) = json.loads(run("tariffs", "whatif", "--format", "json"))
    assert (asif["tariff"], asif["total"], asif["saved"]) == ("Main", "3.80", "-1.80")
    assert run("costs", "unusual", "--format", "csv").strip() == "rule,day,employee,country,priced_calls,total_cost"
    told = json.loads(
        run("costs", "budgets", "--month", "2026-03", "--team", "Sales", "--amount", "10", "--format", "json")
    )
    assert (told[0]["team"], told[0]["spent"], told[0]["days_done"]) == ("Sales", "2.00", 1)
    run("costs", "budgets", "--amount", "-1", code=1)
    run("costs", "budgets", "--month", "March", code=1)
    assert open_store(store.settings.model_copy()).rows("SELECT count(*) FROM audit WHERE action <> 'settings'") == [
        (2,)
    ]


def test_the_example_in_the_documents_is_one(tmp_path):
    text = (Path(__file__).parents[1] / "docs/costs.md").read_text(encoding="utf-8")
    example = text.split("```csv\n")[1].split("```")[0]
    found = read(example, tmp_path)
    assert found.rejects == ()
    assert len(found.tariffs) == 2
    for key, column in COLUMNS.items():
        usual = "required" if column.usual is None else f"`{column.usual}`" if column.usual else "–"
        assert f"| `{key}` | `{column.russian}` | {column.words} | {usual} |" in text, key

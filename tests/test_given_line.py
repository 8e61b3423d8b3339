"""`spend` and `deals` on the command line: taken, listed, refused with exit code 1, never counted twice, taken back."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import Result
from typer.testing import CliRunner

from calldash.__main__ import app
from calldash.settings import load
from calldash.store import open_store
from tests.drawn import cases, draw

SPEND = """\
Дата;Кампания;Клики;Расход (руб.)
01.03.2026;Поиск;20;1 234,56
02.03.2026;Поиск;10;"500,5"
Итого;;30;1735,06
"""
DEALS = """\
ID;Название сделки;Бюджет;Этап сделки;Дата закрытия;Рабочий телефон (контакт)
7;Окна;1 500,50;Успешно реализовано;05.03.2026 11:00:00;8 (900) 000-00-65
8;Двери;900;Переговоры;02.03.2026 10:00:00;
"""
CALLS = "started_at | direction | client | answered | source | campaign\n10:00 | in | A | yes | yandex | Поиск"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    store = open_store(load(db=tmp_path / "x.duckdb", data=tmp_path))
    draw(store, CALLS)
    store.close()
    return tmp_path / "x.duckdb"


def given(db: Path, *arguments: str) -> Result:
    """Runs a command in English on the store at `db`."""
    env = {"CALLDASH_LANGUAGE": "en", "CALLDASH_DATA": str(db.parent), "CALLDASH_CURRENCY": "RUB"}
    return CliRunner().invoke(app, [*arguments, "--db", str(db)], env=env)


def written(db: Path, text: str, name: str = "x.csv") -> str:
    path = db.with_name(name)
    path.write_bytes(text.encode("cp1251"))
    return str(path)


def listed(db: Path, what: str) -> list[dict[str, str]]:
    found = given(db, what, "list")
    assert found.exit_code == 0
    return list(csv.DictReader(io.StringIO(found.output)))


def test_spend_in_cp1251_is_taken_once_and_listed(db: Path) -> None:
    """Semicolons, decimal commas, spaces between thousands, a line of totals."""
    path = written(db, SPEND)
    done = given(db, "spend", "import", path)
    assert (done.exit_code, done.output.splitlines()[0]) == (
        0, "x.csv: Yandex Direct; spend lines: 2 new, 0 replaced, 0 same"
    )  # fmt: skip
    assert "no call has" not in done.output
    again = given(db, "spend", "import", path)
    assert "0 new, 0 replaced, 2 same" in again.output
    rows = listed(db, "spend")
    assert [(row["campaign"], row["since"], row["amount"]) for row in rows] == [
        ("Поиск", "2026-03-01", "1234.560000"), ("Поиск", "2026-03-02", "500.500000"),
    ]  # fmt: skip
    assert given(db, "kpi", "ad_cost", "--format", "json").output.strip() == '{\n  "ad_cost": 1735.06\n}'


def test_what_is_listed_can_be_taken_again(db: Path) -> None:
    given(db, "spend", "import", written(db, SPEND))
    back = db.with_name("back.csv")
    back.write_text(given(db, "spend", "list").output)
    assert "0 new, 0 replaced, 2 same" in given(db, "spend", "import", str(back)).output


def test_spend_from_a_workbook_of_which_the_days_are_told(db: Path) -> None:
    path = db.with_name("radio.xlsx")
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate((["campaign", "source", "amount"], ["Осень", "radio", 310.5])):
            sheet.write_row(at, 0, row)
    days = ("--since", "2026-03-01", "--until", "2026-03-31", "--vat", "in", "--vat-rate", "20")
    refused = given(db, "spend", "import", str(path))
    assert refused.exit_code == 1
    assert "are not recognised" in refused.output
    named = written(db, "source;amount;day;campaign\nradio;310,5;;Осень\n", "named.csv")
    assert given(db, "spend", "import", named).exit_code == 1
    done = given(db, "spend", "import", named, *days)
    assert done.exit_code == 0, done.output
    assert [(row["since"], row["until"], row["vat"], row["vat_rate"]) for row in listed(db, "spend")] == [
        ("2026-03-01", "2026-03-31", "in", "20.000")
    ]


WRONG = """
    command | header                               | first                         | second                      | reason
    spend   | source;campaign;since;amount;currency | ya;a;2026-03-01;5;RUB         | ya;b;2026-03-01;-5;RUB      | line 3, Amount “-5”: is less than nothing
    spend   | source;campaign;since;amount;currency | ya;a;2026-03-01;5;RUB         | ya;b;2026-03-01;5;USD       | line 3, Currency “USD”: stands beside RUB: a file has one currency
    spend   | source;campaign;since;amount;currency | ya;a;2026-03-01;5;RUB         | ya;b;40.03.2026;5;RUB       | line 3, First day “40.03.2026”: is no day such as 31.01.2026
    deals   | id;date;amount;status;phone           | 1;2026-03-05;10;won;89000000065 | 2;2026-03-05;-1;won;       | line 3, Amount “-1”: is less than nothing
    deals   | id;date;amount;status;phone           | 1;2026-03-05;10;won;89000000065 | 1;2026-03-05;11;won;       | line 3, Number of the deal “1”: stands on line 2 with other values
    deals   | id;date;amount;status;phone           | 1;2026-03-05;10;won;89000000065 | 2;2026-03-05;1;perhaps;    | line 3, Deal status “perhaps”: is none of: won, lost, open
"""


@pytest.mark.parametrize("case", cases(WRONG), ids=lambda case: case["command"] + case["second"])
def test_one_wrong_line_refuses_the_file(db: Path, case: dict[str, str]) -> None:
    path = written(db, "\n".join((case["header"], case["first"], case["second"])))
    done = given(db, case["command"], "import", path)
    assert done.exit_code == 1
    assert "Nothing was taken: lines that are wrong: 1." in done.output
    assert case["reason"] in done.output
    assert listed(db, case["command"]) == []


def test_of_several_files_the_good_ones_are_taken(db: Path) -> None:
    bad = written(db, SPEND.replace("500,5", "-1"), "bad.csv")
    done = given(db, "spend", "import", bad, written(db, SPEND))
    assert done.exit_code == 1
    assert "bad.csv: Nothing was taken" in done.output and "x.csv: Yandex Direct" in done.output
    assert len(listed(db, "spend")) == 2


def test_deals_without_a_number_are_kept_and_told(db: Path) -> None:
    path = written(db, DEALS)
    done = given(db, "deals", "import", path)
    assert (done.exit_code, done.output.splitlines()) == (0, [
        "x.csv: amoCRM; deals: 2 new, 0 changed, 0 same",
        "  deals without a usable number, whose source stays unknown: 1; lines 3",
    ])  # fmt: skip
    assert "0 new, 0 changed, 2 same" in given(db, "deals", "import", path).output
    rows = listed(db, "deals")
    assert [(row["id"], row["status"], row["phone"], row["amount"]) for row in rows] == [
        ("8", "open", "", "900.000000"), ("7", "won", "8 (900) 000-00-65", "1500.500000"),
    ]  # fmt: skip
    won = written(db, DEALS.replace("Переговоры", "Успешно реализовано"))
    assert "0 new, 1 changed, 1 same" in given(db, "deals", "import", won).output


def test_deals_in_two_currencies_are_never_added(db: Path) -> None:
    text = "id;date;amount;status;phone;currency\n1;2026-03-05;10;won;89000000065;RUB\n2;2026-03-05;7;won;;USD\n"
    assert given(db, "deals", "import", written(db, text)).exit_code == 0
    assert '"deal_revenue": null' in given(db, "kpi", "deal_revenue", "--format", "json").output
    told = given(db, "kpi", "deal_revenue", "--by", "currency", "--format", "json").output
    assert '"deal_revenue": 10' in told and '"deal_revenue": 7' in told


TAKEN_BACK = """
    command | text  | which                                            | left
    spend   | SPEND | --source yandex --since 2026-03-02               | 1
    spend   | SPEND | --source yandex                                  | 0
    spend   | SPEND | --source vk                                      | 2
    spend   | SPEND | --campaign Поиск --until 2026-03-01              | 1
    spend   | SPEND | --file x.csv                                     | 0
    deals   | DEALS | --origin amocrm --id 8                           | 1
    deals   | DEALS | --origin amocrm                                  | 0
    deals   | DEALS | --origin bitrix24                                | 2
"""


@pytest.mark.parametrize("case", cases(TAKEN_BACK), ids=lambda case: case["command"] + case["which"])
def test_what_was_taken_is_taken_back(db: Path, case: dict[str, str]) -> None:
    given(db, case["command"], "import", written(db, globals()[case["text"]]))
    done = given(db, case["command"], "remove", *case["which"].split())
    left = int(case["left"])
    assert (done.exit_code, done.output.startswith(f"Removed: {2 - left}")) == (0, True), done.output
    assert len(listed(db, case["command"])) == left


def test_not_everything_is_removed_unawares(db: Path) -> None:
    given(db, "spend", "import", written(db, SPEND))
    done = given(db, "spend", "remove")
    assert done.exit_code == 1 and "Say which" in done.output
    assert sum(Decimal(row["amount"]) for row in listed(db, "spend")) == Decimal("1735.06")

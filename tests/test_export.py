"""Exports: what stands in the cells of each format, that nothing in them is run, that many rows need little memory."""

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet
import pytest
from python_calamine import CalamineWorkbook
from starlette.applications import Starlette
from starlette.testclient import TestClient

from calldash import audit, export, i18n
from calldash.export import FORMATS, Column, Table, cells, workbook
from calldash.filters import CallFilter, from_pairs
from calldash.metrics import CALL_COLUMNS
from calldash.server import routes, running
from tests.drawn import cases, draw

pytest_plugins = ("tests.in_app",)
ROOT = Path(__file__).parents[1]

CALLS = """
started_at | direction | client | answered | wait_s | talk_s | cost   | employee | source  | sale_amount
09:00      | in        | A      | true     | 10     | 60     | 2.50   | Ann      | <b>x</b>|
09:10      | in        | B      | false    | 3      | 0      | 0      |          | a,b"c   |
09:30      | out       | B      | false    |        | 0      | 1.25   | Ann      |         |
09:40      | out       | B      | true     |        | 30     | 1      | =1+1     |         | 1234.50
"""
HARMLESS = """
text              | written
=1+1              | '=1+1
+cmd              | '+cmd
-5                | '-5
@SUM(1)           | '@SUM(1)
＝1               | '＝1
+79001112233      | +79001112233
+7 (900) 1        | '+7 (900) 1
Ann               | Ann
a=b               | a=b
"""


def made(form: str, table: Table) -> bytes:
    return b"".join(FORMATS[form].write(table))


def columns(*keys: str) -> tuple[Column, ...]:
    return tuple(
        Column(key, key, CALL_COLUMNS[key].unit, key if CALL_COLUMNS[key].unit == "choice" else "") for key in keys
    )


ROW = columns("started_at", "status", "client", "wait_s", "cost", "unique", "source")
VALUES = (datetime(2026, 3, 2, 9, 0, 5), "missed", "+79001112233", 65, Decimal("1234.50"), True, '=a;"b"\nc')


def table(*rows: tuple[object, ...]) -> Table:
    return Table("Calls", ROW, rows)


@pytest.mark.parametrize("case", cases(HARMLESS), ids=lambda case: case["text"])
def test_no_text_of_a_file_is_a_formula(case: dict[str, str]) -> None:
    assert cells.harmless(case["text"]) == case["written"]


@pytest.mark.parametrize("text", ["\t=1", "\r=1", " =1", "\u00a0=1", "\n=1"])
def test_white_space_hides_no_formula(text: str) -> None:
    assert cells.harmless(text) == f"'{text}"


def test_a_file_for_russian_excel() -> None:
    i18n.use("ru")
    content = made("csv_excel", table(VALUES, (None,) * 7))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\xef\xbb\xbf") == 1
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[0][3] == "wait_s, с"
    assert rows[1] == ["2026-03-02 09:00:05", "Пропущен", "+79001112233", "65", "1234,5", "да", '\'=a;"b"\nc']
    assert rows[2] == [""] * 7


def test_a_file_for_programs_has_commas_and_points_and_no_mark() -> None:
    content = made("csv", table(VALUES)).decode()
    assert content.startswith('started_at,status,client,"wait_s, s",cost,unique,source\n2026-03-02 09:00:05,Missed,')
    assert content.endswith('65,1234.5,yes,"\'=a;""b""\nc"\n')


def test_a_workbook_has_typed_cells_and_no_formula() -> None:
    content = made("xlsx", table(VALUES, (None,) * 7))
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert 'state="frozen"' in sheet
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Calls").to_python()
    assert rows[0] == [column.title for column in ROW]
    assert rows[1][:1] == [datetime(2026, 3, 2, 9, 0, 5)]
    assert rows[1][4:] == [1234.5, "yes", '=a;"b"\nc']
    assert rows[1][3].total_seconds() == 65
    assert rows[1][2] == "+79001112233"
    assert len(rows) == 2 or rows[2] == [""] * 7


def test_rows_that_a_sheet_cannot_hold_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROWS", 3)
    content = made(
        "xlsx", Table("a/b: [c] " + "long " * 9, (Column("n", "N", "count"),), [(number,) for number in range(5)])
    )
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert max(len(name) for name in book.sheet_names) == 31
    assert [book.get_sheet_by_name(name).to_python() for name in book.sheet_names] == [
        [["N"], [0.0], [1.0]],
        [["N"], [2.0], [3.0]],
        [["N"], [4.0]],
    ]


def test_parquet_and_json_are_for_programs() -> None:
    found = pyarrow.parquet.read_table(io.BytesIO(made("parquet", table(VALUES, (None,) * 7)))).to_pylist()
    assert list(found[0].values()) == [
        datetime(2026, 3, 2, 9, 0, 5), "missed", "+79001112233", 65.0, Decimal("1234.5"), True, '=a;"b"\nc',
    ]  # fmt: skip
    assert list(found[1].values()) == [None] * 7
    told = json.loads(made("json", table(VALUES)))
    assert told["rows"][0]["cost"] == 1234.5
    assert told["rows"][0]["started_at"] == "2026-03-02T09:00:05"
    assert told["rows"][0]["status"] == "missed"


def test_totals_are_words_in_the_columns_of_breakdowns() -> None:
    found = Table(
        "x",
        (Column("day", "Day", "day", "day"), Column("n", "N", "count")),
        [(date(2026, 3, 2), 1), (None, 2)],
        (("Total", 3),),
    )
    assert made("csv", found) == b"Day,N\n2026-03-02,1\n,2\nTotal,3\n"
    assert json.loads(made("json", found))["totals"] == [{"day": "Total", "n": 3}]
    assert len(pyarrow.parquet.read_table(io.BytesIO(made("parquet", found)))) == 2


@pytest.mark.parametrize(
    "number", [(0, "0"), (0.1 + 0.2, "0.3"), (100, "100"), (1e-9, "0"), (-1e-9, "0"), (Decimal("2.50"), "2.5")], ids=str
)
def test_numbers_have_no_noise(number: tuple[float, str]) -> None:
    assert cells.digits(number[0]) == number[1]


def test_every_column_of_a_call_can_be_written(store) -> None:
    draw(store, CALLS)
    for form in FORMATS:
        assert made(form, export.calls(store, CallFilter(), list(CALL_COLUMNS), "id", False))


def test_the_calls_stand_in_their_order_over_slices(store, monkeypatch: pytest.MonkeyPatch) -> None:
    draw(store, CALLS)
    monkeypatch.setattr("calldash.export.listed._SLICE", 3)
    found = made(
        "csv", export.calls(store, from_pairs({"direction": "inbound,outbound"}), ["id", "source"], "id", False)
    )
    assert found.decode().splitlines()[1:] == ["c1,<b>x</b>", 'c2,"a,b""c"', "c3,", "c4,"]
    monkeypatch.setattr("calldash.export.listed._SLICE", 2)
    assert made("csv", export.calls(store, CallFilter(), ["id"], "id", True)).decode() == (
        "Number in the phone system\nc4\nc3\nc2\nc1\n"
    )


def test_what_comes_meanwhile_is_not_in_the_file(store, monkeypatch: pytest.MonkeyPatch) -> None:
    draw(store, CALLS)
    monkeypatch.setattr("calldash.export.listed._SLICE", 2)
    rows = iter(export.calls(store, CallFilter(), ["id"], "id", True).rows)
    first = next(rows)
    draw(store, "id | started_at | direction | client | answered\nz9 | 11:00 | in | A | true", name="more.csv")
    assert [first, *rows] == [("c4",), ("c3",), ("c2",), ("c1",)]


_PEAK = """
import resource, sys
from calldash import export
from calldash.export import Column, Table
rows = (("+79001112233", number, number / 7) for number in range(int(sys.argv[2])))
columns = (Column("a", "A", "phone"), Column("b", "B", "count"), Column("c", "C", "share"))
for part in export.FORMATS[sys.argv[1]].write(Table("x", columns, rows)):
    assert len(part) <= 1 << 20
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_ten_times_the_rows_need_no_more_memory(form: str) -> None:
    """A held list of the rows alone would be over 30 MB more."""
    peaks = [
        int(
            subprocess.run(
                [sys.executable, "-c", _PEAK, form, str(rows)], capture_output=True, check=True, cwd=ROOT
            ).stdout
        )
        for rows in (60_000, 300_000)
    ]
    assert peaks[1] - peaks[0] < 20_000


@pytest.fixture
def client(app_store) -> TestClient:
    draw(app_store, CALLS)
    return TestClient(Starlette(routes=routes()), "http://127.0.0.1", client=("127.0.0.1", 5000))


def test_the_route_gives_what_is_filtered_and_the_trail_knows(client: TestClient) -> None:
    asked = {
        "since": "2026-03-01",
        "until": "2026-03-31",
        "direction": "outbound",
        "columns": "id,talk_s",
        "sort": "id",
    }
    answer = client.get("/export/csv", params=asked | {"order": "up", "lang": "en"})
    assert answer.text == 'Number in the phone system,"Talk, s"\nc3,0\nc4,30\n'
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''calls_2026-03-01_2026-03-31.csv"
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    _done_at, who, action, subject, detail = audit.trail(running.store())[0]
    assert (who, action, subject) == ("local", "export", "calls")
    assert json.loads(detail)["rows"] == 2
    assert json.loads(detail)["asked"]["direction"] == "outbound"


def test_the_route_speaks_the_language_of_the_reader_to_the_last_row(client: TestClient) -> None:
    asked = {"columns": "status", "sort": "started_at", "lang": "ru"}
    assert client.get("/export/csv", params=asked).text.splitlines() == [
        "Итог",
        "Отвечен",
        "Не дозвонились",
        "Пропущен",
        "Отвечен",
    ]


def test_the_calls_behind_a_number_can_be_taken_away(client: TestClient) -> None:
    assert client.get(
        "/export/csv", params={"behind": "missed_calls", "columns": "id", "lang": "en"}
    ).text.splitlines()[1:] == ["c2"]


def test_figures_come_from_the_route_too(client: TestClient) -> None:
    asked = {"what": "figures", "rows": "employee", "metrics": "calls", "lang": "en", "report": "mine/../x"}
    answer = client.get("/export/csv_excel", params=asked)
    assert answer.content.decode("utf-8-sig").splitlines() == [
        "Employee;Calls",
        "'=1+1;1",
        "Ann;2",
        "not known;1",
        "Total;4",
    ]
    assert answer.headers["content-disposition"].endswith("''mine_.._x.csv")


def test_an_unknown_format_is_told(client: TestClient) -> None:
    answer = client.get("/export/pdf", params={"lang": "en"})
    assert answer.status_code == 404
    assert answer.text.startswith("There is no format pdf.")


def test_only_this_machine_may_take_calls_away(app_store) -> None:
    assert (
        TestClient(Starlette(routes=routes()), "http://127.0.0.1", client=("192.0.2.7", 5000))
        .get("/export/csv")
        .status_code
        == 403
    )


def test_no_temporary_file_stays(client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "aside"))
    (tmp_path / "aside").mkdir()
    for form in ("xlsx", "parquet"):
        assert client.get(f"/export/{form}").content
    assert list((tmp_path / "aside").iterdir()) == []
    parts = FORMATS["xlsx"].write(table(VALUES))
    next(parts)
    parts.close()
    assert list((tmp_path / "aside").iterdir()) == []


def test_no_clock_stands_in_a_workbook() -> None:
    core = zipfile.ZipFile(io.BytesIO(made("xlsx", table(VALUES)))).read("docProps/core.xml").decode()
    assert str(datetime.now(UTC).year) not in re.sub(r"http\S+", "", core)

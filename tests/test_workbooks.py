"""Workbooks as people type them give the calls that the same rows give as CSV."""

import datetime as dt
import io
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from calldash.store import Store
from tests.conftest import Opener
from tests.drawn import as_csv, calls, content, outcome, take

THREE = """
    started_at | direction | client | answered | wait_s | talk_s | employee
    10:00      | in        | A      | yes      | 5      | 60     | Анна
    10:05      | in        | B      | no       | 20     | 0      | Борис
    10:10      | out       | B      | yes      | 7      | 30     | Анна
"""


def workbook(rows: list[dict[str, Any]]) -> bytes:
    """A workbook as a person would type it: real dates, numbers and booleans."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        stamp = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        for at, name in enumerate(rows[0]):
            sheet.write(0, at, name)
        for line, row in enumerate(rows, 1):
            for at, value in enumerate(row.values()):
                if isinstance(value, dt.datetime):
                    sheet.write_datetime(line, at, value, stamp)
                else:
                    sheet.write(line, at, value)
    return out.getvalue()


def typed(row: dict[str, str]) -> dict[str, Any]:
    """The row as cells of a workbook."""
    return row | {
        "started_at": datetime.fromisoformat(row["started_at"]),
        "client": int(row["client"].removeprefix("+")),
        "answered": row["answered"] == "yes",
        "wait_s": int(row["wait_s"]),
        "talk_s": int(row["talk_s"]),
        "cost": 2.25,
    }


def test_a_workbook_gives_the_same_calls(open_here: Opener, tmp_path: Path) -> None:
    drawn = calls("""
        started_at  | direction | client | answered | wait_s | talk_s | employee
        10:00:01    | in        | A      | yes      | 5      | 60     | Анна
        10:59:59    | in        | B      | no       | 20     | 0      | Борис
        +1 00:00:00 | in        | B      | no       | 21     | 0      |
        +1 23:59:59 | out       | B      | yes      | 7      | 30     | O'Neil, "Vera"
    """)
    take(open_here(), as_csv([row | {"cost": "2.25"} for row in drawn]))
    wanted = content(open_here())
    other = open_here(db=tmp_path / "other.duckdb")
    assert outcome(take(other, workbook([typed(row) for row in drawn]), "calls.xlsx")) == (4, 0, 0, 0)
    assert content(other) == wanted


def test_every_second_of_a_day_survives_a_workbook(store: Store) -> None:
    """A workbook keeps instants as fractions of a day; none may slip into the second before."""
    start = datetime(2026, 3, 2, 12)
    rows = [
        typed(calls(THREE)[0]) | {"id": f"c{n}", "started_at": start + dt.timedelta(seconds=n)} for n in range(3600)
    ]
    take(store, workbook(rows), "calls.xlsx")
    found = {row[0] for row in store.rows("SELECT started_at FROM calls")}
    assert found == {row["started_at"] - dt.timedelta(hours=3) for row in rows}


def test_a_wrong_cell_is_rejected_with_its_row(store: Store) -> None:
    rows = [typed(row) for row in calls(THREE)]
    rows[1]["wait_s"] = "soon"
    assert outcome(take(store, workbook(rows), "calls.xlsx")) == (2, 0, 0, 1)
    assert store.rows('SELECT file, line, "column", value FROM rejects') == [("calls.xlsx", 3, "wait_s", "soon")]

"""Files into the store: again, overlapping, cut off, refused; the demo before them, and what the ledger says."""

import io
import zipfile
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from calldash import demo
from calldash.importing import DEMO, import_built, import_file
from calldash.problems import Problem
from calldash.store import Store
from tests.conftest import Opener
from tests.drawn import THREE, VALUES, as_csv, calls, content, draw, figures, outcome, take, whole


def test_a_file_twice_is_the_same_calls(store: Store) -> None:
    assert outcome(draw(store, THREE)) == (3, 0, 0, 0)
    before = content(store)
    assert outcome(draw(store, THREE)) == (0, 0, 3, 0)
    assert content(store) == before


def test_overlapping_files_and_a_changed_row(store: Store) -> None:
    rows = calls(THREE)
    assert outcome(take(store, as_csv(rows[:2]), "one.csv")) == (2, 0, 0, 0)
    changed = [rows[1] | {"answered": "yes", "talk_s": "8"}, rows[2]]
    assert outcome(take(store, as_csv(changed), "two.csv")) == (1, 1, 0, 0)
    assert figures(store, "calls missed_calls total_talk_s") == {"calls": 3, "missed_calls": 0, "total_talk_s": 98}
    assert store.rows("SELECT key, count(*) FROM rows GROUP BY key ORDER BY key") == [("c1", 1), ("c2", 1), ("c3", 1)]


def test_an_id_that_stands_twice_in_a_file_counts_once(store: Store) -> None:
    rows = calls(THREE)
    receipt = take(store, as_csv([*rows, rows[0], rows[1] | {"talk_s": "9"}]))
    assert outcome(receipt) == (3, 1, 1, 0)
    assert receipt.oddities["rows_with_an_id_seen_before"] == 2
    assert receipt.calls_written == 3
    assert store.rows("SELECT talk_s FROM calls WHERE id = 'c2'") == [(9,)]


def test_a_changed_client_leaves_the_first_ones_history(store: Store) -> None:
    """The facts of both clients follow when a corrected row names another one."""
    draw(store, THREE.replace("10:10      | out       | B", "10:10      | in        | A"))
    assert figures(store, "unique_calls repeat_calls") == {"unique_calls": 2, "repeat_calls": 1}
    draw(store, THREE.replace("10:10      | out       | B", "10:10      | in        | C"))
    assert figures(store, "unique_calls repeat_calls") == {"unique_calls": 3, "repeat_calls": 0}


def test_one_id_in_two_systems_is_two_calls(store: Store) -> None:
    draw(store, THREE, system="north")
    assert outcome(draw(store, THREE, system="south")) == (3, 0, 0, 0)
    assert store.rows("SELECT system, count(*) FROM calls GROUP BY system ORDER BY system") == [
        ("north", 3),
        ("south", 3),
    ]
    assert outcome(draw(store, THREE.replace("60", "61"), system="north")) == (0, 1, 2, 0)
    assert figures(store, "total_talk_s")["total_talk_s"] == 90 + 91


def test_a_file_cut_off_and_later_whole(store: Store) -> None:
    """Wherever a growing file was cut, importing it again when it is whole gives all calls as they are."""
    text = as_csv(calls(THREE)).replace("\r\n", "\n")
    draw(store, THREE, system="whole")
    for cut in range(1, 60, 6):
        name = f"without the last {cut}"
        outcome(take(store, text.encode()[:-cut], system=name))
        outcome(take(store, text, system=name))
        assert store.rows(VALUES, [name]) == store.rows(VALUES, ["whole"]), name


def test_a_last_line_that_lacks_columns_is_left_for_later(store: Store) -> None:
    text = as_csv(calls(THREE)).strip()
    receipt = take(store, text[: text.rindex(",")])
    assert outcome(receipt) == (2, 0, 0, 0)
    assert receipt.oddities == {"unfinished_last_line": 1}
    assert outcome(take(store, text)) == (1, 0, 2, 0)


def packed(name: str = "calls.csv") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, as_csv(calls(THREE)))
    return out.getvalue()


REFUSED = {
    "empty": (b"", "The file is empty."),
    "white": (b"\n\n  \n", "The file is empty."),
    "header only": (b"id,started_at,direction,answered\n", "The file has no rows."),
    "header unfinished": (b"id,started_at,direction,answered", "The file has no rows."),
    "binary": (bytes(range(256)), "This is not a text file."),
    "zip": (packed(), "This is a ZIP archive"),
    "zip cut": (packed()[:90], "This is an archive"),
    "old excel": (b"\xd0\xcf\x11\xe0" + bytes(600), "This is an old Excel file"),
    "no workbook": (packed("xl/workbook.xml"), "The workbook cannot be read"),
    "json": (b'{"weather": [{"sun": 1}]}', "The file is not recognised"),
    "json broken": (b'{"weather": [', "The file is not recognised"),
    "prose": (b"Dear all,\nhere are the calls.\n", "The file is not recognised"),
    "too big": (b"x" * (1 << 20) + b"y", "more than the limit of 1 MB"),
}


def test_what_cannot_be_imported_leaves_the_store_as_it_was(open_here: Opener) -> None:
    store = open_here(max_file_mb=1)
    draw(store, THREE)
    version = store.version
    store.close()
    before = whole(store.settings.db)
    store = open_here(max_file_mb=1)
    for name, (bad, words) in REFUSED.items():
        with pytest.raises(Problem) as raised:
            take(store, bad, "bad.csv")
        assert words in str(raised.value), name
        assert "\n" not in str(raised.value), name
    assert store.version == version
    store.close()
    assert whole(store.settings.db) == before


def test_the_first_real_file_removes_the_demo(store: Store) -> None:
    some = list(islice(demo.calls(date(2026, 3, 2), ZoneInfo("Europe/Moscow")), 800))
    shown = import_built(store, some, DEMO, DEMO)
    assert outcome(shown) == (800, 0, 0, 0)
    assert outcome(import_built(store, some, DEMO, DEMO)) == (800, 0, 0, 0), "made anew, in place of the first"
    assert store.rows("SELECT count(*) FROM calls") == [(800,)]
    with pytest.raises(Problem):
        take(store, "nothing known\n1\n", "bad.csv")
    assert store.rows("SELECT DISTINCT system FROM calls") == [(DEMO,)], "a failed import keeps the demo"
    receipt = draw(store, THREE)
    assert receipt.demo_removed == shown.rows_new
    for table in ("calls", "rows", "imports", "systems"):
        assert store.rows(f"SELECT DISTINCT system FROM {table}") == [("plain",)], table
    assert store.rows("SELECT count(*) FROM legs") == [(0,)]
    assert store.rows("SELECT count(*) FROM clients") == [(2,)], "nobody finds an invented client any more"
    assert figures(store, "calls missed_clients") == {"calls": 3, "missed_clients": 1}
    assert draw(store, THREE).demo_removed == 0


def test_the_name_demo_is_kept(store: Store) -> None:
    with pytest.raises(Problem, match="kept for the demo"):
        draw(store, THREE, system=DEMO)


def test_the_ledger_keeps_what_the_receipt_says(store: Store) -> None:
    receipt = take(store, as_csv([*calls(THREE), calls(THREE)[0] | {"id": "c9", "wait_s": "x"}]))
    names = [
        "file",
        "rows_read",
        "rows_new",
        "rows_rejected",
        "calls_written",
        "first_at",
        "last_at",
        "bytes",
        "sha256",
        "provider",
        "system",
    ]
    kept = store.rows(f"SELECT {', '.join(names)} FROM imports WHERE import_id = ?", [receipt.import_id])
    assert kept == [tuple(getattr(receipt, name) for name in names)]
    assert kept[0][1:5] == (4, 3, 1, 3)
    assert store.rows("SELECT system, newest_at, live FROM systems") == [("plain", datetime(2026, 3, 2, 7, 10), False)]


def test_a_progress_that_only_grows(store: Store, tmp_path: Path) -> None:
    (tmp_path / "many.csv").write_text(as_csv([calls(THREE)[0] | {"id": f"c{n}"} for n in range(500)]))
    said: list[float] = []
    import_file(store, tmp_path / "many.csv", progress=said.append)
    assert said == sorted(said)
    assert said[-1] == 1.0

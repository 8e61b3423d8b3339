"""A provider of one's own in TOML: what it can say, what its SQL cannot reach, and what is told when it is wrong."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from calldash.importing import Receipt, import_file
from calldash.problems import Problem
from calldash.store import Store
from tests.conftest import Opener
from tests.drawn import figures

# The call centre of an invented bank: tabs, dates in six digits, times apart, placeholders, rows that are no calls.
BANK = """
name = "Bank"
system = "bank"
[match]
columns = ["vru+line", "call_id", "outcome"]
[read]
delimiter = "\\t"
encoding = "utf-8"
zone = "Asia/Jerusalem"
[rows]
skip = "outcome = 'PHANTOM'"
[columns]
id = '''"vru+line" || '/' || call_id'''
started_at = '''strptime("date" || ' ' || vru_entry, '%y%m%d %H:%M:%S')'''
direction = "'inbound'"
client = "customer_id"
answered = "outcome = 'AGENT'"
wait_s = "q_time"
talk_s = "ser_time"
employee = "nullif(server, 'NO_SERVER')"
"""
BANK_ROWS = """\
vru+line\tcall_id\tcustomer_id\tdate\tvru_entry\tq_time\toutcome\tser_time\tserver
AA0101  \t1\t900001\t990103\t8:00:30\t12\tAGENT\t60\tZOHARI
AA0101\t2\t900002\t990103\t8:01:30\t 45\tHANG\t0\tNO_SERVER
AA0102\t1\t900001\t990103\t8:02:30\t0\tPHANTOM\t0\tNO_SERVER
AA0102\t2\t0\t991303\t8:03:30\t3\tAGENT\t10\tAVI
AA0102\t3\t900003\t990103\t8:04:30\tlong\tAGENT\t10\tAVI
"""
ROWS = "n,begun,who\n1,2026-03-02 10:00:00,+79161234567\n2,2026-03-02 11:00:00,+79161234568\n"
LEAST = {"id": "n", "started_at": "begun", "direction": "'inbound'", "answered": "true", "client": "who"}


def described(columns: dict[str, str], head: str = 'name = "Mine"\n', tail: str = "") -> str:
    """A TOML file with these expressions."""
    told = "\n".join(f"{name} = {json.dumps(text)}" for name, text in columns.items())
    return f"{head}[columns]\n{told}\n{tail}"


def use(store: Store, toml: str, rows: str, name: str = "rows.csv") -> Receipt:
    """Imports `rows` by the description `toml`."""
    folder = store.settings.db.parent
    (folder / "mine.toml").write_text(toml, encoding="utf-8")
    (folder / name).write_text(rows, encoding="utf-8")
    return import_file(store, folder / name, str(folder / "mine.toml"))


def refused(store: Store, toml: str) -> str:
    """The sentence with which a description is refused; nothing has been stored."""
    with pytest.raises(Problem) as raised:
        use(store, toml, ROWS)
    text = str(raised.value)
    assert "\n" not in text
    assert store.rows(
        "SELECT (SELECT count(*) FROM calls) + (SELECT count(*) FROM imports) + (SELECT count(*) FROM rejects)"
    ) == [(0,)]
    return text


def test_the_bank(store: Store) -> None:
    receipt = use(store, BANK, BANK_ROWS)
    assert (receipt.provider, receipt.system) == ("mine", "bank")
    assert (receipt.rows_read, receipt.rows_new, receipt.rows_rejected, receipt.rows_ignored) == (5, 2, 2, 1)
    assert receipt.oddities == {"skipped_by_rule": 1}
    assert store.rows("SELECT id, started_at, client, answered, wait_s, talk_s, employee FROM calls ORDER BY id") == [
        ("AA0101/1", datetime(1999, 1, 3, 6, 0, 30), "900001", True, 12, 60, "ZOHARI"),
        ("AA0101/2", datetime(1999, 1, 3, 6, 1, 30), "900002", False, 45, 0, None),
    ]
    assert store.rows('SELECT line, "column", value FROM rejects ORDER BY line') == [
        (5, "started_at", ""),
        (6, "wait_s", "long"),
    ]
    assert store.rows("SELECT zone FROM systems") == [("Asia/Jerusalem",)]


def test_it_is_recognised_by_its_columns(store: Store, tmp_path: Path) -> None:
    """A description lying in the folder of providers is asked first, before those built in."""
    (tmp_path / "providers").mkdir()
    (tmp_path / "providers" / "bank.toml").write_text(BANK, encoding="utf-8")
    (tmp_path / "providers" / "broken.toml").write_text("name = ", encoding="utf-8")
    (tmp_path / "any name.txt").write_text(BANK_ROWS, encoding="utf-8")
    assert import_file(store, tmp_path / "any name.txt").provider == "bank"


def test_files_without_a_header(store: Store, tmp_path: Path) -> None:
    (tmp_path / "providers").mkdir()
    head = 'name = "Old box"\n[match]\nfile = "*.cdr"\n[read]\ndelimiter = ";"\nheader = ["n", "begun", "who"]\n'
    (tmp_path / "providers" / "box.toml").write_text(described(LEAST, head), encoding="utf-8")
    (tmp_path / "MARCH.CDR").write_text(ROWS.split("\n", 1)[1].replace(",", ";"), encoding="utf-8")
    receipt = import_file(store, tmp_path / "MARCH.CDR")
    assert (receipt.provider, receipt.system, receipt.rows_new) == ("box", "box", 2)
    assert store.rows("SELECT DISTINCT hour FROM calls ORDER BY hour") == [(10,), (11,)]


@pytest.mark.parametrize(
    ("header", "expression"),
    [
        ("Call Id", '"Call Id"'),
        ("vru+line", '"vru+line"'),
        ('say ""id""', '"say ""id"""'),
        ("c0", "c0"),
        ("id", "id"),
        ("skipped", "skipped"),
        ("_line", "_line"),
        ("file_rows", "file_rows"),
        ("Номер", '"Номер"'),
        ("select", '"select"'),
    ],
)
def test_names_of_columns(store: Store, header: str, expression: str) -> None:
    """Whatever the columns of the file are called."""
    use(store, described(LEAST | {"id": expression}), ROWS.replace("n,", f'"{header}",', 1))
    assert store.rows("SELECT id FROM calls ORDER BY id") == [("1",), ("2",)]


def test_values_of_any_type_are_those_of_plain_rows(store: Store) -> None:
    columns = LEAST | {
        "id": "CAST(n AS INTEGER) + 10",
        "started_at": "strptime(begun, '%Y-%m-%d %H:%M:%S')",
        "wait_s": "CAST(n AS DOUBLE) + 0.5",
        "answered": "n = '1'",
        "cost": "CAST(n AS DECIMAL(9, 2)) / 4",
        "kind": "NULL",
        "employee": "'  Anna  '",
    }
    use(store, described(columns), ROWS)
    found = store.rows("SELECT id, wait_s, answered, CAST(cost AS DOUBLE), kind, employee FROM calls ORDER BY id")
    assert found == [("11", 2, True, 0.25, "voice", "Anna"), ("12", 3, False, 0.5, "voice", "Anna")]


def test_casts_that_fail_are_rejects(store: Store) -> None:
    receipt = use(
        store, described(LEAST | {"wait_s": "CAST(who AS DATE)", "id": "1 // (CAST(n AS INTEGER) - 1)"}), ROWS
    )
    assert (receipt.rows_new, receipt.rows_rejected) == (1, 1)
    assert store.rows('SELECT line, "column", reason FROM rejects') == [(2, "id", "is missing")]


@pytest.mark.parametrize(
    ("skip", "left"), [("n = '1'", 1), ("CAST(who AS DATE) > DATE '2020-01-01'", 2), ("NULL", 2), ("TRUE", 0)]
)
def test_rows_left_out(store: Store, skip: str, left: int) -> None:
    """A condition that is not known for a row keeps it."""
    receipt = use(store, described(LEAST, tail=f"[rows]\nskip = {json.dumps(skip)}\n"), ROWS)
    assert (receipt.rows_new, receipt.rows_ignored) == (left, 2 - left)


SECRET = "root:"
ATTACKS = (
    "(SELECT string_agg(content, '') FROM read_text('/etc/passwd'))",
    "(SELECT content FROM read_blob('/etc/passwd'))",
    "(SELECT string_agg(column0, '') FROM read_csv('/etc/passwd', header = false))",
    "(SELECT count(*) FROM read_csv_auto('/etc/passwd'))",
    "(SELECT count(*) FROM '/etc/passwd')",
    "(SELECT count(*) FROM sniff_csv('/etc/passwd'))",
    "(SELECT count(*) FROM read_json_auto('/etc/passwd'))",
    "(SELECT count(*) FROM read_parquet('/etc/passwd'))",
    "(SELECT count(*) FROM parquet_metadata('/etc/passwd'))",
    "(SELECT count(*) FROM glob('/etc/*'))",
    "(SELECT count(*) FROM 'http://127.0.0.1:1/x.csv')",
    "n) FROM read_text('/etc/passwd') --",
    "1) FROM read_text('/etc/passwd') --",
    "1) AS VARCHAR), content, 1, 1, 1, FALSE AS skipped, 1 AS _line, content AS _raw FROM read_text('/etc/passwd') --",
    "1) AS VARCHAR), 1, 1, 1, 1, FALSE AS skipped, 1 AS _line, '' AS _raw; COPY (SELECT 1) TO 'leak.csv'; --",
    "1); ATTACH '/etc/passwd' AS p; SELECT (1",
    "1); ATTACH 'leak.duckdb' AS p; SELECT (1",
    "1); INSTALL httpfs; SELECT (1",
    "1); LOAD httpfs; SELECT (1",
    "1); COPY (SELECT 1) TO 'leak.csv'; SELECT (1",
    "1); EXPORT DATABASE 'leak'; SELECT (1",
    "1); SET enable_external_access = true; SELECT content FROM read_text('/etc/passwd'); SELECT (1",
    "1); SET lock_configuration = false; SELECT (1",
    "1); PRAGMA enable_profiling; SELECT (1",
    "1); IMPORT DATABASE '/etc'; SELECT (1",
    "query('SELECT 1')",
    "(SELECT count(*) FROM query('FROM read_text(''/etc/passwd'')'))",
    "getenv('HOME')",
    "(SELECT count(*) FROM store)",
    "(SELECT count(*) FROM rows)",
    "(SELECT count(*) FROM part)",
    "(SELECT count(*) FROM calls)",
    "(SELECT count(*) FROM source)",
    "(SELECT count(*) FROM pragma_storage_info('calls'))",
)


@pytest.mark.parametrize("place", ["id", "tags", "skip"])
def test_sql_reaches_nothing_but_the_row(
    store: Store, place: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Every way out is refused with one sentence, from wherever it stands; nothing is read, written or stored."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    out_of_try = [f"n) || CAST({attack} AS VARCHAR" for attack in ATTACKS if attack.startswith("(")]
    for attack in (*ATTACKS, *out_of_try):
        columns, tail = LEAST | {place: attack}, ""
        if place == "skip":
            columns, tail = LEAST, f"[rows]\nskip = {json.dumps(attack)}\n"
        text = refused(store, described(columns, tail=tail))
        assert SECRET not in text, attack
        assert "Mine" in text, f"{attack}: {text}"
    assert list((tmp_path / "work").iterdir()) == []


def test_what_the_room_tells_of_itself_is_no_secret(store: Store) -> None:
    """Settings can be read but hold nothing of this machine's."""
    use(store, described(LEAST | {"tags": "n) || (SELECT string_agg(value, ' ') FROM duckdb_settings()"}), ROWS)
    told = str(store.rows("SELECT tags FROM calls LIMIT 1")[0][0])
    assert str(store.settings.db) not in told


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("name = ", "mine.toml is not TOML"),
        ("just text", "mine.toml is not TOML"),
        (described(LEAST, head=""), "name"),
        ('name = "Mine"\n', "columns"),
        (described(LEAST | {"mood": "n"}), "no column mood"),
        (described({name: text for name, text in LEAST.items() if name != "id"}), "lacks id"),
        (described(LEAST, tail="[match]\ncolour = 1\n"), "match.colour"),
        (described(LEAST, tail='[read]\ndelimiter = "ab"\n'), "read.delimiter"),
        (described(LEAST, tail='[read]\nzone = "Mars/Olympus"\n'), "Mars/Olympus"),
        (described(LEAST, tail='[read]\nencoding = "klingon"\n'), "klingon"),
        (described(LEAST | {"id": "nn"}), "id = nn"),
        (described(LEAST | {"id": "n +"}), "id = n +"),
        (described(LEAST | {"id": "n; DROP TABLE calls"}), "id = n; DROP"),
        (described(LEAST | {"id": ""}), "id"),
        (described(LEAST | {"id": "sum(CAST(n AS INTEGER))"}), "id = sum"),
        (described(LEAST | {"client": "unnest(['a', 'b'])"}), "client = unnest"),
        (described(LEAST | {"id": "n, n"}), "id = n, n"),
        (described(LEAST | {"id": "no_such_function(n)"}), "no_such_function"),
        (described(LEAST, tail="[rows]\nskip = 'no_such = 1'\n"), "no_such = 1"),
        (described(LEAST, tail="[rows]\nskip = '42'\n"), "skip"),
        (described(LEAST, tail="[rows]\nskip = 'n, n'\n"), "n, n"),
    ],
)
def test_a_wrong_description_is_told_in_one_sentence(store: Store, toml: str, words: str) -> None:
    assert words in refused(store, toml)


def test_a_description_that_is_not_there(store: Store, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(ROWS)
    with pytest.raises(Problem, match="no file"):
        import_file(store, tmp_path / "rows.csv", str(tmp_path / "missing.toml"))
    (tmp_path / "latin.toml").write_bytes(b'name = "\xff"')
    with pytest.raises(Problem, match="not TOML"):
        import_file(store, tmp_path / "rows.csv", str(tmp_path / "latin.toml"))


def test_the_file_again_and_changed(open_here: Opener) -> None:
    """Rows of one's own provider are replaced as plain ones are."""
    store = open_here()
    toml = described(LEAST | {"talk_s": "'60'"})
    first: list[Any] = [use(store, toml, ROWS), use(store, toml, ROWS), use(store, toml.replace("60", "61"), ROWS)]
    assert [(one.rows_new, one.rows_changed, one.rows_same) for one in first] == [(2, 0, 0), (0, 0, 2), (0, 2, 0)]
    assert figures(store, "calls total_talk_s") == {"calls": 2, "total_talk_s": 122}

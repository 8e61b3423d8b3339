"""What somebody tries who means harm: each try is made here, and comes to nothing."""

import io
import logging
import re
import threading
import zipfile
from pathlib import Path

import duckdb
import pyotp
import pytest
import xlsxwriter

from calldash import i18n
from calldash.people import accounts, invitations, second_factor, signing_in, throttle
from calldash.problems import Problem
from calldash.reading import open_source
from calldash.settings import load
from calldash.store import Store, open_store
from calldash.store.duck import copies_of
from tests.drawn import draw, take

GOOD = "four words nobody guesses"
ONE = """
id | started_at | direction | client | answered
c1 | 09:00      | in        | A      | true
"""


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM read_blob('{db}')",
        "SELECT * FROM read_parquet('http://127.0.0.1:9/x.parquet')",
        "COPY calls TO '{folder}/out.csv'",
        "COPY (SELECT 1) TO '{folder}/copies/../out.csv'",
        "EXPORT DATABASE '{folder}/out'",
        "ATTACH '{folder}/other.duckdb'",
        "ATTACH ':memory:' AS room; COPY (SELECT 1) TO '{folder}/out.csv'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "LOAD '{folder}/evil.duckdb_extension'",
        "CREATE PERSISTENT SECRET s (TYPE s3)",
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
        "SET lock_configuration = false",
        "RESET memory_limit",
        "SELECT * FROM a_frame",
    ],
)
def test_no_sql_leaves_the_store(store: Store, tmp_path: Path, sql: str) -> None:
    a_frame = __import__("pandas").DataFrame({"secret": [1]})
    with pytest.raises(duckdb.Error), store.cursor() as cursor:
        cursor.execute(sql.format(folder=tmp_path, db=store.settings.db)).fetchall()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("out")]
    assert len(a_frame) == 1


def test_the_store_writes_copies_of_itself_and_spills_beside_itself(open_here, tmp_path: Path) -> None:
    store = open_here(memory_limit="120MB")
    draw(store, ONE)
    folder = copies_of(store.settings.db)
    folder.mkdir()
    with store.cursor() as cursor:
        cursor.execute(f"ATTACH '{folder}/copy.duckdb' AS copied")
        cursor.execute("COPY FROM DATABASE calls TO copied")
        cursor.execute("DETACH copied")
        text = "SELECT hash(range) AS mixed, repeat('x', 100) || range FROM range(1500000) ORDER BY mixed"
        assert len(cursor.execute(text).fetchmany(3)) == 3
    assert (folder / "copy.duckdb").exists()


def test_folders_we_make_are_the_owners_alone(tmp_path: Path) -> None:
    place = tmp_path / "new"
    open_store(load(db=place / "calls.duckdb", data=place)).close()
    assert place.stat().st_mode & 0o077 == 0


def bomb(path: Path, part: bytes, size: int) -> None:
    """A workbook whose first sheet unpacks to `size` bytes."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write(0, 0, "id")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] += part * (size // len(part))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_a_workbook_that_unpacks_to_much_more_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    bomb(path, b" " * 1024, 40 << 20)
    assert path.stat().st_size < 1 << 20
    with pytest.raises(Problem, match="larger than the limit"):
        open_source(path, 30 << 20)


def test_a_workbook_that_lies_of_its_size_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "liar.xlsx"
    bomb(path, b" " * 1024, 40 << 20)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    lied = bytes(content).replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    path.write_bytes(lied)
    with pytest.raises(Problem, match=r"cannot be read|larger than"):
        open_source(path, 30 << 20)


def test_a_sheet_of_two_cells_far_apart_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "id")
        sheet.write(1_048_575, 16_383, "x")
    with pytest.raises(Problem, match="too far"):
        open_source(path, 1 << 30)


@pytest.mark.parametrize("name", ["../../evil.csv", "/etc/evil.csv", "a\nb.csv", "x" * 300 + ".csv", "<b>.csv"])
def test_the_name_of_an_upload_leads_nowhere(store: Store, tmp_path: Path, name: str) -> None:
    path = tmp_path / "calls.csv"
    path.write_text("id,started_at,direction,answered\nc1,2026-03-02T09:00:00,inbound,true\n")
    from calldash.server import jobs

    with path.open("rb") as upload:
        job = jobs.start(store, upload, name)
    for _one in range(200):
        if not job.running:
            break
        threading.Event().wait(0.05)
    assert job.receipt or job.trouble
    assert sorted(one.name for one in tmp_path.iterdir() if "evil" in one.name) == []


def secured(store: Store) -> str:
    invitations.redeem(store, invitations.first(store), GOOD, "olga")
    secret = second_factor.secret()
    accounts.set_second_factor(store, "olga", "olga", secret)
    return secret


def at_once(action, times: int) -> list[object]:
    """What came of an action done by many at the same moment: its result or its exception."""
    found: list[object] = []
    together = threading.Barrier(times)

    def one() -> None:
        together.wait()
        try:
            found.append(action())
        except Problem as problem:
            found.append(problem)

    threads = [threading.Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_a_code_given_by_many_at_once_is_good_once(store: Store) -> None:
    code = pyotp.TOTP(secured(store)).now()
    found = at_once(lambda: signing_in.sign_in(store, "olga", GOOD, code, "10.0.0.1", ""), 6)
    assert len([one for one in found if isinstance(one, str)]) == 1


def test_codes_guessed_side_by_side_are_counted(store: Store) -> None:
    secured(store)
    found = at_once(lambda: signing_in.sign_in(store, "olga", GOOD, "000 000", "10.0.0.1", ""), 14)
    waits = [one for one in found if isinstance(one, throttle.WaitError)]
    assert (len(found), len(waits)) == (14, 6), "eight tries and no more"


def test_another_address_does_not_help_who_guesses_one_account(store: Store) -> None:
    secured(store)
    for number in range(8):
        with pytest.raises(Problem, match="wrong"):
            signing_in.sign_in(store, "olga", "wrong and long", "", f"10.0.0.{number}", "")
    with pytest.raises(throttle.WaitError):
        signing_in.sign_in(store, "olga", GOOD, "", "10.9.9.9", "")


@pytest.mark.parametrize("code", ["../../etc", "ru\r\nSet-Cookie: a=b", "<script>", "", "en'"])
def test_a_language_that_is_none_is_english(code: str) -> None:
    i18n.use(code)
    assert i18n.language() == i18n.SOURCE


def test_no_secret_and_no_number_is_logged(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secret = secured(store)
    signed = signing_in.sign_in(store, "olga", GOOD, pyotp.TOTP(secret).now(), "10.0.0.1", "")
    take(store, "id,started_at,direction,client,answered\nc1,2026-03-02T09:00,inbound,+79005550101,true\n")
    with pytest.raises(Problem):
        signing_in.sign_in(store, "olga", "another long word", "", "10.0.0.1", "")
    logged = caplog.text
    assert not [one for one in (GOOD, secret, signed, "another long word", "9005550101") if one in logged]
    kept = repr(load(oidc_client_secret="s3cret-of-ours"))
    assert not re.search("s3cret", kept)

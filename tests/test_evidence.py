"""Evidence packs: what is in them, that hashes and bytes hold, that nothing missing is kept quiet, that nothing is run."""

import csv
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest

from calldash import audit, evidence, i18n
from calldash.marking import marks
from calldash.problems import Problem
from calldash.store import Store
from calldash.transcripts import Line, kept
from tests.conftest import Opener
from tests.drawn import draw
from tests.recorded import save, spoken

ROOT = Path(__file__).parents[1]
DOCUMENT = (ROOT / "docs/evidence.md").read_text()
CLIENT = "+79000000065"
CALLS = """
id | started_at  | direction | client | line         | answered | wait_s | talk_s | employee | queue | source  | recording                 | cost
c1 | 10:00       | in        | A      | +74950000001 | no       | 25     | 0      | <b>x</b> | =1+1  | a,b"c   |                           |
c2 | 10:20       | out       | A      | +74950000001 | yes      |        | 90     | Ann      |       |         | 2026/79000000065.wav      | 2.50
c3 | +1 23:59:30 | in        | A      | +74950000001 | yes      | 5      | 100    | Bob      | Sales |         | none.wav                  |
c4 | +2 00:00    | in        | A      | 101          | yes      | 5      | 10     | -cmd     |       |         | https://example.org/1.mp3 |
c5 | +2 09:00    | in        | A      | 101          | yes      | 5      | 10     | Ann      |       |         | 2026/79000000065.wav      |
c6 | +2 10:00    | in        | B      | 101          | yes      | 5      | 10     | Ann      |       |         | ../secret.wav             |
"""


@pytest.fixture
def store(open_here: Opener, tmp_path: Path) -> Store:
    """Six calls of two clients; one recording that two calls share, a transcript, two marks."""
    opened = open_here(recordings=tmp_path / "recordings")
    draw(opened, CALLS)
    save(tmp_path / "recordings/2026/79000000065.wav", spoken("##..", "..##"))
    lines = [Line(0.5, 2.0, "agent", "Hello <i>"), Line(2.5, 3.0, "client", "Да")]
    kept.put(opened, [("plain", "c2")], lines, "talk.json", "ab" * 32, "en")
    numbers = dict(opened.rows("SELECT id, call_no FROM calls"))
    marks.put(opened, "Ann <i>", "note", '=call "again"', [numbers["c3"]])
    marks.put(opened, audit.LOCAL, "target", "yes", [numbers["c4"]])
    return opened


def taken(store: Store, since: date | None = None, until: date | None = None) -> bytes:
    _pack, parts = evidence.handed(store, "Ann", evidence.of_number(store, "8 (900) 000-00-65", since, until))
    return b"".join(parts)


def opened(content: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: archive.read(name) for name in archive.namelist()}


def manifest(files: dict[str, bytes]) -> dict:
    return json.loads(files["manifest.json"])


def table(files: dict[str, bytes], name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(files[name].decode("utf-8-sig"), newline="")))


def test_the_pack_has_everything_under_names_without_the_number(store: Store) -> None:
    assert list(opened(taken(store))) == [
        "README.txt", "SHA256SUMS", "as_counted.csv", "as_counted.json", "as_imported.csv", "as_imported.json",
        "definitions.json", "definitions.txt", "index.html", "manifest.json",
        "recordings/002_2026-03-02_10-20-00.wav",
        "transcripts/002_2026-03-02_10-20-00.json", "transcripts/002_2026-03-02_10-20-00.txt",
    ]  # fmt: skip
    assert evidence.of_number(store, CLIENT, until=date(2026, 3, 2)).file_name == "evidence_0065_2026-03-02.zip"


def test_no_clock_and_no_machine_stand_in_the_archive(store: Store) -> None:
    for entry in zipfile.ZipFile(io.BytesIO(taken(store))).infolist():
        assert (entry.date_time, entry.create_system, entry.external_attr) == ((1980, 1, 1, 0, 0, 0), 3, 0o100644 << 16)


def test_the_same_bytes_again_and_in_other_processes(store: Store, open_here: Opener, tmp_path: Path) -> None:
    first = taken(store)
    assert taken(store) == first
    store.close()
    settings = {"DB": tmp_path / "calls.duckdb", "DATA": tmp_path, "RECORDINGS": tmp_path / "recordings"}
    here = {f"CALLDASH_{name}": str(path) for name, path in settings.items()}
    for seed, spelling in (("1", CLIENT), ("2", "8 900 000 00 65")):
        out = tmp_path / f"{seed}.zip"
        command = [sys.executable, "-m", "calldash", "evidence", spelling, "--out", str(out), "--lang", "en"]
        subprocess.run(
            command, cwd=ROOT, env=os.environ | here | {"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"}, check=True
        )
        assert out.read_bytes() == first


def test_other_clients_and_later_days_change_nothing_of_what_is_settled(store: Store) -> None:
    draw(store, "id | started_at | direction | client | answered\nz1 | +20 10:00 | in | B | yes", name="b.csv")
    settled = taken(store)
    draw(store, "id | started_at | direction | client | answered\nz2 | +40 10:00 | in | B | yes", name="c.csv")
    assert taken(store) == settled


def test_every_file_has_its_hash(store: Store) -> None:
    files = opened(taken(store))
    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    assert sums == {name: hashlib.sha256(files[name]).hexdigest() for name in files if name != "SHA256SUMS"}
    listed = {one["name"]: (one["bytes"], one["sha256"]) for one in manifest(files)["files"]}
    assert listed == {name: (len(files[name]), sums[name]) for name in sums if name != "manifest.json"}
    page = files["index.html"].decode()
    for name in files:
        if name.startswith(("recordings/", "transcripts/")):
            assert f'href="{name}"' in page
            assert sums[name] in page


def test_sha256sum_finds_them_right(store: Store, tmp_path: Path) -> None:
    zipfile.ZipFile(io.BytesIO(taken(store))).extractall(tmp_path / "out")
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path / "out", check=True)
    (tmp_path / "out/as_counted.csv").write_text("x")
    assert subprocess.run(["sha256sum", "--check", "SHA256SUMS"], cwd=tmp_path / "out", check=False).returncode == 1


def test_recordings_are_the_original_bytes_and_shared_ones_lie_there_once(store: Store, tmp_path: Path) -> None:
    files = opened(taken(store))
    name = "recordings/002_2026-03-02_10-20-00.wav"
    assert files[name] == (tmp_path / "recordings/2026/79000000065.wav").read_bytes()
    assert [call["recording"]["file"] for call in manifest(files)["calls"]] == [None, name, None, None, name]


def test_what_is_missing_is_listed_with_its_reason(store: Store) -> None:
    files = opened(taken(store))
    assert [(one["number"], one["named"], one["why"]) for one in manifest(files)["missing"]] == [
        (3, "none.wav", "The recording none.wav is missing."),
        (4, "https://example.org/1.mp3", "The recording lies at the provider and has not been fetched yet."),
    ]
    page = files["index.html"].decode()
    assert '<a href="#call-3">No. 3</a>: The recording none.wav is missing.' in page
    assert evidence.counts(store, evidence.of_number(store, CLIENT)) == evidence.Counts(5, 2, 1, 1)


def test_a_path_out_of_the_folder_is_refused_and_a_damaged_file_is_taken_with_a_note(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "secret.wav").write_bytes((tmp_path / "recordings/2026/79000000065.wav").read_bytes())
    (tmp_path / "recordings/none.wav").write_bytes(b"RIFF\0\0\0\0WAVEfmt broken")
    _pack, parts = evidence.handed(store, "Ann", evidence.of_number(store, "+79000000066"))
    (told,) = manifest(opened(b"".join(parts)))["calls"]
    assert told["recording"]["file"] is None
    assert told["recording"]["why_missing"] == "The recording lies outside the recordings folder."
    files = opened(taken(store))
    assert files["recordings/003_2026-03-03_23-59-30.wav"] == b"RIFF\0\0\0\0WAVEfmt broken"
    assert manifest(files)["calls"][2]["recording"]["notes"] == [
        "The recording none.wav is damaged: its beginning cannot be read."
    ]


def test_the_rows_stand_as_they_came_with_their_source(store: Store, tmp_path: Path) -> None:
    files = opened(taken(store))
    found = table(files, "as_imported.csv")
    source = hashlib.sha256((tmp_path / "calls.csv").read_bytes()).hexdigest()
    lines = (tmp_path / "calls.csv").read_text().splitlines()
    assert [(row[0], row[2], row[3], row[4], row[5], row[8]) for row in found[1:]] == [
        (str(number), f"c{number}", "calls.csv", source, str(number + 1), lines[number]) for number in range(1, 6)
    ]
    assert [one["sha256"] for one in manifest(files)["imports"]] == [source]


def test_nothing_in_a_cell_is_run_and_json_has_it_as_it_is(store: Store) -> None:
    files = opened(taken(store))
    head, *rows = table(files, "as_counted.csv")
    by_name = [dict(zip(head, row, strict=True)) for row in rows]
    assert [by_name[0][name] for name in ("Employee", "Queue", "Source")] == ["<b>x</b>", "'=1+1", 'a,b"c']
    assert (by_name[2]["Note"], by_name[3]["Employee"]) == ('\'=call "again"', "'-cmd")
    told = json.loads(files["as_counted.json"])["rows"]
    assert (told[0]["queue"], told[2]["note"], told[3]["employee"]) == ("=1+1", '=call "again"', "-cmd")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_page_is_whole_and_shows_text_as_text(store: Store, language: str) -> None:
    i18n.use(language)
    page = opened(taken(store))["index.html"].decode()
    assert "<b>x</b>" not in page and "&lt;b&gt;x&lt;/b&gt;" in page
    assert "Ann &lt;i&gt;" in page and "=call &quot;again&quot;" in page and "a,b&quot;c" in page
    assert not re.search(r"<script|<link|<img|https?://(?!example\.org/1\.mp3)", page)
    assert f'<html lang="{language}">' in page
    assert page.count("<article") == 5
    assert "$" not in page


def test_the_page_says_when_who_why_and_what_people_said(store: Store) -> None:
    page = opened(taken(store))["index.html"].decode().replace("\u00a0", " ")
    for words in (
        "No. 3: 03/03/2026 23:59:30 – 04/03/2026 00:01:15",
        "+7 495 000-00-01",
        "First callback at 02/03/2026 10:20:00, after 19:35: late, the target is 15:00.",
        "Target: people marked it so.",
        "who sat at the app: Target call: Target",
        "File calls.csv, line 4, imported",
        "Europe/Moscow",
        "<dt>Missed calls</dt><dd>1</dd>",
        "<dt>Recordings here</dt><dd>2</dd>",
    ):
        assert words in page, words


def test_a_period_is_of_local_days_both_within(store: Store) -> None:
    def ids(since: date | None, until: date | None) -> list[str]:
        return [call["id"] for call in manifest(opened(taken(store, since, until)))["calls"]]

    second, third, fourth = (date(2026, 3, day) for day in (2, 3, 4))
    assert ids(second, second) == ["c1", "c2"]
    assert ids(third, third) == ["c3"]
    assert ids(fourth, None) == ["c4", "c5"]
    assert ids(None, third) == ["c1", "c2", "c3"]
    assert ids(fourth + timedelta(days=1), None) == []


def test_an_empty_period_is_said(store: Store) -> None:
    files = opened(taken(store, date(2027, 1, 1)))
    assert "There are no calls of this client in the period." in files["index.html"].decode()
    assert manifest(files)["question"] == {
        "client": CLIENT, "since": "2027-01-01", "until": None, "zone": "Europe/Moscow", "language": "en",
    }  # fmt: skip


def test_the_definitions_are_those_in_force(store: Store) -> None:
    files = opened(taken(store))
    told = json.loads(files["definitions.json"])
    assert {one["name"]: one["value"] for one in told["settings"]}["short_abandon_s"] == "5"
    (share,) = (one for one in told["figures"] if one["key"] == "missed_share")
    assert share["definition"] == "Missed calls / inbound calls."
    assert "Missed share (missed_share): Missed calls / inbound calls." in files["definitions.txt"].decode()


def test_a_recording_that_changes_meanwhile_is_no_evidence(store: Store, tmp_path: Path) -> None:
    _pack, parts = evidence.handed(store, "Ann", evidence.of_number(store, CLIENT))
    with (tmp_path / "recordings/2026/79000000065.wav").open("ab") as file:
        file.write(b"more")
    with pytest.raises(Problem, match="changed while the pack was made"):
        list(parts)
    assert [line[2] for line in audit.trail(store, most=1)] == ["evidence"]


def test_calls_that_come_meanwhile_are_not_among_them(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from calldash.evidence import tables

    write = tables.write

    def late(*given: object) -> None:
        draw(store, "id | started_at | direction | client | answered\nz1 | +2 11:00 | in | A | yes", name="b.csv")
        write(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(tables, "write", late)
    files = opened(taken(store))
    assert len(table(files, "as_counted.csv")) == len(table(files, "as_imported.csv")) == 1 + 5


def test_the_trail_knows_who_took_which_bytes_and_no_file_stays(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "aside").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "aside"))
    content = taken(store, date(2026, 3, 2))
    assert list((tmp_path / "aside").iterdir()) == []
    (_at, who, action, subject, detail), (_before, _who, asked, _subject, _detail) = audit.trail(store, most=2)
    assert (who, action, asked) == ("Ann", "evidence taken", "evidence")
    told = json.loads(detail)
    assert subject == f"client {told['client_id']}"
    assert (told["calls"], told["files"], told["since"]) == (5, 13, "2026-03-02")
    assert told["sha256"] == hashlib.sha256(content).hexdigest()


_PEAK = """
import resource, sys
from pathlib import Path
from calldash.evidence import archive
from calldash.evidence.files import Files
files = Files(Path(sys.argv[1]))
files.write("recordings/1.bin", (bytes([number % 256]) * (1 << 20) for number in range(int(sys.argv[2]))))
assert max(len(part) for part in archive.parts(files.members())) < 2 << 20
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_ten_times_the_sound_needs_no_more_memory(tmp_path: Path) -> None:
    peaks = [
        int(subprocess.run([sys.executable, "-c", _PEAK, tmp_path, str(size)], capture_output=True, check=True, cwd=ROOT).stdout)
        for size in (6, 60)
    ]  # fmt: skip
    assert peaks[1] - peaks[0] < 10_000


def test_the_document_names_every_file(store: Store) -> None:
    told = set(re.findall(r"`([^`]+)`", "".join(re.findall(r"^\| (`.*?) \|", DOCUMENT, re.MULTILINE))))
    assert told == {name if "/" not in name else name.partition("/")[0] + "/" for name in opened(taken(store))}
    readme = opened(taken(store))["README.txt"].decode()
    assert all(readme.count(name.removesuffix(".json")) > 1 for name in told if name != "README.txt")

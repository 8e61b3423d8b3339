"""Which file is the recording of a call: by its path, by its name, never outside the folder."""

from datetime import datetime
from pathlib import Path

import pytest

from calldash import recordings
from calldash.problems import Problem
from calldash.recordings import index, patterns, places
from calldash.settings import load
from calldash.store import Store
from tests.drawn import cases, draw, take
from tests.recorded import wav

NAMES = """
setting    | path                                                        | id             | begun               | number      | line
freepbx    | 2026/03/02/out-89161234567-101-20260302-100500-1772435100.12 | 1772435100.12 | 2026-03-02 10:05:00 | 89161234567 | 101
freepbx    | 2026/03/02/external-101-89161234567-20260302-100500-1772435100.12 | 1772435100.12 | 2026-03-02 10:05:00 | 89161234567 | 101
freepbx    | q-600-+79161234567-20260302-100500-1772435100.12            | 1772435100.12  | 2026-03-02 10:05:00 | 79161234567 | 600
freepbx    | rg-700-anonymous-20260302-100500-1772435100.12              | 1772435100.12  | 2026-03-02 10:05:00 |             | 700
freepbx    | in-74950000000-89161234567-20260302-100500-pbx1-1772435100.12 | 1772435100.12 | 2026-03-02 10:05:00 | 89161234567 | 74950000000
freepbx    | exten-101-102-20261399-100500-1772435100.12                 | 1772435100.12  |                     | 102         | 101
freepbx    | holiday                                                     |                |                     |             |
mixmonitor | 1772435100.12                                               | 1772435100.12  |                     |             |
mixmonitor | 2026/auto-1772435100.12                                     | 1772435100.12  |                     |             |
mixmonitor | 20260302-100500-89161234567-101-1772435100.12               | 1772435100.12  | 2026-03-02 10:05:00 | 89161234567 | 101
{date}_{time}_{number} | 2026-03-02_10-05-07_+7916                       |                | 2026-03-02 10:05:07 | 7916        |
{date}/{line}/{time}-{number} | 2026/03/02/101/1005-89161234567          |                | 2026-03-02 10:05:00 | 89161234567 | 101
{line} {id} | 101 a-7(2)                                                  | a-7(2)         |                     |             | 101
mixmonitor, {number} | 89161234567                                       |                |                     | 89161234567 |
"""


@pytest.mark.parametrize("case", cases(NAMES), ids=lambda case: f"{case['setting']}: {case['path']}")
def test_a_name_tells_of_its_call(case):
    told = patterns.read(case["path"], patterns.patterns(case["setting"]))
    begun = datetime.fromisoformat(case["begun"]) if case["begun"] else None
    wanted = (case["id"] or None, begun, case["number"] or None, case["line"] or None)
    assert (told.call_id, told.begun_at, told.number, told.line) == wanted


@pytest.mark.parametrize("setting", ["free", "{any}", "{nobody}", "{number}-{number}", "{date}-{}", "x"])
def test_a_pattern_that_cannot_be_used_is_told(setting):
    with pytest.raises(Problem, match="recording_patterns"):
        patterns.patterns(f"freepbx, {setting}")


@pytest.mark.parametrize(
    "path", ["../secret.mp3", "inner/../../secret.mp3", "/etc/hostname", "link.mp3", "linked/secret.mp3", "..", "a\0b", "x" * 5000 + "/../../.."]
)  # fmt: skip
def test_a_path_that_leaves_the_folder_is_refused(tmp_path, path):
    folder = tmp_path / "recordings"
    (folder / "inner").mkdir(parents=True)
    (tmp_path / "secret.mp3").write_bytes(b"ID3")
    (folder / "link.mp3").symlink_to(tmp_path / "secret.mp3")
    (folder / "linked").symlink_to(tmp_path)
    with pytest.raises(Problem, match=r"outside the recordings folder|no valid path"):
        places.below(folder, path)


def test_links_are_told_from_files():
    assert places.is_link("https://example.org/1.mp3")
    assert places.is_link("HTTP://example.org/1.mp3")
    assert not places.is_link("http/1.mp3")
    assert not places.is_link("javascript:alert(1)")


CALLS = """
id            | started_at | direction | client      | answered | talk_s | recording
given         | 09:00      | in        | A           | true     | 60     | 2026/03/02/given.wav
named         | 09:05      | in        | A           | true     | 60     | named.wav
packed        | 09:06      | in        | A           | true     | 60     | packed.wav
gone          | 09:07      | in        | A           | true     | 60     | gone.wav
1772435100.12 | 10:05      | in        | +79161234567 | true    | 60     |
missed        | 11:00      | in        | +79161234567 | false   | 0      |
answered      | 11:00:20   | in        | +79161234567 | true    | 60     |
other         | 11:00:20   | in        | +79160000000 | true    | 60     |
nobody        | 11:00:20   | in        |             | true     | 60     |
later         | 11:05      | in        | +79161234567 | true    | 60     |
outside       | 12:00      | in        | A           | true     | 60     | ../calls.duckdb
"""
FILES = """
path                                                     | call
2026/03/02/given.wav                                     | given
2026/03/02/named.wav                                     | named
old/packed.mp3                                           | packed
2026/03/02/q-600-89161234567-20260302-100500-1772435100.12.wav | 1772435100.12
2026/03/02/q-600-89161234567-20260302-110025-1772438425.99.wav | answered
"""


@pytest.fixture
def filled(tmp_path: Path, open_here) -> Store:
    """Calls, and below the recordings folder the files of some."""
    store = open_here(recordings=tmp_path / "recordings", zone="Europe/Moscow")
    draw(store, CALLS)
    for case in cases(FILES):
        path = tmp_path / "recordings" / case["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        wav(path)
    return store


def numbers(store: Store) -> dict[str, int]:
    return dict(store.rows("SELECT id, call_no FROM calls"))


def test_each_file_is_found_for_its_call_and_no_other(filled, tmp_path):
    found = {}
    for name, number in numbers(filled).items():
        call = recordings.call_of(filled, number)
        try:
            path = recordings.file_of(filled, number)
        except Problem as problem:
            found[name] = str(problem)
        else:
            found[name] = str(path.relative_to(tmp_path / "recordings")) if path.exists() else "missing"
            assert recordings.is_there(filled, call)
    none = "There is no recording of this call here."
    wanted = dict.fromkeys(("missed", "other", "nobody", "later"), none) | {"gone": "missing"}
    wanted["outside"] = "The recording lies outside the recordings folder."
    assert found == {case["call"]: case["path"] for case in cases(FILES)} | wanted


def test_a_file_that_comes_or_goes_is_noticed_without_reading_all_again(filled, tmp_path, monkeypatch):
    monkeypatch.setattr(index, "_FRESH_S", 0)
    number = numbers(filled)["gone"]
    assert not recordings.file_of(filled, number).exists()
    read = []
    real = index._row
    monkeypatch.setattr(index, "_row", lambda folder, name, known: (read.append(name), real(folder, name, known))[1])
    late = tmp_path / "recordings/late/gone.wav"
    late.parent.mkdir()
    wav(late)
    assert recordings.file_of(filled, number) == late
    assert read == ["gone.wav"]
    late.unlink()
    assert not recordings.file_of(filled, number).exists()
    late.parent.rmdir()
    assert not recordings.file_of(filled, number).exists()
    assert filled.rows("SELECT count(*) FROM recording_files") == [(len(cases(FILES)),)]


def test_another_folder_or_pattern_means_another_list(filled, tmp_path, open_here):
    index.refresh(filled)
    (tmp_path / "elsewhere").mkdir()
    wav(tmp_path / "elsewhere/1-named.wav")
    for setting, known in (("freepbx", None), ("{number}-{id}", "named")):
        store = open_here(recordings=tmp_path / "elsewhere", recording_patterns=setting)
        index.refresh(store)
        assert store.rows("SELECT name, call_id FROM recording_files") == [("1-named.wav", known)]


def test_a_call_of_several_channels_is_found_by_any_of_their_ids(open_here, tmp_path):
    store = open_here(recordings=tmp_path / "recordings")
    columns = "calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,amaflags,accountcode,uniqueid,userfield,linkedid"
    row = "2026-03-02 10:05:00,,89161234567,74950000000,from-trunk,SIP/t-1,SIP/101-1,Dial,SIP/101,60,50,ANSWERED,3,,{},,1772435100.1"
    take(store, "\n".join([columns, row.format("1772435100.1"), row.format("1772435101.7")]), "cdr.csv")
    (tmp_path / "recordings").mkdir()
    wav(tmp_path / "recordings/1772435101.7.wav")
    assert recordings.file_of(store, next(iter(numbers(store).values()))).name == "1772435101.7.wav"


def test_the_demo_recordings_are_there_whatever_the_settings_say(tmp_path):
    settings = load(recordings=tmp_path / "nowhere")
    assert places.below(places.folder_of(settings, "demo"), "demo/ru_sales.mp3").exists()
    assert not places.below(places.folder_of(settings, "plain"), "demo/ru_sales.mp3").exists()


@pytest.mark.parametrize(
    ("setting", "system", "channel"),
    [("left", "pbx", 0), ("right", "pbx", 1), ("left, pbx=right", "pbx", 1), ("right,office = left, pbx= right", "office", 0)],
)  # fmt: skip
def test_the_side_of_the_agent_is_a_setting_of_the_system(setting, system, channel):
    assert recordings.agent_channel(load(agent_channel=setting), system) == channel


@pytest.mark.parametrize("setting", ["middle", "pbx=left", "left, pbx", "left, pbx=both", ""])
def test_a_side_that_there_is_not_is_told(setting):
    with pytest.raises(Problem, match="agent_channel"):
        load(agent_channel=setting)

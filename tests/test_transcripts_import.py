"""Transcripts to their calls by name, through commands too; what is not attached is told, and nothing is lost."""

import json
from pathlib import Path

import pytest

from calldash import audit
from calldash.commands import run
from calldash.problems import Problem
from calldash.transcripts import exporting, importing, lines
from tests.drawn import cases, draw

CALLS = """
id    | started_at | direction | client | answered | talk_s | recording
c1    | 09:00      | in        | A      | true     | 60     | 2026/in-1.WAV
c2    | 09:10      | in        | B      | true     | 60     | https://example.org/r/two.mp3?x=1
c3    | 09:20      | in        | B      | true     | 60     | a/same.mp3
c4    | 09:30      | in        | B      | true     | 60     | b/same.mp3
c5    | 09:40      | in        | B      | true     | 60     | twice.mp3
c6    | 09:50      | in        | B      | true     | 60     | twice.mp3
1.2   | 09:55      | in        | B      | true     | 60     |
"""
NAMES = """
file          | calls
in-1.json     | c1
IN-1.wav.vtt  | c1
two.srt       | c2
twice.json    | c5 c6
1.2.json      | 1.2
c3.json       | c3
same.json     | The name fits 2 recordings: name the call with --system and --id.
other.json    | No call has a recording of this name, nor such an id.
"""
JSON = '[{"start": 0, "end": 1, "text": "да", "speaker": "agent"}, {"start": 1, "end": 2, "text": "нет", "channel": 1}]'
SRT = "1\n00:00:01,000 --> 00:00:02,000\nдругое\n"


def texts(store, call_id: str) -> list[str]:
    return [f"{line.who}:{line.text}" for line in lines(store, "plain", call_id)]


@pytest.mark.parametrize("case", cases(NAMES), ids=lambda case: case["file"])
def test_the_name_of_the_file_tells_the_call(store, tmp_path, case):
    draw(store, CALLS)
    path = tmp_path / case["file"]
    path.write_text(JSON)
    receipt = importing.import_files(store, [path])[0]
    assert (
        str(receipt.trouble) if receipt.trouble else " ".join(sorted(one for _system, one in receipt.calls))
    ) == case["calls"]


def test_importing_again_replaces(store, tmp_path):
    draw(store, CALLS)
    importing.import_for(store, JSON.encode(), "x.json", "plain", "c1")
    assert texts(store, "c1") == ["agent:да", "client:нет"]
    importing.import_for(store, SRT.encode(), "x.srt", "plain", "c1")
    assert texts(store, "c1") == [":другое"]
    with pytest.raises(Problem):
        importing.import_for(store, b"[{}]", "x.json", "plain", "c1")
    assert texts(store, "c1") == [":другое"]


def test_the_side_of_a_channel_is_the_systems_setting(open_here):
    store = open_here(agent_channel="left, plain = right")
    draw(store, CALLS)
    importing.import_for(store, JSON.encode(), "x.json", "plain", "c1")
    assert texts(store, "c1") == ["agent:да", "agent:нет"]


def test_a_transcript_outlives_a_reimport_of_its_call(store):
    draw(store, CALLS)
    importing.import_for(store, JSON.encode(), "x.json", "plain", "c1")
    before = store.rows("SELECT call_no FROM calls WHERE id = 'c1'")
    draw(store, CALLS.replace("| 60     | 2026", "| 61     | 2026"))
    assert store.rows("SELECT call_no FROM calls WHERE id = 'c1'") != before
    assert texts(store, "c1") == ["agent:да", "client:нет"]


def test_a_folder_with_good_and_bad_files(store, tmp_path):
    draw(store, CALLS)
    folder = tmp_path / "texts"
    (folder / "deep").mkdir(parents=True)
    (folder / "in-1.json").write_text(JSON)
    (folder / "deep/two.srt").write_text(SRT)
    (folder / "twice.json").write_text("{")
    (folder / "notes.txt").write_text("nothing")
    outcome = run(store, "transcripts import", {"paths": [str(folder)]}, lambda _share: None)
    assert outcome.code == 1
    assert outcome.text.split("\n") == [
        "two.srt: 1 line, attached to 1 call",
        "in-1.json: 2 lines, attached to 1 call",
        "twice.json: Line 1: this is no JSON, or it breaks off there.",
        "Transcripts attached: 2, not attached: 1",
    ]
    assert texts(store, "c5") == []


WRONG = """
arguments                                | said
{"paths": ["none.json"]}                 | There is no file none.json.
{"paths": ["."], "system": "plain"}      | --system and --id name a call only together.
{"paths": ["c1.json"], "system": "plain", "id": "c9"} | There is no call c9 of plain.
{"paths": ["c1.json", "c1.json"], "system": "plain", "id": "c1"} | --system and --id name one call: give one file.
"""


@pytest.mark.parametrize("case", cases(WRONG), ids=lambda case: case["said"])
def test_what_the_command_refuses(store, tmp_path, monkeypatch, case):
    draw(store, CALLS)
    monkeypatch.chdir(tmp_path)
    Path("c1.json").write_text(JSON)
    outcome = run(store, "transcripts import", json.loads(case["arguments"]), lambda _share: None)
    assert (outcome.text, outcome.code) == (case["said"], 1)
    assert texts(store, "c1") == []


def test_a_transcript_leaves_by_one_door_that_is_watched(store, tmp_path):
    draw(store, CALLS)
    importing.import_for(store, JSON.encode(), "x.json", "plain", "c1")
    asked = {"system": "plain", "id": "c1", "format": "txt"}
    assert run(store, "transcripts export", asked, lambda _share: None).text.startswith("[00:00:00] Employee: да")
    to = tmp_path / "out.vtt"
    run(store, "transcripts export", asked | {"format": "vtt", "to": str(to)}, lambda _share: None)
    assert to.read_text().startswith("WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n<v agent>да</v>")
    assert [(line[2], line[3]) for line in audit.trail(store)] == [("export transcript", "plain/c1")] * 2
    assert run(store, "transcripts export", asked | {"format": "doc"}, lambda _share: None).code == 1
    with pytest.raises(Problem, match="no transcript"):
        exporting.text_of(store, audit.LOCAL, "plain", "c2", "txt")


def test_the_demo_has_transcripts(store):
    assert run(store, "demo", {"day": "2026-03-06"}, lambda _share: None).code == 0
    recorded, with_lines = store.rows(
        "SELECT count(*), count(t.id) FROM calls c LEFT JOIN transcripts t ON t.system = c.system AND t.id = c.id "
        "WHERE c.recording IS NOT NULL"
    )[0]
    assert recorded == with_lines > 300

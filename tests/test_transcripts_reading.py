"""Transcripts from the files of recognisers: what is read, and which line is wrong where it cannot be."""

import json
from pathlib import Path

import pytest

from calldash.problems import Problem
from calldash.transcripts.lines import Line, Spoken, as_line
from calldash.transcripts.reading import read
from calldash.transcripts.writing import FORMATS
from tests.drawn import cases

DEMO = Path(__file__).parents[1] / "data/demo"
SHAPES = {
    "a list": [{"start": 1.5, "end": 2, "text": "да", "speaker": "agent"}],
    "segments": {"segments": [{"start": 1.5, "end": 2.0, "text": " да ", "who": "agent"}], "language": "ru"},
    "milliseconds": {"utterances": [{"start": 1500, "end": 2000, "text": "да", "speaker": "agent"}]},
    "named milliseconds": {"lines": [{"start_ms": 1500, "end_ms": 2000, "text": "да", "role": "agent"}]},
    "a channel with a name": {"channels": {"left": "agent"}, "segments": [{"start": "1.5", "end": "2", "text": "да", "channel": 0}]},
    "utterances below results": {"results": {"utterances": [{"start": 1.5, "end": 2, "transcript": "да", "speaker": "agent"}]}},
    "clocks": {"transcription": [{"timestamps": {"from": "00:00:01,500", "to": "00:00:02,000"}, "text": "да", "speaker": "agent"}]},
    "words of a chunk": {"response": {"chunks": [{"speaker": "agent", "alternatives": [
        {"text": "да", "words": [{"startTime": "1.5s", "endTime": "1.7s"}, {"startTime": "1.8s", "endTime": "2s"}]}]}]}},
    "words of a result": [{"text": "да", "speaker": "agent", "result": [{"start": 1.5, "end": 2.0, "word": "да"}]}],
}  # fmt: skip
VTT = """\ufeffWEBVTT - разговор

NOTE Двое
говорят

1
00:01.500 --> 00:03.000 align:start
<v.loud Оператор>Добрый <i>день</i> &amp; спасибо</v>

01:00:04.000 --> 01:00:05.250
<v Anna>раз</v>
<v Boris>два</v>

00:07.000 --> 00:08.000
Клиент: слушаю
"""
SRT = (
    "1\r\n00:00:01,500 --> 00:00:03,000\r\nДобрый\r\nдень\r\n\r\n2\r\n00:00:04,000 --> 00:00:05,000\r\nДа: конечно\r\n"
)
WRONG = """
text                                                          | said
WEBVTT\\n\\n00:01.000 --> никогда\\nда                           | Line 3: 00:01.000 --> никогда are no times such as 00:01.500 --> 00:03.000.
WEBVTT\\n\\n00:03.000 --> 00:01.000\\nда                         | Line 3: the end is before the start.
1\\n00:00:01,000 --> 00:00:02,000\\nда\\n\\nлишнее                | Line 5: a time such as 00:01.500 --> 00:03.000 is missing.
{"segments": [\\n{"start": 1,                                  | Line 2: this is no JSON, or it breaks off there.
{"segments": []}                                              | The JSON has no list of what was said: segments, utterances or the like.
[{"start": 0, "end": 1, "text": "a"}, {"start": 1, "end": 2}] | Stretch 2: its text is missing.
[{"start": 0, "text": "a"}]                                   | Stretch 1: its start or its end is missing or is no time.
[{"start": -1, "end": 1, "text": "a"}]                        | Stretch 1: its start or its end is missing or is no time.
[{"start": NaN, "end": 1, "text": "a"}]                       | Stretch 1: its start or its end is missing or is no time.
[{"start": 2, "end": 1, "text": "a"}]                         | Stretch 1: the end is before the start.
[{"start": 0, "end": 1, "text": " "}]                         | The file has no words.
просто текст                                                  | This is no transcript: JSON, WebVTT or SubRip is expected.
\\n                                                            | The file is empty.
"""


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_json_in_the_shapes_of_recognisers(shape):
    found = read(json.dumps(shape, ensure_ascii=False).encode())
    assert [as_line(one, 0) for one in found.spoken] == [Line(1.5, 2.0, "agent", "да", "agent")]


def test_whole_seconds_are_no_milliseconds():
    assert read(b'[{"start": 60, "end": 64, "text": "well, yes"}]').spoken == (Spoken(60, 64, "well, yes"),)


def test_the_recordings_of_the_demo():
    found = read((DEMO / "ru_sales.json").read_bytes())
    assert found.language == "ru"
    assert [as_line(one, 0).who for one in found.spoken] == ["agent", "client"] * 4 + ["agent"]
    assert found.spoken[5] == Spoken(34.62, 37.29, "Подождите, а установка платная?", "customer")


def test_vtt_with_voices_notes_and_times_without_hours():
    assert read(VTT.encode()).spoken == (
        Spoken(1.5, 3, "Добрый день & спасибо", "Оператор"),
        Spoken(7, 8, "слушаю", "Клиент"),
        Spoken(3604, 3605.25, "раз", "Anna"),
        Spoken(3604, 3605.25, "два", "Boris"),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_srt_in_any_encoding(encoding):
    assert read(SRT.encode(encoding)).spoken == (Spoken(1.5, 3, "Добрый день"), Spoken(4, 5, "Да: конечно"))


@pytest.mark.parametrize("case", cases(WRONG), ids=lambda case: case["said"])
def test_what_cannot_be_understood_is_said_with_its_place(case):
    with pytest.raises(Problem) as told:
        read(case["text"].replace("\\n", "\n").encode())
    assert str(told.value) == case["said"]


@pytest.mark.parametrize(
    ("speaker", "channel", "who"),
    [
        ("Менеджер", 1, "agent"),
        ("CUSTOMER", None, "client"),
        ("SPEAKER_00", 1, "agent"),
        ("", 0, "client"),
        ("Anna", None, ""),
    ],
)
def test_who_speaks_by_name_or_by_channel(speaker, channel, who):
    assert as_line(Spoken(0, 1, "да", speaker, channel), 1).who == who


@pytest.mark.parametrize("name", ["vtt", "json"])
def test_what_is_written_can_be_read(name):
    lines = [
        Line(0.04, 3599.999, "agent", "5 > 3 & <да>", "SPEAKER_00"),
        Line(3600, 3601.5, "client", "Ёж"),
        Line(3601.5, 3602, "", "кто?", "Anna & Co"),
        Line(3602, 3603, "", "никто"),
    ]
    found = read(FORMATS[name].write(lines, "ru").encode()).spoken
    back = [as_line(one, 0) for one in found]
    assert [(one.start_s, one.end_s, one.who, one.text) for one in back] == [
        (one.start_s, one.end_s, one.who, one.text) for one in lines
    ]
    assert back[2].speaker == "Anna & Co"


def test_plain_text_is_to_be_read_by_people():
    lines = [Line(61.9, 62, "agent", "Да"), Line(3600, 3601, "", "Нет", "Anna")]
    assert FORMATS["txt"].write(lines, None) == "[00:01:01] Employee: Да\n[01:00:00] Anna: Нет\n"

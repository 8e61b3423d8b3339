"""What a file of sound is, what is wrong with it, its copy for browsers and its picture."""

import shutil
import threading
from pathlib import Path

import pytest
import soundfile

from calldash.problems import Problem
from calldash.recordings import checking, keeping, peaks, transcoding
from calldash.settings import Settings, load
from tests.drawn import cases
from tests.recorded import cut, save, spoken, wav

# ending | format and packing as soundfile names them | what it is | whether browsers play it
KINDS = """
name      | kind | packing        | found | played
a.wav     | WAV  | PCM_16         | WAV   | yes
a.WAV     | WAV  | GSM610         | WAV   | no
law.wav   | WAV  | ALAW           | WAV   | yes
mu.wav    | WAV  | ULAW           | WAV   | yes
ima.wav   | WAV  | IMA_ADPCM      | WAV   | no
a.mp3     | MP3  | MPEG_LAYER_III | MP3   | yes
a.ogg     | OGG  | OPUS           | Ogg   | yes
v.ogg     | OGG  | VORBIS         | Ogg   | yes
a.flac    | FLAC | PCM_16         | FLAC  | yes
a.gsm     | RAW  | GSM610         | GSM   | no
a.ulaw    | RAW  | ULAW           | ULAW  | no
a.sln     | RAW  | PCM_16         | SLN   | no
a.au      | AU   | ULAW           | AU    | no
"""
ONE = spoken("##..##")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load(data=tmp_path / "data", db=tmp_path / "calls.duckdb")


@pytest.mark.parametrize("case", cases(KINDS), ids=lambda case: case["name"])
def test_every_kind_is_known_by_its_content_and_made_playable(tmp_path, settings, case):
    path = save(tmp_path / case["name"], ONE, case["packing"], case["kind"])
    found = checking.check(path)
    assert (found.kind.name, found.kind.played, found.notes) == (case["found"], case["played"] == "yes", ())
    assert found.channels == 1
    assert found.seconds == pytest.approx(3, abs=0.1)
    played, kind = transcoding.playable(found, settings)
    assert (played == path) is found.kind.played
    assert kind.startswith("audio/")
    again = checking.check(played)
    assert again.kind.played
    assert again.seconds == pytest.approx(3, abs=0.2)
    picture = peaks.of(found, settings)
    assert picture and picture.seconds == pytest.approx(3, abs=0.2)


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_what_cannot_be_heard_is_refused_in_a_sentence(tmp_path):
    whole = wav(tmp_path / "whole.wav")
    (tmp_path / "folder.wav").mkdir()
    refused = {
        "none.mp3": "The recording none.mp3 is missing.",
        "folder.wav": "The recording folder.wav cannot be read.",
        "empty.mp3": "The recording empty.mp3 is empty.",
        "page.mp3": "The recording page.mp3 is not sound but text.",
        "page.ulaw": "The recording page.ulaw is not sound but text.",
        "zero.mp3": "The recording zero.mp3 is not sound, or of a kind that is not known here.",
        "one.mp3": "The recording one.mp3 is not sound, or of a kind that is not known here.",
        "head.wav": "The recording head.wav has a head but no sound in it.",
        "now.wav": "The recording now.wav was not finished, or is being written now.",
        "torn.wav": "The recording torn.wav is damaged: its beginning cannot be read.",
    }
    content = {
        "empty.mp3": b"", "page.mp3": b"<html>not found</html>", "page.ulaw": b"404 Not Found", "zero.mp3": bytes(900),
        "one.mp3": b"\xff", "head.wav": whole[:44], "now.wav": whole[:40] + bytes(5000), "torn.wav": whole[:30],
    }  # fmt: skip
    for name, sentence in refused.items():
        path = written(tmp_path, name, content[name]) if name in content else tmp_path / name
        with pytest.raises(Problem) as problem:
            checking.check(path)
        assert str(problem.value) == sentence


NOTES = """
name     | kind | packing        | what     | note
a.mp3    | WAV  | PCM_16         |          | The file is called .mp3, but it is WAV.
a.WAV    | MP3  | MPEG_LAYER_III |          | The file is called .WAV, but it is MP3.
a.raw    | WAV  | PCM_16         |          | The file is called .raw, but it is WAV.
a.gsm    | WAV  | GSM610         |          | The file is called .gsm, but it is WAV.
pcm.wav  | WAV  | PCM_16         | cut      | The recording breaks off: only 49 % of what its head promises is there.
gsm.wav  | WAV  | GSM610         | cut      | The recording breaks off: only 49 % of what its head promises is there.
opus.ogg | OGG  | OPUS           | cut      | The recording breaks off: the end of the file is missing.
open.wav | WAV  | PCM_16         | unfinished | The recording was not finished: its head does not say how long it is.
"""


@pytest.mark.parametrize("case", cases(NOTES), ids=lambda case: case["name"])
def test_what_is_odd_is_said_and_played_all_the_same(tmp_path, case):
    path = save(tmp_path / case["name"], spoken("####" * 30), case["packing"], case["kind"])
    if case["what"] == "cut":
        cut(path)
    elif case["what"] == "unfinished":
        content = bytearray(path.read_bytes())
        content[40:44] = b"\xff" * 4
        path.write_bytes(content)
    found = checking.check(path)
    assert [str(note) for note in found.notes] == [case["note"]]


@pytest.mark.parametrize(
    ("name", "kind", "packing"), [("a.mp3", "MP3", "MPEG_LAYER_III"), ("a.flac", "FLAC", "PCM_16")]
)
def test_an_end_that_only_the_whole_sound_tells_is_found_with_the_picture(tmp_path, settings, name, kind, packing):
    found = checking.check(cut(save(tmp_path / name, spoken("####" * 30), packing, kind)))
    assert found.notes == ()
    picture = peaks.of(found, settings)
    assert picture and picture.cut_short
    assert picture.seconds < 35 < 59 < picture.promised


def test_a_picture_shows_each_side_and_its_silences_are_those_of_both(tmp_path, settings):
    path = save(tmp_path / "a.wav", spoken("##......####", "....#...####"))
    picture = peaks.of(checking.check(path), settings)
    assert picture
    assert picture.values.shape == (120, 2)
    assert picture.values.max() == 128  # half as loud as can be
    assert [bool(picture.values[moment, 0]) for moment in (1, 19, 21, 79, 81)] == [True, True, False, False, True]
    assert not picture.values[:40, 1].any() and picture.values[41:49, 1].all()
    assert peaks.silences(picture) == [(1.25, 1.75), (2.75, 3.75)]


def test_a_picture_is_computed_once(tmp_path, settings, monkeypatch):
    found = checking.check(save(tmp_path / "a.wav", ONE))
    first = peaks.of(found, settings)
    monkeypatch.setattr(peaks, "opened", None)
    again = peaks.of(found, settings)
    assert first and again and (first.values == again.values).all()


def test_a_copy_is_made_once_however_many_ask(tmp_path, settings, monkeypatch):
    found = checking.check(save(tmp_path / "a.wav", spoken("####" * 20), "GSM610"))
    made = []
    real = transcoding._copy
    monkeypatch.setattr(transcoding, "_copy", lambda sound, part: (made.append(part), real(sound, part)))
    threads = [threading.Thread(target=transcoding.playable, args=(found, settings)) for _one in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    again = tmp_path / "elsewhere.wav"
    shutil.copy(found.path, again)
    transcoding.playable(checking.check(again), settings)
    assert len(made) == 1


def test_a_failed_copy_leaves_nothing(tmp_path, settings):
    path = tmp_path / "a.wav"
    soundfile.write(path, ONE, 7000, subtype="IMA_ADPCM", format="WAV")
    with pytest.raises(Problem, match="cannot be made playable"):
        transcoding.playable(checking.check(path), settings)
    assert [file for file in (tmp_path / "data").rglob("*") if file.is_file()] == []


def test_the_longest_unused_goes_when_there_is_no_room(tmp_path):
    folder = tmp_path / "kept"
    originals = [written(tmp_path, f"{number}", bytes([number]) * 10) for number in range(4)]

    def keep(original: Path) -> Path:
        return keeping.kept(folder, original, ".x", lambda part: part.write_bytes(bytes(400_000)) and None, 1)

    paths = [keep(original) for original in originals[:2]]
    keep(originals[0])  # used again: the second is now the longest unused
    paths += [keep(original) for original in originals[2:]]
    assert [path.exists() for path in paths] == [False, False, True, True]
    assert sorted(folder.iterdir()) == sorted(paths[2:])


def test_a_changed_original_is_another(tmp_path):
    path = written(tmp_path, "a", b"one")
    before = keeping.digest(path)
    path.write_bytes(b"other")
    assert keeping.digest(path) != before


def test_of_a_recording_too_long_neither_picture_nor_copy_is_made(tmp_path):
    strict = load(data=tmp_path / "data", recording_max_hours=0.0005)
    found = checking.check(save(tmp_path / "a.wav", ONE, "GSM610"))
    assert peaks.of(found, strict) is None
    with pytest.raises(Problem, match=r"longer than 0\.0005 h"):
        transcoding.playable(found, strict)

"""Recordings: which files are sent, in which parts, and in which words the rest is refused."""

import http.client
import struct
import threading
import time
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette

from calldash.problems import Problem
from calldash.server import recordings, routes, running
from calldash.server.recordings import find, is_link
from tests.drawn import cases, draw


def wav(path: Path, seconds: float = 1.0) -> bytes:
    """Silence as PCM at 8 kHz."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(2 * int(8000 * seconds)))
    return path.read_bytes()


def packed_wav(tag: int) -> bytes:
    """The head of a WAV file whose sound is packed as format `tag`."""
    sound = b"fmt " + struct.pack("<IHHIIHH", 16, tag, 1, 8000, 1625, 65, 0) + b"data" + struct.pack("<I", 0)
    return b"RIFF" + struct.pack("<I", 4 + len(sound)) + b"WAVE" + sound


HEADS = {
    "tagged.mp3": b"ID3\x04\x00",
    "bare.mp3": b"\xff\xfb\x90\x64",
    "old.mp3": b"\xff\xe3\x18\xc4",
    "plain.aac": b"\xff\xf1\x50\x80",
    "voice.ogg": b"OggS\x00\x02",
    "whole.flac": b"fLaC\x00",
    "phone.m4a": b"\x00\x00\x00\x20ftypM4A ",
    "pcm.WAV": packed_wav(1),
    "alaw.wav": packed_wav(6),
    "gsm.WAV": packed_wav(49),
    "ima.wav": packed_wav(17),
    "text.mp3": b"<html>not found</html>",
    "one.mp3": b"\xff",
    "empty.mp3": b"",
}
KINDS = """
file       | kind
tagged.mp3 | audio/mpeg
bare.mp3   | audio/mpeg
old.mp3    | audio/mpeg
plain.aac  | audio/aac
voice.ogg  | audio/ogg
whole.flac | audio/flac
phone.m4a  | audio/mp4
pcm.WAV    | audio/wav
alaw.wav   | audio/wav
"""
REFUSED = """
file                | sentence
gsm.WAV             | A browser cannot play gsm.WAV.
ima.wav             | A browser cannot play ima.wav.
text.mp3            | A browser cannot play text.mp3.
one.mp3             | A browser cannot play one.mp3.
empty.mp3           | The recording empty.mp3 is empty.
none.mp3            | The recording none.mp3 is missing.
2026/none.mp3       | The recording none.mp3 is missing.
inner               | The recording inner cannot be read.
../secret.mp3       | The recording lies outside the recordings folder.
inner/../../secret.mp3 | The recording lies outside the recordings folder.
/etc/hostname       | The recording lies outside the recordings folder.
link.mp3            | The recording lies outside the recordings folder.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A recordings folder with a file of each kind, and beside it one that must not be sent."""
    place = tmp_path / "recordings"
    (place / "inner").mkdir(parents=True)
    for name, head in HEADS.items():
        (place / name).write_bytes(head)
    secret = tmp_path / "secret.mp3"
    secret.write_bytes(HEADS["tagged.mp3"])
    (place / "link.mp3").symlink_to(secret)
    return place


@pytest.mark.parametrize("case", cases(KINDS), ids=lambda case: case["file"])
def test_a_file_is_what_it_begins_with(folder: Path, case: dict[str, str]) -> None:
    assert find(case["file"], folder) == (folder / case["file"], case["kind"])


@pytest.mark.parametrize("case", cases(REFUSED), ids=lambda case: case["file"])
def test_what_cannot_be_played_is_said_in_a_sentence(folder: Path, case: dict[str, str]) -> None:
    with pytest.raises(Problem) as problem:
        find(case["file"], folder)
    assert str(problem.value) == case["sentence"]


@pytest.mark.parametrize("name", ["a\0b.mp3", "x" * 5000])
def test_a_path_that_no_system_takes_is_no_crash(folder: Path, name: str) -> None:
    with pytest.raises(Problem):
        find(name, folder)


def test_the_demo_recordings_are_there_whatever_the_settings_say(tmp_path: Path, open_here) -> None:
    settings = open_here(recordings=tmp_path / "nowhere").settings
    assert recordings.of_call("demo/ru_sales.mp3", "demo", settings)[1] == "audio/mpeg"
    with pytest.raises(Problem):
        recordings.of_call("demo/ru_sales.mp3", "plain", settings)


def test_links_are_told_from_files() -> None:
    assert is_link("https://example.org/1.mp3")
    assert is_link("HTTP://example.org/1.mp3")
    assert not is_link("http/1.mp3")
    assert not is_link("javascript:alert(1)")


CALLS = """
started_at | direction | client | answered | talk_s | recording
09:00      | in        | A      | true     | 1      | one.wav
09:10      | in        | A      | true     | 1      |
09:20      | in        | A      | true     | 1      | https://example.org/1.mp3
09:30      | in        | A      | true     | 1      | ../app.duckdb
"""


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[http.client.HTTPConnection]:
    """Our routes on a port of their own, over a store with four calls."""
    monkeypatch.setenv("CALLDASH_DB", str(tmp_path / "app.duckdb"))
    monkeypatch.setenv("CALLDASH_RECORDINGS", str(tmp_path / "recordings"))
    monkeypatch.setenv("CALLDASH_LANGUAGE", "en")
    (tmp_path / "recordings").mkdir()
    wav(tmp_path / "recordings" / "one.wav")
    running.close()
    draw(running.store(), CALLS)
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes()), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    connection = http.client.HTTPConnection("127.0.0.1", server.servers[0].sockets[0].getsockname()[1], timeout=10)
    yield connection
    connection.close()
    server.should_exit = True
    thread.join()
    running.close()


def ask(server: http.client.HTTPConnection, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes, dict]:
    server.request(method, path, headers=headers)
    answer = server.getresponse()
    return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}


def numbers() -> dict[str, int]:
    return dict(running.store().rows("SELECT id, call_no FROM calls"))


def test_a_recording_comes_whole_or_in_the_part_asked_for(served, tmp_path: Path) -> None:
    content = (tmp_path / "recordings" / "one.wav").read_bytes()
    path = f"/recording/{numbers()['c1']}"
    status, body, headers = ask(served, path)
    assert (status, body, headers["content-type"]) == (200, content, "audio/wav")
    assert headers["x-content-type-options"] == "nosniff"
    status, body, headers = ask(served, path, Range="bytes=100-199")
    assert (status, body) == (206, content[100:200])
    assert headers["content-range"] == f"bytes 100-199/{len(content)}"
    assert ask(served, path, Range="bytes=-50")[1] == content[-50:]
    assert ask(served, path, Range=f"bytes={len(content)}-")[0] == 416
    assert ask(served, path, "HEAD")[:2] == (200, b"")


@pytest.mark.parametrize("call", ["c2", "c3"])
def test_a_call_without_a_file_has_none_to_play(served, call: str) -> None:
    assert ask(served, f"/recording/{numbers()[call]}")[:2] == (404, b"There is no recording of this call here.")


def test_nothing_outside_the_folder_is_sent(served) -> None:
    status, body, _ = ask(served, f"/recording/{numbers()['c4']}")
    assert (status, body) == (404, b"The recording lies outside the recordings folder.")


@pytest.mark.parametrize("name", ["999999999", "x", "..%2f..%2fetc%2fpasswd", "-1", str(10**30), str(10**60)])
def test_an_unknown_number_is_not_found(served, name: str) -> None:
    assert ask(served, f"/recording/{name}")[0] == 404

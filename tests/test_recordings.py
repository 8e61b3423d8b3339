"""The routes of recordings: in which parts they are sent, to whom, under which name, and what the audit trail says."""

import base64
import http.client
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.requests import Request

from calldash import audit
from calldash.problems import Problem
from calldash.server import gate, running
from tests.drawn import draw
from tests.recorded import save, spoken, wav
from tests.routed import ask, names, served

CALLS = """
id      | started_at | direction | client       | answered | talk_s | recording
one     | 09:00      | in        | +79161234567 | true     | 1      | one.wav
nothing | 09:10      | in        | A            | true     | 1      |
link    | 09:20      | in        | A            | true     | 1      | https://example.org/1.mp3
outside | 09:30      | in        | A            | true     | 1      | ../app.duckdb
gsm     | 09:40      | in        | +79161234567 | true     | 1      | gsm-89161234567.WAV
two     | 09:50      | in        | A            | true     | 6      | two.wav
long    | 09:55      | in        | A            | true     | 1      | long.wav
page    | 09:56      | in        | A            | true     | 1      | page.mp3
"""


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[http.client.HTTPConnection]:
    with served(tmp_path, monkeypatch) as connection:
        draw(running.store(), CALLS)
        folder = tmp_path / "recordings"
        wav(folder / "one.wav")
        save(folder / "gsm-89161234567.WAV", spoken("##.."), "GSM610")
        save(folder / "two.wav", spoken("##......####", "....#...####"))
        wav(folder / "long.wav", 90)
        (folder / "page.mp3").write_bytes(b"<html>404</html>")
        yield connection


def trail() -> list[tuple[str, str]]:
    """Action and call of each line of the audit trail, the oldest first; the settings of the test aside."""
    lines = reversed(audit.trail(running.store()))
    return [(action, subject) for _at, _who, action, subject, _detail in lines if action != "settings"]


def test_a_recording_comes_whole_or_in_the_part_asked_for(server, tmp_path):
    content = (tmp_path / "recordings/one.wav").read_bytes()
    path = f"/recording/{names()['one']}"
    status, body, headers = ask(server, path)
    assert (status, body, headers["content-type"]) == (200, content, "audio/wav")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "private, no-store"
    status, body, headers = ask(server, path, Range="bytes=100-199")
    assert (status, body) == (206, content[100:200])
    assert headers["content-range"] == f"bytes 100-199/{len(content)}"
    assert ask(server, path, Range="bytes=-50")[1] == content[-50:]
    assert ask(server, path, Range=f"bytes={len(content)}-")[0] == 416
    assert ask(server, path, "HEAD")[:2] == (200, b"")


def test_that_somebody_listens_is_noted_once_not_for_each_part(server):
    path = f"/recording/{names()['one']}"
    for part in ("bytes=0-1", "bytes=0-", "bytes=4000-", "bytes=8000-8100"):
        assert ask(server, path, Range=part)[0] == 206
    ask(server, path, "HEAD")
    assert trail() == [("listen", "plain/one")]
    ask(server, path)
    ask(server, f"{path}?download=1", "HEAD")
    ask(server, f"{path}?download=1")
    assert trail()[1:] == [("listen", "plain/one"), ("download", "plain/one")]


def test_what_browsers_cannot_play_comes_as_a_copy_and_is_downloaded_as_it_is(server, tmp_path):
    path = f"/recording/{names()['gsm']}"
    status, body, headers = ask(server, path, Range="bytes=0-99")
    assert (status, headers["content-type"], len(body)) == (206, "audio/mpeg", 100)
    status, body, headers = ask(server, f"{path}?download=1")
    assert body == (tmp_path / "recordings/gsm-89161234567.WAV").read_bytes()
    assert headers["content-disposition"] == f'attachment; filename="call-2026-03-02-09-40-{names()["gsm"][9:]}.wav"'


def test_the_picture_has_the_agent_first_and_the_silences_of_both(server, monkeypatch):
    status, body, _headers = ask(server, f"/recording/{names()['two']}/peaks")
    told = json.loads(body)
    sides = [base64.b64decode(side) for side in told["sides"]]
    assert (status, told["seconds"], told["silences"], told["notes"]) == (200, 6, [[1.25, 1.75], [2.75, 3.75]], [])
    assert [len(side) for side in sides] == [120, 120] and sides[0][0] and not sides[1][0]
    assert trail() == []
    object.__setattr__(running.store().settings, "agent_channel", "left, plain=right")
    turned = json.loads(ask(server, f"/recording/{names()['two']}/peaks")[1])
    assert turned["sides"] == told["sides"][::-1]


def test_a_recording_longer_than_its_call_says_so(server):
    told = json.loads(ask(server, f"/recording/{names()['long']}/peaks?lang=en")[1])
    sentence = "The recording is 1:30 long, but the call 0:01: the line was not hung up, or it is another call's."
    assert told["notes"] == [sentence]
    assert "1:30" in json.loads(ask(server, f"/recording/{names()['long']}/peaks?lang=ru")[1])["notes"][0]


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        ("nothing", "There is no recording of this call here."),
        ("link", "The recording lies at the provider and has not been fetched yet."),
        ("outside", "The recording lies outside the recordings folder."),
        ("page", "The recording page.mp3 is not sound but text."),
    ],
)
def test_what_there_is_not_is_told_in_a_sentence(server, call, sentence):
    for rest in ("", "/peaks", "?download=1"):
        assert ask(server, f"/recording/{names()[call]}{rest}")[:2] == (404, sentence.encode())
    assert trail() == []


@pytest.mark.parametrize(
    "name",
    [
        "1",
        "20260302-000000000000",
        "20269999-0c2f9a1be47d",
        "99999999-0c2f9a1be47d",
        "x",
        "..%2f..%2fetc%2fpasswd",
        "-1",
        str(10**30),
        str(10**60),
        "²",
    ],
)
def test_an_unknown_name_is_not_found(server, name):
    assert ask(server, f"/recording/{name.encode().decode('latin-1') if name != '²' else '%C2%B2'}")[0] == 404


def test_the_seconds_heard_are_noted(server):
    path = f"/recording/{names()['one']}/listened"
    assert ask(server, f"{path}?since=3&until=12.34", "POST")[0] == 204
    assert audit.trail(running.store())[0][4] == '{"since_s": 3.0, "until_s": 12.3}'
    for wrong in ("", "?since=1", "?since=5&until=4", "?since=-1&until=4", "?since=nan&until=4", "?since=1&until=inf"):
        assert ask(server, path + wrong, "POST")[0] == 404
    assert ask(server, f"{path}?since=1&until=2")[0] == 405
    assert len(trail()) == 1


def test_other_sites_and_other_machines_get_nothing(server):
    for path, method in (("", "GET"), ("/peaks", "GET"), ("/listened?since=1&until=2", "POST")):
        whole = f"/recording/{names()['one']}{path}"
        assert ask(server, whole, method, Sec_Fetch_Site="cross-site")[0] == 403
        assert ask(server, whole, method, Sec_Fetch_Site="same-origin")[0] in (200, 204)
    scope = {"type": "http", "method": "GET", "path": "/recording/1", "client": ("192.168.1.7", 5000)}
    scope |= {"scheme": "http", "headers": [(b"host", b"localhost:8501")]}
    with pytest.raises(Problem, match="only to the machine"):
        gate.allowed(Request(scope))
    assert gate.allowed(Request(scope | {"client": ("::1", 5000)})) == audit.LOCAL


def test_only_the_files_named_are_assets(server):
    status, body, headers = ask(server, "/assets/wavesurfer.esm.js")
    assert (status, headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert b"export" in body
    for name in ("LICENSE", "..%2fplayer.js", "x.js"):
        assert ask(server, f"/assets/{name}")[0] == 404

"""Taking an evidence pack: by the command, by the route, from the card of a call."""

import json
import shlex
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import Result
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from calldash import audit, evidence
from calldash.__main__ import app as commands
from calldash.server import routes, running
from calldash.store import Store
from tests.conftest import Opener
from tests.drawn import as_csv, calls, draw
from tests.patience import PATIENCE_S
from tests.recorded import wav

pytest_plugins = ("tests.in_app",)
DOCUMENT = (Path(__file__).parents[1] / "docs/evidence.md").read_text()

CALLS = """
started_at | direction | client | answered | talk_s | recording
10:00      | in        | A      | yes      | 60     |
10:20      | in        | B      | yes      | 60     | none.wav
+1 10:00   | in        | A      | no       | 0      |
"""
REFUSED = """
number         | more                                        | said
555            |                                             | There is no client with the number 555.
900000         |                                             | 900000 stands in the numbers of several clients: +79000000065, +79000000066.
+79000000065   | --since 2026-03-09 --until 2026-03-01       | The period ends (2026-03-01) before it begins (2026-03-09).
+79000000065   | --since yesterday                           | yesterday is not a day such as 2026-01-31.
+79000000065   | --lang de                                   | There is no language de. Known are: ru, en.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CALLDASH_LANGUAGE", "en")
    (tmp_path / "calls.csv").write_text(as_csv(calls(CALLS)), encoding="utf-8")
    assert run("import", "calls.csv").exit_code == 0
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, list(arguments))


def test_the_command_writes_the_pack_and_says_what_is_in_it(folder: Path) -> None:
    done = run("evidence", "8 (900) 000-00-65", "--out", "a.zip", "--until", "2026-03-02", "--lang", "ru")
    path = folder / "a.zip"
    assert done.stdout.startswith(f"{path}: calls 1, recordings 0, missing recordings 1, transcripts 0\nSHA-256 ")
    assert 'lang="ru"' in zipfile.ZipFile(path).read("index.html").decode()
    assert sorted(found.name for found in folder.iterdir()) == ["a.zip", "calls.csv", "data"]


@pytest.mark.parametrize("line", REFUSED.strip().splitlines()[1:])
def test_the_command_says_in_a_sentence_what_is_wrong(folder: Path, line: str) -> None:
    number, more, said = (cell.strip() for cell in line.split("|"))
    done = run("evidence", number, "--out", "a.zip", *more.split())
    assert (done.exit_code, done.stdout, done.stderr.strip()) == (1, "", said)
    assert not (folder / "a.zip").exists()


@pytest.fixture
def filled(app_store: Store) -> Store:
    draw(app_store, CALLS)
    return app_store


def client_id(store: Store, number: str = "+79000000065") -> int:
    return int(store.rows("SELECT client_id FROM clients WHERE client = ?", [number])[0][0])


def test_the_route_hands_out_the_pack_and_the_trail_knows(filled: Store) -> None:
    here = TestClient(Starlette(routes=routes()), "http://127.0.0.1", client=("127.0.0.1", 5000))
    answer = here.get(f"/evidence/{client_id(filled)}", params={"since": "2026-03-03", "lang": "ru"})
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''evidence_0065_2026-03-03.zip"
    files = zipfile.ZipFile(BytesIO(answer.content))
    told = json.loads(files.read("manifest.json"))
    assert ([call["id"] for call in told["calls"]], told["question"]["language"]) == (["c3"], "ru")
    lines = audit.trail(running.store(), f"client {client_id(filled)}")
    assert [(line[1], line[2]) for line in lines] == [("local", "evidence taken"), ("local", "evidence")]


@pytest.mark.parametrize("path", ["/evidence/999999", "/evidence/x", "/evidence/99999999999", "/evidence/-1"])
def test_the_route_knows_clients_only(filled: Store, path: str) -> None:
    here = TestClient(Starlette(routes=routes()), "http://127.0.0.1", client=("127.0.0.1", 5000))
    answer = here.get(path, params={"lang": "en"})
    assert (answer.status_code, answer.text) == (404, "There is no such client.")


def test_the_route_takes_no_nonsense_for_a_period(filled: Store) -> None:
    here = TestClient(Starlette(routes=routes()), "http://127.0.0.1", client=("127.0.0.1", 5000))
    answer = here.get(f"/evidence/{client_id(filled)}", params={"since": "2026-99-99", "lang": "en"})
    assert (answer.status_code, answer.text) == (404, "2026-99-99 is not a day such as 2026-01-31.")


def test_only_this_machine_may_take_a_pack(filled: Store) -> None:
    afar = TestClient(Starlette(routes=routes()), "http://127.0.0.1", client=("192.0.2.7", 5000))
    assert afar.get(f"/evidence/{client_id(filled)}").status_code == 403
    assert audit.trail(running.store()) == []


def test_the_card_tells_what_will_be_in_it_and_links_to_it(filled: Store) -> None:
    def page(number: int) -> None:
        import streamlit as st

        from calldash.ui import evidence, run

        st.query_params["lang"], st.query_params["since"] = "en", "2026-03-02"
        run.begin()
        run.begin_with_store()
        evidence._fields(number)

    test = AppTest.from_function(page, args=(client_id(filled),), default_timeout=PATIENCE_S).run()
    assert not test.exception
    assert test.markdown[0].value == "- 2 calls and messages\n- 0 recordings\n- 0 transcripts"
    (link,) = (one.proto.body for one in test.get("html") if "href" in one.proto.body)
    assert f'href="evidence/{client_id(filled)}?since=2026-03-02&amp;lang=en"' in link
    test.date_input[1].set_value("2026-03-02").run()
    assert test.markdown[0].value.startswith("- 1 call or message\n")
    test.date_input[1].set_value("2026-03-01").run()
    assert test.warning[0].value == "The period ends before it begins."


def test_the_command_of_the_document_runs(folder: Path) -> None:
    (line,) = (one.strip() for one in DOCUMENT.splitlines() if one.startswith("    python -m calldash"))
    done = run(*shlex.split(line)[3:])
    assert (done.exit_code, done.stderr) == (0, "")
    assert (folder / "evidence.zip").exists()


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[str]:
    """A provider on this machine that has the recording good.wav: its address."""
    (tmp_path / "provided").mkdir()
    wav(tmp_path / "provided/good.wav")
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path / "provided"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_recordings_at_the_provider_are_fetched_where_that_is_asked_for(
    open_here: Opener, provider: str, tmp_path: Path
) -> None:
    store = open_here(recording_hosts="127.0.0.0/8")
    draw(store, f"started_at | direction | client | answered | recording\n10:00 | in | A | yes | {provider}/good.wav")
    asked = evidence.of_client(store, client_id(store), fetch=True)
    assert evidence.counts(store, asked) == evidence.Counts(1, 0, 1, 0)
    content = b"".join(evidence.handed(store, audit.LOCAL, asked)[1])
    files = zipfile.ZipFile(BytesIO(content))
    assert files.read("recordings/001_2026-03-02_10-00-00.wav") == (tmp_path / "provided/good.wav").read_bytes()
    assert evidence.counts(store, asked) == evidence.Counts(1, 1, 0, 0)
    plain = evidence.of_client(store, client_id(store))
    assert b"".join(evidence.handed(store, audit.LOCAL, plain)[1]) == content

"""Files that leave calldash otherwise than as tables: whom for, what is in them, what the trail says of them."""

import ast
import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from calldash import audit
from calldash.filters import CallFilter
from calldash.people import Person, accounts, invitations, sessions, viewer
from calldash.privacy import erasing
from calldash.problems import Problem
from calldash.server import routes
from calldash.server.entrance import COOKIE, Entrance
from calldash.store import Store, named
from calldash.templates import Content, Template, content, text_form
from calldash.transcripts import importing
from calldash.ui import downloads
from tests.drawn import draw, take
from tests.in_app import app_store  # noqa: F401

GOOD = "four words nobody guesses"
NUMBER = "+79161234567"
CALLS = f"""
    id                 | started_at | direction | client   | employee | team    | answered | wait_s | talk_s | recording
    79161234567-mine   | 09:00      | in        | {NUMBER} | Ann      | Sales   | true     | 3      | 60     | one.wav
    79161234567-theirs | 09:10      | in        | {NUMBER} | Bob      | Support | true     | 3      | 60     |
"""
SAID = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v agent>=cmd()\n\n00:03.000 --> 00:04.000\n<v client>Hello\n"


@pytest.fixture
def store(app_store: Store) -> Iterator[Store]:  # noqa: F811
    """Two calls with transcripts, a file with a row that was rejected, an account of each role that may look."""
    draw(app_store, CALLS)
    for call in ("79161234567-mine", "79161234567-theirs"):
        importing.import_for(app_store, SAID, "said.vtt", "plain", call)
    invitations.redeem(app_store, invitations.first(app_store), GOOD, "admin")
    places = {"lead": {"teams": ("Sales",)}, "employee": {"employee": "Ann"}}
    for role in ("head", "lead", "employee", "marketer", "auditor"):
        accounts.create(app_store, "admin", role, role, role, **places.get(role, {}))
    yield app_store


def browser(store: Store, login: str) -> TestClient:
    app = Starlette(routes=routes(), middleware=[Middleware(Entrance)])
    client = TestClient(app, "http://127.0.0.1:8501", client=("127.0.0.1", 5000), follow_redirects=False)
    client.headers["cookie"] = f"{COOKIE}={sessions.of(store).begin(login, '', '')}"
    return client


def name(store: Store, call: str) -> str:
    [(number,)] = store.rows("SELECT call_no FROM calls WHERE id = ?", [f"79161234567-{call}"])
    return named.name(store, number)


def test_a_transcript_is_taken_under_a_name_without_the_number_and_the_trail_knows(store: Store) -> None:
    answer = browser(store, "lead").get(f"/file/transcript?call={name(store, 'mine')}&form=vtt&lang=en")
    assert (answer.status_code, answer.text.count("-->")) == (200, 2)
    file = f"transcript-2026-03-02-09-00-{name(store, 'mine')[9:]}.vtt"
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{file}"
    _at, who, action, subject, detail = audit.trail(store)[0]
    assert (who, action, subject) == ("lead", "export transcript", "plain/79161234567-mine")
    assert json.loads(detail) == {"file": file, "format": "vtt", "rows": 2}


STATUS = """
    who      call    status
    head     theirs  200
    lead     theirs  404
    lead     mine    200
    employee mine    403
    marketer mine    403
    auditor  mine    403
"""


@pytest.mark.parametrize("case", [line.split() for line in STATUS.strip().splitlines()[1:]], ids=" ".join)
def test_whose_transcripts_and_who_may_take_them(store: Store, case: list[str]) -> None:
    login, call, status = case
    before = len(audit.trail(store))
    answer = browser(store, login).get(f"/file/transcript?call={name(store, call)}&form=txt&lang=en")
    assert answer.status_code == int(status)
    assert len(audit.trail(store)) == before + (status == "200")


def test_a_recording_is_heard_by_whom_it_is_not_given(store: Store) -> None:
    for login, status in (("employee", 403), ("lead", 404)):  # no such file here: asked after who may
        answer = browser(store, login).get(f"/recording/{name(store, 'mine')}?download=1&lang=en")
        assert answer.status_code == status, login


@pytest.mark.parametrize("asked", ["", "call=1&form=txt", "call={mine}&form=exe", "call={mine}", "form=txt"])
def test_what_is_no_transcript_is_not_found(store: Store, asked: str) -> None:
    path = f"/file/transcript?{asked.format(mine=name(store, 'mine'))}"
    assert browser(store, "admin").get(path).status_code == 404


def test_rejected_rows_go_out_whole_and_no_formula_among_them(store: Store) -> None:
    rows = "\n".join(f"r{one},=cmd(),inbound,{NUMBER},true" for one in range(250))
    receipt = take(store, f"id,started_at,direction,client,answered\n{rows}\n", name="bad.csv")
    client = browser(store, "admin")
    answer = client.get(f"/file/rejects?import={receipt.import_id}&lang=en")
    cells = [row[2] for row in csv.reader(answer.text.splitlines())]
    assert (answer.status_code, cells) == (200, ["Value", *["'=cmd()"] * 250])
    assert "bad.csv.rejected.csv" in answer.headers["content-disposition"]
    action, subject, detail = audit.trail(store)[0][2:]
    assert (action, subject, json.loads(detail)["rows"]) == ("export rejects", "bad.csv", 250)
    assert "Строка файла" in client.get(f"/file/rejects?import={receipt.import_id}&lang=ru").text
    for wrong in ("", "x", "-1", "²", "9" * 40, "999999"):
        assert client.get(f"/file/rejects?import={wrong}").status_code == 404, wrong
    assert browser(store, "head").get(f"/file/rejects?import={receipt.import_id}").status_code == 403


def test_the_receipt_of_an_erasure_can_be_had_later(store: Store) -> None:
    receipt = erasing.erase(store, "admin", NUMBER)
    answer = browser(store, "admin").get(f"/file/receipt?of={receipt.number_hmac}")
    assert answer.json()["lines"] == dict(receipt.lines) and "9161234567" not in answer.text
    assert audit.trail(store)[0][2] == "export receipt"
    assert browser(store, "admin").get("/file/receipt?of=x").status_code == 404
    assert browser(store, "head").get(f"/file/receipt?of={receipt.number_hmac}").status_code == 403


def test_what_was_only_tried_leaves_no_receipt(store: Store) -> None:
    receipt = erasing.erase(store, "admin", NUMBER, tried=True)
    assert browser(store, "admin").get(f"/file/receipt?of={receipt.number_hmac}").status_code == 404


def test_a_report_comes_as_the_file_that_can_be_taken_in_again(store: Store) -> None:
    wanted = Template("r", {"": 'A "new"\nreport'}, Content("figures", rows=("team",)), CallFilter(), "30d")
    pairs = content.to_pairs(wanted.content) | {"title": wanted.titles[""], "period": "30d", "report": "r"}
    answer = browser(store, "head").get("/file/report", params=pairs)
    found = text_form.parse(answer.text, "r")
    assert (found.titles, found.content, found.period) == (wanted.titles, wanted.content, "30d")
    assert audit.trail(store)[0][2] == "export report"
    assert browser(store, "employee").get("/file/report", params=pairs).status_code == 403


LINKS = {
    "transcript": {"admin", "head", "lead"},
    "rejects": {"admin"},
    "receipt": {"admin"},
    "report": {"admin", "head", "lead", "marketer"},
}


@pytest.mark.parametrize("kind", LINKS)
def test_who_may_not_take_a_file_sees_no_link_to_it(kind: str) -> None:
    for role in ("admin", "head", "lead", "employee", "marketer", "auditor"):
        with viewer.acting(Person(role, "", role)):
            assert bool(downloads.files(kind, [("X", {})])) == (role in LINKS[kind]), role


@pytest.mark.parametrize("role", ["employee", "marketer", "auditor", None])
def test_who_may_not_attach_a_transcript_cannot(store: Store, role: str | None) -> None:
    before = store.rows("SELECT count(*) FROM transcript_lines")
    with viewer.acting(Person("x", "", role)), pytest.raises(Problem, match="Your role does not allow this"):
        importing.import_for(store, SAID + SAID, "x.vtt", "plain", "79161234567-mine")
    assert store.rows("SELECT count(*) FROM transcript_lines") == before


def test_no_page_gives_files_to_streamlit() -> None:
    """What it keeps for a browser lies at /media for whoever is signed in and knows the address."""
    root = Path(__file__).parents[1]
    names = {"download_button", "image", "audio", "video", "pdf", "logo", "pyplot", "graphviz_chart"}
    for path in (root / "app.py", *root.glob("pages/*.py"), *root.glob("calldash/ui/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "st":
                assert node.attr not in names, (path.name, node.lineno)

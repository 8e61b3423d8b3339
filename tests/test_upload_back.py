"""Target and missed calls for advertising systems: which go in, which do not and why, and the columns of the files."""

import csv
import io
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from calldash import audit
from calldash.__main__ import app as commands
from calldash.advertising import upload_back
from calldash.advertising.upload_back import TARGETS, Upload
from calldash.export import separated
from calldash.filters import CallFilter
from calldash.server import running
from calldash.store import Store
from tests.drawn import as_csv, calls, draw, take
from tests.routed import ask, served

# Moscow time; t1 and m1 go to Metrica, t2 only by its click; g1 to Google.
CALLS = """
    id | started_at | direction | client | line         | answered | wait_s | talk_s | hold_s | sale_amount | currency | gclid | yclid | ym_client_id | consent
    t1 | 10:00      | in        | A      | +74990000177 | yes      | 3      | 60     | 5      | 300.5       | RUB      |       | 222   | 111          | yes
    m1 | 11:00      | in        | B      | office       | no       | 9      | 0      |        |             |          |       |       | 112          | yes
    t2 | 12:00      | in        | C      |              | yes      | 3      | 60     |        |             |          |       | 223   |              | yes
    g1 | 13:00      | in        | A      |              | yes      | 3      | 60     |        |             |          | Cj0K  |       |              | yes
    n1 | 14:00      | in        | D      |              | yes      | 3      | 60     |        |             |          | Cj1K  | 224   | 113          | no
    n2 | 14:10      | in        | E      |              | yes      | 3      | 60     |        |             |          | Cj2K  | 225   | 114          |
    n3 | 14:20      | in        | F      |              | yes      | 3      | 60     |        |             |          | =1+1  |       | -115         | yes
    s1 | 15:00      | in        | A      |              | yes      | 3      | 9      |        |             |          | Cj3K  | 226   | 116          | yes
    o1 | 16:00      | out       | A      |              | yes      |        | 60     |        |             |          | Cj4K  | 227   | 117          | yes
    a1 | -30 10:00  | in        | G      |              | yes      | 3      | 60     |        |             |          |       | 228   | 118          | yes
"""
NOW = datetime(2026, 3, 3)


@pytest.fixture
def drawn(store: Store) -> Store:
    draw(store, CALLS)
    return store


def taken(store: Store, key: str) -> tuple[Upload, list[dict[str, str]]]:
    target = TARGETS[key]
    found = upload_back.upload(store, target, CallFilter(), listed=True, now=NOW)
    text = b"".join(separated.write(upload_back.table(store, target, found))).decode()
    return found, list(csv.DictReader(io.StringIO(text)))


def test_metrica_gets_its_documented_columns(drawn: Store) -> None:
    """10:00 in Moscow on 2 March 2026 is the second 1772434800."""
    found, rows = taken(drawn, "metrica")
    assert rows == [
        {
            "ClientId": "111", "DateTime": "1772434800", "StaticCall": "0", "Price": "300.5", "Currency": "RUB",
            "PhoneNumber": "+74990000177", "TalkDuration": "60", "HoldDuration": "5", "CallMissed": "0",
            "Tag": "target", "FirstTimeCaller": "1",
        },
        {
            "ClientId": "112", "DateTime": "1772438400", "StaticCall": "0", "Price": "", "Currency": "",
            "PhoneNumber": "", "TalkDuration": "", "HoldDuration": "", "CallMissed": "1", "Tag": "missed",
            "FirstTimeCaller": "1",
        },
    ]  # fmt: skip
    assert found.left_out == {"no_consent": 2, "no_identifier": 3, "too_old": 1}


def test_a_call_goes_into_one_file_of_metrica_only(drawn: Store) -> None:
    _found, rows = taken(drawn, "metrica-yclid")
    assert [row["Yclid"] for row in rows] == ["223"]


def test_google_gets_its_documented_columns_with_the_zone(drawn: Store) -> None:
    found, rows = taken(drawn, "google")
    assert rows == [
        {
            "Google Click ID": "Cj0K", "Conversion Name": "calldash: target call",
            "Conversion Time": "2026-03-02 13:00:00+0300", "Conversion Value": "", "Conversion Currency": "",
        }
    ]  # fmt: skip
    assert found.left_out == {"no_consent": 2, "no_identifier": 5}  # =1+1 is no click, whoever wrote it


def test_no_number_of_a_client_goes_anywhere(drawn: Store) -> None:
    for key in TARGETS:
        _found, rows = taken(drawn, key)
        assert not [row for row in rows if any("+7900" in value for value in row.values())]


def test_the_route_hands_the_file_out_and_the_trail_knows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with served(tmp_path, monkeypatch) as server:
        now = datetime.now().replace(microsecond=0)
        row = calls(CALLS)[0] | {"started_at": now.isoformat()}
        take(running.store(), as_csv([row]))
        status, body, headers = ask(server, "/export/metrica?direction=inbound")
        assert (status, headers["content-type"]) == (200, "text/csv; charset=utf-8")
        assert "metrica.csv" in headers["content-disposition"]
        assert body.decode().splitlines()[1].startswith("111,")
        ((_at, who, action, subject, detail),) = [
            line for line in audit.trail(running.store()) if line[2] != "settings"
        ]
        assert (who, action, subject) == ("local", "export", "upload-back")
        assert '"rows": 1' in detail


def test_the_command_prints_the_file_or_what_is_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CALLDASH_LANGUAGE", "en")
    (tmp_path / "calls.csv").write_text(as_csv(calls(CALLS)), encoding="utf-8")
    run = CliRunner().invoke
    assert run(commands, ["import", "calls.csv"]).exit_code == 0
    counted = run(commands, ["upload-back", "google", "--count", "--since", "2026-03-02"]).stdout.splitlines()
    assert "Left out, no consent to upload it: 2." in counted
    printed = run(commands, ["upload-back", "google"]).stdout
    assert printed.startswith("Google Click ID,Conversion Name,Conversion Time,Conversion Value,Conversion Currency\n")

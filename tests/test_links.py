"""Forwarded links: made, opened by whoever has them, ended by time or by hand; each step in the audit trail."""

import http.client
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from calldash import audit
from calldash.problems import Problem
from calldash.recordings import call_with_id, links
from calldash.server import running
from calldash.store import Store
from tests.drawn import draw
from tests.recorded import wav
from tests.routed import ask, names, served

CALLS = """
id  | started_at | direction | client       | employee | answered | talk_s | recording
one | 09:00      | in        | +79161234567 | Ольга    | true     | 1      | one.wav
two | 09:10      | in        | +79161234567 | Ольга    | true     | 1      | gone.wav
"""


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[http.client.HTTPConnection]:
    with served(tmp_path, monkeypatch) as connection:
        draw(running.store(), CALLS)
        wav(tmp_path / "recordings/one.wav", 75)
        yield connection


def made(days: int = 1, from_s: int = 0, call: str = "one") -> str:
    store = running.store()
    return links.create(store, call_with_id(store, "plain", call), "local", days, from_s)


def number() -> int:
    return int(running.store().rows("SELECT call_no FROM calls WHERE id = 'one'")[0][0])


def trail() -> list[tuple[str, str, str, dict[str, int]]]:
    return [
        (who, action, subject, json.loads(detail))
        for _at, who, action, subject, detail in reversed(audit.trail(running.store()))
        if action != "settings"  # those of the test
    ]


def pass_days(store: Store, days: int) -> None:
    """Makes every link `days` older."""
    with store.noting() as cursor:
        cursor.execute("UPDATE links SET expires_at = expires_at - ?", [timedelta(days=days)])


def test_a_link_opens_a_page_with_the_sound_and_nothing_personal(server, tmp_path):
    token = made(7, 12)
    status, body, headers = ask(server, f"/shared/{token}")
    text = body.decode()
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert headers["referrer-policy"] == "no-referrer" and headers["cache-control"] == "private, no-store"
    assert "2 March 2026, 09:00" in text and "1:15" in text and f'src="{token}/audio#t=12"' in text
    assert not any(secret in text for secret in ("7916", "Ольга", "plain", "one.wav"))
    status, body, headers = ask(server, f"/shared/{token}/audio", Range="bytes=0-43")
    assert (status, headers["content-type"], body) == (
        206,
        "audio/wav",
        (tmp_path / "recordings/one.wav").read_bytes()[:44],
    )
    assert "2 марта 2026" in ask(server, f"/shared/{token}?lang=ru")[1].decode()


def test_every_step_is_in_the_trail_and_the_token_is_not(server):
    token = made(7, 12)
    ask(server, f"/shared/{token}")
    for part in ("bytes=0-", "bytes=99-"):
        ask(server, f"/shared/{token}/audio", Range=part)
    store = running.store()
    links.revoke(store, links.resolve(store, token), "local")
    assert [(who, action, subject) for who, action, subject, _detail in trail()] == [
        ("local", "link", "plain/one"), ("link", "open", "plain/one"), ("link", "listen", "plain/one"), ("local", "unlink", "plain/one"),
    ]  # fmt: skip
    assert [detail["link"] for _who, _action, _subject, detail in trail()] == [1, 1, 1, 1]
    assert trail()[0][3] == {"link": 1, "days": 7, "from_s": 12}
    everything = repr(store.rows("SELECT * FROM links") + store.rows("SELECT * FROM audit"))
    assert token not in everything


def test_a_link_that_was_withdrawn_opens_nothing(server):
    token, other = made(), made()
    store = running.store()
    links.revoke(store, links.resolve(store, token), "local")
    for rest in ("", "/audio"):
        status, body, _headers = ask(server, f"/shared/{token}{rest}")
        assert status == 410 and b"This link was withdrawn." in body
    assert ask(server, f"/shared/{other}")[0] == 200
    assert [link.link_no for link in links.in_force(store, call_with_id(store, "plain", "one"))] == [2]
    links.revoke(store, links.Link(1, "plain", "one", 0, "", *([links._now()] * 3)), "local")
    assert [action for _who, action, _subject, _detail in trail()].count("unlink") == 1


def test_a_link_ends_by_itself(server):
    token = made(7)
    store = running.store()
    pass_days(store, 6)
    assert ask(server, f"/shared/{token}")[0] == 200
    pass_days(store, 1)
    status, body, _headers = ask(server, f"/shared/{token}/audio")
    assert (status, body) == (410, b"This link has expired.")
    assert links.in_force(store, call_with_id(store, "plain", "one")) == []


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "..%2f..", "a" * 5000])
def test_a_link_that_never_was_is_not_found(server, token):
    made()
    status, body, _headers = ask(server, f"/shared/{token}")
    assert status == 404 and (b"There is no such link." in body or b"Not Found" in body)


def test_a_link_follows_its_call_through_a_new_import_and_says_when_the_file_is_gone(server):
    token, empty = made(), made(call="two")
    before, name = number(), names()["one"]
    draw(running.store(), CALLS.replace("Ольга", "Анна"))
    assert number() != before and names()["one"] == name
    assert ask(server, f"/shared/{token}")[0] == 200
    status, body, _headers = ask(server, f"/shared/{empty}")
    assert status == 404 and b"The recording gone.wav is missing." in body


def test_a_link_of_another_life_is_not_made(server):
    with pytest.raises(Problem, match="1, 7 or 30 days"):
        made(365)

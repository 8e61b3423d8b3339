"""Recordings at the provider: fetched once and within limits, from nowhere that the settings do not allow."""

import asyncio
import ipaddress
import re
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from calldash import recordings
from calldash.problems import Problem
from calldash.recordings import addresses, fetching
from calldash.store import Store
from tests.drawn import as_csv, take
from tests.recorded import wav


class Provider(BaseHTTPRequestHandler):
    """Answers by path; `asked` are the paths and hosts in their order."""

    asked: list[tuple[str, str]]
    content: bytes

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["Host"]))
        name, _slash, rest = self.path[1:].partition("/")
        {"hop": self._hop, "slow": self._slow, "many": self._many}.get(name, self._send)(name, rest)

    def _send(self, name: str, _rest: str) -> None:
        content = {"page": b"<html>Please sign in</html>", "empty": b"", "short": self.content[:100]}.get(
            name, self.content
        )
        self.send_response(404 if name == "none" else 200)
        self.send_header("Content-Length", str(len(self.content if name == "short" else content)))
        self.end_headers()
        self.wfile.write(content)

    def _hop(self, _name: str, rest: str) -> None:
        number, _slash, target = rest.partition("/")
        self.send_response(302)
        self.send_header("Location", (f"/hop/{int(number) - 1}/{target}" if int(number) > 1 else target or "/good"))
        self.end_headers()

    def _slow(self, _name: str, _rest: str) -> None:
        try:
            for letter in "HTTP/1.1 200 OK\r\n" + "X: y\r\n" * 500:
                self.wfile.write(letter.encode())
                time.sleep(0.05)
        except OSError:
            pass

    def _many(self, _name: str, _rest: str) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            for _part in range(64):
                self.wfile.write(bytes(1 << 16))
        except OSError:
            pass

    def log_message(self, *_given: object) -> None:
        """Says nothing."""


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[str]:
    """A provider on this machine: its address."""
    Provider.asked, Provider.content = [], wav(tmp_path / "provided.wav", 2)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def allowed(open_here) -> Store:
    """A store whose settings allow to fetch from this machine."""
    return open_here(recording_hosts="pbx.example, 127.0.0.0/8", recording_timeout_s=2, recording_max_mb=1)


def test_a_recording_is_fetched_once_and_kept_by_its_content(allowed, provider, tmp_path):
    link = f"{provider}/hop/1/"
    row = {
        "id": "1",
        "started_at": "2026-03-02T10:00:00",
        "direction": "inbound",
        "answered": "true",
        "recording": link,
    }
    take(allowed, as_csv([row]))
    number = allowed.rows("SELECT call_no FROM calls")[0][0]
    with pytest.raises(Problem, match="has not been fetched yet"):
        recordings.file_of(allowed, number)
    assert Provider.asked == [] and not recordings.is_fetched(allowed, link)
    path = recordings.file_of(allowed, number, fetch=True)
    assert path.read_bytes() == Provider.content
    assert path.parent == tmp_path / "audio/fetched"
    assert recordings.file_of(allowed, number) == path and recordings.is_fetched(allowed, link)
    assert fetching.fetch(allowed, f"{provider}/same-sound") == path
    assert [asked for asked, _host in Provider.asked] == ["/hop/1/", "/good", "/same-sound"]
    path.unlink()
    assert fetching.fetch(allowed, link).exists()


def test_many_who_ask_at_once_fetch_once(allowed, provider):
    threads = [threading.Thread(target=fetching.fetch, args=(allowed, f"{provider}/good")) for _one in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(Provider.asked) == 1


REFUSED = {
    "/none": "The provider answered 404 to the request for the recording.",
    "/page": "The provider sent something that is not a recording.",
    "/empty": "The provider sent something that is not a recording.",
    "/short": "The provider cannot be reached, or broke off.",
    "/many": "The recording is larger than 1 MB.",
    "/slow": "The provider took longer than 2 s.",
    "/hop/4/": "The provider passes the request on more than 3 times.",
    "/hop/1/http://10.0.0.1/x": "The recording's link leads to 10.0.0.1, a machine of an internal network.",
    "/hop/1/http://169.254.169.254/latest": "The recording's link leads to 169.254.169.254, a machine of an internal network.",
    "/hop/1/file:///etc/passwd": "The recording's link is not valid.",
}  # fmt: skip


@pytest.mark.parametrize("path", REFUSED)
def test_what_cannot_be_fetched_is_told_and_leaves_nothing(allowed, provider, tmp_path, path):
    began = time.monotonic()
    with pytest.raises(Problem) as problem:
        fetching.fetch(allowed, provider + path)
    assert str(problem.value) == REFUSED[path]
    assert time.monotonic() - began < 10
    assert list((tmp_path / "audio/fetched").iterdir()) == []


def test_a_connection_that_nobody_takes_is_told(allowed):
    with pytest.raises(Problem, match="cannot be reached"):
        fetching.fetch(allowed, "http://127.0.0.1:9/x.mp3")


LINKS = [
    "http://127.0.0.1/1.mp3", "http://localhost/1.mp3", "http://[::1]/1.mp3", "http://0.0.0.0/1.mp3", "http://127.1/1.mp3",
    "http://2130706433/1.mp3", "http://10.1.2.3/1.mp3", "http://192.168.0.1/1.mp3", "http://172.16.0.1/", "https://169.254.169.254/",
    "http://100.64.0.1/", "http://[fd00::1]/", "http://[fe80::1]/", "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/", "http://224.0.0.1/", "http://255.255.255.255/",
]  # fmt: skip


def refusal(store: Store, link: str) -> str:
    with pytest.raises(Problem) as problem:
        fetching.fetch(store, link)
    return str(problem.value)


def test_an_internal_address_is_refused_unless_the_settings_allow_it(store):
    told = {link: refusal(store, link) for link in LINKS}
    assert {link for link, text in told.items() if "a machine of an internal network" not in text} == set()


def test_a_link_that_is_none_is_told(store):
    links = ("http://", "ftp://example.org/1.mp3", "http://[::1/1.mp3", "https:///1.mp3", "http://a b/")
    told = {link: refusal(store, link) for link in links}
    assert {link for link, text in told.items() if not re.search(r"link is not valid|no machine called", text)} == set()


def test_a_machine_is_allowed_by_name_address_or_network(open_here, provider):
    port = provider.rpartition(":")[2]
    for hosts in ("localhost", "127.0.0.1, ::1", "127.0.0.0/8, ::1/128"):
        store = open_here(recording_hosts=hosts)
        assert fetching.fetch(store, f"http://localhost:{port}/{len(Provider.asked)}").exists()
    assert {host for _path, host in Provider.asked} == {f"localhost:{port}"}


def test_the_address_that_was_checked_is_the_one_connected_to(open_here):
    """The name goes along for the certificate and the Host header; it is not looked up again."""
    settings = open_here(recording_hosts="localhost").settings

    async def request() -> httpx.Request:
        async with httpx.AsyncClient() as client:
            return await fetching._request(client, "https://localhost:8443/a?b=c", settings)

    made = asyncio.run(request())
    assert ipaddress.ip_address(made.url.host).is_loopback
    assert (made.url.port, made.url.path, made.url.query) == (8443, "/a", b"b=c")
    assert made.headers["host"] == "localhost:8443"
    assert made.extensions["sni_hostname"] == "localhost"


def test_a_name_with_one_internal_address_is_refused(monkeypatch):
    """One of a name's addresses is public, the other not."""

    async def answers(*_given: object, **_named: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", (address, 443)) for address in ("93.184.216.34", "10.0.0.1")]

    async def ask() -> str:
        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", answers)
        return await addresses.checked("two.example", 443, None)

    with pytest.raises(Problem, match="internal network"):
        asyncio.run(ask())


def test_a_protected_link_stays_protected():
    assert fetching._next("https://a.example/x/", "y") == "https://a.example/x/y"
    assert fetching._next("http://a.example/x", "https://b.example/") == "https://b.example/"
    with pytest.raises(Problem, match="unprotected"):
        fetching._next("https://a.example/x", "http://a.example/x")

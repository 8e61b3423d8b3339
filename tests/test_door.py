"""The door: who comes in, what is turned away, and that a page left open closes with its session."""

from collections.abc import Iterator
from dataclasses import replace

import pyotp
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from calldash.people import Person, accounts, invitations, second_factor, sessions
from calldash.problems import Problem
from calldash.server import routes, running, tabs
from calldash.server.entrance import COOKIE, Entrance, person_of
from calldash.server.headers import Headers
from calldash.store import Store
from tests.drawn import cases
from tests.in_app import app_store  # noqa: F401

GOOD, HOME = "four words nobody guesses", "http://127.0.0.1:8501"
SOCKET = "ws://127.0.0.1:8501/_stcore/stream"


async def page(request: Request) -> PlainTextResponse:
    return PlainTextResponse(person_of(request.scope).login)


async def talking(socket: WebSocket) -> None:
    await socket.accept()
    async for text in socket.iter_text():
        await socket.send_text(socket.headers.get("sec-websocket-protocol", "") if text == "which page?" else text)


def behind_the_door() -> Starlette:
    """Our routes, a page and a websocket, as Streamlit's lie behind the door."""
    whole = [*routes(), WebSocketRoute("/_stcore/stream", talking), Route("/{rest:path}", page)]
    return Starlette(routes=whole, middleware=[Middleware(Entrance)])


def browser(address: str = "127.0.0.1", **headers: str) -> TestClient:
    client = TestClient(behind_the_door(), HOME, client=(address, 5000), follow_redirects=False)
    client.headers.update({"accept": "text/html"} | {name.replace("_", "-"): value for name, value in headers.items()})
    return client


@pytest.fixture
def olga(app_store: Store) -> Iterator[Store]:  # noqa: F811
    """A store whose administrator is olga."""
    invitations.redeem(app_store, invitations.first(app_store), GOOD, "olga")
    yield app_store


def sign_in(client: TestClient, login: str = "olga", password: str = GOOD, **more: str) -> int:
    answer = client.post("/sign-in?lang=en", data={"login": login, "password": password, "lang": "en"} | more)
    return answer.status_code


@pytest.mark.parametrize(
    "case",
    cases("""
    address     | header          | status
    127.0.0.1   |                 | 200
    ::1         |                 | 200
    10.0.0.7    |                 | 403
    testclient  |                 | 403
    127.0.0.1   | X-Forwarded-For | 403
    127.0.0.1   | Forwarded       | 403
    """),
    ids=lambda case: f"{case['address']} {case['header']}",
)
def test_without_accounts_only_this_machine_comes_in(app_store: Store, case: dict[str, str]) -> None:  # noqa: F811
    client = browser(case["address"], **({case["header"]: "10.0.0.9"} if case["header"] else {}))
    for path in ("/", "/calls", "/_stcore/health", "/media/x.wav", "/export/csv"):
        asked = client.get(path).status_code
        assert asked == 403 if case["status"] == "403" else asked != 403, path


def test_with_accounts_nobody_comes_in_without_a_session(olga: Store) -> None:
    client = browser()
    for path in ("/", "/calls?source=x", "/recording/1", "/export/csv", "/evidence/1", "/assets/wavesurfer.esm.js",
                 "/_stcore/metrics", "/media/x.wav", "/sign-out", "/sign-in-not", "/sharedx"):  # fmt: skip
        answer = client.get(path)
        assert (answer.status_code, answer.headers["location"][:12]) == (303, "/sign-in?to="), path
        assert client.get(path, headers={"accept": "*/*"}).status_code == 401
        assert client.post(path).status_code == 401
    with pytest.raises(WebSocketDisconnect) as closed, client.websocket_connect(SOCKET):
        pass
    assert closed.value.code == 4401


@pytest.mark.parametrize("cookie", ["", "x", "a" * 5000, "../../etc", '"quoted"', "é"])
def test_a_forged_cookie_opens_nothing(olga: Store, cookie: str) -> None:
    answer = browser().get("/calls", headers={"cookie": f"{COOKIE}={cookie}".encode()})
    assert answer.status_code == 303


def test_signing_in_leads_to_the_page_asked_for_and_out_again(olga: Store) -> None:
    client = browser()
    to = client.get("/calls?source=a&lang=en").headers["location"].removeprefix("/sign-in?to=")
    form = client.get(f"/sign-in?to={to}&lang=en")
    assert 'value="/calls?source=a&amp;lang=en"' in form.text
    answer = client.post("/sign-in", data={"login": "Olga", "password": GOOD, "to": "/calls?source=a&lang=en"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/calls?source=a&lang=en")
    said = answer.headers["set-cookie"]
    assert all(part in said for part in ("HttpOnly", "SameSite=lax", "Path=/"))
    assert client.get("/calls").text == "olga"
    assert client.get("/sign-out", headers={"sec-fetch-site": "cross-site"}).status_code == 303
    token = client.cookies.get(COOKIE)
    assert token is None or sessions.of(olga).find(token), "another site signs nobody out"
    sign_in(client)
    client.get("/sign-out")
    assert client.get("/calls").status_code == 303


@pytest.mark.parametrize(
    "to", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:x", "/a\nb", ""]
)
def test_the_door_leads_nowhere_else(olga: Store, to: str) -> None:
    answer = browser().post("/sign-in", data={"login": "olga", "password": GOOD, "to": to})
    assert answer.headers["location"] == "/"


def test_over_https_the_cookie_is_secure(olga: Store) -> None:
    client = TestClient(behind_the_door(), base_url="https://calls.example", follow_redirects=False)
    answer = client.post("/sign-in", data={"login": "olga", "password": GOOD})
    assert "Secure" in answer.headers["set-cookie"]


def test_a_page_left_open_is_hung_up_on_after_signing_out(olga: Store) -> None:
    client = browser()
    sign_in(client)
    with client.websocket_connect(SOCKET) as socket:
        socket.send_text("one")
        assert socket.receive_text() == "one"
        sessions.of(olga).end_all("olga")
        socket.send_text("two")
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_text()
    assert closed.value.code == 4401


def test_who_comes_back_goes_on_in_a_page_of_their_own_alone(olga: Store) -> None:
    """The header names the page to go on in: not another person's, nor one from before the role changed."""
    accounts.create(olga, "olga", "ivan", "Ivan", "head")
    invitations.redeem(olga, invitations.invite(olga, "olga", "ivan"), GOOD)
    ivan = accounts.find(olga, "ivan").person
    for name, reader in (("p-1", Person("olga", "olga", "admin")), ("p-2", ivan)):
        tabs.begun(name, reader)

    def goes_on(client: TestClient, page_: str) -> str:
        headers = {"sec-websocket-protocol": f"streamlit, token, {page_}"}
        with client.websocket_connect(SOCKET, headers=headers) as socket:
            socket.send_text("which page?")
            return socket.receive_text().partition("token")[2].strip(" ,")

    client = browser()
    sign_in(client, "ivan")
    assert [goes_on(client, one) for one in ("p-1", "p-2", "p-3", "")] == ["", "p-2", "", ""]
    accounts.change(olga, "olga", "ivan", replace(ivan, role="marketer"))
    assert goes_on(client, "p-2") == "", "what the page of a head still offers is not a marketer's"


def test_the_first_account_closes_the_pages_that_were_open_without(app_store: Store) -> None:  # noqa: F811
    with browser().websocket_connect(SOCKET) as socket:
        socket.send_text("one")
        assert socket.receive_text() == "one"
        invitations.redeem(app_store, invitations.first(app_store), GOOD, "olga")
        socket.send_text("two")
        with pytest.raises(WebSocketDisconnect):
            socket.receive_text()


def test_what_is_wrong_is_said_above_the_form(olga: Store) -> None:
    client = browser()
    answer = client.post("/sign-in", data={"login": "<b>olga</b>", "password": "wrong and long", "lang": "en"})
    assert (answer.status_code, "Login or password is wrong." in answer.text) == (403, True)
    assert "<b>olga" not in answer.text
    for _try in range(8):
        sign_in(client, password="wrong and long")
    assert sign_in(client) == 429


def test_a_form_of_another_site_is_not_taken(olga: Store) -> None:
    for headers in ({"sec_fetch_site": "cross-site"}, {"origin": "http://evil.example"}, {"origin": "null"}):
        client = browser(**headers)
        assert sign_in(client) == 403
        assert COOKIE not in client.cookies
    assert sign_in(browser(origin=HOME)) == 303


def test_a_second_factor_is_asked_for_in_the_form(olga: Store) -> None:
    secret = second_factor.secret()
    accounts.set_second_factor(olga, "olga", "olga", secret)
    client = browser()
    answer = client.post("/sign-in", data={"login": "olga", "password": GOOD, "lang": "en"})
    assert (answer.status_code, 'name="code"' in answer.text) == (200, True)
    assert COOKIE not in client.cookies
    assert sign_in(client, code=pyotp.TOTP(secret).now()) == 303


def test_a_code_does_not_stand_for_the_second_factor(olga: Store) -> None:
    accounts.set_second_factor(olga, "olga", "olga", second_factor.secret())
    client = browser()
    code = invitations.invite(olga, "olga", "olga")
    answer = client.post("/sign-in/code", data={"code": code, "password": "other words to know"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?lang=ru")
    assert COOKIE not in client.cookies
    answer = client.post("/sign-in", data={"login": "olga", "password": "other words to know", "lang": "en"})
    assert 'name="code"' in answer.text


def test_a_code_sets_a_password_and_signs_in(olga: Store) -> None:
    accounts.create(olga, "olga", "ivan", "Ivan", "marketer")
    code = invitations.invite(olga, "olga", "ivan")
    client = browser()
    assert f'value="{code}"' in client.get(f"/sign-in/code?code={code}&lang=en").text
    answer = client.post("/sign-in/code", data={"code": code, "password": "short", "lang": "en"})
    assert "at least 12" in answer.text
    assert client.post("/sign-in/code", data={"code": code, "password": GOOD}).status_code == 303
    assert client.get("/").text == "ivan"
    assert client.get("/export/csv?what=calls").status_code in (200, 404)
    for path in ("/recording/1", "/recording/1/peaks", "/evidence/1"):
        assert client.get(path).status_code == 403, "a marketer may not"


def test_codes_cannot_be_guessed_for_long(olga: Store) -> None:
    client = browser()
    for _try in range(40):
        assert client.post("/sign-in/code", data={"code": "AAAA", "password": GOOD}).status_code == 403
    assert client.post("/sign-in/code", data={"code": "AAAA", "password": GOOD}).status_code == 429


def test_only_the_operators_own_words_open_it_to_others(app_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    for words, status in (("yes", None), ("everybody who reaches this address may see and change all calls", 200)):
        monkeypatch.setenv("CALLDASH_OPEN_TO_EVERYBODY", words)
        running.close()
        if status is None:
            with pytest.raises(Problem, match="open_to_everybody"):
                running.store()
        else:
            assert browser("10.0.0.7").get("/calls").status_code == status
    invitations.redeem(running.store(), invitations.first(running.store()), GOOD, "olga")
    assert browser("10.0.0.7").get("/calls").status_code == 303, "with accounts the words mean nothing"


def test_behind_a_proxy_with_a_certificate_every_cookie_is_secure() -> None:
    """Streamlit's own too, which knows nothing of the proxy."""

    async def two_cookies(_request: Request) -> PlainTextResponse:
        answer = PlainTextResponse("")
        answer.set_cookie("_streamlit_xsrf", "a")
        answer.set_cookie("safe", "b", secure=True)
        return answer

    whole = Starlette(routes=[Route("/", two_cookies)], middleware=[Middleware(Headers)])
    for scheme, secure in (("https", [1, 1]), ("http", [0, 1])):
        said = TestClient(whole, base_url=f"{scheme}://calls.example").get("/").headers.get_list("set-cookie")
        assert [one.casefold().count("; secure") for one in said] == secure

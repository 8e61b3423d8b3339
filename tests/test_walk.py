"""All addresses and all commands, asked by nobody, by each role, and with sessions that are none: one table decides."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from calldash.commands import COMMANDS, needs, run
from calldash.people import LOCAL, NOBODY, Person, accounts, invitations, sessions, viewer
from calldash.people.roles import PERMISSIONS, ROLES
from calldash.server import files, paths, routes
from calldash.server.entrance import COOKIE, SAFE_COOKIE, Entrance
from calldash.server.headers import Headers
from calldash.settings import load
from calldash.store import Store, open_store
from calldash.ui import menu
from tests.in_app import app_store  # noqa: F401

GOOD, HOST = "four words nobody guesses", "127.0.0.1:8501"
PLACES = {"lead": {"teams": ("Sales",)}, "employee": {"employee": "Ann"}}
# What Streamlit itself answers; and what nobody is given, whoever asks.
OF_STREAMLIT = ("/", "/static/js/index.js", "/media/abc.wav", "/component/x/y.js", "/_stcore/health",
                "/_stcore/host-config", "/_stcore/bidi-components/a/b.js", "/_stcore/upload_file/s/f")  # fmt: skip
FILES = [f"/file/{kind}" for kind in files.KINDS]
FOR_NOBODY = ("/file", "/file/x", "/file/transcript/x", "/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent/interact", "/_stcore/agent/mcp",
              "/app/static/x", "/nothing", "/calls/_stcore/metrics", "/Recording/1", "/.env",
              "/pages/people", "/recordings", "/sign-inx", "/data/calldash.duckdb")  # fmt: skip


async def inside(request: Request) -> PlainTextResponse:
    return PlainTextResponse("inside")


async def stream(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close()


@pytest.fixture
def store(app_store: Store) -> Iterator[Store]:  # noqa: F811
    """A store with an account of each role, and one that was closed while signed in."""
    invitations.redeem(app_store, invitations.first(app_store), GOOD, "admin")
    for role in [*(key for key in ROLES if key != "admin"), "closed"]:
        name = role if role in ROLES else "head"
        accounts.create(app_store, "admin", role, role, name, **PLACES.get(role, {}))
    yield app_store


def browser(token: str | None = None, scheme: str = "http", **headers: str) -> TestClient:
    own = [route for route in routes() if route.path != "/overview"]
    whole = [*own, WebSocketRoute("/_stcore/stream", stream), Route("/{rest:path}", inside, methods=["GET", "PUT"])]
    app = Starlette(routes=whole, middleware=[Middleware(Headers), Middleware(Entrance)])
    client = TestClient(app, f"{scheme}://{HOST}", client=("127.0.0.1", 5000), follow_redirects=False)
    client.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    if token is not None:
        client.headers["cookie"] = f"{SAFE_COOKIE if scheme == 'https' else COOKIE}={token}"
    return client


def addresses() -> list[str]:
    """Each address there is: routes of our own, Streamlit's, and the pages."""
    own = [path.format(call="20260101-000000000000", token="x", name="wavesurfer.esm.js", format="csv", client_id=1)
           for route in routes() for path in (FILES if "{kind}" in route.path else [route.path])]  # fmt: skip
    own.remove("/sign-out")  # whoever asks for it is signed out: the last to be tried
    return [*own, *OF_STREAMLIT, *(f"/{entry.key}" for entry in menu.PAGES), *FOR_NOBODY]


def socket_code(client: TestClient, **headers: str) -> int:
    """The code with which the socket of a page is closed."""
    given = dict(client.headers) | headers
    with (
        pytest.raises(WebSocketDisconnect) as closed,
        client.websocket_connect(f"ws://{HOST}/_stcore/stream", headers=given) as socket,
    ):
        socket.receive_text()
    return int(closed.value.code)


def test_each_address_stands_in_the_table_or_is_for_nobody() -> None:
    for route in routes():
        for path in FILES if "{kind}" in route.path else [route.path.split("{")[0].rstrip("/") or "/"]:
            assert paths.whom(path), path
    for entry in menu.PAGES:
        assert paths.whom(f"/{entry.key}") == paths.SIGNED_IN
        assert entry.needs in PERMISSIONS or entry.key == "account", entry.key
    for path in (*FOR_NOBODY, "/static/../recording/1", "//people", "//evil"):
        assert paths.whom(path) is None, path
    assert {
        one for row in paths.TABLE if row.whom not in (paths.OPEN, paths.SIGNED_IN) for one in row.whom.split()
    } <= set(PERMISSIONS)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_let_in_where_the_table_says(store: Store, role: str) -> None:
    client = browser(sessions.of(store).begin(role, "", ""))
    person = sessions.of(store).of(role)[0].person
    assert socket_code(client) == 1000
    for path in [*addresses(), "/sign-out"]:
        status = client.get(path).status_code
        wanted = paths.whom(path)
        if wanted is None:
            assert status == 404, path
        elif wanted not in (paths.OPEN, paths.SIGNED_IN) and not person.may(wanted):
            assert status == 403, path
        else:
            assert status != 401 and (status != 403 or path.startswith("/sign-in/")), path
    assert socket_code(client) == 4401, "signed out"


def no_sessions(store: Store, folder: Path) -> dict[str, str | None]:
    """Cookies that are nobody's: none, forged, of another store, ended, too old, of a closed account."""
    known = sessions.of(store)
    ended, old, closed = (known.begin(login, "", "") for login in ("admin", "admin", "closed"))
    known.end(next(one.key for one in known.of("admin") if known.find(ended) == one))
    accounts.close(store, "admin", "closed")
    with store.noting() as cursor:
        cursor.execute("UPDATE sessions SET expires_at = begun_at WHERE login = 'admin' AND ended_at IS NULL")
    known.forget_people()
    other = open_store(load(db=folder / "other.duckdb", data=folder))
    invitations.redeem(other, invitations.first(other), GOOD, "admin")
    foreign = sessions.of(other).begin("admin", "", "")
    other.close()
    forged = {f"forged {one[:8]}": one for one in ("x", "a" * 43, "a" * 5000, "' OR 1=1 --", "null", "admin")}
    return {"nobody": None, "ended": ended, "old": old, "closed": closed, "foreign": foreign} | forged


def test_nobody_and_sessions_that_are_none_come_no_further_than_the_door(store: Store, tmp_path: Path) -> None:
    for name, token in no_sessions(store, tmp_path).items():
        client = browser(token)
        for path in addresses():
            if paths.is_open(path):
                continue
            assert client.get(path).status_code == 401, (name, path)
            assert client.get(path, headers={"accept": "text/html"}).status_code == 303, (name, path)
            assert client.put(path).status_code == 401, (name, path)
        assert socket_code(client) == 4401, name


def test_a_cookie_that_a_neighbour_planted_is_not_taken_over_https(store: Store) -> None:
    token = sessions.of(store).begin("admin", "", "")
    client = browser(scheme="https")
    assert client.get("/people", headers={"cookie": f"{COOKIE}={token}"}).status_code == 401
    assert client.get("/people", headers={"cookie": f"{SAFE_COOKIE}={token}"}).text == "inside"


def test_a_socket_or_a_form_of_another_site_is_refused(store: Store) -> None:
    client = browser(sessions.of(store).begin("admin", "", ""))
    assert socket_code(client, origin=f"http://{HOST}") == 1000
    for origin in ("http://evil.example", "null", f"http://{HOST}.evil.example", "http://127.0.0.1:1", "x"):
        assert socket_code(client, origin=origin) == 4403, origin
        assert client.put("/_stcore/upload_file/s/f", headers={"origin": origin}).status_code == 403
    assert socket_code(client, **{"sec-fetch-site": "cross-site"}) == 4403
    assert client.put("/_stcore/upload_file/s/f", headers={"sec-fetch-site": "same-site"}).status_code == 403
    assert client.get("/people", headers={"sec-fetch-site": "cross-site"}).text == "inside", "a link leads in"
    assert client.get("/export/csv", headers={"sec-fetch-site": "cross-site"}).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8501", "127.0.0.1.evil.example", "[::ffff", ""])
def test_a_name_pointed_at_this_machine_does_not_open_it(app_store: Store, host: str) -> None:  # noqa: F811
    client = browser()
    assert client.get("/people").text == "inside", "no accounts: open to this machine"
    assert client.get("/people", headers={"host": host, "origin": f"http://{host}"}).status_code == 403


def test_only_who_imports_uploads_much(store: Store) -> None:
    address = "/_stcore/upload_file/session/file"
    for role, small, large in (("admin", 200, 200), ("head", 200, 200), ("employee", 200, 413), ("auditor", 403, 403)):
        client = browser(sessions.of(store).begin(role, "", ""))
        assert client.put(address, content=b"x").status_code == small, role
        assert client.put(address, headers={"content-length": str(9 << 20)}).status_code == large, role
        endless = client.put(address, content=iter([b"x"]))
        assert endless.status_code == large, f"{role}: nobody knows how long it is"


def test_each_answer_says_what_browsers_may_do(store: Store) -> None:
    client = browser(sessions.of(store).begin("admin", "", ""))
    for path in (*addresses(), "/people"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path
        assert headers["referrer-policy"] in ("same-origin", "no-referrer"), path
        assert "strict-transport-security" not in headers, path
    assert "strict-transport-security" in browser(scheme="https").get("/sign-in").headers
    assert (
        "evil" not in client.get("/people", headers={"host": "h; script-src evil"}).headers["content-security-policy"]
    )


def test_each_command_stands_in_the_table(store: Store) -> None:
    assert set(COMMANDS) == set(needs.NEEDS)
    assert {one for wanted in needs.NEEDS.values() for one in wanted.split()} <= set(PERMISSIONS)
    assert all(needs.allowed(LOCAL, command) for command in COMMANDS)


@pytest.mark.parametrize("role", [*ROLES, "nobody"])
def test_a_command_does_nothing_for_whom_it_is_not(store: Store, role: str) -> None:
    person = NOBODY if role == "nobody" else Person(role, "", role, ("Sales",), "Ann")
    with viewer.acting(person):
        for command in [*COMMANDS, "a new one", ""]:
            if not needs.allowed(person, command):
                outcome = run(store, command, {}, lambda _share: None)
                assert (outcome.text, outcome.code) == ("Your role does not allow this.", 1), command


def test_the_roles_are_documented_as_they_are() -> None:
    text = (Path(__file__).parents[1] / "docs/people.md").read_text(encoding="utf-8")
    head = f"| permission | {' | '.join(ROLES)} |"
    rows = [
        f"| {one.words} | {' | '.join('yes' if key in role.may else '' for role in ROLES.values())} |"
        for key, one in PERMISSIONS.items()
    ]
    assert "\n".join([head, "|---" * (len(ROLES) + 1) + "|", *rows]) in text

"""The one door: every request and every message of a page passes here before anything else.

Who is signed in passes to what is for them. Where there are no accounts yet the app is open to the machine it runs
on, and to nobody else. Whom each address is for stands in one table, `paths`.
"""

from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from calldash import i18n
from calldash.people import LOCAL, Person, sessions
from calldash.problems import Problem
from calldash.server import origin, paths, running, tabs
from calldash.server.paths import SIGN_IN

COOKIE = "calldash_session"
# Over https browsers take this name only from this very host, whole and encrypted: no neighbour can plant one.
SAFE_COOKIE = f"__Host-{COOKIE}"
PERSON = "calldash.person"
_SIGNED_OUT, _ELSEWHERE = 4401, 4403
_SMALL = 8 << 20  # bytes: a report or a transcript; calls, deals and tariffs are for who may import them


class Entrance:
    """Pure ASGI: sees pages, files, websockets and routes alike, and each message of a websocket again."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        person = who(scope)
        refused = _refused(scope, person)
        if refused is not None:
            await _turn_away(scope, receive, send, *refused)
            return
        scope[PERSON] = person
        if scope["type"] == "websocket":
            scope = tabs.own(scope, person)
            receive = _checked(scope, receive, send)
        await self._app(scope, receive, send)


def who(scope: Scope) -> Person | None:
    """Who makes a request; None for whoever may not come in. Where no store can be opened a page says why, here."""
    try:
        known = sessions.of(running.store())
    except Problem:
        return LOCAL if origin.from_here(scope) else None
    if not known.needed():
        return LOCAL if running.store().settings.open_to_everybody or origin.from_here(scope) else None
    found = known.find(token_of(scope))
    return found.person if found else None


def token_of(scope: Scope) -> str | None:
    """The token of the session's cookie."""
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(Headers(scope=scope).get("cookie", ""))
    except CookieError:
        return None
    name = cookie_for(scope["scheme"])
    return cookies[name].value if name in cookies else None


def cookie_for(scheme: str) -> str:
    """The name of the session's cookie over http, https, ws or wss."""
    return SAFE_COOKIE if scheme in ("https", "wss") else COOKIE


def token_in(cookies: Mapping[str, str]) -> str | None:
    """The token among the cookies of a request that was let in already."""
    return cookies.get(SAFE_COOKIE) or cookies.get(COOKIE)


def person_of(scope: Scope) -> Person | None:
    """Who makes a request that was let in; asked anew where it did not pass the door."""
    return scope[PERSON] if PERSON in scope else who(scope)


def _refused(scope: Scope, person: Person | None) -> tuple[int, Response] | None:
    """Why a request is not let in: what closes a websocket, and what answers all else; None lets it in."""
    path = scope["path"]
    if person is None and not paths.is_open(path):
        return _SIGNED_OUT, _to_the_door(scope)
    if origin.from_another_site(scope) and not paths.is_open(path):
        return _ELSEWHERE, PlainTextResponse(i18n.gettext("This is open only to the pages of calldash."), 403)
    if paths.whom(path) is None:
        return _ELSEWHERE, PlainTextResponse(i18n.gettext("There is no such page."), 404)
    if not paths.may(person, path):
        return _ELSEWHERE, PlainTextResponse(i18n.gettext("Your role does not allow this."), 403)
    if path.startswith(f"{paths.UPLOAD}/") and not _may_be_so_large(scope, person):
        return _ELSEWHERE, PlainTextResponse(i18n.gettext("Your role does not allow this."), 413)
    return None


def _may_be_so_large(scope: Scope, person: Person | None) -> bool:
    """Whether somebody may upload as much as they say they will; the server reads no more than was said."""
    if scope["method"] not in ("PUT", "POST") or (person and any(person.may(one) for one in paths.IMPORTING)):
        return True
    said = Headers(scope=scope).get("content-length", "")
    return said.isascii() and said.isdigit() and int(said) <= _SMALL


async def _turn_away(scope: Scope, receive: Receive, send: Send, code: int, answer: Response) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": code})
        return
    answer.headers["Cache-Control"] = "no-store"
    await answer(scope, receive, send)


def _to_the_door(scope: Scope) -> Response:
    if not _has_accounts():
        return PlainTextResponse(i18n.gettext("This is open only to the machine that calldash runs on."), 403)
    page = scope["type"] == "http" and scope["method"] == "GET"
    if page and "text/html" in Headers(scope=scope).get("accept", ""):
        asked = scope["path"] + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
        return RedirectResponse(f"{SIGN_IN}?to={quote(asked)}", 303)
    return PlainTextResponse("", 401)


def _has_accounts() -> bool:
    try:
        store = running.store()
    except Problem:
        return False
    i18n.use(store.settings.language)
    return sessions.of(store).needed()


def _checked(scope: Scope, receive: Receive, send: Send) -> Receive:
    """Messages of a page while whoever opened it is still let in; then the page is hung up on."""

    async def next_one() -> Message:
        message = await receive()
        if message["type"] == "websocket.receive" and who(scope) != scope[PERSON]:
            await send({"type": "websocket.close", "code": _SIGNED_OUT})
            return {"type": "websocket.disconnect", "code": _SIGNED_OUT}
        return message

    return next_one

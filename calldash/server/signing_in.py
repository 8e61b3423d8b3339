"""Routes of the door: sign in, sign out, redeem a code. The cookie holds a token and nothing else."""

from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from calldash import i18n
from calldash.i18n import gettext as _
from calldash.people import invitations, outside, passwords, throttle
from calldash.people import signing_in as people
from calldash.problems import Problem
from calldash.server import door, entrance, origin, paths, running, signing_in_outside
from calldash.store import Store

_LONGEST_FORM = 10_000
Posted = Callable[[Store, Request, dict[str, str]], Response]
Shown = Callable[[Request, str, int, dict[str, str]], Response]


def routes() -> list[Route]:
    """What is open to those who are not signed in, and the way out."""
    return [
        Route(paths.SIGN_IN, _endpoint(_form, _sign_in), methods=["GET", "POST"]),
        Route(f"{paths.SIGN_IN}/code", _endpoint(_code_form, _redeem), methods=["GET", "POST"]),
        Route(signing_in_outside.LEAVE, signing_in_outside.leave, methods=["GET"]),
        Route(signing_in_outside.BACK, signing_in_outside.come_back, methods=["GET"]),
        Route("/sign-out", _sign_out, methods=["GET"]),
    ]


def _endpoint(show: Shown, post: Posted) -> Callable[[Request], Awaitable[Response]]:
    """Shows the form, or takes it; what is wrong is said above the form again."""

    async def endpoint(request: Request) -> Response:
        store = running.store()
        i18n.use(request.query_params.get("lang") or store.settings.language)
        if request.method == "GET":
            return show(request, "", 200, dict(request.query_params))
        given = await _posted(request)
        i18n.use(given.get("lang") or store.settings.language)
        try:
            return await run_in_threadpool(post, store, request, given)
        except people.CodeWantedError as problem:
            return show(request, i18n.say(problem), 200, given | {"ask_code": "yes"})
        except Problem as problem:
            return show(request, i18n.say(problem), 429 if isinstance(problem, throttle.WaitError) else 403, given)

    return endpoint


async def _posted(request: Request) -> dict[str, str]:
    """The fields of a form of ours. A form that another site sends has no fields at all."""
    if origin.from_another_site(request.scope):
        return {}
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST_FORM:
            return {}
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


def _form(request: Request, wrong: str, status: int, given: dict[str, str]) -> Response:
    fields = [
        door.Field("login", _("Login"), autocomplete="username", value=given.get("login", "")),
        door.Field("password", _("Password"), "password", "current-password"),
    ]
    if given.get("ask_code"):
        fields.append(door.Field("code", _("Code of the authenticator app"), autocomplete="one-time-code"))
    hidden = {"to": given.get("to", ""), "lang": i18n.language()}
    body = _elsewhere(hidden) + door.form(paths.SIGN_IN, fields, _("Sign in"), hidden)
    body += door.more(f"{paths.SIGN_IN}/code?lang={i18n.language()}", _("I have a code"))
    return door.page(request, _("Sign in"), body, wrong, status)


def _elsewhere(asked: dict[str, str]) -> str:
    settings = running.store().settings
    address = f"{signing_in_outside.LEAVE}?{urlencode(asked)}"
    return door.outside(address, settings.oidc_name) if outside.offered(settings) else ""


def _sign_in(store: Store, request: Request, given: dict[str, str]) -> Response:
    token = people.sign_in(
        store,
        given.get("login", ""),
        given.get("password", ""),
        given.get("code", ""),
        origin.address_of(request.scope),
        request.headers.get("user-agent", ""),
    )
    return door.enter(request, token, given.get("to", ""))


def _code_form(request: Request, wrong: str, status: int, given: dict[str, str]) -> Response:
    fields = [door.Field("code", _("Code"), value=given.get("code", ""))]
    if invitations.makes_an_administrator(running.store()):
        fields.append(door.Field("login", _("Your login from now on"), autocomplete="username"))
    hint = _("At least {number} characters; several words are easy to keep.").format(number=passwords.SHORTEST)
    fields.append(door.Field("password", _("New password"), "password", "new-password", hint))
    body = door.form(f"{paths.SIGN_IN}/code", fields, _("Set the password"), {"lang": i18n.language()})
    return door.page(request, _("Set a password"), body, wrong, status)


def _redeem(store: Store, request: Request, given: dict[str, str]) -> Response:
    address = origin.address_of(request.scope)
    with throttle.one_at_a_time:
        throttle.check(store, address)
        try:
            login = invitations.redeem(store, given.get("code", ""), given.get("password", ""), given.get("login", ""))
        except invitations.UnknownCodeError:
            throttle.failed(store, address)
            raise
    if people.second_factor_asked(store, login):
        return RedirectResponse(f"{paths.SIGN_IN}?lang={i18n.language()}", 303, {"Cache-Control": "no-store"})
    token = people.begin(store, login, address, request.headers.get("user-agent", ""), "code")
    return door.enter(request, token, "")


def _sign_out(request: Request) -> Response:
    """Ends the session, asked for by a page of ours."""
    if request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none"):
        people.sign_out(running.store(), entrance.token_of(request.scope))
    answer = RedirectResponse(paths.SIGN_IN, 303, {"Cache-Control": "no-store"})
    scheme = request.url.scheme
    answer.delete_cookie(entrance.cookie_for(scheme), path="/", secure=scheme == "https", httponly=True, samesite="lax")
    return answer

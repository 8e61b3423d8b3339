"""Routes of the door to an OpenID Connect provider and back."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from calldash import i18n
from calldash.i18n import gettext as _
from calldash.people import outside
from calldash.people import signing_in as people
from calldash.problems import Problem
from calldash.server import door, origin, paths, running

LEAVE, BACK = f"{paths.SIGN_IN}/outside", f"{paths.SIGN_IN}/back"
_STATE = "calldash_state"
_TRY_S = 600


def leave(request: Request) -> Response:
    """GET: to the provider; the browser keeps the `state` it must come back with."""
    settings = running.store().settings
    i18n.use(request.query_params.get("lang") or settings.language)
    try:
        address, state = outside.leave(settings, _back(request), request.query_params.get("to", ""))
    except Problem as problem:
        return _wrong(request, problem)
    answer = RedirectResponse(address, 303, {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})
    secure = request.url.scheme == "https"
    answer.set_cookie(_STATE, state, _TRY_S, httponly=True, samesite="lax", secure=secure, path=paths.SIGN_IN)
    return answer


def come_back(request: Request) -> Response:
    """GET: from the provider, with a code or a refusal."""
    store = running.store()
    i18n.use(store.settings.language)
    try:
        login, to = outside.come_back(store, request.query_params, request.cookies.get(_STATE))
        address = origin.address_of(request.scope)
        token = people.begin(store, login, address, request.headers.get("user-agent", ""), "openid")
    except Problem as problem:
        return _wrong(request, problem)
    answer = door.enter(request, token, to)
    answer.delete_cookie(_STATE, path=paths.SIGN_IN)
    return answer


def _back(request: Request) -> str:
    return str(request.url.replace(path=BACK, query=""))


def _wrong(request: Request, problem: Problem) -> Response:
    body = door.more(f"{paths.SIGN_IN}?lang={i18n.language()}", _("Back to the form"))
    return door.page(request, _("Sign in"), body, i18n.say(problem), 403)

"""Who may use the routes of our own: asked here, once for each request, before anything is looked up.

Until there are accounts the app is open to the machine that it runs on; from elsewhere only a forwarded link leads in,
by its token.
"""

import ipaddress
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from calldash import audit, i18n
from calldash.problems import Problem
from calldash.recordings.links import GoneError
from calldash.server import running
from calldash.store import Store

Check = Callable[[Request], str]
Handler = Callable[[Store, Request, str], Response]
Telling = Callable[[Problem, int], Response]


class RefusedError(Problem):
    """A request of somebody who may not make it."""


_STATUS = {RefusedError: 403, GoneError: 410}


def in_words(problem: Problem, status: int) -> Response:
    """A problem as one line of text."""
    return PlainTextResponse(i18n.say(problem), status, headers={"Cache-Control": "no-store"})


def through(check: Check, handle: Handler, tell: Telling = in_words) -> Callable[[Request], Response]:
    """The endpoint that lets `handle` answer whom `check` lets in, and `tell`s what is wrong: 403, 404 or 410."""

    def endpoint(request: Request) -> Response:
        try:
            store = running.store()
            i18n.use(request.query_params.get("lang") or store.settings.language)
            return handle(store, request, check(request))
        except Problem as problem:
            return tell(problem, _STATUS.get(type(problem), 404))

    return endpoint


def here(request: Request) -> str:
    """Who asks from this machine and from a page of ours. Raises RefusedError for others."""
    if not _is_here(request):
        message = "This is open only to the machine that calldash runs on."
        raise RefusedError(message)
    if request.headers.get("sec-fetch-site") == "cross-site":
        message = "This is open only to the pages of calldash."
        raise RefusedError(message)
    return audit.LOCAL


def holder(request: Request) -> str:  # noqa: ARG001 (the token is looked up by what it opens)
    """Whoever has a forwarded link; the link itself stands in the audit trail in place of a name."""
    return "link"


def _is_here(request: Request) -> bool:
    if request.client is None:
        return True
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False

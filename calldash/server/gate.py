"""Who may use the routes of our own: asked here, once for each request, before anything is looked up.

A forwarded link leads in by its token; everything else needs what the table of addresses says.
"""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from calldash import i18n
from calldash.people import LOCAL, viewer
from calldash.problems import Problem
from calldash.recordings.links import GoneError
from calldash.server import entrance, origin, paths, running
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


def allowed(request: Request) -> str:
    """Lets in whom the address is for (`paths`), coming from a page of ours; what follows is asked by them."""
    person = entrance.person_of(request.scope)
    if person is None:
        message = "This is open only to the machine that calldash runs on."
        raise RefusedError(message)
    if request.headers.get("sec-fetch-site") == "cross-site" or origin.from_another_site(request.scope):
        message = "This is open only to the pages of calldash."
        raise RefusedError(message)
    if not paths.may(person, request.scope["path"]):
        message = "Your role does not allow this."
        raise RefusedError(message)
    viewer.use(person)
    return person.login


def holder(request: Request) -> str:  # noqa: ARG001 (the token is looked up by what it opens)
    """Whoever has a forwarded link; the link itself stands in the audit trail in place of a name.

    The call of a link was chosen by who made it: what follows may be looked up as by them.
    """
    viewer.use(LOCAL)
    return "link"

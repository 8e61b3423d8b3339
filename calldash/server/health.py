"""Whether the app is well, for whoever watches it: GET /healthz. It tells nothing of the data and needs no session."""

import logging

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from calldash.problems import Problem
from calldash.server import running

_log = logging.getLogger(__name__)


def answer(request: Request) -> Response:  # noqa: ARG001
    """200 where the store answers a question, else 503."""
    headers = {"Cache-Control": "no-store"}
    try:
        running.store().rows("SELECT 1 FROM meta LIMIT 1")
    except Problem:
        return PlainTextResponse("no store", 503, headers)
    except Exception:
        _log.exception("The store does not answer.")
        return PlainTextResponse("no answer", 503, headers)
    return PlainTextResponse("ok", 200, headers)

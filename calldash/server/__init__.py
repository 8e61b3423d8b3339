"""What runs beside the pages in the app's process: the open store, the inbox, routes of our own."""

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route

from calldash import i18n
from calldash.problems import Problem
from calldash.recordings.attaching import Attaching
from calldash.server import assets, evidence, exports, gate, recordings, running, shared
from calldash.server.adding_up import AddingUp
from calldash.server.inbox import Inbox
from calldash.talk.worker import Worker

log = logging.getLogger(__name__)
# What works in threads of its own as long as the app runs.
_BESIDE = (Inbox, AddingUp, Attaching, Worker)


def routes() -> list[Route]:
    """The routes beside Streamlit's own."""
    return [
        Route("/overview", _first_page),
        Route("/recording/{call_no}", gate.through(gate.here, recordings.play)),
        Route("/recording/{call_no}/peaks", gate.through(gate.here, recordings.picture)),
        Route("/recording/{call_no}/listened", gate.through(gate.here, recordings.listened), methods=["POST"]),
        Route("/shared/{token}", gate.through(gate.holder, shared.page, shared.in_a_page)),
        Route("/shared/{token}/audio", gate.through(gate.holder, shared.sound)),
        Route("/assets/{name}", assets.send),
        Route("/export/{format}", gate.through(gate.here, exports.send)),
        Route("/evidence/{client_id}", gate.through(gate.here, evidence.send)),
    ]


async def _first_page(request: Request) -> RedirectResponse:
    """The first page of the menu has no address of its own but the root."""
    return RedirectResponse(request.url.replace(path="/"))


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """Opens the store and the inbox with the app, closes them with it; what cannot be opened is said in the log."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    beside: list[Inbox | AddingUp | Attaching | Worker] = []
    try:
        for kind in _BESIDE:
            beside.append(kind(running.store()))
            beside[-1].start()
    except Problem as problem:
        log.error("%s", i18n.say(problem))
    # What is loaded by now stays for the life of the process: the collector need not look at it again.
    gc.freeze()
    yield {}
    for one in beside:
        one.stop()
    running.close()

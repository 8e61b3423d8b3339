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
from calldash.beside import Beside
from calldash.people import invitations, viewer
from calldash.problems import Problem
from calldash.recordings.attaching import Attaching
from calldash.server import (
    assets,
    evidence,
    exports,
    files,
    gate,
    health,
    logs,
    metrics,
    recordings,
    running,
    shared,
    signing_in,
    stopping,
)
from calldash.server.adding_up import AddingUp
from calldash.server.inbox import Inbox
from calldash.server.nightly import Nightly
from calldash.server.placing import Placing
from calldash.talk.worker import Worker

log = logging.getLogger(__name__)
# What works in threads of its own as long as the app runs.
_BESIDE = (Inbox, AddingUp, Placing, Attaching, Worker, Nightly)


def routes() -> list[Route]:
    """The routes beside Streamlit's own."""
    return [
        *signing_in.routes(),
        Route("/healthz", health.answer),
        Route("/metrics", metrics.answer),
        Route("/overview", _first_page),
        Route("/recording/{call}", gate.through(gate.allowed, recordings.play)),
        Route("/recording/{call}/peaks", gate.through(gate.allowed, recordings.picture)),
        Route("/recording/{call}/listened", gate.through(gate.allowed, recordings.listened), methods=["POST"]),
        Route("/shared/{token}", gate.through(gate.holder, shared.page, shared.in_a_page)),
        Route("/shared/{token}/audio", gate.through(gate.holder, shared.sound)),
        Route("/assets/{name}", assets.send),
        Route("/export/{format}", gate.through(gate.allowed, exports.send)),
        Route("/evidence/{client_id}", gate.through(gate.allowed, evidence.send)),
        Route("/file/{kind}", gate.through(gate.allowed, files.send)),
    ]


async def _first_page(request: Request) -> RedirectResponse:
    """The first page of the menu has no address of its own but the root."""
    return RedirectResponse(request.url.replace(path="/"))


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """Opens the store and the inbox with the app, closes them with it; what cannot be opened is said in the log."""
    logs.begin("plain")
    beside: list[Beside] = []
    try:
        logs.begin(running.store().settings.log_format)
        _tell_the_first_code()
        for kind in _BESIDE:
            beside.append(kind(running.store()))
            beside[-1].start()
    except Problem as problem:
        log.error("%s", i18n.say(problem))
    # What is loaded by now stays for the life of the process: the collector need not look at it again.
    gc.freeze()
    ending = stopping.Ending(beside)
    with stopping.first_of_all(ending.begin), viewer.serving():
        yield {}
    ending.finish()
    running.close()


def _tell_the_first_code() -> None:
    """Where nobody has an account, the code that makes an administrator is told to whoever reads this log."""
    code = invitations.first(running.store())
    if code and running.store().settings.open_to_everybody:
        log.warning("There are no accounts, and the settings open calldash to everybody who reaches this address.")
    if code:
        log.info("No accounts yet: open to this machine only. To have people sign in: /sign-in/code, code %s", code)

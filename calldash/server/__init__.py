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
from calldash.server import recordings, running
from calldash.server.inbox import Inbox

log = logging.getLogger(__name__)


def routes() -> list[Route]:
    """The routes beside Streamlit's own."""
    return [Route("/overview", _first_page), Route("/recording/{call_no}", recordings.play)]


async def _first_page(request: Request) -> RedirectResponse:
    """The first page of the menu has no address of its own but the root."""
    return RedirectResponse(request.url.replace(path="/"))


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """Opens the store and the inbox with the app, closes them with it; what cannot be opened is said in the log."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    inbox = None
    try:
        inbox = Inbox(running.store())
        inbox.start()
    except Problem as problem:
        log.error("%s", i18n.say(problem))
    # What is loaded by now stays for the life of the process: the collector need not look at it again.
    gc.freeze()
    yield {}
    if inbox:
        inbox.stop()
    running.close()

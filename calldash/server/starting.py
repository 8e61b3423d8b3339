"""Before anything is served: the store is opened, and an address that others reach is refused while nobody signs in."""

import logging

from calldash import i18n
from calldash.i18n import mark
from calldash.people import outside, sessions
from calldash.problems import Problem
from calldash.server import logs, origin, running, stopping
from calldash.settings import watched
from calldash.store import copying

_OPEN = mark(
    "calldash does not start on {address}: others reach it there, and nobody has an account yet. Make the first one "
    "(python -m calldash invite LOGIN), or leave server.address at 127.0.0.1. The setting open_to_everybody opens it "
    "without accounts."
)
log = logging.getLogger(__name__)


def begin(address: str | None) -> None:
    """Opens the store for an app that listens on `address` (None: on all). Raises SystemExit, with the reason logged.

    A store that cannot be opened is told of on the pages, to whoever sits at this machine.
    """
    logs.begin("plain")
    try:
        with stopping.ends_at_once():
            settings = running.store().settings
            copying.forget_copies(settings)
        i18n.use(settings.language)
        logs.begin(settings.log_format)
        for name in watched.read_by_others():
            log.warning("%s may be read by others; it holds secrets: chmod 0600 %s", name, name)
        _refuse(address)
    except Problem as problem:
        if address and origin.is_this_machine(address):
            return
        log.critical("%s", i18n.say(problem))
        raise SystemExit(1) from None
    finally:
        i18n.use(i18n.SOURCE)


def _refuse(address: str | None) -> None:
    """Raises Problem where others could see all calls, did the door not keep them out."""
    store = running.store()
    if address and origin.is_this_machine(address):
        return
    if sessions.of(store).needed() or outside.offered(store.settings) or store.settings.open_to_everybody:
        return
    raise Problem(_OPEN, address=address or "0.0.0.0")

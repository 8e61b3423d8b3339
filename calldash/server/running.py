"""The process's one store: opened on first use, shared by pages, routes and the inbox."""

import threading

from calldash.audit import noted_settings
from calldash.settings import load
from calldash.store import Store, open_store

_lock = threading.Lock()
_open: list[Store] = []


def store() -> Store:
    """The open store. Raises Problem when it cannot be opened."""
    with _lock:
        if not _open:
            _open.append(open_store(load()))
            noted_settings.note(_open[0])
        return _open[0]


def interrupt() -> None:
    """Ends what the open store is asked now; one that is being opened is not waited for."""
    for one in list(_open):
        one.interrupt()


def close() -> None:
    """Closes the store if it is open."""
    with _lock:
        while _open:
            _open.pop().close()

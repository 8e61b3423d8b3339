"""Whose each page left open is. A browser that comes back after a break may go on in a page of its own reader only:
neither in another person's, nor in their own from before their role changed, whose buttons it still had."""

import threading
from collections import OrderedDict

from starlette.types import Scope

from calldash.people import Person

_HEADER = b"sec-websocket-protocol"  # its entries: the protocol, a token, and the page to go on in
_MOST = 10_000
_whose: OrderedDict[str, Person] = OrderedDict()
_lock = threading.Lock()


def begun(tab: str, reader: Person) -> None:
    """Notes who a page (its name in Streamlit) is drawn for."""
    with _lock:
        _whose[tab] = reader
        _whose.move_to_end(tab)
        while len(_whose) > _MOST:
            _whose.popitem(last=False)


def own(scope: Scope, reader: Person | None) -> Scope:
    """The scope of a socket that goes on in no page but the reader's own; else it begins a new one."""
    return {**scope, "headers": [(name, _kept(name, value, reader)) for name, value in scope["headers"]]}


def _kept(name: bytes, value: bytes, reader: Person | None) -> bytes:
    entries = value.split(b",")
    if name.lower() != _HEADER or len(entries) < 3:
        return value
    with _lock:
        known = _whose.get(entries[2].strip().decode("latin-1"))
    return value if known is not None and known == reader else b",".join(entries[:2])

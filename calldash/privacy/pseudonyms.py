"""Pseudonyms in place of clients' numbers: keyed with the store's own key, so the same client has the same one."""

from collections.abc import Iterator
from contextlib import contextmanager

from calldash.people import masking
from calldash.store import Store, keyed

ASKED = "pseudonyms"  # how an address says that it wants them


def key(store: Store) -> bytes:
    """The store's key, made when it is first asked for."""
    return keyed.key(store)


@contextmanager
def shown(store: Store) -> Iterator[None]:
    """As long as the block lasts, answers have pseudonyms."""
    with masking.pseudonyms(key(store)):
        yield

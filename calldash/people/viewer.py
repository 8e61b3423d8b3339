"""Who is asking, for everything below the pages: set at the door, read where calls are looked up.

In the app's process whoever was not let in is nobody, who sees nothing; commands are run by the machine's owner.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from calldash.people.person import LOCAL, NOBODY, Person

_viewer: ContextVar[Person | None] = ContextVar("viewer", default=None)
_at_the_door = False
_finding: list[Callable[[], Person | None]] = []


@contextmanager
def serving() -> Iterator[None]:
    """Meanwhile this process answers others: who was not let in is nobody."""
    global _at_the_door
    _at_the_door = True
    try:
        yield
    finally:
        _at_the_door = False


def found_by(find: Callable[[], Person | None]) -> None:
    """How pages tell who is asking where nothing was said: reactions to a click run before the page does."""
    _finding[:] = [find]


def use(person: Person) -> None:
    """What follows in this context is asked by `person`."""
    _viewer.set(person)


@contextmanager
def acting(person: Person) -> Iterator[None]:
    """What is asked meanwhile is asked by `person`."""
    token = _viewer.set(person)
    try:
        yield
    finally:
        _viewer.reset(token)


def current() -> Person:
    """Who is asking."""
    return _viewer.get() or next((find() for find in _finding), None) or (NOBODY if _at_the_door else LOCAL)

"""What is done again and again beside the pages, in a thread of its own, until it is stopped."""

import logging
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from calldash.people import LOCAL, viewer
from calldash.problems import Problem

log = logging.getLogger(__name__)
_at_work: Counter[str] = Counter()
_counting = threading.Lock()


@contextmanager
def at_work(name: str) -> Iterator[None]:
    """As long as the block lasts, one more `name` is at work."""
    with _counting:
        _at_work[name] += 1
    try:
        yield
    finally:
        with _counting:
            _at_work[name] -= 1


def now_at_work() -> dict[str, int]:
    """How many of each name are at work in this process; 0 for those that were before."""
    with _counting:
        return dict(_at_work)


class Beside:
    """A thread that does `look` every `every_s` seconds, the first time after `first_s`; what goes wrong is logged."""

    name: str
    every_s: float
    first_s: float | None = None

    def __init__(self) -> None:
        self.ending = threading.Event()
        self._thread = threading.Thread(target=self._work, name=self.name, daemon=True)

    def start(self) -> None:
        """Begins."""
        with _counting:
            _at_work[self.name] += 0  # known from now on, idle or not
        self._thread.start()

    def stop(self, within_s: float | None = None) -> bool:
        """Ends after what is being done, which may end sooner where it watches `ending`; whether it did in time."""
        self.ending.set()
        self._thread.join(within_s)
        return not self._thread.is_alive()

    def prepare(self) -> None:
        """What the thread itself does once, before it looks."""

    def look(self) -> None:
        """What is done each time."""
        raise NotImplementedError

    def _work(self) -> None:
        viewer.use(LOCAL)  # what the app does by itself is nobody's question
        self.prepare()
        wait = self.every_s if self.first_s is None else self.first_s
        while not self.ending.wait(wait):
            wait = self.every_s
            try:
                with at_work(self.name):
                    self.look()
            except Problem as problem:
                log.error("%s: %s", self.name, problem)
            except Exception:
                if self.ending.is_set():  # a statement that was interrupted so that the app can end
                    log.info("%s: ended on the way", self.name)
                else:
                    log.exception(self.name)

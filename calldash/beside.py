"""What is done again and again beside the pages, in a thread of its own, until it is stopped."""

import logging
import threading

from calldash.people import LOCAL, viewer
from calldash.problems import Problem

log = logging.getLogger(__name__)


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
        self._thread.start()

    def stop(self) -> None:
        """Ends after what is being done, which may end sooner where it watches `ending`."""
        self.ending.set()
        self._thread.join()

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
                self.look()
            except Problem as problem:
                log.error("%s: %s", self.name, problem)
            except Exception:
                log.exception(self.name)

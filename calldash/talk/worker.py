"""Listening to recordings beside the pages: one at a time, after everything else."""

import logging
import os
import sys
import threading

from calldash.beside import Beside
from calldash.store import Store
from calldash.talk.analysing import AGAIN_AFTER, Analysis

_LEAST = 10  # of niceness, of 19
# Python lets one thread work at a time, however nice it is: calls whose recordings are nowhere follow each other so
# fast that pages would come to half their speed, and millions of them in one list would hold everything up.
_REST_S = 0.02
_AT_ONCE = 5_000
log = logging.getLogger(__name__)


class Worker(Beside):
    """A thread that listens to what has not been listened to, whenever there are new data."""

    name = "talks"
    first_s = 5.0  # the app starts first
    every_s = 15.0

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._seen, self._idle_s = -1, 0.0

    def prepare(self) -> None:
        """Lets every other thread go first, where a thread can have a priority of its own."""
        if sys.platform == "linux":
            try:
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LEAST)
            except OSError:
                log.info("talk analytics runs with the priority of the app")

    def look(self) -> None:
        """Listens when there are new data, or after a while to what may have come to the recordings since."""
        self._idle_s += self.every_s
        if self._store.version == self._seen and self._idle_s < AGAIN_AFTER.total_seconds():
            return
        more = False
        try:
            done = Analysis(self._store, stop=self._rested).run(_AT_ONCE)
            more = done.known + done.unknown == _AT_ONCE
        finally:
            self._seen, self._idle_s = -1 if more else self._store.version, 0.0

    def _rested(self) -> bool:
        """Whether to end; asked between calls, and now and then within a long one."""
        return self.ending.wait(_REST_S)

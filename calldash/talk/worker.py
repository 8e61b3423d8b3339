"""Listening to recordings beside the pages: one at a time, after everything else."""

import logging
import os
import sys
import threading

from calldash.store import Store
from calldash.talk.analysing import AGAIN_AFTER, Analysis

_FIRST_S = 5.0  # the app starts first
_LOOK_S = 15.0
_LEAST = 10  # of niceness, of 19
log = logging.getLogger(__name__)


class Worker:
    """A thread that listens to what has not been listened to, whenever there are new data."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._work, name="talks", daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def stop(self) -> None:
        """Ends after the recording that is being listened to."""
        self._end.set()
        self._thread.join()

    def _work(self) -> None:
        _step_back()
        seen, idle, wait = -1, 0.0, _FIRST_S
        while not self._end.wait(wait):
            wait = _LOOK_S
            idle += _LOOK_S
            if self._store.version == seen and idle < AGAIN_AFTER.total_seconds():
                continue
            try:
                Analysis(self._store, stop=self._end.is_set).run()
            except Exception:
                log.exception("talk analytics")
            seen, idle = self._store.version, 0.0


def _step_back() -> None:
    """Lets every other thread go first, where a thread can have a priority of its own."""
    if sys.platform == "linux":
        try:
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LEAST)
        except OSError:
            log.info("talk analytics runs with the priority of the app")

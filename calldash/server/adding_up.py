"""The rollups are brought up to date beside the pages: after calls have changed, and as time goes by."""

import logging
import threading
import time

from calldash import rollups
from calldash.store import Store

_STEP_S = 1.0
_QUIET_S = 5.0  # after a change, so that a stream of small ones is added up together
_AGAIN_S = 3600.0  # days settle while nothing changes
log = logging.getLogger(__name__)


class AddingUp:
    """A thread that refreshes the rollups of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="rollups", daemon=True)

    def start(self) -> None:
        """Begins to watch the store."""
        self._thread.start()

    def stop(self) -> None:
        """Ends watching after what is being done."""
        self._end.set()
        self._thread.join()

    def _watch(self) -> None:
        seen, due = -1, 0.0
        while not self._end.wait(_STEP_S):
            if self._store.version != seen:
                seen, due = self._store.version, time.monotonic() + (_QUIET_S if seen >= 0 else 0.0)
            elif time.monotonic() >= due:
                due = time.monotonic() + _AGAIN_S
                self.refresh()

    def refresh(self) -> None:
        """Adds up what is due; what goes wrong is in the log, and the calls themselves are asked until it goes well."""
        try:
            if days := rollups.refresh(self._store, stopped=self._end.is_set):
                log.info("rollups: %d days added up", days)
        except Exception:
            log.exception("rollups")

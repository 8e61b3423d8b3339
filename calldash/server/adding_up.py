"""The rollups are brought up to date beside the pages: after calls have changed, and as time goes by."""

import logging
import time

from calldash import rollups
from calldash.beside import Beside
from calldash.store import Store

_QUIET_S = 5.0  # after a change, so that a stream of small ones is added up together
_AGAIN_S = 3600.0  # days settle while nothing changes
log = logging.getLogger(__name__)


class AddingUp(Beside):
    """A thread that refreshes the rollups of a store; until that goes well the calls themselves are asked."""

    name = "rollups"
    every_s = 1.0

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._seen, self._due = -1, 0.0

    def look(self) -> None:
        """Adds up what is due."""
        now = time.monotonic()
        if self._store.version != self._seen:
            self._due = now + (_QUIET_S if self._seen >= 0 else 0.0)
            self._seen = self._store.version
        elif now >= self._due:
            self._due = now + _AGAIN_S
            if days := rollups.refresh(self._store, stopped=self.ending.is_set):
                log.info("rollups: %d days added up", days)

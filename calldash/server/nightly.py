"""Each night what has outlived its time goes, once a local day, from the hour that the settings name."""

import logging
from datetime import datetime
from zoneinfo import ZoneInfo

from calldash.beside import Beside
from calldash.privacy import retention
from calldash.store import Store

_DONE = "retention_day"  # in `meta`: the local day on which it was done last
log = logging.getLogger(__name__)


class Nightly(Beside):
    """A thread that looks whether the hour has come."""

    name = "retention"
    every_s = 300.0

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store

    def look(self) -> None:
        """Removes what has outlived its time, where anything may and it was not done today."""
        if all(retention.days_kept(self._store, kind) is None for kind in retention.KINDS):
            return
        local = datetime.now(ZoneInfo(self._store.settings.zone))
        today = local.date().isoformat()
        done = self._store.rows("SELECT value FROM meta WHERE name = $1", [_DONE])
        if local.hour < self._store.settings.retention_hour or done == [(today,)]:
            return
        found = retention.run(self._store, "retention")
        with self._store.noting() as cursor:
            cursor.execute("INSERT OR REPLACE INTO meta VALUES ($1, $2)", [_DONE, today])
        for one in found:
            if one.days is not None:
                log.info("retention: %s: %d lines, %d files", one.kind, sum(one.lines.values()), one.files)

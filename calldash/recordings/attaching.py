"""Recordings whose names tell of a call are written to that call, so that lists and filters know of them."""

import logging
from typing import Any

from calldash.beside import Beside
from calldash.importing import DEMO
from calldash.recordings import index
from calldash.store import Store

log = logging.getLogger(__name__)
_PATH = "if(f.folder = '', f.name, f.folder || '/' || f.name)"
_WITHOUT = "c.recording IS NULL AND c.system <> $demo"
# A name may hold any of the ids that belong together in the phone system's log.
_BY_ID = f"""
SELECT c.call_no, {_PATH} AS path, 0 AS distance
FROM recording_files f JOIN calls c ON c.id = f.call_id WHERE {_WITHOUT}
UNION
SELECT c.call_no, {_PATH}, 0
FROM recording_files f
JOIN refs b ON b.ref = f.call_id JOIN refs a ON a.system = b.system AND a.root = b.root
JOIN calls c ON c.system = a.system AND c.id = a.ref WHERE {_WITHOUT}
"""
# Where the name holds a time and a number: the answered call of that number that began nearest to it.
_BY_TIME = f"""
SELECT c.call_no, {_PATH} AS path,
    abs(epoch(c.started_at - timezone('UTC', timezone(coalesce(s.zone, $zone), f.begun_at)))) AS distance
FROM recording_files f
JOIN calls c ON right(regexp_replace(c.client, '\\D', '', 'g'), 7) = right(f.number, 7)
LEFT JOIN systems s ON s.system = c.system
WHERE {_WITHOUT} AND c.answered AND length(f.number) >= 7 AND distance <= $tolerance
"""
# Each file to its nearest call, each call its nearest file.
_MATCHES = f"""
WITH fitting AS (
    SELECT * FROM ({_BY_ID} UNION ALL {_BY_TIME})
    WHERE path NOT IN (SELECT recording FROM calls WHERE recording IS NOT NULL)
),
nearest AS (
    SELECT * FROM fitting QUALIFY row_number() OVER (PARTITION BY path ORDER BY distance, call_no) = 1
)
SELECT call_no, arg_min(path, (distance, path)) AS path FROM nearest GROUP BY call_no
"""


def attach(store: Store) -> int:
    """Gives calls without a recording the files whose names tell of them; gives the number of calls.

    Raises Problem for patterns that cannot be used.
    """
    if not store.settings.recordings.is_dir():
        return 0
    index.refresh(store)
    values: dict[str, Any] = {
        "demo": DEMO,
        "zone": store.settings.zone,
        "tolerance": store.settings.recording_tolerance_s,
    }
    found = store.rows(_MATCHES, values)
    if found:
        with store.writing() as cursor:
            cursor.execute(f"CREATE OR REPLACE TEMP TABLE named AS {_MATCHES}", values)
            cursor.execute("UPDATE calls SET recording = named.path FROM named WHERE named.call_no = calls.call_no")
            cursor.execute("DROP TABLE named")
    return len(found)


class Attaching(Beside):
    """A thread that looks for new recordings, and for recordings of new calls."""

    name = "recordings"
    every_s = 30.0

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._seen: tuple[Any, ...] = ()

    def look(self) -> None:
        """Attaches what is new since the last look."""
        if not self._store.settings.recordings.is_dir():
            return
        index.refresh(self._store)
        state = "SELECT count(*), max(changed_ns), (SELECT count(*) FROM recording_files) FROM recording_folders"
        seen = (self._store.version, *self._store.rows(state)[0])
        if seen != self._seen:
            count = attach(self._store)
            self._seen = (self._store.version, *seen[1:])
            if count:
                log.info("recordings: %d calls got theirs by its name", count)

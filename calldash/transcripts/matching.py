"""Which call a transcript is of, by the name of its file: the name of the call's recording, or the call's id."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from calldash.problems import Problem
from calldash.store import Store
from calldash.transcripts.kept import Call
from calldash.transcripts.reading import ENDINGS

_FOUND = r"""
WITH named AS (
    SELECT system, id, recording, regexp_extract(lower(recording), '([^/\\]*?)(\?.*)?$', 1) AS file
    FROM calls WHERE recording IS NOT NULL
)
SELECT s.stem, n.system, n.id, n.recording FROM stems s JOIN named n ON n.file = s.stem
UNION
SELECT s.stem, n.system, n.id, n.recording FROM stems s
JOIN named n ON regexp_replace(n.file, '\.[a-z0-9]{1,5}$', '') = s.stem
UNION
SELECT s.stem, c.system, c.id, coalesce(c.recording, '') FROM stems s JOIN calls c ON lower(c.id) = s.stem
UNION
SELECT s.stem, c.system, c.id, f.stem FROM stems s
JOIN recording_files f ON lower(f.stem) = s.stem JOIN calls c ON c.id = f.call_id
"""
Fitting = dict[str, dict[str, list[Call]]]


def by_name(store: Store, paths: Iterable[Path]) -> Fitting:
    """For each stem of a file's name the calls that it fits, by their recordings: several mean that it fits none."""
    stems = pa.table({"stem": pa.array(sorted({stem(path) for path in paths}), pa.string())})
    fitting: Fitting = defaultdict(lambda: defaultdict(list))
    with store.cursor() as cursor:
        cursor.register("stems", stems)
        for name, system, call_id, recording in cursor.execute(_FOUND).fetchall():
            fitting[name][recording or f"{system}/{call_id}"].append((system, call_id))
        cursor.unregister("stems")
    return fitting


def stem(path: Path) -> str:
    """The name without the ending of a transcript, without case."""
    name = path.name.casefold()
    return next((name.removesuffix(ending) for ending in ENDINGS if name.endswith(ending)), name)


def only(fitting: Fitting, path: Path) -> list[Call]:
    """The calls of the one recording that a file's name fits. Raises Problem when it fits none, or several."""
    found = fitting.get(stem(path), {})
    if not found:
        raise Problem("No call has a recording of this name, nor such an id.")
    if len(found) > 1:
        raise Problem("The name fits {number} recordings: name the call with --system and --id.", number=len(found))
    return next(iter(found.values()))

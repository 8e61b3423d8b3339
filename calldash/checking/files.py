"""Recordings of which the store knows a file that is not there, and calls that name one that never was."""

import os
from collections.abc import Iterator
from functools import lru_cache

from calldash.checking.finding import Finding, Looked
from calldash.i18n import mark
from calldash.problems import Problem
from calldash.recordings import is_link, places

_AT_ONCE = 50_000
_GONE = mark("{count} recordings that lay in the folder are gone, the first of call {call}.")
_ADVICE = mark("Bring the folder of recordings back from its backup, or correct the setting recordings.")
_FETCHED = mark("Open the calls again to fetch them anew, or bring the folder back from its backup.")
_NEVER = mark("{count} recordings that calls name are not in the folder, the first of call {call}.")
_AS_IT_IS = mark("Nothing is wrong where they were never copied here, or were taken away outside calldash.")
# What names a file, in the order of folders; and whether the app saw a file of that name when it looked last.
_BY_PATH = """
SELECT system, recording, min(id),
    bool_or(recording IN (SELECT if(folder = '', name, folder || '/' || name) FROM recording_files)),
    bool_or(regexp_extract(recording, '[^/]*$') IN (SELECT name FROM recording_files))
FROM calls WHERE recording IS NOT NULL GROUP BY system, recording ORDER BY system, recording
"""


def missing(looked: Looked) -> Iterator[Finding]:
    """Recordings that were there, or were fetched, and are gone; as a note those that calls name and nobody saw."""
    counts, first = {True: 0, False: 0}, {True: "", False: ""}
    names = lru_cache(maxsize=4)(_names)
    for system, recording, call_id, seen, elsewhere in looked.each(_BY_PATH, _AT_ONCE):
        folder, _slash, name = recording.rpartition("/")
        if is_link(recording) or name in names(looked, system, folder) or (elsewhere and not seen):
            continue
        counts[seen] += 1
        first[seen] = first[seen] or f"{system}/{call_id}"
    for seen, sentence, advice in ((True, _GONE, _ADVICE), (False, _NEVER, _AS_IT_IS)):
        if counts[seen]:
            yield Finding(sentence, advice, {"count": counts[seen], "call": first[seen]}, note=not seen)
    fetched = [file for (file,) in looked.rows("SELECT file FROM fetched_recordings")]
    if gone := sum(not (places.made(looked.store.settings, places.FETCHED) / file).exists() for file in fetched):
        yield Finding(mark("{count} recordings that were fetched are missing."), _FETCHED, {"count": gone})


def _names(looked: Looked, system: str, folder: str) -> frozenset[str]:
    """What lies in a folder that recordings' paths name: read once, because a year has as many files as calls."""
    try:
        place = places.below(places.folder_of(looked.store.settings, system), folder)
        return frozenset(one.name for one in os.scandir(place))
    except (Problem, OSError):
        return frozenset()

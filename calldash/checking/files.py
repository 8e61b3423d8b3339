"""Recordings of which the store knows a file that is not there."""

from collections.abc import Iterator
from pathlib import Path

from calldash.checking.finding import Finding, Looked
from calldash.i18n import mark
from calldash.problems import Problem
from calldash.recordings import is_link, places

_ADVICE = mark("Bring the folder of recordings back from its backup, or correct the setting recordings.")
_FETCHED = mark("Open the calls again to fetch them anew, or bring the folder back from its backup.")
_BY_PATH = (
    "SELECT system, recording, min(id), count(*) FROM calls WHERE recording IS NOT NULL GROUP BY system, recording"
)


def missing(looked: Looked) -> Iterator[Finding]:
    """Calls whose recording is a path that leads nowhere; recordings that were fetched and are gone."""
    settings, count, example = looked.store.settings, 0, ""
    named = {Path(name).name for (name,) in looked.rows("SELECT name FROM recording_files")}
    for system, recording, call_id, calls in looked.rows(_BY_PATH):
        if is_link(recording) or _there(looked, system, recording) or Path(recording).name in named:
            continue
        count, example = count + calls, example or f"{system}/{call_id}"
    if count:
        sentence = mark("The recordings of {count} calls are missing, the first of call {call}.")
        yield Finding(sentence, _ADVICE, {"count": count, "call": example})
    fetched = [file for (file,) in looked.rows("SELECT file FROM fetched_recordings")]
    if gone := sum(not (places.made(settings, places.FETCHED) / file).exists() for file in fetched):
        yield Finding(mark("{count} recordings that were fetched are missing."), _FETCHED, {"count": gone})


def _there(looked: Looked, system: str, recording: str) -> bool:
    try:
        return places.below(places.folder_of(looked.store.settings, system), recording).exists()
    except Problem:
        return False

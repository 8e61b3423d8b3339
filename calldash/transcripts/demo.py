"""The transcripts that come with the demo's recordings, for the demo's calls."""

from collections import defaultdict

from calldash.importing import DEMO
from calldash.recordings.places import folder_of
from calldash.store import Store
from calldash.transcripts.importing import attach
from calldash.transcripts.kept import Call


def attach_all(store: Store) -> int:
    """Attaches the transcript beside each recording of the demo to all calls that have it; gives their number."""
    calls: dict[str, list[Call]] = defaultdict(list)
    text = "SELECT recording, system, id FROM calls WHERE system = ? AND recording IS NOT NULL"
    for recording, system, call_id in store.rows(text, [DEMO]):
        calls[recording].append((system, call_id))
    attached = 0
    for recording, some in sorted(calls.items()):
        path = (folder_of(store.settings, DEMO) / recording).with_suffix(".json")
        if path.is_file():
            attached += len(attach(store, path.read_bytes(), path.name, some).calls)
    return attached

"""Recordings that only their names tell of are known to lists and filters, each to the one call it fits."""

from pathlib import Path

from calldash.filters import CallFilter
from calldash.recordings.attaching import Attaching, attach
from calldash.store import Store
from tests.conftest import Opener
from tests.drawn import draw, listed
from tests.recorded import wav

CALLS = """
    started_at | direction | client       | answered | wait_s | talk_s | recording | id
    10:00      | in        | +79991110001 | yes      | 5      | 10     |           | 1772434800.1
    10:20      | in        | +79991110002 | yes      | 5      | 10     |           | b
    10:20:20   | in        | +79991110002 | yes      | 5      | 10     |           | c
    11:00      | in        | +79991110001 | no       | 20     | 0      |           | d
    12:00      | in        | +79991110003 | yes      | 5      | 10     | own.wav   | e
"""
FILES = """
    1772434800.1.wav
    external-74951234500-79991110002-20260302-102002-1772436002.7.wav
    external-74951234500-79991110001-20260302-110000-1772438400.9.wav
    external-74951234500-79991110003-20260302-120000-1772442000.3.wav
"""


def recorded(store: Store) -> dict[str, str | None]:
    return dict(store.rows("SELECT id, recording FROM calls"))


def with_files(open_here: Opener, tmp_path: Path) -> Store:
    store = open_here(recordings=tmp_path / "recordings")
    store.settings.recordings.mkdir()
    for name in FILES.split():
        wav(store.settings.recordings / name)
    draw(store, CALLS)
    return store


def test_each_file_goes_to_the_call_that_its_name_tells_of(open_here: Opener, tmp_path: Path) -> None:
    """By id; else by number and time to the nearest answered call; a call whose record names one keeps that."""
    store = with_files(open_here, tmp_path)
    by_id, by_time, *_rest = FILES.split()
    assert attach(store) == 2
    assert recorded(store) == {"1772434800.1": by_id, "b": by_time, "c": None, "d": None, "e": "own.wav"}
    assert attach(store) == 0
    assert len(listed(store, CallFilter().choose("recorded", ["yes"]))) == 3


def test_looking_attaches_once_and_makes_a_new_version(open_here: Opener, tmp_path: Path) -> None:
    store = with_files(open_here, tmp_path)
    looking, before = Attaching(store), store.version
    looking.look()
    looking.look()
    assert (store.version, recorded(store)["b"] is None) == (before + 1, False)


def test_without_a_folder_nothing_is_looked_for(store: Store) -> None:
    draw(store, CALLS)
    assert attach(store) == 0

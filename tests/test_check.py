"""What `check` finds in a store that was harmed by hand, and that a sound one passes."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from calldash import audit, checking, rollups
from calldash.__main__ import app
from calldash.checking import facts
from calldash.people import invitations
from calldash.store import Store
from tests.conftest import Opener
from tests.drawn import cases, draw

ROWS = """
    started_at | direction | client | answered | wait_s | talk_s | team
    10:00      | in        | A      | yes      | 5      | 100    | Sales
    10:05      | in        | B      | no       | 20     | 0      | Support
    10:15      | out       | B      | yes      | 3      | 40     | Support
"""


def wrong(store: Store, head: str | None = None) -> set[str]:
    """The checks that found something."""
    found = checking.run(store, lambda _share: None, head)
    return {name for name, several in found.items() if checking.wrong({name: several})}


@pytest.fixture
def sound(open_here: Opener, tmp_path: Path) -> Store:
    store = open_here(recordings=tmp_path / "recordings")
    draw(store, ROWS)
    audit.record(store, audit.LOCAL, "mark", "a")
    audit.record(store, audit.LOCAL, "mark", "b")
    assert invitations.first(store)
    rollups.refresh(store)
    assert wrong(store) == set()
    return store


@pytest.mark.parametrize(
    "case",
    cases("""
    harm                                                                     | found
    UPDATE calls SET is_unique = NOT is_unique WHERE is_unique IS NOT NULL   | facts rollups
    UPDATE calls SET talk_s = 101 WHERE talk_s = 100                         | rollups
    UPDATE calls SET has_legs = NOT has_legs WHERE talk_s = 100              | counts
    UPDATE calls SET hour = 3 WHERE talk_s = 100                             | counts rollups
    UPDATE imports SET rows_read = 9                                         | counts
    DELETE FROM imports                                                      | links
    DELETE FROM clients                                                      | links
    UPDATE audit SET who = 'x' WHERE subject = 'a'                           | audit
    UPDATE calls SET all_busy = TRUE WHERE talk_s = 0                        | facts rollups
    """),
    ids=lambda case: case["harm"][:40],
)
def test_harm_is_found(sound: Store, case: dict[str, str]) -> None:
    with sound.cursor() as cursor:
        cursor.execute(case["harm"])
    assert wrong(sound) == set(case["found"].split())


def test_lines_taken_off_the_end_of_the_trail_show_by_a_hash_noted_before(sound: Store) -> None:
    noted = audit.head(sound)
    assert wrong(sound, noted) == set()
    with sound.cursor() as cursor:
        cursor.execute("DELETE FROM audit WHERE subject = 'b'")
    assert wrong(sound) == set()
    assert wrong(sound, noted) == {"audit"}


def test_facts_are_repaired(sound: Store) -> None:
    with sound.cursor() as cursor:
        cursor.execute("UPDATE calls SET is_unique = NULL, hour = 3")
    facts.repair(sound)
    rollups.refresh(sound)
    assert wrong(sound) == set()


def test_the_command_tells_each_finding_and_ends_with_1(sound: Store) -> None:
    db = str(sound.settings.db)
    with sound.cursor() as cursor:
        cursor.execute("DELETE FROM clients")
    sound.close()
    done = CliRunner().invoke(app, ["check", "--format", "json", "--db", db], env={"CALLDASH_LANGUAGE": "en"})
    told = json.loads(done.stdout)
    assert (done.exit_code, told["ok"]) == (1, False)
    assert told["checks"]["links"][0]["told"].startswith("3 rows of the table calls belong to nothing")


# Where a recording of the first call is, and whether its being gone is wrong or only noted.
@pytest.mark.parametrize(
    "case",
    cases("""
    named                       | in_folder | in_index | found
    a/one.wav                   | yes       | yes      | nothing
    a/one.wav                   | yes       |          | nothing
    a/one.wav                   |           | yes      | wrong
    a/one.wav                   |           |          | note
    b/one.wav                   | yes       | yes      | nothing
    ../one.wav                  |           |          | note
    https://example.org/one.wav |           |          | nothing
    """),
    ids=lambda case: "-".join(case.values()),
)
def test_a_recording_that_was_there_is_missed_and_one_that_never_was_is_noted(
    sound: Store, case: dict[str, str]
) -> None:
    place = sound.settings.recordings / "a" / "one.wav"
    if case["in_folder"]:
        place.parent.mkdir(parents=True)
        place.write_bytes(b"RIFF")
    with sound.cursor() as cursor:
        cursor.execute("UPDATE calls SET recording = $1 WHERE talk_s = 100", [case["named"]])
        if case["in_index"]:
            cursor.execute("INSERT INTO recording_files (folder, name, stem) VALUES ('a', 'one.wav', 'one')")
    found = checking.run(sound, lambda _share: None)["recordings"]
    assert [("note" if one.note else "wrong") for one in found] == [case["found"]] * (case["found"] != "nothing")
    assert not found or "1 recordings" in found[0].told()


def test_a_note_is_told_and_the_command_ends_with_0(sound: Store) -> None:
    db = str(sound.settings.db)
    with sound.cursor() as cursor:
        cursor.execute("UPDATE calls SET recording = 'never/copied.wav' WHERE talk_s = 100")
    rollups.refresh(sound)
    sound.close()
    done = CliRunner().invoke(app, ["check", "--db", db], env={"CALLDASH_LANGUAGE": "en"})
    assert done.exit_code == 0, done.output
    assert "not in the folder" in done.stdout and "Findings: 0" in done.stdout


def test_what_was_fetched_and_is_gone_is_wrong(sound: Store) -> None:
    with sound.cursor() as cursor:
        cursor.execute("INSERT INTO fetched_recordings VALUES ('x', 'y', 'gone.wav', 4, TIMESTAMP '2026-03-02')")
    assert wrong(sound) == {"recordings"}


def test_large_stores_are_looked_at_in_parts_and_say_the_same(sound: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part a call, a day at once: what one look at all of it finds is found so too."""
    shares: list[float] = []
    monkeypatch.setattr(facts, "_CALLS", 1)
    monkeypatch.setattr(facts, "_DAYS", 1)
    assert not checking.wrong(checking.run(sound, shares.append))
    assert shares == sorted(shares) and len(shares) >= 6 + 3 and round(shares[-1], 6) == 1
    with sound.cursor() as cursor:
        cursor.execute("UPDATE calls SET is_unique = NOT is_unique WHERE is_unique IS NOT NULL")
    [found] = checking.run(sound, shares.append)["facts"]
    assert found.values == {"fact": "is_unique", "count": 2}

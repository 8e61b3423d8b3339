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
from tests.drawn import cases, draw

ROWS = """
    started_at | direction | client | answered | wait_s | talk_s | team
    10:00      | in        | A      | yes      | 5      | 100    | Sales
    10:05      | in        | B      | no       | 20     | 0      | Support
    10:15      | out       | B      | yes      | 3      | 40     | Support
"""


def wrong(store: Store, head: str | None = None) -> set[str]:
    """The checks that found something."""
    return {name for name, found in checking.run(store, lambda _share: None, head).items() if found}


@pytest.fixture
def sound(store: Store, tmp_path: Path) -> Store:
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
    UPDATE calls SET recording = 'gone.wav' WHERE talk_s = 100               | recordings
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

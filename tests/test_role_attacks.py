"""What somebody with an account tries against others' calls and hidden numbers, past the pages; nothing comes of it."""

from collections.abc import Callable

import pytest

from calldash import evidence
from calldash.given import deals_import
from calldash.marking import marks
from calldash.missed import callbacks
from calldash.numbers.client_search import client_numbers, find_clients, numbers_in
from calldash.people import Person, viewer
from calldash.problems import Problem
from calldash.store import Store
from tests.drawn import draw

# A and C are Sales' clients, B is Service's; C was missed by both.
CALLS = """
id | started_at | direction | client | answered | talk_s | employee | team
c1 | 09:00      | in        | A      | true     | 60     | Ann      | Sales
c2 | 09:10      | in        | B      | true     | 60     | Bob      | Service
c3 | 09:20      | in        | C      | false    | 0      |          | Sales
c4 | 09:30      | in        | B      | false    | 0      |          | Service
"""
LEAD = Person("lead", "Lead", "lead", ("Sales",))
EMPLOYEE = Person("bob", "Bob", "employee", employee="Bob")
MARKETER = Person("mark", "Mark", "marketer")
A, B, C = "+79000000065", "+79000000066", "+79000000067"


@pytest.fixture
def known(store: Store) -> Store:
    draw(store, CALLS)
    return store


def test_a_client_is_found_only_by_who_sees_a_call_of_theirs(known: Store) -> None:
    for person, found in ((LEAD, [A, C]), (EMPLOYEE, [B]), (MARKETER, [])):
        with viewer.acting(person):
            assert sorted(number for _id, number in find_clients(known, "9000000")) == found, person.login
            assert [bool(find_clients(known, one)) for one in (A, B, C)] == [one in found for one in (A, B, C)]
            assert numbers_in(known, "79000000065 79000000066"), "parts of a text are still told apart"


def test_ids_counted_up_in_an_address_tell_no_numbers(known: Store) -> None:
    for person, told in ((LEAD, {A, C}), (EMPLOYEE, {B}), (MARKETER, {"+790••••••65", "+790••••••66", "+790••••••67"})):
        with viewer.acting(person):
            assert set(client_numbers(known, range(100)).values()) == told, person.login


def test_an_evidence_pack_about_a_client_of_others_is_about_nobody(known: Store) -> None:
    (client_id,) = known.rows("SELECT client_id FROM clients WHERE client = $1", [B])[0]
    with viewer.acting(LEAD), pytest.raises(Problem, match="no such client"):
        evidence.of_client(known, client_id)
    with viewer.acting(LEAD), pytest.raises(Problem, match="no client with the number"):
        evidence.of_number(known, B)


def test_what_was_done_lately_is_told_of_calls_that_are_seen(known: Store) -> None:
    for call in ("c3", "c4"):
        callbacks.step(known, "admin", "closed", ("plain", call), "reached")
    for person, told in ((LEAD, [C]), (EMPLOYEE, []), (MARKETER, ["+790••••••66", "+790••••••67"])):
        with viewer.acting(person):
            assert list(callbacks.done(known)["client"]) == told, person.login


def test_nobody_takes_or_closes_a_client_of_others(known: Store) -> None:
    for person, call in ((LEAD, "c4"), (EMPLOYEE, "c3"), (MARKETER, "c3")):
        with viewer.acting(person), pytest.raises(Problem, match="role does not allow"):
            callbacks.step(known, person.login, "taken", ("plain", call))
    with viewer.acting(LEAD):
        callbacks.step(known, "lead", "taken", ("plain", "c3"))
    assert known.rows("SELECT who, id FROM callbacks") == [("lead", "c3")]


def test_marks_on_calls_of_others_change_nothing(known: Store) -> None:
    every = [number for (number,) in known.rows("SELECT call_no FROM calls ORDER BY call_no")]
    with viewer.acting(LEAD):
        assert marks.put(known, "lead", "spam", "yes", every) == 2
    with viewer.acting(EMPLOYEE):
        assert marks.put(known, "bob", "note", "mine", every) == 1
    assert known.rows("SELECT id FROM calls WHERE spam ORDER BY id") == [("c1",), ("c3",)]
    assert known.rows("SELECT id FROM calls WHERE note IS NOT NULL") == [("c2",)]


MARKING: tuple[Callable[[Store], object], ...] = (
    lambda store: marks.put(store, "mark", "spam", "yes", [1]),
    lambda store: marks.offer(store, "mark", "vip"),
    lambda store: marks.withdraw(store, "mark", "vip"),
    lambda store: marks.rename(store, "mark", "vip", "other"),
)


@pytest.mark.parametrize("act", MARKING)
def test_who_may_not_mark_does_not(known: Store, act: Callable[[Store], object]) -> None:
    marks.offer(known, "admin", "vip")
    with viewer.acting(MARKETER), pytest.raises(Problem, match="role does not allow"):
        act(known)
    assert marks.tags(known) == ["vip"]


@pytest.mark.parametrize("number", [A, "+79999999999"])
def test_deals_do_not_tell_who_sees_masks_whether_a_number_called(known: Store, number: str) -> None:
    path = known.settings.db.with_name("deals.csv")
    path.write_text(f"id,phone,date,amount,status\n1,{number},2026-03-05,10,won\n")
    with viewer.acting(MARKETER):
        assert deals_import.import_file(known, path, "mark").uncalled is None
    assert deals_import.import_file(known, path, "head").uncalled == (number != A)

"""Names of calls in addresses: the same after every import, found under an old id, telling nobody's number."""

import re

import pytest

from calldash.store import Store, named
from tests.asterisk_samples import log, master
from tests.drawn import draw, take

DRAWN = """
    id                    | started_at | direction | client       | answered | wait_s | talk_s
    vpbx-79161234567-2    | 10:00      | in        | +79161234567 | yes      | 5      | {talk}
    other                 | 10:00      | in        | +79161234567 | yes      | 5      | 60
"""


def numbers(store: Store) -> dict[str, int]:
    return dict(store.rows("SELECT id, call_no FROM calls"))


def test_a_name_is_of_the_day_and_a_hash_and_holds_no_number(store: Store) -> None:
    draw(store, DRAWN.format(talk=60))
    names = named.names(store, numbers(store).values())
    assert len(set(names.values())) == 2
    assert all(re.fullmatch(r"20260302-[0-9a-f]{12}", name) for name in names.values())
    assert {number: named.find(store, name) for number, name in names.items()} == {one: one for one in names}
    assert named.name(store, 10**9) == ""


def test_a_name_outlives_a_new_import(store: Store) -> None:
    draw(store, DRAWN.format(talk=60))
    before = numbers(store)
    name = named.name(store, before["vpbx-79161234567-2"])
    draw(store, DRAWN.format(talk=90))
    after = numbers(store)["vpbx-79161234567-2"]
    assert after != before["vpbx-79161234567-2"]
    assert named.find(store, name) == after


def test_the_same_id_has_another_name_elsewhere(store: Store) -> None:
    """Whoever knows an id, or guesses a number in it, cannot work out the name: it is keyed."""
    draw(store, DRAWN.format(talk=60))
    mine = named.name(store, numbers(store)["other"])
    with store.noting() as cursor:
        cursor.execute("UPDATE meta SET value = repeat('ab', 32) WHERE name = 'privacy_key'")
    assert named.name(store, numbers(store)["other"]) != mine


@pytest.mark.parametrize("text", [None, "", "1", "20260302-", "20261399-0c2f9a1be47d", "00000101-0c2f9a1be47d",
                                  "00010101-0c2f9a1be47d", "99991231-0c2f9a1be47d", "20260302-0C2F9A1BE47D",
                                  "20260302-0c2f9a1be47d\n", "２0260302-0c2f9a1be47d"])  # fmt: skip
def test_what_is_no_name_finds_nobody(store: Store, text: str | None) -> None:
    draw(store, DRAWN.format(talk=60))
    assert named.find(store, text) is None


def test_a_call_built_anew_under_another_id_is_found_by_its_old_name(store: Store) -> None:
    """The queue_log knows call 2; the CDR, which comes later, says that it belongs to call 1."""
    queue = "1|2|q|NONE|ENTERQUEUE||79991110001|1\n9|2|q|SIP/201|CONNECT|8|1772434800.3|8\n30|2|q|SIP/201|COMPLETECALLER|8|21|1"
    take(store, log(queue), name="queue_log")
    [(before, number)] = numbers(store).items()
    name = named.name(store, number)
    cdr = "10:00:00 10:00:00 10:00:30 79991110001 600 from-trunk SIP/t-00000001 - Queue q 30 30 ANSWERED {} 1 {}\n"
    take(store, master(cdr.format(1, 1) + cdr.format(2, 2)), name="Master.csv")
    [(after, number)] = numbers(store).items()
    assert after != before and named.name(store, number) != name
    assert named.find(store, name) == number

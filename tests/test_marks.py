"""Marks stand in the place of what the phone system says, change figures at once, and can be taken back."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from calldash import demo, rollups
from calldash.importing import DEMO, import_built
from calldash.store import Store, marks
from tests.asterisk_samples import log, master
from tests.drawn import draw, figures, take

CALLS = """
    started_at | direction | client | answered | wait_s | talk_s | tags    | outcome | id
    10:00      | in        | A      | yes      | 5      | 10     | vip     |         | short
    11:00      | in        | A      | no       | 20     | 0      |         |         | missed
    12:00      | in        | B      | yes      | 5      | 60     |         |         | long
    13:00      | out       | B      | yes      | 5      | 60     |         | failure | out
"""


def mark(store: Store, ids: str, what: str, value: str | None, who: str = "Ann") -> int:
    places = ", ".join(f"'{one}'" for one in ids.split())
    with store.writing() as cursor:
        return marks.put(
            cursor, store.settings, f"SELECT call_no FROM calls WHERE id IN ({places})", {}, what, value, who
        )


def column(store: Store, name: str) -> dict[str, Any]:
    return dict(store.rows(f"SELECT id, {name} FROM calls"))


@pytest.mark.parametrize(
    ("ids", "what", "value", "key", "before", "after"),
    [
        ("long", "outcome", "success", "sale_calls", 0, 1),
        ("short", "target", "yes", "target_calls", 1, 2),
        ("long", "target", "no", "target_calls", 1, 0),
        ("missed", "spam", "yes", "missed_calls", 1, 0),
        ("missed", "spam", "yes", "missed_clients", 1, 0),
        ("short", "spam", "yes", "unique_calls", 2, 2),
    ],
)
def test_a_mark_changes_the_figures_and_is_taken_back(
    store: Store, ids: str, what: str, value: str, key: str, before: int, after: int
) -> None:
    draw(store, CALLS)
    rollups.refresh(store)
    assert figures(store, key) == {key: before}
    assert mark(store, ids, what, value) == 1
    assert figures(store, key) == {key: after}
    assert mark(store, ids, what, value) == 0
    assert mark(store, ids, what, None) == 1
    assert figures(store, key) == {key: before}


def test_spam_is_nobody_s_neighbour(store: Store) -> None:
    """With A's first call gone the second one is the unique one."""
    draw(store, CALLS)
    mark(store, "short", "spam", "yes")
    assert column(store, "is_unique")["missed"] is True
    mark(store, "short", "spam", None)
    assert column(store, "is_unique")["missed"] is False


def test_marks_outlive_an_import_of_the_same_and_of_other_rows(store: Store) -> None:
    draw(store, CALLS)
    mark(store, "long", "outcome", "success")
    mark(store, "short", "tag", "lead")
    mark(store, "short", "untag", "vip")
    mark(store, "long", "note", " call again ")
    assert draw(store, CALLS).rows_same == 4
    changed = CALLS.replace("60     |         |         | long", "61     | new     | failure | long")
    assert draw(store, changed).rows_changed == 1
    assert column(store, "talk_s")["long"] == 61
    assert column(store, "outcome")["long"] == "success"
    assert column(store, "note")["long"] == "call again"
    assert column(store, "tags") == {"short": "lead", "missed": None, "long": "new", "out": None}
    mark(store, "long", "outcome", None)
    assert column(store, "outcome")["long"] == "failure"
    mark(store, "short", "tag", "vip")
    assert column(store, "tags")["short"] == "lead;vip"


def test_each_mark_is_in_the_history_with_who_and_when(store: Store) -> None:
    draw(store, CALLS)
    mark(store, "long short", "tag", "lead", "Ann")
    mark(store, "long", "untag", "lead", "Bob")
    mark(store, "long", "tag", "lead", "Bob")
    found = store.rows("SELECT id, what, value, who FROM marks WHERE made_at IS NOT NULL ORDER BY mark_no")
    assert found == [
        ("short", "tag", "lead", "Ann"),
        ("long", "tag", "lead", "Ann"),
        ("long", "untag", "lead", "Bob"),
        ("long", "tag", "lead", "Bob"),
    ]


def test_what_is_no_mark_is_refused(store: Store) -> None:
    draw(store, CALLS)
    with pytest.raises(KeyError):
        mark(store, "long", "price", "1")


def test_an_import_without_marks_writes_what_rows_say(store: Store) -> None:
    draw(
        store,
        """
        started_at | direction | client | answered | spam | outcome | tags
        10:00      | in        | A      | yes      | yes  | success | b;a
        """,
    )
    found = store.rows("SELECT spam, outcome, tags, marked_target, note FROM calls")
    assert found == [(True, "success", "b;a", None, None)]


def test_what_hangs_on_an_id_follows_it_into_the_call_it_becomes_part_of(store: Store) -> None:
    """The queue_log knows call 2; the CDR, which comes later, says that it belongs to call 1."""
    queue = "1|2|q|NONE|ENTERQUEUE||79991110001|1 9|2|q|SIP/201|CONNECT|8|1772434800.3|8 30|2|q|SIP/201|COMPLETECALLER|8|21|1"
    take(store, log(queue.replace(" 9", "\n9").replace(" 30", "\n30")), name="queue_log")
    (before,) = column(store, "client")
    mark(store, before, "outcome", "success")
    cdr = "10:00:00 10:00:00 10:00:30 79991110001 600 from-trunk SIP/t-00000001 - Queue q 30 30 ANSWERED {} 1 {}\n"
    take(store, master(cdr.format(1, 1) + cdr.format(2, 2)), name="Master.csv")
    ((after, outcome),) = column(store, "outcome").items()
    assert (after != before, outcome) == (True, "success")
    assert store.rows("SELECT id FROM marks UNION ALL SELECT id FROM marked") == [(after,), (after,)]


def test_marks_on_demo_calls_go_with_them(store: Store) -> None:
    import_built(store, demo.calls(date(2026, 3, 6), ZoneInfo("Europe/Moscow")), DEMO, DEMO)
    with store.writing() as cursor:
        assert marks.put(cursor, store.settings, "SELECT call_no FROM calls", {}, "tag", "x", "Ann") > 1000
    draw(store, CALLS)
    assert store.rows("SELECT count(*) FROM marked UNION ALL SELECT count(*) FROM marks") == [(0,), (0,)]

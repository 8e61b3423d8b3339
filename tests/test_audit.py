"""The audit trail keeps what was done in its order, and is no reason to compute figures anew."""

import pytest

from calldash import audit
from calldash.store import Store


def test_lines_are_kept_newest_first_and_by_subject(store: Store) -> None:
    before = store.version
    audit.record(store, audit.LOCAL, "listen", "pbx/1", since_s=0, until_s=12)
    audit.record(store, audit.LOCAL, "export", "calls", rows=3)
    lines = audit.trail(store)
    assert [(who, action, subject) for _at, who, action, subject, _detail in lines] == [
        ("local", "export", "calls"),
        ("local", "listen", "pbx/1"),
    ]
    assert [line[4] for line in audit.trail(store, "pbx/1")] == ['{"since_s": 0, "until_s": 12}']
    assert store.version == before


def three(store: Store) -> None:
    for number in range(3):
        audit.record(store, audit.LOCAL, "listen", f"pbx/{number}")


def test_a_whole_trail_holds_together(store: Store) -> None:
    assert audit.broken(store) is None
    three(store)
    assert audit.broken(store) is None


@pytest.mark.parametrize(
    "done",
    [
        "UPDATE audit SET who = 'somebody' WHERE subject = 'pbx/1'",
        "UPDATE audit SET done_at = done_at + INTERVAL 1 SECOND WHERE subject = 'pbx/1'",
        "DELETE FROM audit WHERE subject = 'pbx/1'",
        "DELETE FROM audit WHERE subject = 'pbx/0'",
        "INSERT INTO audit (done_at, who, action, subject, detail, chain) SELECT done_at, who, action, subject, detail, "
        "chain FROM audit WHERE subject = 'pbx/2'",
    ],
)
def test_what_was_changed_put_in_or_taken_out_shows(store: Store, done: str) -> None:
    three(store)
    with store.noting() as cursor:
        cursor.execute(done)
    assert audit.broken(store) is not None


def test_lines_taken_off_the_end_show_in_the_head_that_was_kept_elsewhere(store: Store) -> None:
    three(store)
    kept = audit.head(store)
    with store.noting() as cursor:
        cursor.execute("DELETE FROM audit WHERE subject = 'pbx/2'")
    assert audit.broken(store) is None
    assert audit.head(store) != kept


def test_old_lines_may_go_and_the_rest_holds(store: Store) -> None:
    three(store)
    with store.noting() as cursor:
        cursor.execute("UPDATE audit SET chain = NULL, done_at = done_at - INTERVAL 400 DAY WHERE subject <> 'pbx/2'")
        cursor.execute("UPDATE audit SET chain = NULL")
    three(store)  # a trail from before there was a chain is chained with the first new line
    assert audit.broken(store) is None
    assert audit.drop_before(store, audit.outlived(365)) == 2
    assert audit.broken(store) is None
    assert len(audit.trail(store)) == 4
    assert audit.drop_before(store, audit.outlived(365)) == 0

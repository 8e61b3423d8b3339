"""The audit trail keeps what was done in its order, and is no reason to compute figures anew."""

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

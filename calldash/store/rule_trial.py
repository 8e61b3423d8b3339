"""What rules would make of calls, without writing anything: calls as they would be."""

from collections.abc import Sequence
from dataclasses import replace

import duckdb

from calldash.settings import Settings
from calldash.store import facts, rules
from calldash.store.marks import IN_FORCE
from calldash.store.rule_conditions import Rule

# `main` is the schema: what is asked for as `calls` is this SELECT itself.
_OF_CLIENT = ", ".join(f"if(t.client_id IS NULL, c.{name}, f.{name}) AS {name}" for name in facts.FACTS)
AS_WOULD_BE = (
    "SELECT c.* REPLACE (if(n.call_no IS NULL, c.spam, n.spam) AS spam, "
    f"if(n.call_no IS NULL, c.marked_target, n.marked_target) AS marked_target, {_OF_CLIENT}) "
    "FROM main.calls c LEFT JOIN ruled_now n ON n.call_no = c.call_no "
    "LEFT JOIN facts f ON f.call_no = c.call_no LEFT JOIN touched t ON t.client_id = c.client_id"
)


def find(cursor: duckdb.DuckDBPyConnection, settings: Settings, wanted: Sequence[Rule]) -> tuple[int, bool]:
    """How many calls `wanted` would change, and whether figures would follow: then `AS_WOULD_BE` is the calls then.

    Like `rules.find` it leaves these calls in `reruled`.
    """
    # A new rule has no number yet.
    numbered = [replace(one, rule_no=one.rule_no or -place) for place, one in enumerate(wanted, 1)]
    count = rules.find(cursor, settings, numbered)
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE ruled_now AS SELECT * FROM (SELECT m.call_no, {IN_FORCE['spam']} AS spam, "
        f"{IN_FORCE['marked_target']} AS marked_target, m.was_spam, c.marked_target AS was_target "
        "FROM reruled m JOIN calls c ON c.call_no = m.call_no) "
        "WHERE spam IS DISTINCT FROM was_spam OR marked_target IS DISTINCT FROM was_target"
    )
    moved = bool(cursor.execute("SELECT 1 FROM ruled_now LIMIT 1").fetchall())
    if moved:
        _find_facts(cursor, settings)
    return count, moved


def _find_facts(cursor: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    rules.touch(cursor)
    cursor.execute(
        "CREATE OR REPLACE TEMP VIEW ruled_calls AS SELECT c.* REPLACE (coalesce(n.spam, c.spam) AS spam) "
        "FROM calls c LEFT JOIN ruled_now n ON n.call_no = c.call_no"
    )
    facts.find(cursor, settings, of=("ruled_calls",))

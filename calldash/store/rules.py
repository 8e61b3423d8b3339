"""Rules that class calls: of several the first that fits; what they say stands between people's marks and the rows.

Whether a call is spam, and whether it is a target call, are two questions: each is answered by the first active rule
that has an answer. Tags add up. What is said is kept in `marked`, and goes when the rule goes.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import duckdb

from calldash.metrics.rule_columns import OF_NUMBERS
from calldash.settings import Settings
from calldash.store import days, facts, rule_writing
from calldash.store.marks import IN_FORCE, SALES
from calldash.store.rule_conditions import Condition, Rule
from calldash.store.ruling import AS_WAS, COLUMNS, rule_calls


def rules(cursor: duckdb.DuckDBPyConnection) -> list[Rule]:
    """All rules in their order."""
    found = cursor.execute(
        "SELECT name, does, conditions, tag, burst_calls, burst_minutes, active, rule_no FROM rules ORDER BY place"
    ).fetchall()
    return [Rule(name, does, conditions_of(text), *rest) for name, does, text, *rest in found]


def conditions_of(text: str) -> tuple[Condition, ...]:
    """The conditions that the JSON `text` lists."""
    return tuple(Condition(column, how, tuple(values)) for column, how, values in json.loads(text))


def follow_batch(cursor: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """The calls that a batch wrote are ruled, and those of its clients (in `touched`) that make a burst with them."""
    active = [rule for rule in rules(cursor) if rule.active]
    if not active:
        return
    scope = "call_no >= getvariable('batch_first')"
    if any(rule.burst_calls for rule in active):
        cursor.execute("CREATE OR REPLACE TEMP TABLE ruled_clients AS FROM touched")
        scope += " OR client_id IN (SELECT client_id FROM ruled_clients)"
    follow(cursor, settings, scope)


def follow_tracked(cursor: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Calls whose source has changed (in `tracked`) are ruled anew, with all calls of their clients."""
    if any(rule.active for rule in rules(cursor)):
        cursor.execute("CREATE OR REPLACE TEMP TABLE ruled_clients AS SELECT DISTINCT client_id FROM tracked")
        of_client = "client_id IN (SELECT client_id FROM ruled_clients)"
        follow(cursor, settings, f"{of_client} OR call_no IN (SELECT call_no FROM tracked)")


def follow_placed(cursor: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Where rules ask for what numbers tell, the calls of clients told of now (in `told_places`) are ruled anew."""
    active = [rule for rule in rules(cursor) if rule.active]
    if any(one.column in OF_NUMBERS for rule in active for one in rule.conditions):
        follow(cursor, settings, "client_id IN (SELECT of_client FROM told_places)")


def follow(cursor: duckdb.DuckDBPyConnection, settings: Settings, scope: str = "TRUE") -> int:
    """Brings what rules say of the calls in `scope` up to date, facts and rollups too; gives how many calls changed.

    `scope` (SQL over a call) holds all calls of a client, or none, where a burst may differ.
    """
    count = find(cursor, settings, rules(cursor), scope)
    if count:
        rule_writing.write(cursor)
        _bring_up_to_date(cursor, settings)
    return count


def find(cursor: duckdb.DuckDBPyConnection, settings: Settings, given: Sequence[Rule], scope: str = "TRUE") -> int:
    """Of how many calls in `scope` the rules `given` say something else than stands there; nothing is written.

    These calls are in the temporary table `reruled`: what they were, people's marks on them, and what is said now.
    """
    rule_calls(cursor, settings, [rule for rule in given if rule.active], scope)
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE ruled_lines AS "
        "SELECT c.call_no, c.client_id, c.day, c.spam AS was_spam, c.ruled AS was, m.* EXCLUDE (system, id) "
        f"FROM marked m JOIN calls c ON c.system = m.system AND c.id = m.id WHERE ({scope})"
    )
    was = ", ".join(f"coalesce(r.{name}, m.{name}) AS {name}" for name in AS_WAS)
    said = ", ".join(f"r.{name}" for name in COLUMNS)
    differs = " OR ".join(f"m.{name} IS DISTINCT FROM r.{name}" for name in COLUMNS)
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE reruled AS SELECT {was}, {said}, m.call_no IS NOT NULL AS has_line, "
        "m.outcome, m.target, m.spam, m.note, coalesce(m.tagged, []) AS tagged, coalesce(m.untagged, []) AS untagged, "
        "m.given_outcome, coalesce(m.given_spam, r.was_spam) AS given_spam, m.given_tags, "
        f"{', '.join(f'm.{name}' for name in SALES)} "
        f"FROM ruling r FULL JOIN ruled_lines m ON m.call_no = r.call_no WHERE {differs}"
    )
    for table in ("ruling", "ruled_lines"):
        cursor.execute(f"DROP TABLE {table}")
    [(count,)] = cursor.execute("SELECT count(*) FROM reruled").fetchall()
    return int(count)


def touch(cursor: duckdb.DuckDBPyConnection) -> None:
    """Temporary table `touched`: the clients whose calls stop or begin to be anybody's neighbours by `reruled`."""
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT client_id FROM reruled m "
        f"WHERE client_id IS NOT NULL AND {IN_FORCE['spam']} IS DISTINCT FROM was_spam"
    )


def _bring_up_to_date(cursor: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    days.touch(cursor, days.of(cursor, "SELECT DISTINCT day FROM reruled"))
    touch(cursor)
    facts.refresh(cursor, settings)


def put(cursor: duckdb.DuckDBPyConnection, settings: Settings, wanted: Sequence[Rule], who: str) -> int:
    """Puts `wanted`, in this order, in the place of all rules, those without a number being new; calls follow.

    Gives how many calls changed.
    """
    kept = [rule.rule_no for rule in wanted if rule.rule_no is not None]
    cursor.execute("DELETE FROM rules WHERE rule_no NOT IN (SELECT unnest($1::BIGINT[]))", [kept])
    made = {"made_by": who, "made_at": datetime.now(UTC).replace(tzinfo=None)}
    for place, rule in enumerate(wanted):
        values = {
            "place": place, "name": rule.name, "does": rule.does, "tag": rule.tag, "active": rule.active,
            "conditions": json.dumps(rule.conditions, ensure_ascii=False), "burst_calls": rule.burst_calls,
            "burst_minutes": rule.burst_minutes,
        }  # fmt: skip
        if rule.rule_no is None:
            values |= made
            places = ", ".join(f"${name}" for name in values)
            cursor.execute(f"INSERT INTO rules ({', '.join(values)}) VALUES ({places})", values)
        else:
            sets = ", ".join(f"{name} = ${name}" for name in values)
            cursor.execute(f"UPDATE rules SET {sets} WHERE rule_no = $rule_no", values | {"rule_no": rule.rule_no})
    return follow(cursor, settings)


class Changed(NamedTuple):
    """A call that rules would change; its start is local, `was` and `then` are what rules made of it."""

    call_no: int
    system: str
    id: str
    started_at: datetime
    client: str | None
    was: str | None
    then: str | None


def changed(cursor: duckdb.DuckDBPyConnection, zone: str, most: int) -> list[Changed]:
    """The newest calls that `find` found."""
    # Days are in the order of calls: only the last ones have to be looked through.
    last = "SELECT min(day) FROM (SELECT day FROM reruled ORDER BY day DESC LIMIT $most)"
    found = cursor.execute(
        "SELECT c.call_no, c.system, c.id, timezone($zone, timezone('UTC', c.started_at)), c.client, m.was, "
        f"{IN_FORCE['ruled']} FROM reruled m JOIN calls c ON c.call_no = m.call_no WHERE m.day >= ({last}) "
        "ORDER BY c.started_at DESC, c.call_no DESC LIMIT $most",
        {"zone": zone, "most": most},
    ).fetchall()
    return [Changed(*row) for row in found]


def counts(cursor: duckdb.DuckDBPyConnection) -> dict[int, int]:
    """For each rule of how many calls it says what they are, or puts its tag on them."""
    found = cursor.execute(
        "SELECT rule_no, count(*) FROM (SELECT unnest([spam_rule, target_rule]) AS rule_no FROM marked "
        "UNION ALL SELECT r.rule_no FROM (SELECT unnest(ruled_tags) AS tag FROM marked) t "
        "JOIN rules r ON r.tag = t.tag AND r.active) WHERE rule_no IS NOT NULL GROUP BY rule_no"
    ).fetchall()
    return dict(found)


def forget(cursor: duckdb.DuckDBPyConnection, settings: Settings, who: str) -> None:
    """Removes the rules that `who` made."""
    made = {number for (number,) in cursor.execute("SELECT rule_no FROM rules WHERE made_by = $1", [who]).fetchall()}
    if made:
        put(cursor, settings, [rule for rule in rules(cursor) if rule.rule_no not in made], who)

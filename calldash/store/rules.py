"""Rules that class calls: of several the first that fits; what they say stands between people's marks and the rows.

Whether a call is spam, and whether it is a target call, are two questions: each is answered by the first active rule
that has an answer. Tags add up. What is said is kept in `marked`, and goes when the rule goes.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import duckdb

from calldash.settings import Settings
from calldash.store import days, facts
from calldash.store.marks import IN_FORCE
from calldash.store.rule_conditions import Condition, Rule
from calldash.store.ruling import COLUMNS, rule_calls

# The columns of a call that follow.
_FOLLOW = ("spam", "tags", "marked_target", "ruled")


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


def follow(cursor: duckdb.DuckDBPyConnection, settings: Settings, scope: str = "TRUE") -> int:
    """Brings what rules say of the calls in `scope` up to date, facts and rollups too; gives how many calls changed.

    `scope` (SQL over a call) holds all calls of a client, or none, where a burst may differ. The changed calls stay
    in the temporary table `reruled (call_no, client_id, day, spam, was)`, with whether they were spam before.
    """
    active = [rule for rule in rules(cursor) if rule.active]
    rule_calls(cursor, settings, active, scope)
    differs = " OR ".join(f"m.{name} IS DISTINCT FROM r.{name}" for name in COLUMNS)
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE reruled AS SELECT d.*, c.client_id, c.day, c.spam, c.ruled AS was FROM ("
        "SELECT coalesce(r.call_no, m.call_no) AS call_no, coalesce(r.system, m.system) AS system, "
        "coalesce(r.id, m.id) AS id FROM ruling r FULL JOIN ("
        "SELECT c.call_no, m.* FROM marked m JOIN calls c ON c.system = m.system AND c.id = m.id "
        f"WHERE m.ruled_tags IS NOT NULL AND ({scope})) m ON m.call_no = r.call_no WHERE {differs}) d "
        "JOIN calls c USING (call_no)"
    )
    [(count,)] = cursor.execute("SELECT count(*) FROM reruled").fetchall()
    if count:
        _write(cursor)
        _bring_up_to_date(cursor, settings)
    return int(count)


def _write(cursor: duckdb.DuckDBPyConnection) -> None:
    """What is said now stands in `marked`, and what follows from it on the calls."""
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE reruled_lines AS "
        "SELECT o.call_no, o.system, o.id, m.outcome, m.target, m.spam, m.note, coalesce(m.tagged, []) AS tagged, "
        "coalesce(m.untagged, []) AS untagged, if(m.system IS NULL, c.outcome, m.given_outcome) AS given_outcome, "
        "coalesce(m.given_spam, c.spam) AS given_spam, if(m.system IS NULL, c.tags, m.given_tags) AS given_tags, "
        "r.* EXCLUDE (call_no, system, id) FROM reruled o JOIN calls c USING (call_no) "
        "LEFT JOIN ruling r USING (call_no) LEFT JOIN marked m ON m.system = o.system AND m.id = o.id"
    )
    cursor.execute("DELETE FROM marked m USING reruled_lines l WHERE m.system = l.system AND m.id = l.id")
    cursor.execute(
        "INSERT INTO marked BY NAME SELECT * EXCLUDE (call_no) FROM reruled_lines WHERE ruled_tags IS NOT NULL "
        "OR coalesce(outcome, note) IS NOT NULL OR coalesce(target, spam) IS NOT NULL "
        "OR len(tagged) + len(untagged) > 0"
    )
    differs = ", ".join(f"bool_or(c.{name} IS DISTINCT FROM {IN_FORCE[name]})" for name in _FOLLOW)
    [found] = cursor.execute(f"SELECT {differs} FROM reruled_lines m JOIN calls c USING (call_no)").fetchall()
    # What is written takes long: mostly rules are about one thing.
    sets = ", ".join(f"{name} = {IN_FORCE[name]}" for name, differ in zip(_FOLLOW, found, strict=True) if differ)
    if sets:
        cursor.execute(f"UPDATE calls SET {sets} FROM reruled_lines m WHERE calls.call_no = m.call_no")
    cursor.execute("DROP TABLE reruled_lines")


def _bring_up_to_date(cursor: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    days.touch(cursor, days.of(cursor, "SELECT DISTINCT day FROM reruled"))
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT r.client_id "
        "FROM reruled r JOIN calls c USING (call_no) WHERE r.client_id IS NOT NULL AND c.spam IS DISTINCT FROM r.spam"
    )
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
    """A call that `follow` changed; its start is local, `was` and `then` are what rules made of it."""

    call_no: int
    system: str
    id: str
    started_at: datetime
    client: str | None
    was: str | None
    then: str | None


def changed(cursor: duckdb.DuckDBPyConnection, zone: str, most: int) -> list[Changed]:
    """The newest calls that `follow` changed."""
    found = cursor.execute(
        "SELECT c.call_no, c.system, c.id, timezone($zone, timezone('UTC', c.started_at)), c.client, r.was, c.ruled "
        "FROM reruled r JOIN calls c USING (call_no) ORDER BY c.started_at DESC, c.call_no DESC LIMIT $most",
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

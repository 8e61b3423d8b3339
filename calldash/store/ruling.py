"""What rules say of calls: which calls fit, bursts too, and whose answer counts where several fit."""

from collections.abc import Mapping, Sequence

import duckdb

from calldash.settings import Settings
from calldash.store.rule_conditions import Compiled, Rule, asks_given

# The questions that rules answer: the columns of `marked` for the answer and for who gave it, and what gives it.
_ANSWERS = {
    ("ruled_spam", "spam_rule"): {"spam": "TRUE", "not_spam": "FALSE"},
    ("ruled_target", "target_rule"): {"target": "TRUE", "not_target": "FALSE"},
}
AS_WAS = ("call_no", "client_id", "day", "was_spam", "was")
COLUMNS = (*(name for pair in _ANSWERS for name in pair), "ruled_tags")
_AS_IS = "SELECT *, spam AS was_spam FROM calls"
_AS_GIVEN = (
    "SELECT c.spam AS was_spam, c.* REPLACE (if(m.system IS NULL, c.spam, m.given_spam) AS spam, "
    "if(m.system IS NULL, c.tags, m.given_tags) AS tags, "
    "if(m.system IS NULL, c.outcome, m.given_outcome) AS outcome, "
    "if(m.sale_amount IS NULL, c.sale_amount, m.given_sale_amount) AS sale_amount) "
    "FROM calls c LEFT JOIN marked m ON m.system = c.system AND m.id = c.id"
)


def rule_calls(cursor: duckdb.DuckDBPyConnection, settings: Settings, active: Sequence[Rule], scope: str) -> None:
    """Temporary table `ruling`: the calls in `scope` that a rule fits, what they were, and what is said of them."""
    compiled = Compiled(settings)
    fits = {f"fits_{at}": _fitting(cursor, rule, compiled, scope, at) for at, rule in enumerate(active)}
    answers = [
        f"{_first(active, says)} AS {answer}, {_first(active, dict.fromkeys(says, ''))} AS {who}"
        for (answer, who), says in _ANSWERS.items()
    ]
    tags = [f"if(fits_{at}, {compiled.place(rule.tag)}, NULL)" for at, rule in enumerate(active) if rule.does == "tag"]
    listed = (
        f"list_sort(list_distinct(list_filter([{', '.join(tags)}], lambda one: one IS NOT NULL)))" if tags else "[]"
    )
    given = ", ".join(f"{sql} AS {name}" for name, sql in fits.items()) or "FALSE AS fits_0"
    over = _AS_GIVEN if any(asks_given(rule.conditions) for rule in active) else _AS_IS
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE ruling AS SELECT {', '.join(AS_WAS)}, {', '.join(answers)}, "
        f"CAST({listed} AS VARCHAR[]) AS ruled_tags "
        f"FROM (SELECT call_no, client_id, day, was_spam, ruled AS was, {given} FROM ({over}) WHERE {scope}) "
        f"WHERE {' OR '.join(fits) or 'FALSE'}",
        compiled.values,
    )


def _first(active: Sequence[Rule], says: Mapping[str, str]) -> str:
    """SQL of the answer of the first rule that fits and has one; its number where answers are empty."""
    cases = [
        f"WHEN fits_{at} THEN {says[rule.does] or rule.rule_no}" for at, rule in enumerate(active) if rule.does in says
    ]
    return f"CASE {' '.join(cases)} END" if cases else "NULL"


def _fitting(cursor: duckdb.DuckDBPyConnection, rule: Rule, compiled: Compiled, scope: str, at: int) -> str:
    """SQL of whether a call fits the rule; for a burst, made of a temporary table of the calls that make one."""
    if not rule.burst_calls:
        return compiled.all_of(rule.conditions)
    own = Compiled(compiled.settings)
    over = _AS_GIVEN if asks_given(rule.conditions) else _AS_IS
    such = (
        f"SELECT call_no, client_id, line, started_at FROM ({over}) WHERE ({scope}) AND client_id IS NOT NULL "
        f"AND kind = 'voice' AND direction = 'inbound' AND {own.all_of(rule.conditions)}"
    )
    minutes, most = int(rule.burst_minutes or 0), int(rule.burst_calls)
    # Of so many calls in a stretch, half lie in one of two buckets of its length: other clients need no sorting.
    bucket = f"epoch_us(started_at) // {minutes * 60_000_000}"
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE such_calls AS {such}", own.values)
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE burst_{at} AS WITH dense AS ("
        f"SELECT DISTINCT client_id, line FROM such_calls GROUP BY client_id, line, {bucket} "
        f"HAVING count(*) >= {(most + 1) // 2}), "
        f"ends AS (SELECT s.*, burst_begins(started_at, call_no, {most}, {minutes}, row(s.client_id, s.line)) "
        "IS NOT NULL AS full_here FROM such_calls s "
        "JOIN dense d ON d.client_id = s.client_id AND d.line IS NOT DISTINCT FROM s.line) "
        "SELECT call_no FROM ends QUALIFY bool_or(full_here) OVER (PARTITION BY client_id, line "
        f"ORDER BY started_at, call_no ROWS BETWEEN CURRENT ROW AND {most - 1} FOLLOWING)"
    )
    return f"call_no IN (SELECT call_no FROM burst_{at})"

"""Rules that class calls: checking them, trying them out, saving them; who changed what stands in the audit trail."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from calldash import audit
from calldash.filters import CallFilter
from calldash.marking.marks import tag_name
from calldash.metrics.rule_columns import COMPARISONS, EFFECTS, RULE_COLUMNS, WITHOUT_VALUE, RuleColumn
from calldash.numbers import phones
from calldash.problems import Problem
from calldash.query import Moment, probing, questions
from calldash.store import Store, rule_trial
from calldash.store import rules as stored
from calldash.store.rule_conditions import Condition, Rule

SUBJECT = "rules"
# The figures that rules move.
FIGURES = (
    "inbound_calls", "missed_calls", "unique_calls", "target_calls", "unique_target_calls", "repeat_calls",
    "missed_clients", "spam_calls",
)  # fmt: skip
_MOST_CALLS, _MOST_MINUTES, _SAMPLE, _LONGEST = 1000, 7 * 24 * 60, 20, 100
_NUMBER = re.compile(r"\d{1,12}([.,]\d{1,6})?")


@dataclass(frozen=True)
class Tried:
    """What saving would do: calls changed, each figure of FIGURES before and after, changed calls as a sample."""

    calls: int
    figures: dict[str, tuple[Any, Any]]
    sample: list[stored.Changed]


def rules(store: Store) -> list[Rule]:
    """All rules in their order."""
    with store.cursor() as cursor:
        return stored.rules(cursor)


def counts(store: Store) -> dict[int, int]:
    """Of how many calls each rule, by its number, says something that counts or that people overrule."""
    with store.cursor() as cursor:
        return stored.counts(cursor)


def checked(rule: Rule, region: str) -> Rule:
    """The rule as it is kept: numbers in one spelling. Raises Problem for what makes no rule."""
    name = " ".join(rule.name.split())
    if not name or len(name) > _LONGEST:
        raise Problem("A rule has a name of 1 to {most} characters.", most=_LONGEST)
    if rule.does not in EFFECTS:
        raise Problem("A rule does one of: {known}.", known=", ".join(EFFECTS))
    if not rule.conditions and not rule.burst_calls:
        raise Problem("A rule needs a condition: without one it would fit every call.")
    _check_burst(rule)
    conditions = tuple(_condition(one, region) for one in rule.conditions)
    tag = tag_name(rule.tag or "") if rule.does == "tag" else None
    return replace(rule, name=name, tag=tag, conditions=conditions)


def _check_burst(rule: Rule) -> None:
    calls, minutes = rule.burst_calls, rule.burst_minutes
    if calls is None and minutes is None:
        return
    if calls is None or minutes is None or not 2 <= calls <= _MOST_CALLS or not 1 <= minutes <= _MOST_MINUTES:
        message = "A burst is 2 to {calls} calls within 1 to {minutes} minutes."
        raise Problem(message, calls=_MOST_CALLS, minutes=_MOST_MINUTES)


def _condition(one: Condition, region: str) -> Condition:
    column = RULE_COLUMNS.get(one.column)
    if column is None:
        raise Problem("A rule cannot ask for {column}. Known are: {known}.", column=one.column, known=_known())
    if one.comparison not in COMPARISONS[column.type]:
        known = ", ".join(COMPARISONS[column.type])
        raise Problem("{column} cannot be compared so. Known are: {known}.", column=one.column, known=known)
    if one.comparison in WITHOUT_VALUE:
        return one._replace(values=())
    values = tuple(dict.fromkeys(_value(value.strip(), one, column, region) for value in one.values if value.strip()))
    if not values:
        raise Problem("{column}: say what to compare with.", column=one.column)
    return one._replace(values=values)


def _known() -> str:
    return ", ".join(RULE_COLUMNS)


def _value(value: str, one: Condition, column: RuleColumn, region: str) -> str:
    if column.type == "number" and not _NUMBER.fullmatch(value):
        raise Problem("{column}: {value} is not a number, 0 or more.", column=column.key, value=value)
    if column.type == "number":
        return f"{Decimal(value.replace(',', '.')):f}"
    if column.values and value not in column.values:
        known = ", ".join(column.values)
        raise Problem("{column}: {value} is not one of: {known}.", column=column.key, value=value, known=known)
    if column.type != "phone":
        return value
    if one.comparison == "begins":
        return re.sub(r"[\s()-]", "", value)
    number = phones.normalise([value], region)[value]
    if number is None:
        raise Problem("{column}: {value} is no number.", column=column.key, value=value)
    return number


def _kept(store: Store, wanted: Sequence[Rule]) -> list[Rule]:
    """The rules as they are kept. Raises Problem where numbers of clients are asked for that who asks may not see."""
    kept = [checked(rule, store.settings.region) for rule in wanted]
    held = {rule.rule_no: set(rule.conditions) for rule in rules(store)}
    for rule in kept:
        probing.refuse(asked_by(one for one in rule.conditions if one not in held.get(rule.rule_no, ())))
    return kept


def asked_by(conditions: Iterable[Condition]) -> set[str]:
    """The columns whose values conditions ask for; whether there is one may be asked by everybody."""
    return {one.column for one in conditions if one.comparison not in WITHOUT_VALUE}


def save(store: Store, who: str, wanted: Sequence[Rule]) -> int:
    """Puts `wanted` in the place of all rules; the whole history follows. Gives how many calls changed."""
    kept = _kept(store, wanted)
    before = rules(store)
    if kept == before:
        return 0
    with store.writing() as cursor:
        count = stored.put(cursor, store.settings, kept, who)
    audit.record(store, who, "rules", SUBJECT, calls=count, **_differences(before, rules(store)))
    return count


def _differences(before: Sequence[Rule], after: Sequence[Rule]) -> dict[str, list[str]]:
    """Names of the rules that were added, removed, changed, switched on and off."""
    old, new = ({rule.rule_no: rule for rule in some} for some in (before, after))
    both = [(old[number], new[number]) for number in old.keys() & new.keys()]
    found = {
        "added": [rule.name for number, rule in new.items() if number not in old],
        "removed": [rule.name for number, rule in old.items() if number not in new],
        "on": [now.name for was, now in both if now.active and not was.active],
        "off": [now.name for was, now in both if was.active and not now.active],
        "changed": [now.name for was, now in both if replace(was, active=now.active) != now],
    }
    return {name: sorted(names) for name, names in found.items() if names} or {"order": [rule.name for rule in after]}


def tried(store: Store, wanted: Sequence[Rule]) -> Tried:
    """What saving `wanted` would do; nothing is written, and nobody has to wait."""
    kept = _kept(store, wanted)
    with store.cursor() as cursor:
        cursor.execute("BEGIN")  # all of it is about one state of the calls
        try:
            count, moved = rule_trial.find(cursor, store.settings, kept)
            figures = _figures(cursor, store, moved)
            return Tried(count, figures, stored.changed(cursor, store.settings.zone, _SAMPLE))
        finally:
            cursor.execute("ROLLBACK")


def _figures(cursor: Any, store: Store, moved: bool) -> dict[str, tuple[Any, Any]]:
    """Each of FIGURES as it is, and as it would be where any `moved`."""
    [asked] = questions(list(FIGURES), [], CallFilter(), Moment(store.settings, store.now()))
    before = cursor.execute(asked.sql, asked.values).df().iloc[0]
    then = f"WITH calls AS ({rule_trial.AS_WOULD_BE}) SELECT * FROM ({asked.sql})"
    after = cursor.execute(then, asked.values).df().iloc[0] if moved else before
    return {key: (before[key], after[key]) for key in FIGURES}


def history(store: Store, most: int = 20) -> list[tuple[datetime, str, str, str, str]]:
    """The latest changes: instant (UTC), who, action, subject, detail as JSON."""
    return audit.trail(store, SUBJECT, most)

"""Rules against a plain reading of them, call by call in Python: what is said, by whom, and what a trial foretells."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from calldash import audit, reports
from calldash.filters import CallFilter
from calldash.marking import rules
from calldash.numbers import places
from calldash.query import Moment, numbers_of
from calldash.store import Store
from calldash.store.rule_conditions import Condition, Rule
from tests.drawn import DAY, as_csv, content, draw, figures, take

CLIENTS = ("+79161111111", "+79161111112", "+78005550000", "+74951234567", "")
LINES, SOURCES, PEOPLE = ("100", "101", ""), ("ya", "Google", ""), ("Анна", "Борис", "")
MANY = tuple(f"+7958000{number:04}" for number in range(30))  # enough to be looked up
Row = dict[str, str]


def _call(number: int, drawn: tuple[Any, ...]) -> Row:
    minutes, client, line, source, employee, direction, answered, talk, spam = drawn
    return {
        "id": f"c{number:02}", "started_at": (DAY + timedelta(minutes=minutes)).isoformat(), "direction": direction,
        "client": client, "line": line, "source": source, "employee": employee, "answered": "yes" if answered else "no",
        "wait_s": "3", "talk_s": str(talk) if answered else "0", "spam": "yes" if spam else "no",
    }  # fmt: skip


CALLS = st.lists(
    st.tuples(
        st.integers(0, 90), st.sampled_from(CLIENTS), st.sampled_from(LINES), st.sampled_from(SOURCES),
        st.sampled_from(PEOPLE), st.sampled_from(["inbound", "outbound"]), st.booleans(), st.integers(1, 90),
        st.booleans(),
    ),
    min_size=1, max_size=14,
).map(lambda drawn: [_call(number, one) for number, one in enumerate(drawn)])  # fmt: skip
CONDITIONS = st.one_of(
    st.sampled_from(
        [
            Condition("client", "is", ("+78005550000",)), Condition("client", "is", (*MANY, "+79161111111")),
            Condition("client", "is_not", (*MANY, "+79161111111")), Condition("client", "begins", ("+7916", "+7495")),
            Condition("client", "begins", (*MANY, "+7800", "+79161111112")), Condition("client", "empty"),
            Condition("source", "is", ("YA",)), Condition("source", "is_not", ("ya",)), Condition("source", "filled"),
            Condition("source", "contains", ("oo",)), Condition("employee", "is", ("анна", *MANY)),
            Condition("line", "is", ("100",)), Condition("answered", "is", ("yes",)), Condition("spam", "is", ("no",)),
            Condition("direction", "is_not", ("outbound",)),
        ]
    ),
    st.builds(lambda least: Condition("talk_s", "at_least", (str(least),)), st.integers(0, 80)),
    st.builds(lambda most: Condition("talk_s", "at_most", (str(most),)), st.integers(0, 80)),
)  # fmt: skip
RULES = st.lists(
    st.builds(
        lambda does, conditions, burst, active: Rule(
            "R", does, tuple(conditions), "т" if does == "tag" else None, *burst, active
        ),
        st.sampled_from(["spam", "not_spam", "target", "not_target", "tag"]),
        st.lists(CONDITIONS, min_size=1, max_size=2),
        st.sampled_from([(None, None)] * 3 + [(2, 5), (3, 20)]),
        st.sampled_from([True, True, True, False]),
    ),
    max_size=5,
)


def holds(one: Condition, call: Row) -> bool:
    """One condition of one call, as the document of rules tells it."""
    text = call[one.column]
    match one.comparison:
        case "empty":
            return not text
        case "filled":
            return bool(text)
        case "at_least":
            return int(text) >= int(one.values[0])
        case "at_most":
            return int(text) <= int(one.values[0])
    fits = {"is": str.__eq__, "is_not": str.__eq__, "begins": str.startswith, "contains": str.__contains__}
    found = bool(text) and any(fits[one.comparison](text.lower(), value.lower()) for value in one.values)
    return not found if one.comparison == "is_not" else found


def fitting(rule: Rule, calls: Iterable[Row]) -> set[str]:
    """The ids of the calls that a rule fits."""
    such = [call for call in calls if all(holds(one, call) for one in rule.conditions)]
    if not rule.burst_calls:
        return {call["id"] for call in such}
    found: set[str] = set()
    inbound = sorted(
        (call for call in such if call["direction"] == "inbound" and call["client"]),
        key=lambda call: call["started_at"],
    )
    for first in inbound:
        begins = datetime.fromisoformat(first["started_at"])
        ends = begins + timedelta(minutes=rule.burst_minutes or 0)
        same = [
            call for call in inbound
            if (call["client"], call["line"]) == (first["client"], first["line"])
            and begins <= datetime.fromisoformat(call["started_at"]) <= ends
        ]  # fmt: skip
        if len(same) >= rule.burst_calls:
            found |= {call["id"] for call in same}
    return found


def said(wanted: Iterable[Rule], calls: list[Row]) -> dict[str, tuple[bool, bool | None, str | None]]:
    """By id: whether a call is spam, whether it is target by a rule (None: no rule says), its tags."""
    fits = [(rule, fitting(rule, calls)) for rule in wanted if rule.active]
    found = {}
    for call in calls:
        does = [rule.does for rule, ids in fits if call["id"] in ids]
        spam = next((one == "spam" for one in does if one in ("spam", "not_spam")), call["spam"] == "yes")
        target = next((one == "target" for one in does if one in ("target", "not_target")), None)
        found[call["id"]] = (spam, target, "т" if "tag" in does else None)
    return found


def stands(store: Store) -> Mapping[str, tuple[bool, bool | None, str | None]]:
    found = store.rows("SELECT id, spam, marked_target, tags FROM calls")
    return {str(id_): (spam, target, tags) for id_, spam, target, tags in found}


@given(calls=CALLS, before=RULES, wanted=RULES)
@settings(
    max_examples=40,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_what_is_said_is_the_plain_reading(store: Store, calls: list[Row], before: list[Rule], wanted: list[Rule]):
    with store.writing() as cursor:
        for table in ("calls", "rules", "marked", "rows", "imports"):
            cursor.execute(f"DELETE FROM {table}")
    take(store, as_csv(calls))
    came = content(store)
    rules.save(store, audit.LOCAL, before)
    assert stands(store) == said(before, calls)
    stood = content(store)
    foretold = rules.tried(store, wanted)
    assert content(store) == stood, "a trial writes nothing"
    assert foretold.calls == rules.save(store, audit.LOCAL, wanted)
    assert stands(store) == said(wanted, calls)
    told = {key: after for key, (_before, after) in foretold.figures.items()}
    assert told == figures(store, " ".join(rules.FIGURES))
    for rule in rules.rules(store):
        asked = numbers_of(CallFilter(behind=f"rule:{rule.rule_no}"), Moment(store.settings, store.now()))
        opened = len(store.rows(asked.sql, asked.values))
        assert opened == rules.counts(store).get(rule.rule_no or 0, 0), "the number beside a rule opens its calls"
    rules.save(store, audit.LOCAL, [])
    assert content(store) == came, "all that rules said is taken back, of the client's other calls too"


PLACED = """
    id | started_at | direction | client        | answered | talk_s
    a  | 10:00      | in        | +74991234567  | yes      | 60
    b  | 10:10      | in        | +375291001234 | yes      | 60
    c  | 10:20      | in        |               | yes      | 60
"""


@pytest.mark.parametrize(
    ("condition", "spam"),
    [
        (Condition("country", "is", ("by",)), "b"),
        (Condition("region", "contains", ("москва",)), "a"),
        (Condition("carrier", "is", ("Velcom",)), "b"),
        (Condition("number_kind", "is", ("landline",)), "a"),
        (Condition("country", "empty"), "c"),
    ],
)
def test_a_rule_asks_where_a_number_belongs(store: Store, condition: Condition, spam: str) -> None:
    """Numbers are told after calls came: rules follow."""
    draw(store, PLACED)
    rules.save(store, audit.LOCAL, [Rule("There", "spam", (condition,))])
    places.fill(store)
    assert store.rows("SELECT id FROM calls WHERE spam") == [(spam,)]


@pytest.mark.parametrize(("apart_s", "burst"), [(66, True), (67, False)])
def test_alarms_and_rules_know_the_same_burst(store: Store, apart_s: int, burst: bool) -> None:
    """Ten short calls of one number, the last ten minutes after the first or just later."""
    calls = [
        _call(number, (0, CLIENTS[0], "100", "", "", "inbound", True, 1, False))
        | {"started_at": (DAY + timedelta(hours=10, seconds=apart_s * number)).isoformat()}
        for number in range(10)
    ]
    take(store, as_csv(calls))
    changed = rules.save(store, audit.LOCAL, [replace(Rule("Burst", "spam"), burst_calls=10, burst_minutes=10)])
    rules.save(store, audit.LOCAL, [])
    found = reports.run(store, "bursts", CallFilter(), Moment(store.settings, store.now()), short_s=10)
    assert (changed, list(found["calls"])) == ((10, [10]) if burst else (0, []))

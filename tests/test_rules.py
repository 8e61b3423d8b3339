"""Rules that class calls: which fits first, what they move, and that all of it can be taken back."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from calldash import audit, commands, i18n, reports
from calldash.filters import CallFilter
from calldash.marking import marks, rules
from calldash.metrics.rule_columns import COMPARISONS, RULE_COLUMNS
from calldash.problems import Problem
from calldash.query import Moment
from calldash.store import Store
from calldash.store.rule_conditions import Condition, Rule
from calldash.telling.reasons import reasons
from tests.drawn import calls, cases, content, draw, figures, rows

DAY = """
    id | started_at | direction | client      | line | answered | wait_s | talk_s | employee | source | spam
    a1 | 10:00      | in        | +79161111111 | 100 | yes      | 5      | 60     | Анна     | ya     |
    a2 | 10:10      | in        | +79161111111 | 100 | yes      | 5      | 10     | Борис    |        |
    b1 | 10:20      | in        | +78005550000 | 100 | no       | 9      | 0      |          | ya     |
    b2 | 10:21      | in        | +78005550000 | 100 | no       | 9      | 0      |          |        |
    b3 | 10:22      | in        | +78005550000 | 100 | no       | 9      | 0      |          |        |
    b4 | 12:00      | in        | +78005550000 | 100 | no       | 9      | 0      |          |        |
    c1 | 11:00      | in        | +79162222222 | 101 | yes      | 5      | 45     | Анна     | google | yes
    d1 | 11:05      | out       | +79161111111 | 100 | yes      | 5      | 45     | Анна     |        |
    e1 | 11:10      | in        | anonymous    | 101 | yes      | 5      | 45     | Анна     |        |
"""
BLOCKED = Rule("Block list", "spam", (Condition("client", "begins", ("+7800",)),))
BURST = Rule("Burst", "spam", burst_calls=3, burst_minutes=5)
NOT_SPAM = Rule("Ours", "not_spam", (Condition("client", "is", ("8 800 555-00-00",)),))
ANNA = Rule("Anna sells", "target", (Condition("employee", "is", ("анна",)), Condition("talk_s", "at_least", ("40",))))
SHORT = Rule("Short", "not_target", (Condition("talk_s", "at_most", ("50",)),))
TAGGED = Rule("Paid", "tag", (Condition("source", "filled"),), tag="реклама")


def spam(store: Store) -> str:
    """The ids of the calls that are spam."""
    return " ".join(id_ for (id_,) in store.rows("SELECT id FROM calls WHERE spam ORDER BY id"))


def save(store: Store, *wanted: Rule) -> int:
    return rules.save(store, audit.LOCAL, wanted)


ORDERS = """
    rules            | spam
                     | c1
    blocked          | b1 b2 b3 b4 c1
    burst            | b1 b2 b3 c1
    ours blocked     | c1
    blocked ours     | b1 b2 b3 b4 c1
    ours burst       | c1
"""
NAMED = {"blocked": BLOCKED, "burst": BURST, "ours": NOT_SPAM}


@pytest.mark.parametrize("case", cases(ORDERS), ids=lambda case: case["rules"])
def test_the_first_rule_that_fits_has_the_answer(store: Store, case: dict[str, str]) -> None:
    draw(store, DAY)
    save(store, *(NAMED[name] for name in case["rules"].split()))
    assert spam(store) == case["spam"]


def test_neighbours_follow(store: Store) -> None:
    draw(store, DAY)
    before = content(store)
    told = figures(store, "inbound_calls missed_clients unique_calls spam_calls")
    assert told == {"inbound_calls": 7, "missed_clients": 1, "unique_calls": 2, "spam_calls": 1}
    assert save(store, BURST) == 3
    # The three are spam now: the fourth is this client's first call, and opens an episode of its own.
    told = figures(store, "inbound_calls missed_clients unique_calls spam_calls")
    assert told == {"inbound_calls": 4, "missed_clients": 1, "unique_calls": 2, "spam_calls": 4}
    assert store.rows("SELECT id FROM calls WHERE is_episode") == [("b4",)]
    [burst] = rules.rules(store)
    save(store, Rule(**{**burst.__dict__, "active": False}))
    assert content(store) == before
    assert store.rows("FROM marked") == []


def test_target_and_tags(store: Store) -> None:
    draw(store, DAY)
    assert figures(store, "target_calls")["target_calls"] == 1
    save(store, ANNA, SHORT, TAGGED)
    found = store.rows("SELECT id, marked_target, tags, ruled FROM calls WHERE ruled IS NOT NULL ORDER BY id")
    assert found == [
        ("a1", True, "реклама", "target"), ("a2", False, None, "not_target"), ("b1", False, "реклама", "not_target"),
        ("b2", False, None, "not_target"), ("b3", False, None, "not_target"), ("b4", False, None, "not_target"),
        ("c1", True, "реклама", "target"), ("d1", True, None, "target"), ("e1", True, None, "target"),
    ]  # fmt: skip


def test_people_have_the_last_word(store: Store) -> None:
    draw(store, DAY)
    save(store, BLOCKED)
    [(b1,)] = store.rows("SELECT call_no FROM calls WHERE id = 'b1'")
    marks.put(store, audit.LOCAL, "spam", "no", [b1])
    assert spam(store) == "b2 b3 b4 c1"
    assert store.rows("SELECT ruled FROM calls WHERE id = 'b1'") == [(None,)]
    marks.put(store, audit.LOCAL, "spam", None, [b1])
    assert spam(store) == "b1 b2 b3 b4 c1"
    marks.put(store, audit.LOCAL, "spam", "yes", [b1])
    save(store)
    assert spam(store) == "b1 c1"
    marks.put(store, audit.LOCAL, "spam", None, [b1])
    assert spam(store) == "c1"


def test_new_calls_are_ruled_when_they_come(store: Store) -> None:
    save(store, BURST)
    head, *lines = DAY.strip().splitlines()
    draw(store, "\n".join([head, *lines[:4]]))
    assert spam(store) == ""
    draw(store, "\n".join([head, *lines[4:]]))
    assert spam(store) == "b1 b2 b3 c1", "the calls that came before make the burst with those that came after"
    receipt = draw(store, DAY)
    assert receipt.rows_same == 9
    draw(store, DAY.replace("10:21", "10:45"))
    assert spam(store) == "c1", "a changed call leaves the burst"


def test_a_trial_tells_what_happens(store: Store) -> None:
    draw(store, DAY)
    before, version = content(store), store.version
    found = rules.tried(store, [BLOCKED, ANNA])
    assert (content(store), rules.rules(store), store.version) == (before, [], version)
    assert found.calls == save(store, BLOCKED, ANNA) == 8
    told = figures(store, " ".join(rules.FIGURES))
    assert {key: after for key, (_before, after) in found.figures.items()} == told
    assert {row[2]: row[6] for row in found.sample} == dict(store.rows("SELECT id, ruled FROM calls WHERE ruled <> ''"))


CLASSES = """
    id | started_at | direction | client | answered | talk_s | spam | nature
    1  | 10:00      | in        | A      | yes      | 60     |      | unique
    2  | +3 10:00   | in        | A      | yes      | 60     |      | target
    3  | +3 11:00   | in        | A      | yes      | 5      |      | repeat
    4  | +9 11:00   | in        | A      | no       | 0      |      | other
    5  | +9 12:00   | in        | A      | yes      | 60     | yes  | spam
    6  | +9 12:00   | out       | A      | yes      | 60     |      |
    7  | +9 12:00   | in        |        | yes      | 60     |      |
"""


def test_each_call_has_the_first_class_that_fits(store: Store) -> None:
    draw(store, "\n".join(line.rpartition("|")[0] for line in CLASSES.strip().splitlines()))
    found = {
        row["nature"]: row["spam_calls"] + row["calls"] for row in rows(store, ["calls", "spam_calls"], ["nature"])
    }
    assert found == {"unique": 1, "target": 1, "repeat": 1, "other": 1, "spam": 1, None: 2}


def test_the_card_says_which_rule_it_was(store: Store) -> None:
    i18n.use("en")
    draw(store, DAY)
    save(store, BLOCKED, ANNA)
    found = {call["id"]: call for call in _cards(store)}
    assert "It is spam by the rule “Block list”" in reasons(found["b1"], store.settings)[0]
    assert "Target by the rule “Anna sells”." in reasons(found["a1"], store.settings)
    assert "Target by the rule “Anna sells”." not in reasons(found["a2"], store.settings)


def _cards(store: Store) -> list[dict[str, object]]:
    calls_ = [number for (number,) in store.rows("SELECT call_no FROM calls")]
    moment = Moment(store.settings, store.now())
    return reports.run(store, "call", CallFilter(), moment, calls=calls_, zone="Europe/Moscow").to_dict("records")


WRONG = """
    column   | comparison | value | says
    spammy   | is         | x     | cannot ask for spammy
    wait_s   | is         | 5     | cannot be compared so
    wait_s   | at_least   | five  | not a number
    employee | is         |       | say what to compare with
    answered | is         | maybe | not one of
    client   | is         | hidden | is no number
"""


@pytest.mark.parametrize("case", cases(WRONG), ids=lambda case: case["says"])
def test_what_makes_no_rule(store: Store, case: dict[str, str]) -> None:
    values = tuple(case["value"].split())
    with pytest.raises(Problem, match=case["says"]):
        save(store, Rule("Wrong", "spam", (Condition(case["column"], case["comparison"], values),)))
    with pytest.raises(Problem, match="fit every call"):
        save(store, Rule("All", "spam"))
    assert rules.rules(store) == []


@pytest.mark.parametrize("key", RULE_COLUMNS)
def test_every_column_can_be_asked_for(store: Store, key: str) -> None:
    draw(store, DAY)
    column = RULE_COLUMNS[key]
    value = (*column.values, "79161111111" if column.type == "phone" else "1")[0]
    for comparison in COMPARISONS[column.type]:
        save(store, Rule("One", "tag", (Condition(key, comparison, (value,)),), tag="x"))
        fits = store.rows("SELECT count(*) FROM calls WHERE ruled = 'tag'")[0][0]
        contrary = {"is": "is_not", "empty": "filled"}.get(comparison)
        if contrary:
            save(store, Rule("One", "tag", (Condition(key, contrary, (value,)),), tag="x"))
            assert fits + store.rows("SELECT count(*) FROM calls WHERE ruled = 'tag'")[0][0] == len(calls(DAY))


SOME = st.lists(st.sampled_from([BLOCKED, BURST, NOT_SPAM, ANNA, SHORT, TAGGED]), unique=True)


@given(wanted=SOME, other=SOME)
@hypothesis_settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_rules_did_goes_with_them(store: Store, wanted: list[Rule], other: list[Rule]) -> None:
    draw(store, DAY)
    save(store)
    plain = content(store)
    save(store, *wanted)
    ruled = content(store)
    save(store, *other)
    save(store, *wanted)
    assert content(store) == ruled, "whatever stood before, the same rules say the same"
    save(store)
    assert content(store) == plain


def test_the_document_names_every_column_and_comparison() -> None:
    text = (Path(__file__).parents[1] / "docs/sources.md").read_text()
    table = [line for line in text.splitlines() if line.startswith("| ")]
    for column in RULE_COLUMNS.values():
        assert any(
            f"`{column.key}`" in line and all(f"`{one}`" in line for one in COMPARISONS[column.type]) for line in table
        ), column.key


def test_rules_on_the_command_line(store: Store, tmp_path: Path) -> None:
    draw(store, DAY)
    save(store, BLOCKED, replace(TAGGED, active=False))
    path = tmp_path / "rules.toml"
    path.write_text(commands.run(store, "rules list", {}, print).text)
    assert commands.run(store, "rules preview", {"path": str(path)}, print).text == "0 calls would change."
    path.write_text(path.read_text().replace("active = false", "active = true"))
    shown = commands.run(store, "rules preview", {"path": str(path)}, print)
    assert (shown.code, shown.text) == (0, "3 calls would change.")
    assert commands.run(store, "rules save", {"path": str(path)}, print).text == "Saved. 3 calls changed."
    assert [rule.active for rule in rules.rules(store)] == [True, True]
    path.write_text('[[rule]]\nname = "x"\ndoes = "spam"\nif = 1')
    wrong = commands.run(store, "rules save", {"path": str(path)}, print)
    assert (wrong.code, "rule.0.if" in wrong.text) == (1, True)


def test_who_changed_what_is_kept(store: Store) -> None:
    draw(store, DAY)
    save(store, BLOCKED)
    [rule] = rules.rules(store)
    rules.save(store, "anna", [Rule(**{**rule.__dict__, "active": False})])
    told = [(who, detail) for _at, who, _action, _subject, detail in rules.history(store)]
    assert told == [
        ("anna", '{"calls": 4, "off": ["Block list"]}'),
        (audit.LOCAL, '{"added": ["Block list"], "calls": 4}'),
    ]

"""Who sees numbers of clients masked cannot find one out by asking: each way is tried."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from calldash import asking, audit, commands, reports
from calldash.export import listed as listing
from calldash.filters import CallFilter, from_pairs
from calldash.marking import rules
from calldash.metrics import PERSONAL
from calldash.metrics.rule_columns import COMPARISONS, RULE_COLUMNS, WITHOUT_VALUE
from calldash.numbers import client_search
from calldash.people import Person, masking, viewer
from calldash.problems import Problem
from calldash.query import Moment
from calldash.store import Store
from calldash.store.rule_conditions import Condition, Rule
from calldash.templates import answers
from calldash.templates.content import Content
from tests.drawn import draw, listed

MARKETER = Person("mark", "Mark", "marketer")
# The order of the numbers is neither that of the calls nor that of what is left of the numbers.
CALLS = """
    id | started_at | direction | client       | answered | talk_s | source
    a  | 10:00      | in        | +79165555519 | yes      | 60     | ya
    b  | 10:10      | in        | +79161111119 | yes      | 10     |
    c  | 10:20      | in        | +79169999911 | no       | 0      | ya
    d  | 10:30      | in        | +79163333319 | no       | 0      | ya
"""
NUMBER = "+79161111119"
BLOCKED = Rule("Block list", "spam", (Condition("client", "is", (NUMBER,)),))


@pytest.fixture
def asked(store: Store) -> Iterator[Store]:
    """Calls, and a marketer who asks."""
    draw(store, CALLS)
    with viewer.acting(MARKETER):
        yield store


ASKED = [
    (column, comparison)
    for column in PERSONAL if column in RULE_COLUMNS
    for comparison in COMPARISONS[RULE_COLUMNS[column].type]
]  # fmt: skip


@pytest.mark.parametrize(("column", "comparison"), ASKED)
def test_no_rule_asks_for_numbers(asked: Store, column: str, comparison: str) -> None:
    rule = Rule("Guess", "tag", (Condition(column, comparison, ("+79161",)),), tag="x")
    if comparison in WITHOUT_VALUE:
        assert rules.tried(asked, [rule]).calls in (0, 4), "that there is one is no secret"
        return
    for ask in (lambda: rules.tried(asked, [rule]), lambda: rules.save(asked, "mark", [rule])):
        with pytest.raises(Problem, match="Only who sees whole numbers"):
            ask()
    assert rules.rules(asked) == []


def test_a_rule_of_others_is_kept_as_it_is(asked: Store) -> None:
    with viewer.acting(viewer.LOCAL):
        rules.save(asked, audit.LOCAL, [BLOCKED])
    [held] = rules.rules(asked)
    assert rules.save(asked, "mark", [held, Rule("Paid", "target", (Condition("source", "is", ("ya",)),))]) == 3
    with pytest.raises(Problem, match="Only who sees whole numbers"):
        rules.tried(asked, [replace(held, conditions=(Condition("client", "is", ("+79165555519",)),))])
    with pytest.raises(Problem, match="Only who sees whole numbers"):
        rules.save(asked, "mark", [replace(held, rule_no=None)])


def test_a_search_finds_nobody(asked: Store) -> None:
    assert [client_search.find_clients(asked, text) for text in (NUMBER, "1111", "8 916 111-11-19")] == [[], [], []]


@pytest.mark.parametrize("column", PERSONAL)
def test_the_order_tells_no_more_than_is_shown(asked: Store, column: str) -> None:
    shown = [text for _number, text in listed(asked, CallFilter(), [column], sort=column, descending=False)]
    told = [text for text in shown if text is not None]
    assert told == sorted(told)
    if column == "client":
        order = [id_ for _number, id_ in listed(asked, CallFilter(), ["id"], sort="client", descending=False)]
        assert order == ["c", "d", "b", "a"], "…11 before …19; these as they came, not as their numbers are"


def test_no_filter_of_an_address_is_a_number(asked: Store) -> None:
    for name in (*PERSONAL, "number", "client_id"):
        chosen = from_pairs({name: NUMBER})
        assert not any(NUMBER in values for _key, values in chosen.chosen), name


def test_reports_and_exports_are_no_way_round(asked: Store) -> None:
    content = Content(columns=("client",), sort="client", descending=False)
    table, _count = answers.answer(asked, content, CallFilter(), "Calls")
    told = [row[0] for row in table.rows]
    assert told == sorted(told)
    assert told == [masking.masked("+79169999911"), *[masking.masked(NUMBER)] * 3]
    rows = [row[0] for row in listing.calls(asked, CallFilter(), ["client"], "client", False).rows]
    assert rows == told
    assert NUMBER not in str(asking.ask(asked, ["calls"], ["client_id"]).to_dict("records"))


def test_the_command_of_reports_takes_no_number(asked: Store) -> None:
    for where in ([f"client={NUMBER}"], [f"client_id={NUMBER}"]):
        done = commands.run(asked, "report", {"name": "calls", "format": "csv", "where": where}, print)
        assert done.code == 1
        assert NUMBER not in done.text.replace(where[0], "")


def test_a_burst_shows_no_more_of_its_numbers(asked: Store) -> None:
    lines = [f"b{n} | 11:0{n} | in | +791655555{n}0 | yes | 1 |" for n in range(10)]
    draw(asked, "\n".join([CALLS.strip().splitlines()[0], *lines]))
    found = reports.run(asked, "bursts", CallFilter(), Moment(asked.settings, asked.now()), short_s=10)
    assert found["beginning"].tolist() == ["+791"]

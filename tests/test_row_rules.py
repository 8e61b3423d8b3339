"""Whose calls somebody sees: no figure, list, report or card gives more than the same question with the rule as filter."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from calldash import asking, demo, reports, rollups
from calldash.export import listed
from calldash.filters import CallFilter
from calldash.importing import import_built
from calldash.metrics import DIMENSIONS, METRICS
from calldash.missed.callbacks import ledger
from calldash.people import LOCAL, NOBODY, Person, viewer
from calldash.query import Moment, count_of, numbers_of
from calldash.settings import load
from calldash.store import Store, open_store

LAST = date(2026, 3, 13)
ALL = CallFilter()
LEAD = Person("lead", "Lead", "lead", ("Продажи",))
PEOPLE = {
    "lead": (LEAD, ALL.choose("team", ["Продажи"])),
    "lead of two": (Person("two", "Two", "lead", ("Продажи", "Сервис")), ALL.choose("team", ["Продажи", "Сервис"])),
    "employee": (
        Person("anna", "Anna", "employee", employee="Анна Северина"),
        ALL.choose("employee", ["Анна Северина"]),
    ),
    "marketer": (Person("mark", "Mark", "marketer"), ALL),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The demo's calls, with rollups."""
    opened = open_store(load(db=tmp_path_factory.mktemp("rules") / "calls.duckdb"))
    import_built(opened, demo.calls(LAST, ZoneInfo("Europe/Moscow")), "office", "office")
    rollups.refresh(opened)
    yield opened
    opened.close()


def same(left: pd.DataFrame, right: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(left, right, check_dtype=False, rtol=1e-12)


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("by", [None, "day", "employee", "team", "source", "client_id", "queue"])
def test_every_figure_is_that_of_the_calls_seen(store: Store, name: str, by: str | None) -> None:
    person, rule = PEOPLE[name]
    dimensions = [by] if by else []
    with viewer.acting(person):
        seen = asking.ask(store, list(METRICS), dimensions, cases=True)
    same(seen, asking.ask(store, list(METRICS), dimensions, rule, cases=True))


@pytest.mark.parametrize("behind", ["missed_calls", "handled_calls", "missed_rings", "target_calls", "spam_calls"])
def test_the_calls_behind_a_number(store: Store, behind: str) -> None:
    asked = CallFilter(behind=behind)
    with viewer.acting(LEAD):
        seen = numbers_of(asked, Moment(store.settings, store.now()))
    told = numbers_of(asked.choose("team", ["Продажи"]), Moment(store.settings, store.now()))
    assert sorted(store.rows(seen.sql, seen.values)) == sorted(store.rows(told.sql, told.values)) != []


def test_a_filter_only_narrows_what_is_seen(store: Store) -> None:
    with viewer.acting(LEAD):
        for asked, seen in ((["Поддержка"], 0), (["Поддержка", "Продажи"], 1), ([None], 0)):
            question = count_of(ALL.choose("team", asked), Moment(store.settings, store.now()))
            assert bool(store.rows(question.sql, question.values)[0][0]) == bool(seen)


def test_nobody_sees_nothing(store: Store) -> None:
    for person in (NOBODY, Person("a", "A", "auditor"), Person("e", "E", "employee"), Person("l", "L", "lead")):
        with viewer.acting(person):
            assert asking.ask(store, ["calls", "spam_calls", "total_cost"], []).fillna(0).iloc[0].tolist() == [0, 0, 0]
            assert asking.ask(store, ["calls"], ["client_id"]).empty


@pytest.mark.parametrize("role", ["lead", "employee"])
def test_what_is_opened_one_by_one(store: Store, role: str) -> None:
    """A call is seen by whose it is, and by whom it rang at."""
    person = PEOPLE[role][0]
    column, value = person.limits[0][0], person.limits[0][1][0]
    every = [number for (number,) in store.rows("SELECT call_no FROM calls")]
    own = {number for (number,) in store.rows(
        f"SELECT call_no FROM calls WHERE {column} = $1 UNION SELECT call_no FROM leg_rows WHERE {column} = $1", [value]
    )}  # fmt: skip
    with viewer.acting(person):
        moment = Moment(store.settings, store.now())
        told = reports.run(store, "call", ALL, moment, calls=every, zone="Europe/Moscow")
        legs = reports.run(store, "call_legs", ALL, moment, calls=every, zone="Europe/Moscow")
        rows = reports.run(store, "call_rows", ALL, moment, calls=every, zone="Europe/Moscow", most=1_000_000)
    assert set(told["call_no"]) == own
    assert set(legs["call_no"]) <= own
    assert set(rows["call_no"]) <= own


def test_every_dimension_can_carry_a_rule(store: Store) -> None:
    """The values of a filter field are those of calls that are seen."""
    with viewer.acting(LEAD):
        assert asking.ask(store, ["calls"], ["team"]).dropna()["team"].tolist() == ["Продажи"]
    assert {"team", "employee"} <= set(DIMENSIONS)


def test_lists_and_ledgers_keep_to_it(store: Store) -> None:
    with viewer.acting(LEAD):
        assert {row[0] for row in listed.calls(store, ALL, ["team"], "started_at", True).rows} == {"Продажи"}
        assert set(ledger(store, ALL)["team"].dropna()) <= {"Продажи"}
    assert viewer.current() == LOCAL

"""Names that mean the same campaign: spend and calls meet, and what was written comes back when the names go."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calldash import audit
from calldash.advertising import naming, tracking
from calldash.commands import run
from calldash.filters import CallFilter
from calldash.given.refused import Refused
from calldash.given.tables import Receipt
from calldash.i18n import say
from calldash.marking import rules
from calldash.problems import Problem
from calldash.store import Store, sources
from calldash.store import naming as stored
from calldash.store import spend as spend_store
from calldash.store.naming import Name, counts_as
from calldash.store.rule_conditions import Condition, Rule
from tests.conftest import Opener
from tests.drawn import as_csv, cases, content, draw, figures, listed, rows
from tests.given import deals_from, spend_from

CALLS = """
    id | started_at | direction | client | answered | talk_s | source | campaign   | line
    a  | 10:00      | in        | A      | yes      | 60     | yandex | search-msk |
    b  | 11:00      | in        | B      | yes      | 60     | ya     | 4711       |
    c  | 12:00      | in        | C      | yes      | 60     | ya     |            |
    d  | 13:00      | in        | D      | yes      | 60     | vk     | lead       |
    e  | 14:00      | in        | E      | yes      | 60     |        |            | +74951111111
"""
SPEND = """
    source | campaign     | amount | since
    yandex | Поиск_Москва | 100    | 2026-03-02
    vk     | lead         | 50     | 2026-03-02
"""
NAMES = """
    source | campaign | as_source | as_campaign
    ya     |          | yandex    |
    yandex | search-msk | yandex  | Поиск_Москва
    yandex | 4711     |           | Поиск_Москва
"""


def bring(store: Store, drawn: str) -> Receipt:
    path = store.settings.db.with_name("names.csv")
    path.write_text(as_csv(cases(drawn)))
    return naming.import_file(store, path, audit.LOCAL, {})


def met(store: Store) -> dict[tuple[Any, Any], tuple[Any, Any]]:
    """Cost and calls by source and campaign."""
    found = rows(store, ["ad_cost", "calls"], ["source", "campaign"])
    return {(row["source"], row["campaign"]): (row["ad_cost"], row["calls"]) for row in found}


def test_spend_and_calls_meet_under_one_name(store: Store) -> None:
    draw(store, CALLS)
    spend_from(store, SPEND)
    before, calls = met(store), content(store)
    assert before[("yandex", "Поиск_Москва")] == (100, 0) and before[("yandex", "search-msk")][1] == 1
    receipt = bring(store, NAMES)
    assert (receipt.new, receipt.replaced, receipt.same, receipt.calls, receipt.spend) == (3, 0, 0, 3, 0)
    assert met(store)[("yandex", "Поиск_Москва")] == (100, 2)
    assert met(store)[("yandex", None)][1] == 1
    assert {source for source, _campaign in met(store)} == {"yandex", "vk", None}
    again = bring(store, NAMES)
    assert (again.calls, again.spend) == (0, 0)
    naming.save(store, audit.LOCAL, [])
    assert (met(store), content(store)) == (before, calls)


def test_spend_may_be_what_is_renamed(store: Store) -> None:
    draw(store, CALLS)
    spend_from(store, SPEND)
    written = spend_from(store, SPEND)
    changed = naming.add(store, "Ann", ("yandex", "Поиск_Москва"), ("yandex", "search-msk"))
    assert changed == naming.Changed(0, 1)
    assert met(store)[("yandex", "search-msk")] == (100, 1)
    again = spend_from(store, SPEND)
    assert (again.new, again.replaced, again.same, written.same) == (0, 0, 2, 2), "an export is known by what it says"
    spend_from(store, SPEND.replace("100 ", "120 "))
    assert met(store)[("yandex", "search-msk")] == (120, 1)
    with store.cursor() as cursor:
        assert {one.spend.campaign for one in spend_store.stored(cursor)} == {"Поиск_Москва", "lead"}
        assert spend_store.unknown(cursor) == []


def test_calls_and_spend_that_come_later(store: Store) -> None:
    bring(store, NAMES)
    draw(store, CALLS)
    spend_from(store, SPEND)
    assert met(store)[("yandex", "Поиск_Москва")] == (100, 2)
    assert draw(store, CALLS).rows_same == 5
    assert draw(store, CALLS.replace("| 4711  ", "| other ")).rows_changed == 1
    assert met(store)[("yandex", "other")][1] == 1
    written = store.rows("SELECT id, written_source, written_campaign FROM calls WHERE written_source IS NOT NULL")
    assert sorted(written) == [("a", "yandex", "search-msk"), ("b", "ya", "other"), ("c", "ya", None)]


def test_a_line_s_source_counts_under_its_name_too(store: Store) -> None:
    draw(store, CALLS)
    lines = [(1, {"line": "+74951111111", "source": "ya", "campaign": "4711"})]
    tracking.save(store, "Ann", lines)
    bring(store, NAMES)
    assert met(store)[("yandex", "Поиск_Москва")][1] == 3
    tracking.save(store, "Ann", [])
    assert met(store)[(None, None)][1] == 1
    tracking.save(store, "Ann", lines)
    assert met(store)[("yandex", "Поиск_Москва")][1] == 3
    naming.save(store, "Ann", [])
    assert met(store)[("ya", "4711")][1] == 2


def test_deals_rules_and_figures_follow(store: Store) -> None:
    draw(store, CALLS)
    spend_from(store, SPEND)
    deals_from(store, "id | phone | date | amount | status\n1 | +79000000066 | 2026-03-03 | 300 | won")
    rules.save(store, "Ann", [Rule("y", "tag", (Condition("source", "is", ("yandex",)),), "direct")])
    assert figures(store, "romi", source="yandex")["romi"] == -1
    bring(store, NAMES)
    assert figures(store, "romi", source="yandex")["romi"] == 2
    assert store.rows("SELECT id FROM calls WHERE tags = 'direct' ORDER BY id") == [("a",), ("b",), ("c",)]
    naming.save(store, "Ann", [])
    assert figures(store, "romi", source="yandex")["romi"] == -1
    assert store.rows("SELECT id FROM calls WHERE tags = 'direct'") == [("a",)]


def test_what_would_move_is_told_before(store: Store) -> None:
    draw(store, CALLS)
    spend_from(store, SPEND)
    asked = [(at, row) for at, row in enumerate(cases(NAMES + "    vk | lead | vk | Лиды"), 1)]
    found = [(one.written, one.after, one.calls, one.spend) for one in naming.preview(store, asked)]
    assert found == [
        (("vk", "lead"), ("vk", "Лиды"), 1, {"RUB": Decimal(50)}),
        (("ya", None), ("yandex", None), 1, {}),
        (("ya", "4711"), ("yandex", "Поиск_Москва"), 1, {}),
        (("yandex", "search-msk"), ("yandex", "Поиск_Москва"), 1, {}),
    ]
    assert naming.names(store) == []
    naming.save(store, "Ann", asked)
    back = [(one.before, one.after, one.calls) for one in naming.preview(store, [])]
    assert back[0] == (("vk", "Лиды"), ("vk", "lead"), 1)
    assert naming.preview(store, asked) == []


WRONG = """
    rows                           | line | column      | reason
    a,x,,                          | 1    | as_campaign | is not given
    a,,b,y                         | 1    | campaign    | is not given, though a campaign is what it counts as
    a,x,a,x                        | 1    | as_source   | is what it counts as already
    a,,a,                          | 1    | as_source   | is what it counts as already
    ,x,a,y                         | 1    | source      | is not given
    a,x,a,y a,x,a,z                | 2    | source      | stands twice
    a,x,a,y a,y,a,z                | 1    | as_source   | counts as a / z itself: name that here
    a,,b, b,,c,                    | 1    | as_source   | counts as c / — itself: name that here
    a,,b, a,x,b,y                  | 2    | source      | counts as b / — itself: name that here
    a,x,b,y b,,c,                  | 1    | as_source   | counts as c / — itself: name that here
"""


@pytest.mark.parametrize("case", cases(WRONG), ids=lambda case: case["rows"])
def test_rows_that_no_look_can_tell(store: Store, case: dict[str, str]) -> None:
    drawn = [dict(zip(naming.COLUMNS, row.split(","), strict=True)) for row in case["rows"].split()]
    with pytest.raises(Refused) as caught:
        naming.save(store, "Ann", enumerate(drawn, 1))
    wrong = [(str(one.line), one.column, say(one)) for one in caught.value.wrong]
    assert (case["line"], case["column"], case["reason"]) in wrong
    assert naming.names(store) == []


_WORD = st.sampled_from(["a", "b", "c"])
_NAME = st.builds(Name, _WORD, st.none() | _WORD, _WORD, st.none() | _WORD)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=st.lists(_NAME, max_size=4), tried=st.lists(_NAME, max_size=4))
def test_the_database_names_as_plain_words_do(store: Store, wanted: list[Name], tried: list[Name]) -> None:
    """Every source and campaign, after one table and then another, counts as `counts_as` says."""
    if not store.rows("SELECT 1 FROM calls LIMIT 1"):
        pairs = [(source, campaign) for source in "abc" for campaign in ("", *"abc")]
        drawn = "\n".join(f"1{at}:00 | in | {s} | {c}" for at, (s, c) in enumerate(pairs[:10]))
        draw(store, "started_at | direction | source | campaign\n" + drawn)
    for some in (wanted, tried):
        try:
            naming.save(store, "Ann", naming._rows({(one.source, one.campaign): one for one in some}.values()))
        except Refused:
            continue
        written, now = ", ".join(sources.WRITTEN.values()), naming.names(store)
        for source, campaign, *found in store.rows(f"SELECT {written}, source, campaign FROM calls"):
            assert tuple(found) == counts_as(now, source, campaign)
        with store.cursor() as cursor:
            assert stored.moves(cursor, now) == []


def test_a_store_from_before_opens(open_here: Opener) -> None:
    store = open_here()
    draw(store, CALLS)
    spend_from(store, SPEND)
    with store.writing() as cursor:
        cursor.execute("DROP TABLE campaign_names")
        for view in ("spend_rows", "money_rows", "spend_days"):
            cursor.execute(f"DROP VIEW {view}")
        for table in ("calls", "spend"):
            for name in ("written_source", "written_campaign"):
                cursor.execute(f"ALTER TABLE {table} DROP COLUMN {name}")
    store.close()
    store = open_here()
    bring(store, NAMES)
    assert met(store)[("yandex", "Поиск_Москва")] == (100, 2)
    assert figures(store, "handled_calls")["handled_calls"] == 0


def test_the_history_and_the_command_line(store: Store) -> None:
    draw(store, CALLS)
    spend_from(store, SPEND)
    path = store.settings.db.with_name("names.csv")
    path.write_text("Источник;Кампания;Считать источником;Считать кампанией\nya;;yandex;\n", encoding="cp1251")
    asked = {"paths": [str(path)]}
    seen = run(store, "names preview", asked, lambda _share: None)
    assert (seen.code, seen.text.splitlines()) == (0, [
        "names.csv: 2 moves", "  ya / — → yandex / —: calls 1", "  ya / 4711 → yandex / 4711: calls 1",
    ])  # fmt: skip
    done = run(store, "names import", asked, lambda _share: None)
    assert (done.code, done.text) == (
        0, "names.csv: rows: 1 new, 0 replaced, 0 same; calls changed: 2, lines of spend: 0"
    )  # fmt: skip
    assert run(store, "names list", {}, lambda _share: None).text == (
        "source,campaign,as_source,as_campaign\nya,,yandex,"
    )
    assert '"added": ["ya / — → yandex / —"]' in naming.history(store)[0][-1]
    path.write_text("source,as_source\nyandex,ya\n")
    bad = run(store, "names import", asked, lambda _share: None)
    assert bad.code == 1 and "yandex" in bad.text
    path.write_text("source,name\nyandex,ya\n")
    with pytest.raises(Problem, match="needs the columns source, as_source"):
        naming.import_file(store, path, "Ann", {})


def test_what_was_written_is_seen_on_the_call(store: Store) -> None:
    draw(store, CALLS)
    bring(store, NAMES)
    asked = ["id", "source", "campaign", "written_source", "written_campaign"]
    found = {row[1]: row[2:] for row in listed(store, CallFilter(), asked)}
    assert found["a"] == ("yandex", "Поиск_Москва", "yandex", "search-msk")
    assert found["d"] == ("vk", "lead", None, None)

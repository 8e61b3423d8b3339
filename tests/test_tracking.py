"""Tracking numbers: which call gets which source, since when, what is refused, and that it can be taken back."""

import json
from datetime import date
from pathlib import Path

import duckdb
import pytest
from xlsxwriter import Workbook

from calldash import audit, commands
from calldash.advertising import tracking
from calldash.given.refused import Refused
from calldash.given.tables import Receipt
from calldash.marking import rules
from calldash.problems import Problem
from calldash.store import Store
from calldash.store.rule_conditions import Condition, Rule
from calldash.store.tracking import Line
from tests.conftest import Opener
from tests.drawn import cases, content, draw, figures, take

CALLS = """
    id | started_at | direction | client | line        | answered | source | medium | campaign
    1  | 10:00      | in        | A      | 84951111111 | yes      |        |        |
    2  | +1 23:59   | in        | B      | 84951111111 | yes      |        |        |
    3  | +2 00:00   | in        | C      | 84951111111 | yes      |        |        |
    4  | +3 10:00   | in        | D      | 84951111111 | yes      | ya     | cpc    | spring
    5  | +3 11:00   | in        | E      | 84951111111 | yes      |        |        | own
    6  | +3 12:00   | out       | F      | 84951111111 | yes      |        |        |
    7  | +3 13:00   | in        | G      | 84952222222 | yes      |        |        |
    8  | +9 13:00   | in        | H      | 101         | no       |        |        |
"""
TABLE = """
    line              | source | medium  | campaign | from_day   | until_day
    +7 (495) 111-11-11 | board | outdoor | city     |            | 2026-03-03
    +7 (495) 111-11-11 | radio |         | drive    | 04.03.2026 |
    101               | flyer  | print   |          | 2026-03-11 | 2026-03-11
"""
# By the provider before the table, by the table after its own period, its edges being local days.
FOUND = """
    id | source | medium  | campaign | source_by
    1  | board  | outdoor | city     | tracking
    2  | board  | outdoor | city     | tracking
    3  | radio  |         | drive    | tracking
    4  | ya     | cpc     | spring   | provider
    5  | radio  |         | own      | tracking
    6  |        |         |          |
    7  |        |         |          |
    8  | flyer  | print   |          | tracking
"""


def as_file(text: str) -> str:
    """A drawn table as CSV with semicolons."""
    found = cases(text)
    return "\n".join([";".join(found[0]), *(";".join(row.values()) for row in found)])


def bring(store: Store, text: str, name: str = "lines.csv") -> Receipt:
    path = store.settings.db.with_name(name)
    path.write_text(as_file(text))
    return tracking.import_file(store, path, audit.LOCAL, {})


def told(store: Store) -> list[dict[str, str]]:
    found = store.rows("SELECT id, source, medium, campaign, source_by FROM calls ORDER BY id")
    return [dict(zip(cases(FOUND)[0], (cell or "" for cell in row), strict=True)) for row in found]


def test_a_call_has_the_source_of_its_line_on_its_day(store: Store) -> None:
    draw(store, CALLS)
    before = content(store)
    assert figures(store, "known_source_share")["known_source_share"] == pytest.approx(1 / 7)
    receipt = bring(store, TABLE)
    assert (receipt.new, receipt.replaced, receipt.same, receipt.calls) == (3, 0, 0, 5)
    assert told(store) == cases(FOUND)
    assert figures(store, "known_source_share")["known_source_share"] == pytest.approx(6 / 7)
    again = bring(store, TABLE)
    assert (again.new, again.replaced, again.same, again.calls) == (0, 0, 3, 0)
    tracking.save(store, audit.LOCAL, [])
    assert content(store) == before


def test_new_calls_get_theirs_and_the_same_rows_stay_the_same(store: Store) -> None:
    bring(store, TABLE)
    draw(store, CALLS)
    assert told(store) == cases(FOUND)
    receipt = draw(store, CALLS)
    assert (receipt.rows_same, receipt.rows_changed) == (8, 0)
    tracking.save(store, audit.LOCAL, [])
    assert {row["source"] for row in told(store)} == {"", "ya"}


def test_a_change_counts_from_its_day(store: Store) -> None:
    draw(store, CALLS)
    bring(store, TABLE)
    [board, radio, flyer] = (
        sorted(tracking.lines(store), key=lambda one: one.source)[:1]
        + [one for one in tracking.lines(store) if one.source != "board"][::-1]
    )
    assert board == Line("+74951111111", "board", "outdoor", "city", None, date(2026, 3, 3))
    assert {radio.source, flyer.source} == {"radio", "flyer"}
    rows = [
        (
            1,
            {
                "line": "+74951111111",
                "source": "board",
                "medium": "outdoor",
                "campaign": "city",
                "until_day": "2026-03-02",
            },
        ),
        (2, {"line": "+74951111111", "source": "tv", "from_day": "2026-03-03"}),
    ]
    assert tracking.save(store, "anna", rows) == 4
    assert [row["source"] for row in told(store)] == ["board", "tv", "tv", "ya", "tv", "", "", ""]
    _at, who, _action, _subject, detail = tracking.history(store)[0]
    assert who == "anna"
    assert json.loads(detail)["added"] == [
        "+74951111111: board / outdoor / city, … – 2026-03-02", "+74951111111: tv, 2026-03-03 – …",
    ]  # fmt: skip


def test_rollups_and_rules_follow(store: Store) -> None:
    draw(store, CALLS)
    rules.save(store, audit.LOCAL, [Rule("Flyers", "spam", (Condition("source", "is", ("flyer",)),))])
    store.rows("SELECT 1")
    with store.writing() as cursor:
        cursor.execute("UPDATE rollup_days SET fresh = TRUE")
    bring(store, TABLE)
    assert store.rows("SELECT id FROM calls WHERE spam") == [("8",)]
    stale = {day for (day,) in store.rows("SELECT day FROM rollup_days WHERE NOT fresh")}
    assert {date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 5), date(2026, 3, 11)} <= stale


WRONG = """
    line        | source | from_day   | until_day  | says
    84951111111 | a      | 2026-01-01 |            |
    84951111111 | b      | 2026-02-01 | 2026-02-10 | overlaps
                | c      | 2026-02-01 |            | is not given
    84953333333 |        | 2026-02-01 |            | is not given
    84953333333 | d      | 31.02.2026 |            | is no day
    84953333333 | e      | 2026-02-10 | 2026-02-01 | before the first day
    anonymous   | f      |            |            | is no number
"""


def test_tracking_on_the_command_line(store: Store) -> None:
    draw(store, CALLS)
    path = store.settings.db.with_name("lines.csv")
    path.write_text(as_file(TABLE))
    taken = commands.run(store, "tracking import", {"paths": [str(path)]}, print)
    assert (taken.code, taken.text) == (0, "lines.csv: rows: 3 new, 0 replaced, 0 same; calls changed: 5")
    path.write_text(commands.run(store, "tracking list", {}, print).text)
    assert commands.run(store, "tracking import", {"paths": [str(path)]}, print).text.startswith(
        "lines.csv: rows: 0 new, 0 replaced, 3 same"
    )
    path.write_text("line,source,from_day\n101,x,never\n")
    wrong = commands.run(store, "tracking import", {"paths": [str(path)]}, print)
    assert (wrong.code, "line 2, First day “never”" in wrong.text) == (1, True)


def test_each_wrong_line_is_told_and_nothing_is_taken(store: Store) -> None:
    draw(store, CALLS)
    bring(store, TABLE)
    before = tracking.lines(store), content(store)
    drawn = cases(WRONG)
    with pytest.raises(Refused) as refused:
        bring(store, "\n".join(line.rpartition("|")[0] for line in WRONG.strip().splitlines()))
    found = {one.line: one.reason for one in refused.value.wrong}
    assert sorted(found) == [3, 4, 5, 6, 7, 8]
    for number, row in enumerate(drawn, 2):
        assert (number in found) == bool(row["says"])
        assert row["says"] in found.get(number, "")
    assert (tracking.lines(store), content(store)) == before


def test_a_row_may_not_overlap_one_that_is_there(store: Store) -> None:
    bring(store, TABLE)
    with pytest.raises(Refused) as refused:
        bring(store, "line|source|from_day|until_day\n101|x|2026-03-10|2026-03-11")
    assert [one.line for one in refused.value.wrong] == [2]


@pytest.mark.parametrize("header", ["line|source|price", "line|medium", "line|source|source"])
def test_columns_that_are_no_columns(store: Store, header: str) -> None:
    path = store.settings.db.with_name("wrong.csv")
    path.write_text(header.replace("|", ";") + "\n" + header.replace("|", ";"))
    with pytest.raises(Problem, match="needs the columns line, source"):
        tracking.import_file(store, path, audit.LOCAL, {})


def test_a_workbook_with_russian_names(store: Store, tmp_path: Path) -> None:
    draw(store, CALLS)
    book = Workbook(tmp_path / "lines.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Номер", "Источник", "С"])
    sheet.write_row(1, 0, [84952222222, "сайт"])
    sheet.write_datetime(1, 2, date(2026, 3, 1), book.add_format({"num_format": "dd.mm.yyyy"}))
    book.close()
    receipt = tracking.import_file(store, tmp_path / "lines.xlsx", audit.LOCAL, {})
    assert (receipt.new, receipt.calls) == (1, 1)
    assert tracking.lines(store) == [Line("+74952222222", "сайт", None, None, date(2026, 3, 1), None)]


CLICKS = """
    id | started_at | direction | client | answered | keyword | ad | gclid | yclid | ym_client_id | consent
    1  | 10:00      | in        | A      | yes      | окна    | 7  | g1    |       | m1           | да
    2  | 11:00      | in        | B      | yes      |         |    |       | y1    |              | no
    3  | 12:00      | in        | C      | yes      |         |    |       |       |              |
"""


def test_what_an_advertising_system_knows_of_a_call(store: Store) -> None:
    draw(store, CLICKS)
    found = store.rows("SELECT keyword, ad, gclid, yclid, ym_client_id, consent FROM calls ORDER BY id")
    assert found == [
        ("окна", "7", "g1", None, "m1", True), (None, None, None, "y1", None, False), (None,) * 6,
    ]  # fmt: skip
    assert draw(store, CLICKS).rows_same == 3
    assert draw(store, CLICKS.replace("окна", "двери")).rows_changed == 1


def test_a_store_from_before_opens(tmp_path: Path, open_here: Opener) -> None:
    store = open_here()
    draw(store, CALLS)
    path = store.settings.db
    added = [
        "keyword",
        "ad",
        "gclid",
        "yclid",
        "ym_client_id",
        "consent",
        "source_by",
        "given_medium",
        "given_campaign",
        "ruled",
    ]
    store.close()
    with duckdb.connect(str(path)) as connection:
        for name in added:
            connection.execute(f"ALTER TABLE calls DROP COLUMN {name}")
        for name in ["ruled_spam", "ruled_target", "ruled_tags", "spam_rule", "target_rule"]:
            connection.execute(f"ALTER TABLE marked DROP COLUMN {name}")
        connection.execute("DROP TABLE tracking")
        connection.execute("DROP TABLE rules")
    store = open_here()
    assert store.rows("SELECT id, source_by FROM calls WHERE source_by IS NOT NULL") == [("4", "provider")]
    assert draw(store, CALLS).rows_same == 8
    bring(store, TABLE)
    assert told(store) == cases(FOUND)


def test_a_call_stored_before_these_columns_is_the_same(store: Store) -> None:
    """Its hash was made of the columns of then, which are all but the last six."""
    text = "id,started_at,direction,answered\n1,2026-03-02T10:00:00,inbound,yes\n"
    take(store, text)
    [(now,)] = store.rows("SELECT content FROM calls")
    [(then,)] = store.rows(
        "SELECT hash(started_at, direction, kind, client, line, employee, team, queue, answered, miss_reason, wait_s, "
        "talk_s, hold_s, wrapup_s, cost, currency, destination, roaming, recording, source, medium, campaign, spam, "
        "outcome, sale_amount, tags, ended_at, NULL::VARCHAR) FROM (SELECT * REPLACE ("
        "CAST(direction AS VARCHAR) AS direction, CAST(kind AS VARCHAR) AS kind) FROM calls)"
    )
    assert now == then


def test_what_the_data_api_knows_of_a_visitor(store: Store) -> None:
    row = {
        "id": 1, "start_time": "2026-03-02 10:00:00", "finish_time": "2026-03-02 10:01:00", "direction": "in",
        "is_lost": False, "finish_reason": "subscriber_disconnects", "contact_phone_number": "79161111111",
        "talk_duration": 50, "utm_source": "ya", "utm_term": None, "search_query": "окна", "utm_content": "b7",
        "gclid": None, "yclid": "y9", "ym_client_id": "m3",
    }  # fmt: skip
    take(store, json.dumps({"result": {"data": [row]}}), "calls.json")
    found = store.rows("SELECT source, source_by, keyword, ad, gclid, yclid, ym_client_id, consent FROM calls")
    assert found == [("ya", "provider", "окна", "b7", None, "y9", "m3", None)]
    assert "gclid" not in store.rows("SELECT data FROM rows")[0][0], "rows read before this field was stay the same"

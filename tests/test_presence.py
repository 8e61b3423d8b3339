"""Signed-in time and breaks, drawn as spans; and occupancy out of a queue_log."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from calldash import reports
from calldash.asking import ask
from calldash.filters import CallFilter
from calldash.importing import import_file
from calldash.importing.files import remove_system
from calldash.providers import Presence
from calldash.query import Moment
from calldash.settings import load
from calldash.store import Store, open_store
from calldash.store.presence import TABLES, per_day, tables
from tests.drawn import known

MOSCOW = ZoneInfo("Europe/Moscow")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-{text}")


def spans(drawn: str) -> list[Presence]:
    """`who state from to` a line, UTC days of March 2026; no `to`: still lasting.

    The state may be that of a queue, `signed_in@sales`, and a break may have a reason, `break=Lunch`.
    """
    found = []
    for who, state, since, *end in (line.split() for line in drawn.strip().splitlines()):
        state, _equals, reason = state.partition("=")
        state, _at, queue = state.partition("@")
        found.append(Presence(who, state, at(since), at(end[0]) if end else None, queue or None, reason or None))
    return found


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        ("Анна signed_in 02T06:00 02T07:00", [("Анна", date(2026, 3, 2), 3600, 0)]),
        # two queues at once are one presence
        ("Анна signed_in 02T06:00 02T07:00\nАнна signed_in 02T06:30 02T07:30", [("Анна", date(2026, 3, 2), 5400, 0)]),
        # only what falls into signed-in time is a break
        ("Анна signed_in 02T06:00 02T07:00\nАнна break 02T06:50 02T07:30", [("Анна", date(2026, 3, 2), 3600, 600)]),
        # the day ends at local midnight, 21:00 UTC
        (
            "Анна signed_in 02T20:30 02T21:15",
            [("Анна", date(2026, 3, 2), 1800, 0), ("Анна", date(2026, 3, 3), 900, 0)],
        ),
        ("Анна signed_in 02T06:00", [("Анна", date(2026, 3, 2), 7200, 0)]),
        ("Анна break 02T06:00 02T07:00", []),
    ],
)
def test_seconds_of_each_day(drawn: str, expected: list[object]) -> None:
    assert tables(per_day(spans(drawn), MOSCOW, at("02T08:00")))["presence"] == expected


OVERLAPPING = """
Anna signed_in@sales   02T06:00 02T08:00
Anna signed_in@support 02T07:00 02T09:00
Anna break=Lunch       02T06:30 02T07:30
Anna break@support=IT  02T07:20 02T07:50
Anna break             02T08:30 02T09:30
"""


def test_parts_by_queue_and_by_reason_with_overlaps_counted_once() -> None:
    """Three hours in all. Lunch began first and keeps its hour; of IT 20 minutes are left, of the last break 30."""
    found = tables(per_day(spans(OVERLAPPING), MOSCOW, None))
    day = date(2026, 3, 2)
    assert found["presence"] == [("Anna", day, 3 * 3600, 110 * 60)]
    assert found["presence_queues"] == [
        ("Anna", "sales", day, 2 * 3600, 3600),
        ("Anna", "support", day, 2 * 3600, (50 + 30) * 60),
    ]
    assert found["presence_breaks"] == [
        ("Anna", None, day, 30 * 60),
        ("Anna", "IT", day, 20 * 60),
        ("Anna", "Lunch", day, 3600),
    ]


LOG = """\
1772437200|NONE|NONE|Agent/1|AGENTLOGIN|SIP/1|
1772437200|NONE|NONE|Agent/2|AGENTLOGIN|SIP/2|
1772437300|1772437300.1|sales|NONE|ENTERQUEUE||79000000001|1
1772437310|1772437300.1|sales|Agent/1|CONNECT|10|1772437301.2|5
1772437610|1772437300.1|sales|Agent/1|COMPLETECALLER|10|300|1
1772437700|NONE|sales|Agent/1|PAUSE|Lunch
1772438300|NONE|sales|Agent/1|UNPAUSE|
1772438400|NONE|NONE|Agent/1|AGENTLOGOFF|SIP/1|1200
1772438400|NONE|NONE|Agent/2|AGENTLOGOFF|SIP/2|1200
"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Store]:
    """A store of the log above and of what members of queues did."""
    (tmp_path / "queue_log").write_text(LOG + MEMBERS)
    store = open_store(load(db=tmp_path / "x.duckdb"))
    import_file(store, tmp_path / "queue_log")
    yield store
    store.close()


MEMBERS = """\
1772441200|NONE|sales|Carl|ADDMEMBER|
1772441300|NONE|support|Carl|ADDMEMBER|PAUSED
1772441400|NONE|support|Carl|UNPAUSE|
1772441500|NONE|NONE|Carl|PAUSEALL|Training
1772441800|NONE|NONE|Carl|UNPAUSEALL|
1772442000|NONE|sales|Carl|REMOVEMEMBER|
1772442200|NONE|support|Carl|REMOVEMEMBER|
"""


def test_occupancy_is_talk_over_signed_in_time_without_breaks(office: Store) -> None:
    found = ask(office, ["occupancy"], ["employee"]).set_index("employee")["occupancy"]
    assert found["Agent/1"] == pytest.approx(300 / (1200 - 600))
    assert found["Agent/2"] == 0
    assert ask(office, ["occupancy"], [], CallFilter().choose("employee", ["Agent/1", "Agent/2"])).iloc[
        0, 0
    ] == pytest.approx(300 / (2 * 1200 - 600))
    assert ask(office, ["occupancy"], ["source"])["occupancy"].isna().all()


def test_signed_in_time_and_breaks_are_figures(office: Store) -> None:
    keys = ["signed_in_s", "break_s", "handled_calls"]
    found = ask(office, keys, ["employee"]).set_index("employee")
    assert dict(found["signed_in_s"]) == {"Agent/1": 1200, "Agent/2": 1200, "Carl": 1000}
    assert dict(found["break_s"]) == {"Agent/1": 600, "Agent/2": 0, "Carl": 400}
    assert list(ask(office, keys).iloc[0]) == [3400, 1000, 1]
    assert ask(office, ["signed_in_s"], ["queue"])["signed_in_s"].isna().all()
    assert ask(office, ["signed_in_s"], [], CallFilter().choose("queue", ["sales"]))["signed_in_s"].isna().all()


def test_reports_of_presence_by_queue_and_reason(office: Store) -> None:
    moment = Moment(office.settings, office.now())
    carl = CallFilter().choose("employee", ["Carl"])
    queues = reports.run(office, "signed_queues", carl, moment)
    assert [
        (known(q), s, b) for q, s, b in zip(queues["queue"], queues["signed_s"], queues["break_s"], strict=True)
    ] == [
        (None, 1000, 400),
        ("sales", 800, 300),
        ("support", 900, 400),
    ]
    reasons = reports.run(office, "break_reasons", CallFilter(), moment)
    assert [
        (who, known(why), b) for who, why, b in reasons[["employee", "reason", "break_s"]].itertuples(index=False)
    ] == [
        ("Agent/1", "Lunch", 600),
        ("Carl", "Training", 300),
        ("Carl", None, 100),
    ]


def test_removing_a_system_removes_its_presence(office: Store) -> None:
    with office.writing() as cursor:
        remove_system(cursor, office, "asterisk")
    for table in TABLES:
        assert office.rows(f"SELECT count(*) FROM {table}") == [(0,)]

"""Signed-in time and breaks, drawn as spans; and occupancy out of a queue_log."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from calldash.asking import ask
from calldash.importing import import_file
from calldash.providers import Presence
from calldash.settings import load
from calldash.store import open_store
from calldash.store.presence import per_day

MOSCOW = ZoneInfo("Europe/Moscow")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-{text}")


def spans(drawn: str) -> list[Presence]:
    """`who state from to` a line, UTC days of March 2026; no `to`: still lasting."""
    cells = (line.split() for line in drawn.strip().splitlines())
    return [Presence(who, state, at(since), at(end[0]) if end else None) for who, state, since, *end in cells]


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
    assert per_day(spans(drawn), MOSCOW, at("02T08:00")) == expected


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


def test_occupancy_is_talk_over_signed_in_time_without_breaks(tmp_path: Path) -> None:
    (tmp_path / "queue_log").write_text(LOG)
    store = open_store(load(db=tmp_path / "x.duckdb"))
    import_file(store, tmp_path / "queue_log")
    found = ask(store, ["occupancy"], ["employee"]).set_index("employee")["occupancy"]
    assert found["Agent/1"] == pytest.approx(300 / (1200 - 600))
    assert found["Agent/2"] == 0
    assert ask(store, ["occupancy"]).iloc[0, 0] == pytest.approx(300 / (2 * 1200 - 600))
    assert ask(store, ["occupancy"], ["source"])["occupancy"].isna().all()
    store.close()

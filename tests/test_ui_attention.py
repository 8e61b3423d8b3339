"""What needs attention: said when it is so, and only then."""

from datetime import timedelta

import pytest

from calldash.changes.found import Change
from calldash.changes.measures import MEASURES
from calldash.changes.places import Place
from calldash.changes.windows import Window
from calldash.filters import CallFilter
from calldash.ui import attention
from tests.drawn import DAY, as_csv, cases, draw, take

pytest_plugins = ("tests.in_app",)

WEEKS = 5


def said(chosen: CallFilter | None = None) -> list[str]:
    return [notice.text for notice in attention.notices(chosen or CallFilter())]


def days(number: int, calls: int, missed: int, **values: str) -> list[dict[str, object]]:
    """`calls` inbound calls on each of `number` days from DAY on, `missed` of them missed, each of another client."""
    found = []
    for day in range(number):
        for at in range(calls):
            start = DAY + timedelta(days=day, hours=10, minutes=at)
            who = f"+7916{day:03}{at:04}" if values.get("line") is None else f"+7917{day:03}{at:04}"
            row = {"id": f"{values}{day}-{at}", "started_at": start.isoformat(), "direction": "inbound", "client": who}
            found.append(row | {"answered": "false" if at < missed else "true", "wait_s": 9, "talk_s": 30} | values)
    return found


def test_silence_when_nothing_is_wrong(app_store):
    take(app_store, as_csv(days(WEEKS * 7, 8, 0, queue="One")))
    assert said() == []


PENDING = """
started_at | direction | client | answered | wait_s
-1 23:00   | in        | A      | false    | 20
10:00      | in        | B      | false    | 20
10:30      | in        | C      | true     | 5
"""


def test_clients_who_wait_for_a_callback(app_store):
    draw(app_store, PENDING)
    (notice,) = attention.notices(CallFilter())
    assert notice.text == "2 missed clients are waiting for a callback."
    assert notice.calls.behind == "pending_callbacks"


def test_a_notice_keeps_within_the_other_filters_whatever_the_period(app_store):
    draw(app_store, PENDING.replace("| wait_s", "| queue").replace("| 20", "| One").replace("| 5", "| Two"))
    assert said(CallFilter(DAY.date() - timedelta(days=99), DAY.date() - timedelta(days=98))) != []
    assert said(CallFilter().choose("queue", ["Two"])) == []


LOST = """
started_at | direction | client | answered | wait_s
-3 10:00   | in        | A      | false    | 20
-2 10:00   | in        | B      | true     | 20
10:00      | in        | B      | true     | 20
"""


def test_clients_who_were_lost(app_store):
    draw(app_store, LOST)
    assert said() == ["1 client was lost in the last 7 days: missed, and nobody called back."]


@pytest.mark.parametrize(("late", "told"), [(6, True), (2, False)])
def test_a_queue_that_got_surely_worse(app_store, late, told):
    usual = days(WEEKS * 7, 8, 1, queue="One")
    last = DAY + timedelta(days=WEEKS * 7 - 7)
    changed = [
        row | {"answered": "false"}
        for row in usual
        if row["started_at"] >= last.isoformat() and int(str(row["id"]).rpartition("-")[2]) < late
    ]
    take(app_store, as_csv({str(row["id"]): row for row in [*usual, *changed]}.values()))
    found = [text for text in said() if text.startswith("Queue One")]
    expected = "Queue One: Missed share 75.0% in the last 7 days, 12.5% in the four weeks before."
    assert found == ([expected] if told else [])


def change(key: str, before: float, now: float, place: Place | None) -> Change:
    """A change as `What changed` tells it, but for the days."""
    [measure] = [one for one in MEASURES if one.key == key]
    return Change(Window("day", (), ()), measure, now, before, 100, 9, 0.001, CallFilter(), place)


TOLD = """
figure        | before | now | queue | hours | said
missed_share  | 0.1    | 0.7 | One   |       | Hour
missed_share  | 0.1    | 0.7 |       | 10 12 | Queue
missed_share  | 0.1    | 0.7 |       | 14 16 | Queue Hour
missed_share  | 0.1    | 0.7 | Two   |       | Queue Hour
missed_share  | 0.7    | 0.1 | One   |       | Queue Hour
missed_share  | 0.1    | 0.7 |       |       | Queue Hour
service_level | 0.9    | 0.1 | One   |       | Queue Hour
"""


@pytest.mark.parametrize("case", cases(TOLD), ids=lambda case: "-".join(str(cell) for cell in case.values()))
def test_what_changed_is_not_said_twice(app_store, case):
    """Only the same figure at the same queue or hour, and only where it is said to be worse too."""
    last = DAY + timedelta(days=WEEKS * 7 - 7)
    rows = days(WEEKS * 7, 8, 1, queue="One")
    take(
        app_store,
        as_csv([row | {"answered": "false"} if row["started_at"] >= last.isoformat() else row for row in rows]),
    )
    hours = tuple(int(hour) for hour in case["hours"].split()) if case["hours"] else None
    place = Place(9, 9, "queue" if case["queue"] else None, case["queue"] or None, hours)
    told = change(case["figure"], float(case["before"]), float(case["now"]), place)
    found = [one.text.split()[0] for one in attention.notices(CallFilter(), [told]) if "Missed share" in one.text]
    assert found == case["said"].split()

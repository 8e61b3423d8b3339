"""Working hours: as they are written, and as a condition over calls."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from calldash.filters import from_pairs
from calldash.problems import Problem
from calldash.schedule import parse
from calldash.settings import load
from tests.drawn import as_csv, cases, listed, take

WRITTEN = """
text                                  | spans
Mon 09:00-18:00                       | 1 540 1080
mon-tue 9:00 - 18:00                  | 1 540 1080, 2 540 1080
Пн Вт 09:00-13:00 14:00–18:30         | 1 540 780, 1 840 1110, 2 540 780, 2 840 1110
Sat-Mon 10:00-11:00                   | 1 600 660, 6 600 660, 7 600 660
Sun 22:00-06:00                       | 1 0 360, 7 1320 1440
Mon 00:00-24:00; Tue 22:00-00:00      | 1 0 1440, 2 1320 1440
"""


@pytest.mark.parametrize("case", cases(WRITTEN), ids=lambda case: case["text"])
def test_hours_as_they_are_written(case):
    found = ", ".join(f"{one.weekday} {one.begins} {one.ends}" for one in parse(case["text"]))
    assert found == case["spans"]


def test_daily_is_every_day():
    assert [one.weekday for one in parse("daily 00:00-24:00")] == [1, 2, 3, 4, 5, 6, 7]


WRONG = """
text             | said
                 | write days and hours, such as Mon-Fri 09:00-18:00
Mon              | "Mon" needs days and hours
09:00-18:00      | "09:00-18:00" needs days and hours
Mondy 9:00-18:00 | Mondy is no weekday
Mon-Fri-Sun 9:00-18:00 | Mon-Fri-Sun is no weekday
Mon 9-18         | 9-18 are no hours
Mon 09:60-18:00  | 09:60-18:00 are no hours
Mon 24:00-25:00  | 24:00-25:00 are no hours
Mon 9:00-9:00    | 9:00-9:00 are no hours
"""


@pytest.mark.parametrize("case", cases(WRONG), ids=lambda case: case["text"])
def test_what_is_wrong_is_said(case):
    with pytest.raises(ValueError, match=case["said"]):
        parse(case["text"])
    with pytest.raises(Problem) as trouble:
        load(working_hours=case["text"])
    assert trouble.value.values["name"] == "working_hours"
    assert case["said"] in trouble.value.values["reason"]


@pytest.mark.parametrize("zone", ["Europe/Moscow", "Asia/Kolkata", "America/New_York"])
@pytest.mark.parametrize("hours", ["Mon-Fri 09:30-18:15, Sat 22:00-02:00", "daily 09:00-18:00", "Sun 00:00-24:00"])
def test_calls_within_the_hours(open_here, zone, hours):
    """Every ten minutes of a week in which New York puts its clocks on, read by the calendar itself."""
    store = open_here(zone=zone, working_hours=hours, holiday_country="")
    local = ZoneInfo(zone)
    instants = [datetime(2026, 3, 6, tzinfo=UTC) + timedelta(minutes=10 * step) for step in range(7 * 144)]
    times = [f"{at:%Y-%m-%dT%H:%M:%SZ}" for at in instants]
    rows = [{"id": step, "started_at": at, "direction": "inbound", "answered": "no"} for step, at in enumerate(times)]
    take(store, as_csv(rows))
    spans = parse(hours)
    wanted = {
        str(step)
        for step, at in enumerate(instants)
        for found in [at.astimezone(local)]
        if any(
            one.weekday == found.isoweekday() and one.begins <= 60 * found.hour + found.minute < one.ends
            for one in spans
        )
    }
    assert {row[1] for row in listed(store, from_pairs({"working": "yes"}))} == wanted
    assert len(listed(store, from_pairs({"working": "no"}))) == len(instants) - len(wanted)

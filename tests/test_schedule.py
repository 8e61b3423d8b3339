"""Working hours: as they are written, and as a condition over calls."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from calldash.filters import from_pairs
from calldash.hours.schedule import parse
from calldash.hours.worktime import Worktime
from calldash.problems import Problem
from calldash.settings import load
from tests.drawn import as_csv, cases, draw, figures, listed, take

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
    assert case["said"] in str(trouble.value.values["reason"])


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


DAYS = """
day        | team  | hours
2026-03-06 |       | 09:00-18:00
2026-03-09 |       |
2026-03-07 |       |
2026-03-07 | Sales | 10:00-14:00
2026-03-09 | Desk  | 12:00-13:00
2026-03-10 | Desk  | 00:00-24:00
2027-02-20 |       | 09:00-18:00
2027-02-20 | Sales | 10:00-14:00
2026-12-31 | Desk  | 10:00-11:00
2026-03-11 | Sales |
"""


@pytest.mark.parametrize("case", cases(DAYS), ids=lambda case: f"{case['day']} {case['team']}")
def test_holidays_moved_days_teams_and_exceptions(case):
    """8 March 2026 is a Sunday, moved to Monday; 20 February 2027 is a Saturday that Russia works."""
    settings = load(
        team_hours={"Sales": "Mon-Sat 10:00-14:00", "Desk": "daily 00:00-24:00, holidays 12:00-13:00"},
        day_exceptions={"2026-12-31": "10:00-11:00", "2026-03-11": "off"},
    )
    found = settings.schedule.hours(date.fromisoformat(case["day"]), case["team"] or None)
    shown = ", ".join(f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in found)
    assert shown == case["hours"]


def test_calls_on_these_days(open_here):
    """The condition over calls says the same as the schedule, hour by hour, for each team."""
    settings = {
        "team_hours": {"it's": "Mon-Sat 10:30-14:00", "Desk": "daily 00:00-24:00"},
        "day_exceptions": {"2026-03-11": "off"},
    }
    store = open_here(zone="Asia/Kolkata", **settings)
    instants = [datetime(2026, 3, 5, tzinfo=UTC) + timedelta(minutes=30 * step) for step in range(8 * 48)]
    rows = [
        {
            "id": f"{team}{step}",
            "started_at": f"{at:%Y-%m-%dT%H:%M:%SZ}",
            "direction": "inbound",
            "answered": "no",
            "team": team,
        }
        for step, at in enumerate(instants)
        for team in ("", "it's", "Desk")
    ]
    take(store, as_csv(rows))
    wanted = set()
    for row in rows:
        local = datetime.fromisoformat(row["started_at"]).astimezone(ZoneInfo("Asia/Kolkata"))
        minute = 60 * local.hour + local.minute
        spans = store.settings.schedule.hours(local.date(), row["team"] or None)
        wanted |= {row["id"]} if any(begins <= minute < ends for begins, ends in spans) else set()
    assert {row[1] for row in listed(store, from_pairs({"working": "yes"}))} == wanted


CLOCK = """
since            | until            | seconds
2026-03-06 17:50 | 2026-03-10 09:10 | 1200
2026-03-07 10:00 | 2026-03-09 10:00 | 0
2026-03-06 08:00 | 2026-03-06 10:00 | 3600
2026-03-06 10:00 | 2026-03-06 10:00 | 0
2026-03-06 12:00 | 2026-03-13 12:00 | 129600
"""


@pytest.mark.parametrize("case", cases(CLOCK), ids=lambda case: case["since"])
def test_the_clock_of_working_time(case):
    """Four working days of 9 hours lie within the last week: Monday, 9 March, is a holiday."""
    clock = Worktime(load().schedule, "UTC", None, date(2026, 3, 1), date(2026, 3, 31))
    found = clock.between(
        *(np.array([case[key].replace(" ", "T")], dtype="datetime64[s]") for key in ("since", "until"))
    )
    assert found.tolist() == [int(case["seconds"])]


FACTS = """
started_at | direction | client | answered | wait_s
+4 17:50   | in        | A      | false    | 0
+4 17:50   | in        | B      | false    | 0
+5 16:00   | out       | B      | false    |
+8 09:05   | in        | C      | false    | 0
"""


@pytest.mark.parametrize(("target", "due"), [(15, "2026-03-10 09:05:00"), (5, "2026-03-06 17:55:00")])
def test_due_by_working_time_is_stored_with_the_call(open_here, target, due):
    """Friday 17:50: ten working minutes before the evening, the holiday on Monday, five more on Tuesday."""
    store = open_here(zone="UTC", callback_target_min=target)
    draw(store, FACTS)
    rows = store.rows("SELECT due_at, work_delay_s FROM calls WHERE is_episode ORDER BY started_at, id")
    assert [str(row[0]) for row in rows[:2]] == [due, due]
    assert [row[1] for row in rows[:2]] == [None, 600]
    told = figures(store, "timely_callback_work_share median_callback_work_delay_s due_callbacks late_callbacks")
    assert told["median_callback_work_delay_s"] == 600
    # A was never tried and is due at the newest call, 09:05; B was tried after 600 working seconds.
    assert told["timely_callback_work_share"] == (0.5 if target == 15 else 0)
    assert (told["due_callbacks"], told["late_callbacks"]) == (2, 2)

"""The forecast from histories that a human can check: rules, errors, bands, holidays, and the command."""

import json
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from calldash.__main__ import app
from calldash.filters import CallFilter, from_pairs
from calldash.forecast.between import OUTSIDE, Scale, bounds, held, judged
from calldash.forecast.kinds import kinds
from calldash.forecast.outlook import Outlook, Short, outlook, timeless
from calldash.forecast.rules import LAST, LEVEL, MEAN, fading, hours
from calldash.forecast.trying import Past, off, rule_of, scores, tried
from calldash.hours.schedule import HOLIDAY
from calldash.settings import load
from tests.drawn import cases, draw

MONDAY = pd.Timestamp("2026-03-02")
WEEK = (70, 60, 50, 54, 64, 20, 0)


def past_of(calls: list[float]) -> Past:
    """Days from a Monday on, all their calls at 10:00."""
    days = pd.date_range(MONDAY, periods=len(calls))
    table = np.zeros((len(calls), 24))
    table[:, 10] = calls
    return Past(MONDAY, table, np.array([day.isoweekday() for day in days]))


def counted(calls: dict[date, dict[int, int]]):
    """Answers as the store does: a row for each day and hour with a call, within the filter's days."""

    def count(chosen: CallFilter) -> pd.DataFrame:
        rows = [
            (pd.Timestamp(day), hour, number)
            for day, found in calls.items()
            for hour, number in found.items()
            if number and chosen.since <= day <= chosen.until
        ]
        return pd.DataFrame(rows, columns=["day", "hour", "calls"])

    return count


def periodic(weeks: int, first: date = date(2026, 3, 2)) -> dict[date, dict[int, int]]:
    """WEEK again and again: half of each day's calls at 10:00, half at 15:00."""
    days = [first + timedelta(days=at) for at in range(7 * weeks)]
    return {day: dict.fromkeys((10, 15), WEEK[day.weekday()] // 2) for day in days}


def looked(calls: dict[date, dict[int, int]], country: str = "") -> Outlook | Short:
    settings = load(holiday_country=country)
    # A day before and a day after: both ends of the history are not whole, and not learnt from.
    history = (min(calls) - timedelta(days=1), max(calls) + timedelta(days=1))
    return outlook(counted(calls), CallFilter(), history, settings)


RULES = """
rule  | calls                                     | ahead | said
last  | 10 20 30 40 50 60 70 11 21 31 41 51 61 71 12 22 32 42 52 62 72 | 1 2 7 | 12 22 72
mean  | 10 20 30 40 50 60 70 12 22 32 42 52 62 72 14 24 34 44 54 64 74 18 28 38 48 58 68 78 | 1 2 7 | 13.5 23.5 73.5
last  | 10 20 30 40 50 60 70 11 21 31 41 51 61 71 | 1 2 7 | nan nan nan
level | 10 20 30 40 50 60 70 10 20 30 40 50 60 70 10 20 30 40 50 60 70 | 1 2 7 | 10 20 70
"""


@pytest.mark.parametrize("case", cases(RULES), ids=lambda case: f"{case['rule']} {case['said']}")
def test_what_a_rule_says(case):
    past = past_of([float(one) for one in case["calls"].split()])
    ahead = np.array([int(one) for one in case["ahead"].split()])
    said = rule_of(case["rule"]).calls(past.daily, past.kinds, ahead)
    assert said == pytest.approx([float(one) for one in case["said"].split()], nan_ok=True)


def test_the_level_follows_what_came_lately():
    """Four weeks alike, then one with twice the calls: last week says 140, the level lies between 70 and 140."""
    past = past_of([*WEEK * 4, *(2 * one for one in WEEK)])
    said = rule_of(LEVEL).calls(past.daily, past.kinds, np.array([1, 7]))
    assert 100 < said[0] < 140 and said[1] == 0
    assert rule_of(LAST).calls(past.daily, past.kinds, np.array([1]))[0] == 140
    assert rule_of(MEAN).calls(past.daily, past.kinds, np.array([1]))[0] == (3 * 70 + 140) / 4
    assert list(fading(15, 7)[[0, 7, 14]]) == [0.25, 0.5, 1]


def test_hours_share_out_the_whole_day():
    table = np.zeros((28, 24))
    table[:, 9], table[:, 12] = 30, 10
    table[4::7] = 0  # Fridays without a call take the hours of all days
    days = np.array([day.isoweekday() for day in pd.date_range(MONDAY, periods=28)])
    found = hours(table, days, np.array([1, 5]))
    assert found.sum(axis=1) == pytest.approx([1, 1])
    assert found[:, [9, 12]] == pytest.approx(np.array([[0.75, 0.25], [0.75, 0.25]]))


def test_the_error_by_hand():
    """Said 10, 10, 20 where 8, 12, 20 came: off by 4 of 40 calls."""
    frame = pd.DataFrame({"calls": [8, 12, 20, 99], "said": [10.0, 10, 20, np.nan], "ahead": [1, 8, 9, 1]})
    assert off(frame) == 0.1
    found = scores({"a": frame, "b": frame.assign(said=[8.0, 12, 21, 99])})
    assert [(one.key, one.error, one.near, one.far) for one in found] == [
        ("a", 0.1, 0.25, 2 / 32),
        ("b", 1 / 40, 0, 1 / 32),
    ]
    assert [one.calls for one in found] == pytest.approx([4 / 3, 1 / 3])


def test_rules_know_nothing_of_what_comes_after():
    """In the last of seven weeks nobody calls: the week before it was said without knowing, the day after it was."""
    past = past_of([*WEEK * 6, *[0] * 7])
    found = tried(past, rule_of(LAST))
    mondays = found[(found["day"] == MONDAY + pd.Timedelta(days=42))].set_index("ahead")["said"]
    assert set(mondays) == {70} and list(mondays.index) == list(range(14, 0, -1))
    assert past.tried_weeks == 3 and set(found["week"]) == {0, 1, 2}
    assert past_of(list(WEEK * 5)).tried_weeks == 0 and past_of(list(WEEK * 20)).tried_weeks == 8


def test_a_history_that_repeats_itself_is_said_exactly():
    found = looked(periodic(10))
    assert isinstance(found, Outlook)
    assert found.days["day"].iloc[0] == pd.Timestamp("2026-05-11"), "the day after the last whole one"
    assert list(found.days["calls"]) == pytest.approx([*WEEK, *WEEK])
    assert list(found.days["low"]) == list(found.days["high"]) == pytest.approx([*WEEK, *WEEK])
    assert found.hours.groupby("day")["calls"].sum().tolist() == pytest.approx([*WEEK, *WEEK])
    at_ten = found.hours[found.hours["hour"] == 10]["calls"]
    assert at_ten.iloc[0] == pytest.approx(35)
    assert [score.error for score in found.scores] == pytest.approx([0, 0, 0])
    assert (found.held, found.hours_held, found.weeks) == (1, 1, 6)


def test_the_rule_with_the_smallest_error_is_taken():
    """Calls that grow by a tenth a week: last week lags less than the mean of four."""
    days = {day: {10: round(sum(found.values()) * 1.1**week)} for (day, found), week in zip(
        periodic(12).items(), (at // 7 for at in range(84)), strict=True)}  # fmt: skip
    found = looked(days)
    assert isinstance(found, Outlook)
    errors = {score.key: score.error for score in found.scores}
    assert found.rule == min(errors, key=errors.__getitem__) != MEAN
    assert errors[LAST] < errors[MEAN]
    # Of the same weekday one or two weeks before: 1 - 1/1.1 and 1 - 1/1.21 of the calls are lacking.
    last = next(score for score in found.scores if score.key == LAST)
    assert (last.near, last.far) == pytest.approx((1 - 1 / 1.1, 1 - 1 / 1.21), abs=0.01)


@pytest.mark.parametrize(("weeks", "told"), [(5, 5), (6, None)])
def test_too_little_history_is_said_so(weeks, told):
    found = looked(periodic(weeks))
    assert (found.weeks if isinstance(found, Short) else None) == told


def test_nothing_at_all():
    nothing = outlook(counted({}), CallFilter(), (date(2026, 1, 1), date(2026, 6, 1)), load())
    assert nothing == Short(0)
    assert outlook(counted({}), CallFilter(), (date(2026, 1, 1), date(2026, 1, 1)), load()) == Short(0)


def test_holidays_are_of_their_own_kind():
    schedule = load(day_exceptions={"2026-03-03": "off", "2026-03-04": "09:00-12:00"}).schedule
    days = pd.DatetimeIndex(["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-09", "2024-04-27"])
    assert kinds(days, schedule).tolist() == [1, HOLIDAY, 3, HOLIDAY, 5], "9 March is moved, 27 April 2024 was worked"


def test_a_holiday_ahead_needs_holidays_behind():
    """12 June 2026 is a Friday off. With May's three days off known it gets their number."""
    calls = periodic(10, date(2026, 3, 30))
    for day in (date(2026, 5, 1), date(2026, 5, 9), date(2026, 5, 11)):
        calls[day] = {10: 6}
    found = looked(calls, "RU")
    assert isinstance(found, Outlook)
    shown = found.days.set_index("day")
    holiday = shown.loc["2026-06-12"]
    assert (holiday["kind"], holiday["calls"]) == (HOLIDAY, pytest.approx(6))
    assert shown.loc["2026-06-19", "calls"] == pytest.approx(64)


def test_what_is_not_known_has_no_number():
    calls = periodic(10, date(2026, 10, 5))  # ends on 13 December; only 4 November was off
    calls[date(2026, 11, 4)] = {10: 5}
    calls |= periodic(2, date(2026, 12, 14))
    found = looked(calls, "RU")
    assert isinstance(found, Outlook)
    unknown = found.days[found.days["calls"].isna()]
    assert date(2026, 12, 31) in {day.date() for day in unknown["day"]}
    assert unknown["low"].isna().all() and set(unknown["kind"]) == {HOLIDAY}
    assert found.hours[found.hours["day"] == unknown["day"].iloc[0]]["calls"].isna().all()


def test_the_scale_goes_there_and_back():
    numbers = np.array([0.0, 1, 20, 400])
    for scale in (Scale(0), Scale(0.02)):
        assert scale.back(scale.of(numbers)) == pytest.approx(numbers)


def test_the_band_comes_from_errors_alike():
    """Errors of -10 … 10 calls around 100: a tenth lies outside on each side, the ends counted with the one to come."""
    errors = np.arange(-10, 11)
    past = pd.DataFrame({"said": 100.0, "calls": 100.0 + errors, "ahead": 1, "week": 0})
    low, high = bounds(np.array([100.0, np.nan]), np.array([1, 1]), past)
    assert (low[0], high[0]) == (91, 109), "floor(0.1 · 22) = 2: the second from each end"
    assert np.isnan(low[1]) and np.isnan(high[1])
    assert OUTSIDE == 0.1


def test_the_band_holds_what_it_says_on_poisson_days():
    """Seeded Poisson days, 30 weeks: about four of five lie within, in later weeks that were not judged by too."""
    dice = np.random.default_rng(8)
    whole = past_of([float(dice.poisson(one)) for _week in range(30) for one in (120, 100, 90, 95, 110, 30, 8)])
    found = judged(tried(whole, rule_of(MEAN)))
    assert 0.75 <= (held(found) or 0) <= 0.87
    after = dice.poisson(np.tile((120, 100, 90, 95, 110, 30, 8), 40))
    said = rule_of(MEAN).calls(whole.daily, whole.kinds, np.tile(np.arange(1, 8), 40))
    low, high = bounds(said, np.ones(280), found)
    assert 0.7 <= ((after >= low) & (after <= high)).mean() <= 0.88


def test_the_days_of_the_filter_do_not_matter():
    chosen = from_pairs({"since": "2026-01-01", "until": "2026-02-01", "weekday": "1", "queue": "Sales"})
    assert timeless(chosen) == from_pairs({"queue": "Sales"})


def test_on_the_command_line(store, monkeypatch):
    rows = "started_at | direction | client | answered\n" + "\n".join(
        f"+{day} {hour:02}:10 | in | A | true" for day in range(58) for hour in (9, 14, 15)
    )
    draw(store, rows)
    monkeypatch.setenv("CALLDASH_DB", str(store.settings.db))
    monkeypatch.setenv("CALLDASH_HOLIDAY_COUNTRY", "")
    store.close()
    run = CliRunner()
    told = json.loads(run.invoke(app, ["forecast", "--format", "json"]).stdout)
    assert (told["weeks_tried"], told["errors"][told["rule"]]) == (4, 0)
    assert [row["calls"] for row in told["days"]] == [3] * 14
    lines = run.invoke(app, ["forecast", "--by", "hour", "--format", "csv"]).stdout.splitlines()
    assert lines[0] == "day,hour,calls,low,high"
    assert lines[10] == f"{told['days'][0]['day']},9,1.0,1,1"
    assert run.invoke(app, ["forecast"]).stdout.splitlines()[-1].startswith("rule ")
    few = run.invoke(app, ["forecast", "--where", "queue=none"])
    assert (few.exit_code, "0" in few.stderr) == (1, True)

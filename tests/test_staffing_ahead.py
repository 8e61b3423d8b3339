"""Staffing for the days to come: the forecast's hours shared out over half hours, and the people they need."""

import json
from functools import partial

import pandas as pd
import pytest
from typer.testing import CliRunner

from calldash.__main__ import app
from calldash.asking import ask
from calldash.commands.forecast import found_in
from calldash.filters import from_pairs
from calldash.staffing import options
from calldash.staffing.ahead import half_hours
from calldash.staffing.study import study
from tests.drawn import draw
from tests.test_staffing import MONDAY, asking, weeks_of

DAY = pd.Timestamp("2026-03-02")


def test_hours_are_shared_out_as_the_history_was():
    """At nine a quarter of the hour came in its second half; at ten nothing ever came: halves; Tuesdays as Mondays."""
    rows = pd.DataFrame({"weekday": [1, 1, 2], "half": [18, 19, 40], "calls": [30.0, 10, 5]})
    hours = pd.DataFrame(
        {
            "day": [DAY, DAY, DAY + pd.Timedelta(days=1)],
            "hour": [9, 10, 9],
            "calls": [20.0, 4, 8],
            "high": [28.0, 6, 12],
        }
    )
    shown = frozenset({(1, 18), (1, 19), (1, 20), (1, 21), (2, 18)})
    found = half_hours(hours, rows, shown)
    assert found[["weekday", "half", "calls", "high"]].to_numpy().tolist() == [
        [1, 18, 15, 21],
        [1, 19, 5, 7],
        [1, 20, 2, 3],
        [1, 21, 2, 3],
        [2, 18, 6, 9],
    ]


@pytest.fixture
def mondays(open_here):
    """Nine Mondays from 2 March on: six calls at nine and two at half past nine."""
    store = open_here(working_hours="Mon 09:00-10:00", holiday_country="")
    draw(store, weeks_of(9, MONDAY))
    return store


def planned(store, **pairs):
    days = ask(store, ["calls"], ["day"])["day"]
    coming = found_in(store, from_pairs(pairs))
    picked = options.from_pairs({"basis": "forecast"} | pairs, store.settings)
    history = (days.iloc[0].date(), days.iloc[-1].date())
    return study(asking(store), from_pairs(pairs), history, store.settings, picked, coming.hours)


def test_people_for_dates_to_come(mondays):
    found = planned(mondays)
    assert found.options.basis == "forecast"
    first = found.ahead.sort_values(["day", "half"]).iloc[0]
    assert (first["day"].day_of_week, first["half"]) == (0, 18)
    # As in an ordinary Monday: six calls of 300 s are one erlang, three people; two calls in 9:30 take two.
    told = found.ahead[found.ahead["calls"].notna()]
    assert told.groupby("half")["calls"].first().tolist() == pytest.approx([6, 2])
    assert told.groupby("half")["agents"].first().tolist() == [3, 2]
    assert told.groupby("half")["scheduled"].first().tolist() == [5, 3]
    assert (told["agents_high"] >= told["agents"]).all()
    assert found.halves["forecast"].tolist() == pytest.approx([6, 2])


def test_a_weekday_of_the_filter_is_one_of_the_dates(mondays):
    assert set(planned(mondays, weekday="1").ahead["weekday"]) == {1}
    assert planned(mondays, weekday="2", hours="all").ahead["weekday"].unique().tolist() == [2]


def test_a_holiday_to_come_is_not_a_monday(open_here):
    """After ten weeks 11 May comes, a Monday off: as on 1 May, the holiday before, nobody calls, nobody is needed."""
    store = open_here(working_hours="Mon 09:00-10:00")
    draw(store, weeks_of(10, MONDAY))
    ahead = planned(store).ahead
    off = ahead[ahead["day"] == "2026-05-11"]
    assert off[["calls", "agents"]].to_numpy().tolist() == [[0, 0], [0, 0]]
    assert ahead[ahead["day"] == "2026-05-18"]["agents"].tolist() == [3, 2]


def test_what_is_not_known_needs_nobody_knows_how_many(mondays):
    days = ask(mondays, ["calls"], ["day"])["day"]
    picked = options.from_pairs({"basis": "forecast"}, mondays.settings)
    history = (days.iloc[0].date(), days.iloc[-1].date())
    coming = pd.DataFrame({"day": [pd.Timestamp("2026-05-04")], "hour": [9], "calls": [float("nan")], "high": [1.0]})
    ahead = study(asking(mondays), from_pairs({}), history, mondays.settings, picked, coming).ahead
    assert len(ahead) == 2 and ahead["agents"].isna().all() and ahead["load"].isna().all()


def test_without_a_forecast_a_mean_day_stands_for_it(mondays):
    days = ask(mondays, ["calls"], ["day"])["day"]
    picked = options.from_pairs({"basis": "forecast"}, mondays.settings)
    history = (days.iloc[0].date(), days.iloc[-1].date())
    found = study(asking(mondays), from_pairs({}), history, mondays.settings, picked)
    assert (found.options.basis, found.ahead) == ("mean", None)
    assert found.halves["agents"].tolist() == [3, 2]


def test_the_command_prints_dates(mondays, monkeypatch):
    monkeypatch.setenv("CALLDASH_DB", str(mondays.settings.db))
    monkeypatch.setenv("CALLDASH_WORKING_HOURS", "Mon 09:00-10:00")
    monkeypatch.setenv("CALLDASH_HOLIDAY_COUNTRY", "")
    mondays.close()
    run = partial(CliRunner().invoke, app)
    rows = run(["staffing", "--basis", "forecast", "--format", "csv"]).stdout.splitlines()
    assert rows[0].startswith("day,half_hour,calls,high,aht_s,load,agents,agents_high,scheduled")
    assert rows[1].split(",")[1:3] == ["9:00–9:30", "6"] and len(rows) == 5
    told = json.loads(run(["staffing", "--basis", "forecast", "--format", "json"]).stdout)
    assert (told["basis"], len(told["ahead"]), told["half_hours"][0]["forecast"]) == ("forecast", 4, 6)
    assert run(["staffing", "--basis", "forecast"]).stdout.splitlines()[0].split()[:2] == ["day", "half_hour"]
    few = run(["staffing", "--basis", "forecast", "--where", "queue=none"])
    assert few.exit_code == 1

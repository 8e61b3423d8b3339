"""Staffing from a drawn history: what comes, who was there, which days count, and what is needed then."""

import json
from datetime import date
from functools import partial

import pandas as pd
import pytest
from typer.testing import CliRunner

from calldash import reports
from calldash.__main__ import app
from calldash.asking import ask
from calldash.filters import from_pairs
from calldash.query import Moment
from calldash.staffing import options
from calldash.staffing.columns import shown
from calldash.staffing.days import shift, span, special, whole_days, working
from calldash.staffing.erlang import UNSTABLE
from calldash.staffing.study import replayed, study
from calldash.store import Store
from tests.drawn import cases, draw, figures, known

# Moscow: 2 March 2026 is a Monday. Two calls in 9:00, one in 9:30; people ring, talk, and call out.
DAY = """
started_at | direction | client | answered | wait_s | talk_s | wrapup_s | employee | miss_reason | spam
09:00      | in        | A      | true     | 10     | 100    | 20       | Anna     |             |
09:29:50   | in        | B      | true     | 20     | 80     |          | Boris    |             |
09:31      | in        | C      | false    | 40     | 0      |          |          | abandoned   |
09:40      | in        | D      | false    | 8      | 0      |          | Boris    | busy        |
09:45      | in        | E      | true     | 5      |        |          | Anna     |             |
10:00      | out       | A      | true     | 30     | 270    |          | Anna     |             |
11:10      | out       | B      | false    | 25     | 0      |          | Boris    |             |
12:00      | in        | F      | true     | 1      | 60     |          | Vera     |             | true
"""


def asking(store: Store):
    """Answers reports as pages do."""
    return lambda name, chosen, **values: reports.run(
        store, name, chosen, Moment(store.settings, store.now()), **values
    )


def answer(store: Store, name: str, **pairs: str) -> list[tuple]:
    found = asking(store)(name, from_pairs(pairs), shift=0)
    return [tuple(known(cell) for cell in row) for row in found.itertuples(index=False)]


def test_what_came_by_half_hours(store):
    draw(store, DAY)
    assert [row[1:] for row in answer(store, "arrivals")] == [
        # half, calls, handled, handled_s, with_wrapup, gave_up, waited_s, outbound_calls, outbound_s
        (18, 2, 2, 200, 1, 0, 30, 0, 0),
        (19, 3, 0, 0, 0, 1, 53, 0, 0),
        (20, 0, 0, 0, 0, 0, 0, 1, 300),
        (22, 0, 0, 0, 0, 0, 0, 1, 25),
    ]


def test_the_figures_behind_it_are_in_the_catalogue(store):
    draw(store, DAY)
    # Two talks of 100 + 20 and 80 s; 83 s of waiting until one client gave up.
    assert figures(store, "avg_handling_s patience_s") == {"avg_handling_s": 100, "patience_s": 83}
    assert figures(store, "avg_handling_s patience_s", status="missed") == {"avg_handling_s": None, "patience_s": 48}
    assert figures(store, "avg_handling_s patience_s", status="unreached") == {
        "avg_handling_s": None,
        "patience_s": None,
    }


def test_who_was_there(store):
    """Boris rings into 9:30; Anna talks in 9:00, 9:30, 10:00; Boris is seen at 9:30 and at 11:00: no gap to fill."""
    draw(store, DAY)
    assert [row[1:] for row in answer(store, "people_there")] == [(18, 2), (19, 2), (20, 1), (22, 1)]
    assert [row[1:] for row in answer(store, "people_there", employee="Boris")] == [(18, 1), (19, 1), (22, 1)]


def test_a_half_hour_between_two_others_is_filled(store):
    draw(
        store,
        """
        started_at | direction | client | answered | wait_s | talk_s | employee
        09:00      | in        | A      | true     | 1      | 10     | Anna
        10:00      | in        | B      | true     | 1      | 10     | Anna
        11:30      | in        | C      | true     | 1      | 4000   | Anna
        """,
    )
    assert [row[1:] for row in answer(store, "people_there")] == [(18, 1), (19, 1), (20, 1), (23, 1), (24, 1), (25, 1)]


def test_clocks_that_go_by_halves_of_an_hour(open_here):
    store = open_here(zone="Asia/Kolkata")
    draw(store, DAY)
    assert shift("Asia/Kolkata", date(2026, 3, 2)) == 30
    assert shift("Europe/Moscow", date(2026, 3, 2)) == 0
    found = asking(store)("arrivals", from_pairs({}), shift=30)
    assert [(row.half, row.calls) for row in found.itertuples()] == [(18, 2), (19, 3), (20, 0), (22, 0)]
    assert [row[1] for row in answer_in(store, "replayed", 30)] == [32400, 34190, 34260, 34800, 35100, 36000, 40200]


def answer_in(store: Store, name: str, minutes: int) -> list[tuple]:
    found = asking(store)(name, from_pairs({}), shift=minutes)
    return [tuple(known(cell) for cell in row) for row in found.itertuples(index=False)]


def test_which_days_count(store):
    free = special(store.settings, 2026)
    history = (date(2026, 2, 20), date(2026, 3, 10))
    found = whole_days(history, date(2026, 2, 1), None, free, lambda day: True)
    # 23 February and 9 March are days off; 8 March is a Sunday and a holiday; the ends are cut.
    assert (len(found.counted), found.free, found.cut) == (14, 3, 2)
    assert date(2026, 2, 23) not in found.counted and date(2026, 3, 1) in found.counted
    mondays = whole_days(history, None, None, free, lambda day: day.isoweekday() == 1)
    assert (mondays.counted, mondays.free, mondays.cut) == ((date(2026, 3, 2),), 2, 0)
    assert date(2024, 4, 27) in special(store.settings, 2024), "a Saturday that was worked"
    assert special(store.settings.model_copy(update={"holiday_country": ""}), 2026) == frozenset()


def test_working_half_hours(open_here):
    store = open_here(working_hours="Mon 09:15-10:30, Sun 22:00-24:00")
    assert working(store.settings) == {(1, 18), (1, 19), (1, 20), (7, 44), (7, 45), (7, 46), (7, 47)}
    assert (span(0), span(19), span(47)) == ("0:00–0:30", "9:30–10:00", "23:30–24:00")


def weeks_of(mondays: int, calls: str, wrapup: str = "60") -> str:
    """Rows of `calls` on so many Mondays, and one call before and after, as the ends of a history are cut."""
    lines = ["started_at | direction | client | answered | wait_s | talk_s | wrapup_s | employee | miss_reason"]
    for day in range(0, 7 * mondays, 7):
        for row in cases(calls):
            after, reason = (wrapup, "") if row["ok"] == "true" else ("", "abandoned")
            cells = [
                f"+{day} {row['time']}",
                "in",
                row["client"],
                row["ok"],
                row["wait"],
                row["talk"],
                after,
                row["who"],
            ]
            lines.append(" | ".join([*cells, reason]))
    edge = f"in | Z | true | 1 | 10 | {wrapup and '0'} | Edge | "
    return "\n".join([*lines, f"-1 09:00 | {edge}", f"+{mondays * 7} 09:00 | {edge}"])


# Each Monday in 9:00: six calls of 240 s and 60 s; three more on one clerk in 9:30.
MONDAY = """
time  | client | ok    | wait | talk | who
09:00 | A      | true  | 5    | 240  | Anna
09:01 | B      | true  | 15   | 240  | Boris
09:05 | C      | true  | 25   | 240  | Anna
09:06 | D      | false | 50   | 0    |
09:12 | E      | true  | 5    | 240  | Boris
09:20 | F      | false | 40   | 0    |
09:40 | A      | true  | 5    | 240  | Anna
09:41 | G      | false | 30   | 0    |
"""


@pytest.fixture
def mondays(open_here):
    """A company that works on Mondays from nine to ten, with five of them in its history."""
    store = open_here(working_hours="Mon 09:00-10:00")
    draw(store, weeks_of(5, MONDAY))
    return store


def studied(store: Store, **pairs: str):
    days = ask(store, ["calls"], ["day"])["day"]
    picked = options.from_pairs(pairs, store.settings)
    history = (days.iloc[0].date(), days.iloc[-1].date())
    return study(asking(store), from_pairs(pairs), history, store.settings, picked)


def test_the_whole_way_from_history_to_people(mondays):
    found = studied(mondays)
    # 9 March is a day off: four Mondays count. In 9:00 six calls of 300 s: one erlang.
    first, second = found.halves.to_dict("records")
    assert (first["half"], first["days"], first["calls"], first["p90"], first["aht_s"]) == (18, 4, 6, 6, 300)
    assert first["load"] == pytest.approx(1)
    assert (first["agents"], first["scheduled"]) == (3, 5)
    # Erlang C with one erlang and three agents: P(wait) 1/11, so 1 - e^(-2 * 20 / 300) / 11 are in time.
    assert first["service_level"] == pytest.approx(0.92044, abs=1e-5)
    assert first["asa_s"] == pytest.approx(300 / 11 / 2)
    assert first["occupancy"] == pytest.approx(1 / 3)
    assert (first["there"], first["outbound"], first["spare"]) == (2, 0, -1)
    # Two agents, as there were: P(wait) 1/3.
    assert first["there_level"] == pytest.approx(1 - 0.935507 / 3, abs=1e-5)
    # Two calls of 300 s and one who was there: a third of an erlang.
    assert (second["calls"], second["there"], second["agents"]) == (2, 1, 2)
    assert (found.patience.gave_up, found.patience.mean_s) == (12, 4 * 175 / 12)
    assert found.wrapup and found.outside == 0 and found.model == "c"


def test_those_who_cannot_keep_up_are_unstable_in_words(mondays):
    draw(mondays, weeks_of(5, MONDAY.replace("| 240  |", "| 600  |")))
    first = studied(mondays).halves.iloc[0]
    assert (first["load"], first["there"]) == (pytest.approx(2.2), 2)
    assert first["there_level"] == UNSTABLE
    assert shown("share", first["there_level"]) == "unstable"
    assert studied(mondays, model="a").halves.iloc[0]["there_level"] == pytest.approx(0.4, abs=0.25)


def test_erlang_a_needs_a_patience(mondays, open_here):
    plain, patient = studied(mondays), studied(mondays, model="a")
    assert patient.model == "a"
    assert patient.halves["abandoned"].max() > 0 == plain.halves["abandoned"].max()
    assert (patient.halves["agents"] <= plain.halves["agents"]).all()
    store = open_here(working_hours="Mon 09:00-10:00", db=mondays.settings.db.with_name("few.duckdb"))
    draw(store, weeks_of(2, MONDAY))
    few = studied(store, model="a")
    assert (few.patience, few.model) == (None, "c")
    assert replayed(asking(store), from_pairs({}), few, store.settings) is None


def test_a_quiet_day_counts_as_zeros(mondays):
    found = studied(mondays, hours="all")
    tuesday = found.week[(found.week["weekday"] == 2) & (found.week["half"] == 18)].iloc[0]
    assert (tuesday["days"], tuesday["calls"], tuesday["agents"], tuesday["there"]) == (5, 0, 0, 0)
    assert pd.isna(tuesday["service_level"])
    assert len(found.halves) == 48


def test_calls_of_a_busy_day(mondays):
    draw(
        mondays,
        "started_at | direction | client | answered | wait_s | talk_s | id\n+14 09:10 | in | Q | true | 1 | 60 | x1",
    )
    found = studied(mondays)
    assert (found.halves["calls"].iloc[0], found.halves["p90"].iloc[0]) == (6.25, 7)
    assert studied(mondays, basis="p90").halves["load"].iloc[0] > found.halves["load"].iloc[0]


def test_a_replay_of_the_history(mondays):
    found, days = replayed(asking(mondays), from_pairs({}), studied(mondays), mondays.settings)
    really = found.plans[found.plans["plan"] == "really"].iloc[0]
    # The newest 28 days have three Mondays with three missed calls each, of as many clients: nine in four weeks.
    assert (really["missed"], really["clients"]) == (2.25, 2.25)
    assert really["service_level"] == pytest.approx(4 / 8)
    assert len(days) == 28
    missed = found.plans.groupby("plan")["missed"].mean()
    assert missed["more"] < missed["there"] < missed["fewer"]


def test_options_of_a_url():
    settings = options.Settings()
    assert options.from_pairs({}, settings) == options.Options(80, 20, 30, "c", "mean", "open")
    nonsense = {"target": "100", "within": "-1", "shrinkage": "x", "model": "z", "basis": "", "hours": "9"}
    assert options.from_pairs(nonsense, settings) == options.usual(settings)
    picked = {"target": "90", "within": "15", "shrinkage": "0", "model": "a", "basis": "p90", "hours": "all"}
    assert options.to_pairs(options.from_pairs(picked, settings), settings) == picked
    assert options.to_pairs(options.usual(settings), settings) == {}


def test_the_command_prints_it(mondays, monkeypatch):
    monkeypatch.setenv("CALLDASH_DB", str(mondays.settings.db))
    monkeypatch.setenv("CALLDASH_WORKING_HOURS", "Mon 09:00-10:00")
    mondays.close()
    run = partial(CliRunner().invoke, app)
    told = json.loads(run(["staffing", "--format", "json", "--target", "90"]).stdout)
    assert (told["formula"], told["target"], told["patience"]["gave_up"]) == ("erlang_c", 90, 12)
    first = told["half_hours"][0]
    assert (first["half_hour"], first["calls"], first["agents"], first["scheduled"]) == ("9:00–9:30", 6, 3, 5)
    table = run(["staffing"]).stdout.splitlines()
    assert table[0].split()[:3] == ["half_hour", "calls", "p90"] and table[1].split()[0] == "9:00–9:30"
    rows = run(["staffing", "--format", "csv", "--where", "weekday=1"]).stdout.splitlines()
    assert rows[0].startswith("half_hour,calls,p90,aht_s,load,agents") and len(rows) == 3
    assert run(["staffing", "--where", "weekday=3", "--hours", "all"]).exit_code == 1

"""What changed, out of real calls: on the page, on the command line, and the reports behind it."""

import json
from datetime import date, datetime, timedelta

import pytest
from typer.testing import CliRunner

from calldash import reports
from calldash.__main__ import app as commands
from calldash.changes.ringing import Times
from calldash.changes.scope import days, hours
from calldash.changes.windows import now_of, windows
from calldash.filters import CallFilter
from calldash.query import Moment
from calldash.store import Store
from calldash.ui import changes
from tests.drawn import DAY, as_csv, draw, take
from tests.in_app import app

pytest_plugins = ("tests.in_app",)

WEEKS = 5
LAST = WEEKS * 7 - 1  # the days from DAY on; the last is a Sunday, the data go on until its 19th hour


def history(missed: int = 0, silent: bool = False) -> list[dict[str, object]]:
    """Every day six calls an hour from 9 to 19, in two queues and on two lines; one of each ten is missed.

    On the day before the last `missed` more of those at 13 in Support are; `silent`: line B rings no more that day.
    """
    found = []
    for day in range(LAST + 1):
        for at in range(60):
            hour, support = 9 + at // 6, at % 2
            late = day == LAST - 1
            if late and silent and support:
                continue
            lost = at % 10 == 0 or (late and hour == 13 and support and missed)
            found.append({
                "id": f"{day}-{at}", "started_at": (DAY + timedelta(days=day, hours=hour, minutes=at % 6 * 9)).isoformat(),
                "direction": "inbound", "client": f"+7916{day:03}{at:04}", "answered": str(not lost).lower(),
                "wait_s": 12, "talk_s": 0 if lost else 60, "queue": ("Sales", "Support")[support],
                "line": ("+74950000100", "+78000000100")[support],
            })  # fmt: skip
    return found


def grown(extra: int) -> list[dict[str, object]]:
    """The history with `extra` missed calls in Support at 13 on the day before the last."""
    begin = DAY + timedelta(days=LAST - 1, hours=13)
    rows = history()
    for at in range(extra):
        rows.append(rows[1] | {"id": f"x{at}", "started_at": (begin + timedelta(seconds=90 * at)).isoformat(),
                               "client": f"+7917000{at:04}", "answered": "false", "talk_s": 0})  # fmt: skip
    return rows


def test_a_history_in_which_each_day_is_like_the_other_has_one_quiet_line(app_store):
    take(app_store, as_csv(history()))
    assert list(changes.around_now(CallFilter())) == []
    page = app()
    assert any("Nothing unusual" in caption.value for caption in page.caption)


def test_missed_calls_in_one_hour_and_queue_are_told_with_the_calls(app_store):
    take(app_store, as_csv(grown(30)))
    (change,) = [one for one in changes.around_now(CallFilter()).changes if one.measure.key == "missed_share"]
    # 36 of 90 are 40 %; 10 % of 90 would have been 9, so 27 are extra: all of them among the 33 at 13 in Support.
    assert (change.now, change.before, change.extra) == (pytest.approx(0.4), pytest.approx(0.1), pytest.approx(27))
    assert change.place is not None and change.place.hours == (13, 14)
    behind = change.calls
    assert (behind.since, behind.until) == ((DAY + timedelta(days=LAST - 1)).date(),) * 2
    assert (behind.behind, behind.values("hour")) == ("missed_share", ("13",))


def test_the_sentence_stands_on_the_page_and_in_the_filters_scope(app_store):
    take(app_store, as_csv(grown(30)))
    labels = [link.proto.label.replace("\\", "") for link in app().get("page_link")]
    told = "4 Apr 2026: Missed share 40.0% against 10.0% on the same weekday of the 4 weeks before; "
    assert any(label.startswith(f"{told}27 of 27 extra missed calls: 13:00–14:00") for label in labels), labels
    sales = changes.around_now(CallFilter().choose("queue", ["Sales"]))
    assert [one for one in sales.changes if one.measure.key == "missed_share"] == []


def test_a_line_that_fell_silent_since_its_last_call(app_store):
    rows = [row for row in history() if row["line"] == "+74950000100" or str(row["started_at"]) < "2026-04-04T11:30"]
    take(app_store, as_csv(rows))
    silent = [ring for ring in changes.around_now(CallFilter()).rings if ring.kind == "silent"]
    assert [(ring.breakdown, ring.value) for ring in silent] == [("line", "+78000000100"), ("queue", "Support")]
    # The last call came on Saturday at 11:27; until Sunday's 18 h there were 7 and 9 hours of three calls each.
    assert silent[0].since == datetime(2026, 4, 4, 11, 27)
    assert silent[0].usual == 48


def test_the_command_line_prints_the_same(tmp_path, monkeypatch):
    monkeypatch.setenv("CALLDASH_LANGUAGE", "en")
    path = tmp_path / "calls.csv"
    path.write_text(as_csv(grown(30)))
    db = ["--db", str(tmp_path / "a.duckdb")]
    CliRunner().invoke(commands, ["import", str(path), *db])
    shown = CliRunner().invoke(commands, ["changes", *db]).stdout
    assert "4 Apr 2026: Missed share 40.0% against 10.0% on the same weekday of the 4 weeks before" in shown
    found = json.loads(CliRunner().invoke(commands, ["changes", "--format", "json", *db]).stdout)
    (missed,) = [one for one in found if one.get("measure") == "missed_share"]
    assert (missed["cases"], missed["before"], missed["calls"]["hour"]) == (90, 0.1, "13")
    assert "Nothing unusual" in CliRunner().invoke(commands, ["changes", "--day", "2026-04-02", *db]).stdout


def burst(*wait: str, gap: int = 30) -> str:
    rows = [
        f"11:{at * gap // 60:02}:{at * gap % 60:02} | in | +7495000{at:04} | no | {w} | 0" for at, w in enumerate(wait)
    ]
    return "\n".join(["started_at | direction | client | answered | wait_s | talk_s", *rows])


@pytest.mark.parametrize(
    ("drawn", "told"),
    [
        (burst(*["2"] * 10), [(10, 10)]),
        (burst(*["2"] * 9), []),
        (burst(*["2"] * 10, gap=120), []),
        (burst(*["40"] * 10), []),
        (burst(*["2"] * 10, "40"), [(10, 10)]),
    ],
    ids=["ten within ten minutes", "nine", "ten within twenty minutes", "clients who wait", "and one who waits after"],
)
def test_bursts(store: Store, drawn: str, told: list[tuple[int, int]]) -> None:
    draw(store, drawn)
    found = reports.run(store, "bursts", CallFilter(), Moment(store.settings, store.now()), short_s=10)
    assert [(row["calls"], len(row["clients"])) for row in found.to_dict("records")] == told


def test_windows_leave_out_days_that_are_no_ordinary_ones() -> None:
    friday, holiday = date(2026, 3, 27), date(2026, 3, 20)
    times = Times(datetime(2026, 3, 28, 0, 30), date(2026, 1, 1), frozenset({holiday}))
    day, week = windows(times.now, times.ordinary, times.special)
    assert (day.days, len(day.before), holiday in day.before) == ((friday,), 3, False)
    assert friday not in week.days and len(week.days) == len(week.before) == 6


def test_the_data_speak_until_the_earliest_of_the_living_systems_nows() -> None:
    noon = datetime(2026, 3, 2, 12)
    assert now_of({noon, noon - timedelta(hours=1), noon - timedelta(days=9)}) == noon - timedelta(hours=1)
    assert now_of(set()) is None


def test_a_scope_of_days_and_hours() -> None:
    chosen = CallFilter().choose("hour", ["8", "9"])
    assert hours(chosen, 9, 12).values("hour") == ("9",)
    both = days(CallFilter(), [date(2026, 3, 2), date(2026, 3, 9)])
    assert (both.since, both.until, len(both.values("day"))) == (date(2026, 3, 2), date(2026, 3, 9), 2)


def test_the_invented_company_has_something_to_tell(tmp_path, monkeypatch):
    monkeypatch.setenv("CALLDASH_LANGUAGE", "en")
    db = ["--db", str(tmp_path / "demo.duckdb")]
    CliRunner().invoke(commands, ["demo", "--day", "2026-03-26", *db])
    shown = CliRunner().invoke(commands, ["changes", *db]).stdout
    assert "26 Mar 2026 until 13:00: Missed share" in shown and "extra missed calls" in shown
    assert "It looks like spam." in shown
    assert "Nothing unusual" in CliRunner().invoke(commands, ["changes", "--day", "2026-03-17", *db]).stdout

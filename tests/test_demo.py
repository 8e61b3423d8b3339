"""The demo company: the same day gives the same calls, and the calls look like those of a real company."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import phonenumbers
import pytest

from calldash import commands, demo
from calldash.demo.company import MAIN, PEOPLE, TEAMS
from calldash.providers import BuiltCall, plain

ZONE = ZoneInfo("Europe/Moscow")
TODAY = date(2026, 11, 24)
RECORDINGS = Path(__file__).parents[1] / "data"
CHECKS: dict[str, Callable[[plain.Column, str], object]] = {
    "text": lambda _column, text: text == text.strip(),
    "instant": lambda _column, text: datetime.fromisoformat(text).tzinfo is not None,
    "choice": lambda column, text: text in column.choices,
    "phone": lambda _column, text: phonenumbers.is_valid_number(phonenumbers.parse(text)),
    "flag": lambda _column, text: text in ("true", "false"),
    "seconds": lambda _column, text: 0 <= int(text) < 7200,
    "money": lambda _column, text: Decimal(text) >= 0,
}


@pytest.fixture(scope="module")
def calls() -> list[BuiltCall]:
    """One ninety days, read by every test."""
    return list(demo.calls(TODAY, ZONE))


def voice(calls: list[BuiltCall], direction: str) -> list[BuiltCall]:
    wanted = {"kind": "voice", "direction": direction, "spam": None}
    return [call for call in calls if all(call.values.get(key) == value for key, value in wanted.items())]


def share(calls: list[BuiltCall], column: str, *wanted: str | None) -> float:
    return sum(call.values.get(column) in wanted for call in calls) / len(calls)


def test_same_day_gives_the_same_calls(calls: list[BuiltCall]) -> None:
    assert list(demo.calls(TODAY, ZONE)) == calls
    assert list(demo.calls(TODAY + timedelta(days=1), ZONE)) != calls


def test_ninety_days_up_to_the_afternoon_of_the_last(calls: list[BuiltCall]) -> None:
    starts = [datetime.fromisoformat(str(call.values["started_at"])).astimezone(ZONE) for call in calls]
    assert starts == sorted(starts)
    assert {start.date() for start in starts} == {TODAY - timedelta(days=ago) for ago in range(90)}
    assert datetime(2026, 11, 24, 12, tzinfo=ZONE) < starts[-1] < datetime(2026, 11, 24, 14, tzinfo=ZONE)
    assert len({call.id for call in calls}) == len(calls)


def test_values_are_those_of_the_plain_format(calls: list[BuiltCall]) -> None:
    columns = {column.name: column for column in plain.COLUMNS}
    seen = {(name, text) for call in calls for name, text in call.values.items() if text is not None}
    wrong = [(name, text) for name, text in seen if not CHECKS[columns[name].type](columns[name], text)]
    assert wrong == []
    assert {name for name, _ in seen} == set(columns)
    assert all(call.values[name] for call in calls for name in plain.REQUIRED)


@pytest.mark.parametrize(
    ("what", "low", "high"),
    [
        ("all", 18_000, 22_000),
        ("clients", 6_000, 8_000),
        ("inbound", 11_000, 15_000),
        ("outbound", 3_500, 6_000),
        ("internal", 300, 1_000),
        ("messages", 800, 2_000),
        ("spam", 100, 400),
    ],
)
def test_counts(calls: list[BuiltCall], what: str, low: int, high: int) -> None:
    talks = voice(calls, "inbound") + voice(calls, "outbound")
    counts = Counter(str(call.values["direction"]) for call in calls if call.values["kind"] == "voice")
    counts["all"] = len(calls)
    counts["clients"] = len({call.values["client"] for call in talks} - {None})
    counts["messages"] = sum(call.values["kind"] in ("sms", "mms") for call in calls)
    counts["spam"] = sum(call.values.get("spam") == "true" for call in calls)
    assert low <= counts[what] <= high


def test_shares_are_believable(calls: list[BuiltCall]) -> None:
    inbound, outbound = voice(calls, "inbound"), voice(calls, "outbound")
    answered = [call for call in inbound + outbound if call.values["answered"] == "true"]
    missed = [call for call in inbound if call.values["answered"] == "false"]
    assert 0.08 < len(missed) / len(inbound) < 0.25
    assert 0.5 < share(outbound, "answered", "true") < 0.8
    assert 0.03 < 1 - share(answered, "recording", None) < 0.07
    assert 0.02 < share(answered, "outcome", "success") < 0.10
    assert 0.4 < 1 - share(inbound, "source", None) < 0.9
    assert 0.005 < share(inbound, "client", None) < 0.03
    reasons = {"abandoned", "off_hours", "busy", "no_answer", "no_agents", "technical"}
    assert reasons <= {str(call.values["miss_reason"]) for call in missed}
    assert any(int(call.values.get("wait_s") or 99) < 5 for call in missed)


def test_one_day_stands_out_with_missed_calls(calls: list[BuiltCall]) -> None:
    missed = Counter(call.id[:8] for call in voice(calls, "inbound") if call.values["answered"] == "false")
    (_, worst), (_, next_worst) = missed.most_common(2)
    assert worst > 2 * next_worst


def test_legs_lie_within_their_call(calls: list[BuiltCall]) -> None:
    for call in calls:
        began = datetime.fromisoformat(str(call.values["started_at"])).astimezone(UTC).replace(tzinfo=None)
        for leg in call.legs:
            picked = leg.answered_at or leg.started_at
            assert leg.ended_at and call.ended_at
            assert began <= leg.started_at <= picked <= leg.ended_at <= call.ended_at
        if call.values.get("answered") == "true":
            assert any(leg.employee == call.values["employee"] and leg.answered_at for leg in call.legs)


def test_nobody_talks_twice_at_once(calls: list[BuiltCall]) -> None:
    talks = [leg for call in calls for leg in call.legs if leg.employee and leg.answered_at]
    for person in PEOPLE:
        own = sorted((str(leg.answered_at), str(leg.ended_at)) for leg in talks if leg.employee == person.name)
        assert len(own) > 300
        assert all(before[1] <= after[0] for before, after in pairwise(own))


def test_habits_show_in_the_figures(calls: list[BuiltCall]) -> None:
    rings = [leg for call in calls for leg in call.legs if leg.kind == "ring"]
    picked = {
        person.name: [leg.answered_at is not None for leg in rings if leg.employee == person.name] for person in PEOPLE
    }
    quick, slow = (sum(picked[name]) / len(picked[name]) for name in ("Ольга Крылова", "Никита Сомов"))
    assert quick > 0.9 > 0.7 > slow
    assert {leg.team for leg in rings} == {team.name for team in TEAMS}


def test_recorded_talks_are_as_long_as_their_recording(calls: list[BuiltCall]) -> None:
    recorded = {
        (str(call.values["recording"]), call.values["talk_s"]) for call in calls if call.values.get("recording")
    }
    assert recorded == {("demo/ru_sales.mp3", "60"), ("demo/ru_complaint.mp3", "53"), ("demo/en_support.mp3", "54")}
    for path, _ in recorded:
        assert (RECORDINGS / path).is_file()
        assert (RECORDINGS / path).with_suffix(".json").is_file()


def test_lines_are_numbers_nobody_has() -> None:
    assert phonenumbers.is_valid_number(phonenumbers.parse(MAIN))
    assert all(team.line[5:8] == "000" for team in TEAMS)


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kamchatka"])
def test_other_zones_keep_local_hours(zone: str) -> None:
    calls = voice(list(demo.calls(TODAY, ZoneInfo(zone))), "inbound")
    starts = [datetime.fromisoformat(str(call.values["started_at"])).astimezone(ZoneInfo(zone)) for call in calls]
    hours = Counter(start.hour for start in starts)
    assert hours.most_common(1)[0][0] in (10, 11)
    assert hours[13] < hours[11] * 0.75


def test_the_demo_of_another_day_takes_the_place_of_the_first(store) -> None:
    for day in ("2026-03-02", "2026-03-03"):
        commands.run(store, "demo", {"day": day}, lambda _share: None)
    ends = store.rows("SELECT count(DISTINCT day), max(day), (SELECT count(*) FROM imports) FROM calls")
    assert ends == [(90, date(2026, 3, 3), 1)]

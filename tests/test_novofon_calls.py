"""Reports and legs of the Data API (Novofon, UIS, CoMagic, CallGear) -> calls: one call from many rows."""

from pathlib import Path

import pytest

from calldash.importing import import_file
from calldash.providers.plain import NAMES
from calldash.settings import load
from calldash.store import open_store
from tests.novofon_samples import ANSWERED, DIALLED, JOURNAL, LEGS, MISSED, answer, calls, clock, leg, one, saved


def test_an_answered_call_with_everything_the_report_has(tmp_path: Path) -> None:
    call = one(tmp_path, ANSWERED)
    assert {name: value for name, value in call.values.items() if value is not None} == {
        "started_at": "2026-03-02T07:00:00+00:00", "direction": "inbound", "kind": "voice", "answered": "true",
        "client": "79160000001", "line": "74950000100", "employee": "Boris Fox", "wait_s": "12", "talk_s": "120",
        "wrapup_s": "18", "recording": "501/9f0c", "source": "yandex", "medium": "cpc", "campaign": "Spring",
        "outcome": "success", "sale_amount": "1500.5", "tags": "Lead, hot;VIP",
    }  # fmt: skip
    assert set(call.values) <= set(NAMES)
    assert (call.ended_at, call.refs) == (clock("07:02:30"), {"501"})


def test_a_missed_call_waited_in_all_and_belongs_to_the_last_one_rung(tmp_path: Path) -> None:
    call = one(tmp_path, MISSED)
    names = ("answered", "wait_s", "talk_s", "miss_reason", "employee", "tags", "recording", "outcome")
    assert [call.values[name] for name in names] == ["false", "25", "0", "no_answer", "Boris Fox", None, None, None]
    assert [(leg.employee, leg.answered_at, leg.talk_s) for leg in call.legs] == [
        ("Anna Ray", None, 0),
        ("Boris Fox", None, 0),
    ]


def test_legs_come_from_the_employees_without_the_legs_report(tmp_path: Path) -> None:
    anna, boris = one(tmp_path, ANSWERED).legs
    assert (anna.kind, anna.started_at, anna.answered_at, anna.talk_s) == ("ring", clock("07:00:00"), None, 0)
    assert (boris.answered_at, boris.talk_s, boris.ended_at) == (clock("07:00:12"), 120, clock("07:02:12"))


def test_of_two_who_talked_it_is_not_known_how_long_each_did(tmp_path: Path) -> None:
    both = [one | {"is_answered": True, "is_talked": True} for one in ANSWERED["employees"]]
    legs = one(tmp_path, ANSWERED | {"employees": both}).legs
    assert [(leg.talk_s, leg.answered_at) for leg in legs] == [(None, clock("07:00:12"))] * 2


@pytest.mark.parametrize("order", [1, -1])
def test_the_legs_report_in_either_order(tmp_path: Path, order: int) -> None:
    found = calls(tmp_path, *[answer(ANSWERED, DIALLED), answer(*LEGS)][::order])
    assert sorted(found) == ["501", "503"]
    anna, boris = found["501"].legs
    assert (anna.kind, anna.employee, anna.queue, anna.reason) == ("ring", "Anna Ray", "First line", "busy")
    assert (anna.started_at, anna.ended_at, anna.answered_at, anna.talk_s) == (
        clock("07:00:02"),
        clock("07:00:05"),
        None,
        0,
    )
    assert (boris.answered_at, boris.ended_at, boris.queue) == (clock("07:00:12"), clock("07:02:30"), "Second line")
    assert boris.talk_s == 120
    assert (found["501"].values["queue"], found["501"].values["employee"]) == ("Second line", "Boris Fox")


def test_both_orders_give_the_same_store_and_a_second_time_nothing_new(tmp_path: Path) -> None:
    files = [answer(ANSWERED, MISSED, DIALLED), answer(*LEGS)]
    stored = []
    for name, order in (("calls first", files), ("legs first", files[::-1])):
        store = open_store(load(db=tmp_path / f"{name}.duckdb", data=tmp_path))
        for content in order:
            import_file(store, saved(tmp_path, content).path)
        again = [import_file(store, saved(tmp_path, content).path) for content in order]
        assert [receipt.calls_written for receipt in again] == [0, 0]
        stored.append(
            store.rows(
                "SELECT id, c.talk_s, c.queue, closed_by, leg_no, leg_kind, l.employee, l.talk_s "
                "FROM calls c LEFT JOIN legs l USING (call_no) ORDER BY id, leg_no"
            )
        )
        store.close()
    assert stored[0] == stored[1]
    assert [row[3] for row in stored[0] if row[0] == "502"] == ["called_back", "called_back"]
    assert [row[4:] for row in stored[0] if row[0] == "501"] == [
        (1, "ring", "Anna Ray", 0),
        (2, "ring", "Boris Fox", 120),
    ]


def test_the_leg_of_who_calls_is_answered_when_the_client_is(tmp_path: Path) -> None:
    (own,) = calls(tmp_path, answer(DIALLED), answer(*LEGS))["503"].legs
    assert (own.kind, own.answered_at, own.talk_s) == ("dial", clock("09:00:10"), 60)
    unreached = DIALLED | {"is_lost": True, "talk_duration": 0, "finish_reason": "no_success_subscriber_call"}
    call = calls(tmp_path, answer(unreached), answer(LEGS[-1] | {"is_talked": False}))["503"]
    assert [(leg.kind, leg.answered_at, leg.talk_s) for leg in call.legs] == [("dial", None, 0)]
    assert [call.values[name] for name in ("answered", "miss_reason", "employee")] == ["false", None, "Anna Ray"]


def test_a_missed_call_has_the_group_that_was_rung_last(tmp_path: Path) -> None:
    rung = [
        leg(1, 502, "11:00:02", None, "Boris Fox", group_name="A"),
        leg(2, 502, "11:00:09", None, "Anna Ray", group_name="B"),
    ]
    call = calls(tmp_path, answer(MISSED), answer(*rung))["502"]
    assert (call.values["queue"], call.values["employee"]) == ("B", "Anna Ray")


def test_legs_without_their_call_are_kept_and_give_no_call(tmp_path: Path) -> None:
    assert calls(tmp_path, answer(*LEGS)) == {}


def test_the_journal_with_split_date_objects_and_clock_durations(tmp_path: Path) -> None:
    call = one(tmp_path, JOURNAL)
    wanted = {
        "started_at": "2026-03-02T10:00:00+00:00", "direction": "inbound", "kind": "voice", "answered": "true",
        "client": "79160000003", "employee": "Boris Fox", "team": "Sales", "wait_s": "7", "talk_s": "65", "tags": "VIP",
    }  # fmt: skip
    assert {name: value for name, value in call.values.items() if value is not None} == wanted
    assert call.ended_at == clock("10:01:12")
    assert [(leg.employee, leg.answered_at, leg.talk_s) for leg in call.legs] == [
        ("Anna Ray", None, 0),
        ("Boris Fox", clock("10:00:07"), 65),
    ]


def test_a_call_that_only_a_menu_received_is_not_answered(tmp_path: Path) -> None:
    menu = {
        "employees": None,
        "received_call": None,
        "call_talk_duration": "00:00:00",
        "call_await_talk_duration": None,
    }
    menu |= {"call_finish_reason": {"value": "-", "value_id": "site_not_exists"}}
    call = one(tmp_path, JOURNAL | menu)
    values = [call.values[name] for name in ("direction", "answered", "wait_s", "employee", "miss_reason")]
    assert values == ["inbound", "false", None, None, "technical"]
    assert call.legs == ()


def test_the_report_counts_more_than_the_journal_which_fills_its_gaps(tmp_path: Path) -> None:
    same = JOURNAL | {"communication_id": 501, "is_blacklisted_phone": {"value": "Да", "value_id": True}}
    for order in (1, -1):
        (call,) = calls(tmp_path, *[answer(same), answer(ANSWERED)][::order]).values()
        assert [call.values[name] for name in ("talk_s", "team", "spam")] == ["120", "Sales", "true"]

"""Answers of the Data API (Novofon, UIS, CoMagic, CallGear) -> calls. The samples are invented."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from calldash.importing import import_file
from calldash.problems import Problem, Reject
from calldash.providers import BuiltCall, Context, Row, registry
from calldash.providers.novofon import PROVIDER
from calldash.providers.novofon.reasons import miss_reason
from calldash.providers.plain import MISS_REASONS, NAMES
from calldash.reading import Source, open_source
from calldash.settings import load
from calldash.store import open_store

MOSCOW = Context(ZoneInfo("Europe/Moscow"))

ANSWERED: dict[str, Any] = {
    "id": 501, "communication_id": 501, "start_time": "2026-03-02 10:00:00", "finish_time": "2026-03-02 10:02:30",
    "direction": "in", "is_lost": False, "finish_reason": "subscriber_disconnects", "source": "va",
    "contact_phone_number": "79160000001", "virtual_phone_number": "74950000100", "wait_duration": 12,
    "total_wait_duration": 15, "talk_duration": 120, "clean_talk_duration": 110, "postprocess_duration": 18,
    "total_duration": 150,
    "employees": [
        {"employee_id": 1, "employee_full_name": "Anna Ray", "is_answered": False, "is_talked": False},
        {"employee_id": 2, "employee_full_name": "Boris Fox", "is_answered": True, "is_talked": True},
    ],
    "first_talked_employee_full_name": "Boris Fox", "call_records": ["9f0c", "77aa"],
    "utm_source": "yandex", "utm_medium": "cpc", "channel": "paid", "campaign_name": "Spring",
    "tags": [{"tag_id": 1, "tag_name": "Lead; hot"}, {"tag_id": 2, "tag_name": "VIP"}],
    "sale_date": "2026-03-02 12:00:00", "sale_cost": 1500.50,
}  # fmt: skip
MISSED: dict[str, Any] = {
    "id": "502", "start_time": "2026-03-02 11:00:00", "finish_time": "2026-03-02 11:00:25", "direction": "in",
    "is_lost": True, "finish_reason": "no_success_operator_call", "contact_phone_number": "79160000002",
    "wait_duration": 9, "total_wait_duration": 25, "talk_duration": 0, "tags": [], "call_records": [],
    "employees": [{"employee_full_name": "Anna Ray", "is_answered": False, "is_talked": False},
                  {"employee_full_name": "Boris Fox", "is_answered": False, "is_talked": False}],
}  # fmt: skip
DIALLED: dict[str, Any] = {
    "id": 503, "start_time": "2026-03-02 12:00:00", "finish_time": "2026-03-02 12:01:10", "direction": "out",
    "is_lost": False, "contact_phone_number": "79160000002", "wait_duration": 10, "talk_duration": 60,
    "finish_reason": "operator_disconnects",
    "employees": [{"employee_full_name": "Anna Ray", "is_answered": True, "is_talked": True}],
}  # fmt: skip
JOURNAL: dict[str, Any] = {
    "communication_id": 601, "call_start_date": "2026-03-02", "call_start_time": "13:00:00",
    "call_direction": {"value": "Входящий", "value_id": "in"}, "call_status": {"value": "Принятый", "value_id": "received"},
    "contact_phone_number": {"extra": {"call_status": "received"}, "value": "79160000003"},
    "employees": [{"employee_full_name": "Anna Ray"}, {"employee_full_name": "Boris Fox"}], "received_call": "Boris Fox",
    "employee_groups": ["Sales"], "call_await_talk_duration": "00:00:07", "call_talk_duration": "00:01:05",
    "call_finish_date_time": "2026-03-02 13:01:12", "call_is_internal": {"value": "Нет", "value_id": False},
    "call_finish_reason": {"value": "-", "value_id": "operator_disconnects"}, "call_records": None,
    "tags": {"items": [{"id": 1, "name": "VIP"}]}, "is_blacklisted_phone": {"value": "Нет", "value_id": False},
}  # fmt: skip


def leg(number: int, call: Any, start: str, connect: str | None, employee: str | None, **more: Any) -> dict[str, Any]:
    day = "2026-03-02 "
    return {
        "id": number, "call_session_id": call, "start_time": day + start, "direction": "out",
        "connect_time": connect and day + connect, "is_operator": employee is not None, "is_talked": connect is not None,
        "employee_full_name": employee, "duration": None, "group_name": None, "finish_reason": None,
    } | more  # fmt: skip


LEGS = [
    leg(9001, "501", "09:59:58", "09:59:58", None, duration=150, finish_reason="subscriber_disconnects"),
    leg(9003, "501", "10:00:05", "10:00:12", "Boris Fox", duration=138, group_name="Second line"),
    leg(
        9002,
        "501",
        "10:00:02",
        None,
        "Anna Ray",
        total_duration=3,
        group_name="First line",
        finish_reason="operator_busy",
    ),
    leg(9004, "501", "10:00:40", "10:00:40", "Vera Coach", duration=30, is_coach=True),
    leg(9005, 503, "12:00:00", "12:00:03", "Anna Ray", duration=67),
]


def answer(*rows: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": "a1", "result": {"data": list(rows), "metadata": {"total_items": len(rows)}}}


def saved(folder: Path, content: Any) -> Source:
    file = folder / "saved.txt"
    file.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return open_source(file, 1 << 20)


def read(folder: Path, content: Any) -> list[Row | Reject | str]:
    source = saved(folder, content)
    assert PROVIDER.recognise(source.sample)
    assert PROVIDER.rows
    return list(PROVIDER.rows(source, MOSCOW))


def calls(folder: Path, *contents: Any, context: Context = MOSCOW) -> dict[str, BuiltCall]:
    """The calls of files read one after another: a later row of one key replaces the earlier, as in the store."""
    kept: dict[tuple[str, str], Row] = {}
    for content in contents:
        for row in read(folder, content):
            assert isinstance(row, Row), row
            kept[row.part, row.key] = row
    assert PROVIDER.build
    return {call.id: call for call in PROVIDER.build(kept.values(), context)}


def one(folder: Path, row: dict[str, Any], *more: Any) -> BuiltCall:
    (call,) = calls(folder, answer(row), *more).values()
    return call


def clock(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-02T{text}")


def test_it_is_one_of_the_registered_providers() -> None:
    assert registry()["novofon"] is PROVIDER


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


@pytest.mark.parametrize(
    ("changes", "answered", "talk_s"),
    [
        ({"is_lost": True, "talk_duration": 5}, "false", "0"),
        ({"is_lost": False, "talk_duration": 0, "employees": [], "first_talked_employee_full_name": None}, "false", "0"),
        ({"talk_duration": None, "clean_talk_duration": None}, "true", None),
        ({"talk_duration": 0, "clean_talk_duration": 0}, "true", "0"),
        ({"is_lost": None, "employees": None, "first_talked_employee_full_name": None}, "true", "120"),
        ({"talk_duration": None, "employees": None, "first_talked_employee_full_name": None}, "true", "110"),
    ],
)  # fmt: skip
def test_answered_means_that_a_person_talked(
    tmp_path: Path, changes: dict[str, Any], answered: str, talk_s: str | None
) -> None:
    call = one(tmp_path, ANSWERED | changes)
    assert (call.values["answered"], call.values["talk_s"]) == (answered, talk_s)


@pytest.mark.parametrize(
    ("code", "reason"),
    [line.split() for line in """
        employee_inactive_by_schedule     off_hours
        some_new_thing_inactive_by_schedule off_hours
        numa_dnd_interval                 off_hours
        employee_status_break             no_agents
        employee_inactive                 no_agents
        sip_offline                       no_agents
        employee_busy_after_call          busy
        max_in_call_reached               busy
        operator_not_responsible          no_answer
        timeout                           no_answer
        action_interval_exceeded          no_answer
        operator_disconnects              rejected
        not_enough_money                  technical
        limit_exceeded                    technical
        no_active_scenario                technical
        numa_in_black_list                blocked
        numa_in_spam_list                 blocked
        subscriber_disconnects            abandoned
        disconnect_before_call_processing abandoned
        success_finish                    -
        never_heard_of                    -""".splitlines() if line],
)  # fmt: skip
def test_finish_reasons(code: str, reason: str) -> None:
    assert miss_reason(code) == (None if reason == "-" else reason)
    assert reason == "-" or reason in MISS_REASONS


def test_an_unknown_finish_reason_is_named_and_the_wait_tells(tmp_path: Path) -> None:
    source = saved(tmp_path, answer(MISSED | {"finish_reason": "eaten_by_cat"}))
    assert PROVIDER.rows and list(PROVIDER.rows(source, MOSCOW))
    assert source.oddities == {"unknown_finish_reason: eaten_by_cat": 1}
    no_wait = {"wait_duration": None, "total_wait_duration": None}
    waited = one(tmp_path, MISSED | {"finish_reason": "eaten_by_cat"})
    silent = one(tmp_path, MISSED | {"finish_reason": "eaten_by_cat"} | no_wait)
    hung_up = one(
        tmp_path, MISSED | {"finish_reason": None} | no_wait,
        answer(leg(1, 502, "11:00:00", None, None, finish_reason="subscriber_disconnects")),
    )  # fmt: skip
    assert [call.values["miss_reason"] for call in (waited, silent, hung_up)] == ["abandoned", "unknown", "abandoned"]


@pytest.mark.parametrize("code", ["numa_in_black_list", "numa_in_spam_list", "too_many_identical_incoming_calls"])
def test_spam_is_what_the_provider_blocked(tmp_path: Path, code: str) -> None:
    assert one(tmp_path, MISSED | {"finish_reason": code}).values["spam"] == "true"
    assert one(tmp_path, MISSED | {"tags": [{"tag_name": "spam"}]}).values["spam"] is None


def test_an_internal_call_has_no_client(tmp_path: Path) -> None:
    inside = {"call_is_internal": {"value": "Внутренний", "value_id": "internal"}, "received_call": None}
    inside |= {
        "employees": None,
        "first_employee_for_internal_call": "Anna Ray",
        "second_employee_for_internal_call": "Boris Fox",
    }
    values = one(tmp_path, JOURNAL | inside).values
    assert [values[name] for name in ("direction", "client", "employee")] == ["internal", None, "Anna Ray"]


@pytest.mark.parametrize(
    ("changes", "source", "medium", "campaign"),
    [
        ({"utm_source": None, "utm_medium": None}, "paid", "paid", "Spring"),
        ({"utm_source": "", "source_name": "Google Search", "utm_campaign": "may"}, "Google Search", "cpc", "may"),
        ({"utm_source": None, "utm_medium": None, "channel": None, "campaign_name": None}, None, None, None),
    ],
)
def test_marketing(
    tmp_path: Path, changes: dict[str, Any], source: str | None, medium: str | None, campaign: str | None
) -> None:
    values = one(tmp_path, ANSWERED | changes).values
    assert (values["source"], values["medium"], values["campaign"]) == (source, medium, campaign)


@pytest.mark.parametrize(
    ("fields", "recording"),
    [
        ({"full_record_file_link": "https://media.example.org/501/9f0c"}, "https://media.example.org/501/9f0c"),
        ({"call_records": [], "wav_call_records": ["ab12"]}, "501/ab12"),
        ({"call_records": {"links": None, "communication_id": 501}}, None),
    ],
)
def test_recordings(tmp_path: Path, fields: dict[str, Any], recording: str | None) -> None:
    assert one(tmp_path, ANSWERED | fields).values["recording"] == recording


def test_no_sale_is_not_a_sale_of_nothing(tmp_path: Path) -> None:
    for sale in ({"sale_cost": None, "sale_date": None}, {"sale_cost": 0, "sale_date": None}):
        values = one(tmp_path, ANSWERED | sale).values
        assert (values["outcome"], values["sale_amount"]) == (None, None)


def test_a_call_still_going_on_waits_for_its_end(tmp_path: Path) -> None:
    open_ = ANSWERED | {"finish_time": None, "finish_reason": None}
    assert calls(tmp_path, answer(open_)) == {}
    assert sorted(calls(tmp_path, answer(open_), answer(ANSWERED))) == ["501"]
    asked_for_little = {name: ANSWERED[name] for name in ("id", "start_time", "direction", "is_lost", "total_duration")}
    assert one(tmp_path, asked_for_little).ended_at == clock("07:02:30")


@pytest.mark.parametrize("wrap", ["pages", "lines", "one after another", "list", "rows in lines", "result"])
def test_answers_may_be_saved_in_any_wrapping(tmp_path: Path, wrap: str) -> None:
    pages = [answer(ANSWERED, MISSED), answer(DIALLED), answer()]
    content = {
        "pages": json.dumps(pages, indent=1),
        "lines": "\n".join(map(json.dumps, pages)) + "\n",
        "one after another": "".join(json.dumps(page, indent=2) for page in pages),
        "list": json.dumps([ANSWERED, MISSED, DIALLED]),
        "rows in lines": "\r\n".join(map(json.dumps, [ANSWERED, MISSED, DIALLED])),
        "result": json.dumps(answer(ANSWERED, MISSED, DIALLED)["result"]),
    }[wrap]
    assert [row.line for row in read(tmp_path, content) if isinstance(row, Row)] == [1, 2, 3]
    assert sorted(calls(tmp_path, content)) == ["501", "502", "503"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (answer(), "The answer holds no calls."),
        ({"jsonrpc": "2.0", "id": 1, "result": {"data": None}}, "The answer holds no calls."),
        ({"jsonrpc": "2.0", "id": 1}, "The answer holds no calls."),
        (
            [answer(ANSWERED), {"jsonrpc": "2.0", "error": {"code": -32029, "message": "Limit per minute exceeded."}}],
            "The provider answered with an error: Limit per minute exceeded.",
        ),
        (json.dumps(answer(ANSWERED))[:-40], "The file is not complete JSON: it breaks off at line 1"),
        (answer({"id": 1, "login": "x"}), "The answer is not about calls: its rows have id, login."),
    ],
)
def test_an_answer_without_calls_is_one_clear_sentence(tmp_path: Path, content: Any, sentence: str) -> None:
    with pytest.raises(Problem) as caught:
        read(tmp_path, content)
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize(
    ("row", "column", "value", "reason"),
    [
        (ANSWERED | {"id": None, "communication_id": None}, "id", "", "is missing"),
        (ANSWERED | {"start_time": "0000-00-00 00:00:00"}, "start_time", "0000-00-00 00:00:00", "is missing"),
        (ANSWERED | {"start_time": "2 March"}, "start_time", "2 March", "is not a date and time"),
        (
            ANSWERED | {"finish_time": "0001-01-01 00:00:00"},
            "finish_time",
            "0001-01-01 00:00:00",
            "is not a date and time",
        ),
        (ANSWERED | {"talk_duration": -5}, "talk_duration", "-5", "is not a number of seconds"),
        (ANSWERED | {"wait_duration": "soon"}, "wait_duration", "soon", "is not a number of seconds"),
        (ANSWERED | {"direction": "sideways"}, "direction", "sideways", "is not a direction"),
        (ANSWERED | {"is_lost": "maybe"}, "is_lost", "maybe", "is not yes or no"),
        (ANSWERED | {"sale_cost": "much"}, "sale_cost", "much", "is not a number"),
        (JOURNAL | {"call_start_time": None}, "call_start_date_time", "", "is missing"),
        (leg(7, None, "10:00:00", None, None), "call_session_id", "", "is missing"),
        ("text", "", '"text"', "is not a call"),
    ],
)
def test_a_row_that_cannot_be_understood_is_told_with_its_place(
    tmp_path: Path, row: Any, column: str, value: str, reason: str
) -> None:
    good, bad = read(tmp_path, answer(MISSED, row))
    assert isinstance(good, Row) and isinstance(bad, Reject)
    assert (bad.line, bad.column, bad.value) == (2, column, value)
    assert bad.reason.startswith(reason)
    assert json.loads(bad.raw) == json.loads(json.dumps(row), parse_float=str)


def test_durations_and_ids_in_other_spellings(tmp_path: Path) -> None:
    spelt = {
        "id": "501",
        "wait_duration": "00:00:12",
        "talk_duration": "119.5",
        "is_lost": "false",
        "postprocess_duration": [],
    }
    values = one(tmp_path, ANSWERED | spelt).values
    assert [values[name] for name in ("wait_s", "talk_s", "wrapup_s", "answered")] == ["12", "120", None, "true"]


def test_an_hour_that_the_clock_repeats_is_the_first_one_until_the_call_says_otherwise(tmp_path: Path) -> None:
    across = ANSWERED | {"start_time": "2026-10-25 02:59:30", "finish_time": "2026-10-25 02:01:30"}
    berlin = Context(ZoneInfo("Europe/Berlin"))
    (call,) = calls(tmp_path, answer(across), context=berlin).values()
    assert call.values["started_at"] == "2026-10-25T00:59:30+00:00"
    assert call.ended_at == datetime(2026, 10, 25, 1, 1, 30)
    source = saved(tmp_path, answer(across))
    assert PROVIDER.rows and list(PROVIDER.rows(source, berlin))
    assert not source.oddities


def test_an_end_before_the_start_is_odd_and_not_believed(tmp_path: Path) -> None:
    source = saved(tmp_path, answer(ANSWERED | {"finish_time": "2026-03-02 09:00:00"}))
    assert PROVIDER.rows and PROVIDER.build
    rows = [row for row in PROVIDER.rows(source, MOSCOW) if isinstance(row, Row)]
    assert source.oddities == {"ends_before_it_starts": 1}
    assert [call.ended_at for call in PROVIDER.build(rows, MOSCOW)] == [None]


@pytest.mark.parametrize(
    "content",
    [
        "id,started_at,direction,answered\n1,2026-03-02 10:00:00,in,1\n",
        '{"calls": [{"id": 1, "start_time": "2026-03-02T10:00:00Z", "direction": "inbound", "duration": 5}]}',
        '{"result": [{"ID": "1", "CALL_START_DATE": "2026-03-02T10:00:00+03:00"}], "total": 1}',
    ],
)
def test_files_of_other_systems_are_not_taken(tmp_path: Path, content: str) -> None:
    assert not PROVIDER.recognise(saved(tmp_path, content).sample)

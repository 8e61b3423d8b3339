"""Invented answers of the Data API (Novofon, UIS, CoMagic, CallGear), and the calls they give."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from calldash.problems import Reject
from calldash.providers import BuiltCall, Context, Row
from calldash.providers.novofon import PROVIDER
from calldash.reading import Source, open_source

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

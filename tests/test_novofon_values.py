"""What fields of the Data API (Novofon, UIS, CoMagic, CallGear) mean: answered, reasons, sources, times."""

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from calldash.providers import Context, Row
from calldash.providers.novofon import PROVIDER
from calldash.providers.novofon.reasons import miss_reason
from calldash.providers.plain import MISS_REASONS
from tests.novofon_samples import ANSWERED, JOURNAL, MISSED, MOSCOW, answer, calls, clock, leg, one, saved


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

"""Which fields of the Data API's reports say what: the tables that turn a row of each into the words of `build`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from calldash.problems import Reject
from calldash.providers.novofon import values as read


@dataclass(frozen=True)
class Field:
    """What `build` calls it, how its value is read, and the report's fields that hold it, the best first."""

    name: str
    read: Callable[[Any], Any]
    columns: tuple[str, ...]
    required: bool = False


def _fields(*rows: tuple[str, Callable[[Any], Any], str], required: Iterable[str]) -> tuple[Field, ...]:
    return tuple(Field(name, reader, tuple(columns.split()), name in required) for name, reader, columns in rows)


REPORT, LEGS, JOURNAL = "calls_report", "call_legs_report", "calls"

# Of these only what is given is kept: rows stored before they were read stay the same.
CLICKS = {
    "keyword": "utm_term search_query",
    "ad": "utm_content",
    "gclid": "gclid",
    "yclid": "yclid",
    "ym_client_id": "ym_client_id",
}

FIELDS = {
    LEGS: _fields(
        ("key", read.ident, "id"),
        ("call", read.ident, "call_session_id"),
        ("started", read.moment, "start_time"),
        ("connected", read.moment, "connect_time"),
        ("duration", read.seconds, "duration"),
        ("total", read.seconds, "total_duration"),
        ("reason", read.code, "finish_reason"),
        ("operator", read.flag, "is_operator"),
        ("coach", read.flag, "is_coach"),
        ("talked", read.flag, "is_talked"),
        ("employee", read.text, "employee_full_name employee_phone_number employee_id"),
        ("queue", read.text, "group_name"),
        required=("key", "call", "started"),
    ),
    JOURNAL: _fields(
        ("key", read.ident, "communication_id"),
        ("started", read.moment, "call_start_date_time"),
        ("finished", read.moment, "call_finish_date_time"),
        ("direction", read.direction, "call_direction"),
        ("internal", read.flag, "call_is_internal"),
        ("missed", read.missed, "call_status"),
        ("reason", read.code, "call_finish_reason"),
        ("client", read.text, "contact_phone_number"),
        ("line", read.text, "virtual_phone_number"),
        ("wait", read.seconds, "call_await_talk_duration"),
        ("total_wait", read.seconds, "call_dialing_duration"),
        ("talk", read.seconds, "call_talk_duration"),
        ("total", read.seconds, "call_total_duration"),
        ("people", read.people, "employees"),
        ("received_by", read.text, "received_call"),
        ("caller", read.text, "first_employee_for_internal_call"),
        ("callee", read.text, "second_employee_for_internal_call"),
        ("groups", read.names, "employee_groups"),
        ("blacklisted", read.flag, "is_blacklisted_phone"),
        ("tags", read.names, "tags"),
        ("record", read.record, "call_records"),
        required=("key", "started", "direction"),
    ),
    REPORT: _fields(
        ("key", read.ident, "id communication_id"),
        ("started", read.moment, "start_time"),
        ("finished", read.moment, "finish_time"),
        ("direction", read.direction, "direction"),
        ("lost", read.flag, "is_lost"),
        ("reason", read.code, "finish_reason"),
        ("client", read.text, "contact_phone_number"),
        ("line", read.text, "virtual_phone_number"),
        ("wait", read.seconds, "wait_duration"),
        ("total_wait", read.seconds, "total_wait_duration"),
        ("talk", read.seconds, "talk_duration clean_talk_duration"),
        ("total", read.seconds, "total_duration"),
        ("wrapup", read.seconds, "postprocess_duration"),
        ("people", read.people, "employees"),
        ("first_talked", read.text, "first_talked_employee_full_name last_talked_employee_full_name"),
        ("first_answered", read.text, "first_answered_employee_full_name last_answered_employee_full_name"),
        ("blacklisted", read.flag, "is_blacklisted_phone"),
        ("tags", read.names, "tags"),
        ("record", read.record, "full_record_file_link call_records wav_call_records"),
        ("source", read.text, "utm_source source_name channel"),
        ("medium", read.text, "utm_medium channel"),
        ("campaign", read.text, "utm_campaign campaign_name"),
        *((name, read.text, columns) for name, columns in CLICKS.items()),
        ("sale", read.money, "sale_cost"),
        ("sold", read.moment, "sale_date"),
        required=("key", "started", "direction"),
    ),
}
# Fields that only rows of one report have (a leg is looked for first), and those of reports that are none of these.
MARKS = {
    LEGS: {"call_session_id"},
    JOURNAL: {"call_start_date", "call_start_time", "call_start_date_time", "call_status", "call_talk_duration"},
    REPORT: {"is_lost", "finish_reason", "finish_time", "wait_duration", "total_wait_duration", "clean_talk_duration"},
}
OTHERS = {"call_events", "legs", "upload_time", "leg_id", "chargeable_duration", "total_charge"}


def part_of(row: Any) -> str | None:
    """Which report `row` is of; None when it is of no report about calls."""
    if not isinstance(row, Mapping) or OTHERS & row.keys():
        return None
    if "start_time" in row and {"id", "communication_id"} & row.keys() and "call_session_id" not in row:
        return REPORT
    return next((part for part, marks in MARKS.items() if marks & row.keys()), None)


def read_row(part: str, row: Mapping[str, Any], line: int) -> dict[str, Any] | Reject:
    """The values of `row` by the names in FIELDS (those it has fields for), or why it cannot be understood."""
    row = _joined(row)
    found: dict[str, Any] = {}
    for field in FIELDS[part]:
        for column in (column for column in field.columns if column in row):
            try:
                value = field.read(row[column])
            except read.WrongValueError as error:
                return Reject(line, column, read.text(row[column]) or "", str(error))
            if value is not None or field.name not in CLICKS:
                found[field.name] = value
            if value is not None:
                break
        if field.required and found.get(field.name) is None:
            return Reject(line, field.columns[0], read.text(row.get(field.columns[0])) or "", "is missing")
    return found


def _joined(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """`row` with one field for a date and a time that stand in two."""
    for moment in ("call_start", "call_finish"):
        day, clock = (read.text(row.get(f"{moment}_{half}")) for half in ("date", "time"))
        if day and clock and not read.text(row.get(f"{moment}_date_time")):
            row = {**row, f"{moment}_date_time": f"{day[:10]} {clock}"}
    return row

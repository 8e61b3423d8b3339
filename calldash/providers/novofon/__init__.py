"""Answers of the Data API of Novofon, UIS, CoMagic and CallGear, saved as JSON.

Read are `get.calls_report` (a row is a call session), `get.call_legs_report` (its legs), and the journal that the
cabinet shows: `get.calls`, `get.mgf_calls`. A session has the same id in all of them. Times are local, without a zone.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from calldash.problems import Problem, Reject
from calldash.providers import Context, Provider, Row
from calldash.providers.novofon.answers import rows_of
from calldash.providers.novofon.calls import build
from calldash.providers.novofon.fields import LEGS, part_of, read_row
from calldash.providers.novofon.legs import ends_before
from calldash.providers.novofon.reasons import is_known
from calldash.reading import Sample, Source

_KEY = re.compile(r'"([a-z_]+)"\s*:')
# Any one of these sets of fields tells the Data API; the first two also answers that are errors or empty.
_SIGNS = (
    {"jsonrpc"},
    {"data", "metadata", "total_items"},
    {"call_session_id", "start_time", "id"},
    {"communication_id", "call_start_date"},
    {"communication_id", "call_start_date_time"},
    {"start_time", "is_lost"},
    {"start_time", "finish_reason"},
    {"start_time", "total_wait_duration"},
    {"start_time", "virtual_phone_number", "communication_id"},
)


def recognise(sample: Sample) -> bool:
    """JSON with the fields of an answer of the Data API, or of its rows."""
    if not sample.is_json:
        return False
    keys = {key for line in sample.lines for key in _KEY.findall(line)}
    return any(signs <= keys for signs in _SIGNS)


def rows(source: Source, context: Context) -> Iterator[Row | Reject | str]:
    """The rows of all answers in the file, numbered from 1. Raises Problem for answers that are not about calls."""
    found = rows_of(source)
    parts = [part_of(row) for row in found]
    if not any(parts):
        raise Problem(
            "The answer is not about calls: its rows have {fields}. Read are get.calls_report, get.call_legs_report, "
            "get.calls and get.mgf_calls.",
            fields=_fields(found[0]),
        )
    for line, (part, row) in enumerate(zip(parts, found, strict=True), 1):
        yield _row(source, part, row, line, context.zone)


def _row(source: Source, part: str | None, row: Any, line: int, zone: ZoneInfo) -> Row | Reject:
    if part is None:
        return Reject(line, "", _raw(row)[:200], "is not a call or a leg of one", _raw(row))
    data = read_row(part, row, line)
    if isinstance(data, Reject):
        return replace(data, raw=_raw(row))
    _note_oddities(source, data, zone)
    return Row(part, data["key"], line, (data["call"] if part == LEGS else data["key"],), data)


def _raw(row: Any) -> str:
    return json.dumps(row, ensure_ascii=False)


def _note_oddities(source: Source, data: Mapping[str, Any], zone: ZoneInfo) -> None:
    reason = data.get("reason")
    if reason and not is_known(reason):
        source.oddities[f"unknown_finish_reason: {reason}"] += 1
    if data.get("lost") and data.get("talk"):
        source.oddities["talk_but_not_answered"] += 1
    if data.get("finished") and ends_before(data["finished"], data["started"], zone):
        source.oddities["ends_before_it_starts"] += 1


def _fields(row: Any) -> str:
    return ", ".join(sorted(row)[:5]) if isinstance(row, Mapping) and row else _raw(row)[:80]


PROVIDER = Provider("novofon", "Novofon / UIS / CoMagic / CallGear", recognise, rows=rows, build=build)

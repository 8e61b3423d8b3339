"""How long each employee was signed in and on a break, a row a local day: in all, by queue, and by reason of break.

In all, queues at once count once.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

import duckdb

from calldash.providers import Presence, Provider, Row
from calldash.store.spans import Span, by_day, common, merged

TABLES = ("presence", "presence_queues", "presence_breaks")

Employee = str
_ALL = None  # of queues


@dataclass
class Days:
    """The rows of the tables, but for the system: seconds signed in and on a break, (…, day) -> seconds."""

    signed: Counter[tuple[str, date]] = field(default_factory=Counter)
    breaks: Counter[tuple[str, date]] = field(default_factory=Counter)
    queue_signed: Counter[tuple[str, str, date]] = field(default_factory=Counter)
    queue_breaks: Counter[tuple[str, str, date]] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str | None, date]] = field(default_factory=Counter)


def refresh(cursor: duckdb.DuckDBPyConnection, system: str, provider: Provider, zone: str) -> None:
    """Computes the tables of presence of `system` anew, if the batch has rows that are about no call."""
    if provider.presences is None or not cursor.execute("SELECT 1 FROM part_rows WHERE len(refs) = 0").fetchone():
        return
    found = cursor.execute(
        "SELECT part, key, line, data, happened_at FROM rows WHERE system = $1 AND len(refs) = 0", [system]
    ).fetchall()
    last = cursor.execute("SELECT max(happened_at) FROM rows WHERE system = $1", [system]).fetchone()
    rows = (Row(part, key, line, (), json.loads(data), None, at) for part, key, line, data, at in found)
    days = per_day(provider.presences(rows), ZoneInfo(zone), last[0] if last else None)
    for table, lines in tables(days).items():
        cursor.execute(f"DELETE FROM {table} WHERE system = $1", [system])
        if lines:
            places = ", ".join("?" * (len(lines[0]) + 1))
            cursor.executemany(f"INSERT INTO {table} VALUES ({places})", [(system, *line) for line in lines])


def tables(days: Days) -> dict[str, list[tuple[object, ...]]]:
    """The rows of each table, without the system."""
    reasons = sorted(days.reasons.items(), key=lambda pair: (pair[0][0], pair[0][2], pair[0][1] or ""))
    whole, queues, breaks = TABLES
    return {
        whole: [(*key, seconds, days.breaks[key]) for key, seconds in sorted(days.signed.items())],
        queues: [(*key, seconds, days.queue_breaks[key]) for key, seconds in sorted(days.queue_signed.items())],
        breaks: [(*key, seconds) for key, seconds in reasons],
    }


def per_day(presences: Iterable[Presence], zone: ZoneInfo, until: datetime | None) -> Days:
    """The seconds of each local day; what has no end lasts `until`."""
    people: dict[Employee, list[tuple[Presence, Span]]] = defaultdict(list)
    for one in presences:
        end = one.ended_at or until or one.started_at
        if end > one.started_at:
            people[one.employee].append((one, (one.started_at, end)))
    days = Days()
    for name, spans in people.items():
        _add_person(days, name, spans, zone)
    return days


def _add_person(days: Days, name: Employee, spans: list[tuple[Presence, Span]], zone: ZoneInfo) -> None:
    signed = merged(span for one, span in spans if one.state == "signed_in")
    pauses = [(one, span) for one, span in spans if one.state == "break"]
    for day, seconds in by_day(signed, zone):
        days.signed[name, day] += seconds
    for reason, parts in _by_reason(pauses).items():
        for day, seconds in by_day(common(signed, parts), zone):
            days.breaks[name, day] += seconds
            days.reasons[name, reason, day] += seconds
    for queue in sorted({one.queue for one, _span in spans if one.state == "signed_in" and one.queue}):
        here = merged(span for one, span in spans if one.state == "signed_in" and one.queue == queue)
        off = common(here, merged(span for one, span in pauses if one.queue in (queue, _ALL)))
        for day, seconds in by_day(here, zone):
            days.queue_signed[name, queue, day] += seconds
        for day, seconds in by_day(off, zone):
            days.queue_breaks[name, queue, day] += seconds


def _by_reason(pauses: list[tuple[Presence, Span]]) -> dict[str | None, list[Span]]:
    """The pauses of each reason, none at once: the one that began first keeps its time."""
    found: dict[str | None, list[Span]] = defaultdict(list)
    latest = datetime.min
    for one, (start, end) in sorted(pauses, key=lambda pair: (pair[1], pair[0].reason or "")):
        if end > latest:
            found[one.reason].append((max(start, latest), end))
            latest = end
    return found

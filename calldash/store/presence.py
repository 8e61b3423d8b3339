"""How long each employee was signed in and on a break, a row a local day; overlapping queues count once."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import duckdb

from calldash.providers import Presence, Provider, Row

Span = tuple[datetime, datetime]


def refresh(cursor: duckdb.DuckDBPyConnection, system: str, provider: Provider, zone: str) -> None:
    """Computes the table `presence` of `system` anew, if the batch has rows that are about no call."""
    if provider.presences is None or not cursor.execute("SELECT 1 FROM part_rows WHERE len(refs) = 0").fetchone():
        return
    found = cursor.execute(
        "SELECT part, key, line, data, happened_at FROM rows WHERE system = $1 AND len(refs) = 0", [system]
    ).fetchall()
    last = cursor.execute("SELECT max(happened_at) FROM rows WHERE system = $1", [system]).fetchone()
    rows = (Row(part, key, line, (), json.loads(data), None, at) for part, key, line, data, at in found)
    days = per_day(provider.presences(rows), ZoneInfo(zone), last[0] if last else None)
    cursor.execute("DELETE FROM presence WHERE system = $1", [system])
    if days:
        cursor.executemany("INSERT INTO presence VALUES (?, ?, ?, ?, ?)", [(system, *row) for row in days])


def per_day(presences: Iterable[Presence], zone: ZoneInfo, until: datetime | None) -> list[tuple[str, date, int, int]]:
    """(employee, local day, seconds signed in, seconds of these on a break); what has no end lasts `until`."""
    spans: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for one in presences:
        end = one.ended_at or until or one.started_at
        if end > one.started_at:
            spans[one.employee, one.state].append((one.started_at, end))
    days: dict[tuple[str, date], list[int]] = defaultdict(lambda: [0, 0])
    for employee in {name for name, _state in spans}:
        signed = _merged(spans[employee, "signed_in"])
        pauses = list(_common(signed, _merged(spans[employee, "break"])))
        for place, parts in enumerate((signed, pauses)):
            for day, seconds in _by_day(parts, zone):
                days[employee, day][place] += seconds
    return [(employee, day, *seconds) for (employee, day), seconds in sorted(days.items())]  # type: ignore[misc]


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _common(some: list[Span], others: list[Span]) -> Iterator[Span]:
    for start, end in some:
        for since, until in others:
            if max(start, since) < min(end, until):
                yield max(start, since), min(end, until)


def _by_day(spans: Iterable[Span], zone: ZoneInfo) -> Iterator[tuple[date, int]]:
    """The seconds of the spans (UTC) on each local day."""
    for start, end in spans:
        while start < end:
            day = start.replace(tzinfo=UTC).astimezone(zone).date()
            midnight = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC).replace(tzinfo=None)
            cut = min(end, midnight)
            yield day, round((cut - start).total_seconds())
            start = cut

"""Spans of time: joined where they overlap, cut to each other, and counted by local day. Pure."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Span = tuple[datetime, datetime]


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that overlap or touch as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def common(some: list[Span], others: list[Span]) -> Iterator[Span]:
    """What lies in a span of both; each of them in order and without overlaps."""
    one = other = 0
    while one < len(some) and other < len(others):
        start, end = max(some[one][0], others[other][0]), min(some[one][1], others[other][1])
        if start < end:
            yield start, end
        if some[one][1] < others[other][1]:
            one += 1
        else:
            other += 1


def by_day(spans: Iterable[Span], zone: ZoneInfo) -> Iterator[tuple[date, int]]:
    """The seconds of the spans (UTC) on each local day, a pair for each part."""
    for start, end in spans:
        while start < end:
            day = start.replace(tzinfo=UTC).astimezone(zone).date()
            midnight = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC).replace(tzinfo=None)
            cut = min(end, midnight)
            yield day, round((cut - start).total_seconds())
            start = cut

"""Conditions on days."""

from collections.abc import Sequence
from datetime import date, timedelta

from calldash.query.terms import Question

_DAY = timedelta(days=1)


def spanning(since: date | None, until: date | None, column: str, asked: Question) -> list[str]:
    """The conditions of a period, both ends within; None is open."""
    found = [f"{column} >= {asked.value(since)}"] if since else []
    return found + ([f"{column} < {asked.value(until + _DAY)}"] if until and until < date.max else [])


def within(days: Sequence[date], column: str, asked: Question) -> list[str]:
    """The conditions of single days; their first and last let a scan pass over what lies outside."""
    return [*spanning(min(days), max(days), column, asked), f"{column} IN (SELECT unnest({asked.value(list(days))}))"]

"""A filter as SQL conditions."""

from collections.abc import Sequence
from datetime import date, timedelta

from calldash.filters import RANGES, CallFilter
from calldash.metrics import DIMENSIONS, METRICS
from calldash.query.terms import Moment, Question, expand

# What a leg has of its own; where legs are asked about, these are the leg's.
_OF_LEGS = ("employee", "team", "queue")


def conditions(chosen: CallFilter, moment: Moment, asked: Question, source: str = "calls") -> list[str]:
    """The SQL conditions of a filter over `calls` or `leg_rows`; its values become parameters of `asked`."""
    by_legs = source == "calls" and chosen.behind is not None and METRICS[chosen.behind].table != "calls"
    found = []
    if chosen.since:
        found.append(f"day >= {asked.value(chosen.since)}")
    if chosen.until and chosen.until < date.max:
        found.append(f"day < {asked.value(chosen.until + timedelta(days=1))}")
    for key, values in chosen.chosen:
        if not (by_legs and key in _OF_LEGS):
            found.append(_one_of(expand(DIMENSIONS[key].sql, moment, asked), DIMENSIONS[key].type, values, asked))
    for column, low, high in chosen.ranges:
        bounds = ((">=", low), ("<=", high))
        found += [f"{RANGES[column]} {sign} {asked.value(bound)}" for sign, bound in bounds if bound is not None]
    if by_legs:
        legs = " AND ".join(f"({one})" for one in conditions(chosen, moment, asked, "leg_rows"))
        found.append(f"call_no IN (SELECT call_no FROM leg_rows WHERE {legs})")
    elif chosen.behind:
        found.append(expand(METRICS[chosen.behind].rows, moment, asked))
    return found


def where(conditions: Sequence[str]) -> str:
    """The WHERE of conditions that all must hold; nothing without any."""
    return f" WHERE {' AND '.join(f'({one})' for one in conditions)}" if conditions else ""


_CAST = {"number": "INTEGER", "date": "DATE", "text": "VARCHAR"}


def _one_of(sql: str, kind: str, values: Sequence[str | None], asked: Question) -> str:
    known = [value for value in values if value is not None]
    places = ", ".join(f"CAST({asked.value(value)} AS {_CAST[kind]})" for value in known)
    parts = [f"{sql} IN ({places})"] if known else []
    if None in values:
        parts.append(f"{sql} IS NULL")
    return " OR ".join(parts)

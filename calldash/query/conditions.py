"""A filter as SQL conditions."""

from collections.abc import Sequence
from dataclasses import replace

from calldash.filters import RANGES, CallFilter
from calldash.metrics import DIMENSIONS, METRICS, Dimension
from calldash.query.days import spanning
from calldash.query.limits import limited
from calldash.query.terms import Moment, Question, expand

# What a leg has of its own; where legs are asked about, these are the leg's.
_OF_LEGS = ("employee", "team", "queue")


def conditions(chosen: CallFilter, moment: Moment, asked: Question, source: str = "calls") -> list[str]:
    """The SQL conditions of a filter over `calls` or `leg_rows`; its values become parameters of `asked`.

    Calls that who asks may not see are left out.
    """
    chosen = limited(chosen, moment.limits)
    if chosen.behind and chosen.behind not in METRICS:
        return _told_of(chosen, moment, asked, source)
    table = METRICS[chosen.behind].table if chosen.behind else "calls"
    by_legs = source == "calls" and table not in ("calls", "talks", "spend", "paid_sources")
    found = spanning(chosen.since, chosen.until, "day", asked)
    for key, values in chosen.chosen:
        if not (by_legs and key in _OF_LEGS):
            found.append(one_of(DIMENSIONS[key], values, moment, asked))
    for name, low, high in chosen.ranges:
        bounds = ((">=", low), ("<=", high))
        found += [f"{RANGES[name].sql} {sign} {asked.value(bound)}" for sign, bound in bounds if bound is not None]
    if by_legs:
        legs = " AND ".join(f"({one})" for one in conditions(chosen, moment, asked, "leg_rows"))
        found.append(f"call_no IN (SELECT call_no FROM leg_rows WHERE {legs})")
    elif chosen.behind:
        rows = expand(METRICS[chosen.behind].rows, moment, asked)
        of_talks = source == "calls" and table == "talks"
        found.append(f"call_no IN (SELECT call_no FROM talk_rows WHERE {rows})" if of_talks else rows)
    return found


def _told_of(chosen: CallFilter, moment: Moment, asked: Question, source: str) -> list[str]:
    """The conditions of a filter behind which stands no metric."""
    from calldash.query.behind import calls_behind  # which asks for conditions itself

    plain = replace(chosen, behind=None)
    return [*conditions(plain, moment, asked, source), calls_behind(str(chosen.behind), plain, moment, asked)]


def visible(moment: Moment, asked: Question) -> str:
    """The SQL condition of the calls that who asks may open one by one: theirs, or with a leg of theirs."""
    if not moment.limits:
        return "TRUE"
    own, legs = (" AND ".join(f"({one})" for one in conditions(CallFilter(), moment, asked, source))
                 for source in ("calls", "leg_rows"))  # fmt: skip
    return f"({own}) OR call_no IN (SELECT call_no FROM leg_rows WHERE {legs})"


def of_kept(chosen: CallFilter, moment: Moment, asked: Question) -> list[str]:
    """The conditions of the days and the values of a filter over a table of columns d_…"""
    kept = [(replace(DIMENSIONS[key], sql=f"d_{key}", many=""), values) for key, values in chosen.chosen]
    found = [one_of(dimension, values, moment, asked) for dimension, values in kept]
    return spanning(chosen.since, chosen.until, "d_day", asked) + found


def where(conditions: Sequence[str]) -> str:
    """The WHERE of conditions that all must hold; nothing without any."""
    return f" WHERE {' AND '.join(f'({one})' for one in conditions)}" if conditions else ""


_CAST = {"number": "INTEGER", "date": "DATE", "text": "VARCHAR"}


def one_of(dimension: Dimension, values: Sequence[str | None], moment: Moment, asked: Question) -> str:
    """The condition that a row's value of `dimension` is one of `values`; None is "not known"."""
    sql = expand(dimension.many or dimension.sql, moment, asked)
    known = [value for value in values if value is not None]
    places = ", ".join(f"CAST({asked.value(value)} AS {_CAST[dimension.type]})" for value in known)
    holds = f"list_has_any({sql}, [{places}])" if dimension.many else f"{sql} IN ({places})"
    parts = [holds] if known else []
    if None in values:
        parts.append(f"{sql} IS NULL")
    return " OR ".join(parts) or "FALSE"

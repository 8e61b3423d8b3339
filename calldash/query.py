"""Metrics x dimensions x filter -> SQL and its parameters: the only place where questions become SQL.

Names come from the catalogue, values travel as parameters. Knows no database.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from calldash.filters import RANGES, CallFilter
from calldash.metrics import CALL_COLUMNS, DIMENSIONS, FLAGS, METRICS, Metric
from calldash.settings import Settings

_NAME = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Moment:
    """What definitions depend on besides the calls: the thresholds, and each system's now (UTC)."""

    settings: Settings
    now: Mapping[str, datetime] = field(default_factory=dict)


@dataclass
class Question:
    """SQL with named parameters."""

    sql: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    def value(self, value: Any) -> str:
        """The place of a new parameter."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f"${name}"


def questions(
    keys: Sequence[str], by: Sequence[str], chosen: CallFilter, moment: Moment, cases: bool = False
) -> list[Question]:
    """One SELECT for each table that `keys` need: columns `by` and one column a key (with `cases` also `<key>_cases`).

    Rows are ordered by `by`. Raises KeyError for a name that is not in the catalogue.
    """
    metrics = [METRICS[key] for key in keys]
    tables = sorted({metric.table for metric in metrics})
    return [
        _question([metric for metric in metrics if metric.table == table], table, by, chosen, moment, cases)
        for table in tables
    ]


def _question(
    metrics: list[Metric], table: str, by: Sequence[str], chosen: CallFilter, moment: Moment, cases: bool
) -> Question:
    asked = Question()
    columns = {metric.key: metric.sql if _answerable(metric, by, chosen) else "NULL::DOUBLE" for metric in metrics}
    if cases:
        columns |= {f"{metric.key}_cases": metric.cases for metric in metrics if metric.cases}
    picked = _picked(table, columns.values(), by, chosen, moment, asked)
    group = ", ".join(f"d_{key}" for key in by)
    listed = [f"d_{key} AS {key}" for key in by]
    listed += [f"{_with_flags(sql)} AS {name}" for name, sql in columns.items()]
    ending = f" GROUP BY {group} ORDER BY {group}" if by else ""
    asked.sql = f"WITH picked AS ({picked}) SELECT {', '.join(listed)} FROM {_over(table, group)}{ending}"
    return asked


def _picked(
    table: str, columns: Iterable[str], by: Sequence[str], chosen: CallFilter, moment: Moment, asked: Question
) -> str:
    """The rows of the filter, with the dimensions as d_… and each flag that is used as f_…, computed once."""
    used = " ".join(columns) + _NEEDED.get(table, "")
    made = [f"{expand(DIMENSIONS[key].sql, moment, asked)} AS d_{key}" for key in by]
    flags = sorted(set(_NAME.findall(used)))
    made += [f"{expand('{' + name + '}', moment, asked)} AS f_{name}" for name in flags]
    source = _SOURCES.get(table, "leg_rows")
    where = conditions(chosen, moment, asked, source)
    return f"SELECT {', '.join(['*', *made])} FROM {source}{_where(where)}"


def _answerable(metric: Metric, by: Sequence[str], chosen: CallFilter) -> bool:
    """Whether the metric has a meaning for these breakdowns and this filter."""
    if metric.only_by is None:
        return True
    asked = {*by, *(name for name, _values in chosen.chosen), *(name for name, _low, _high in chosen.ranges)}
    return asked <= set(metric.only_by) and chosen.behind is None


def _where(conditions: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(f'({one})' for one in conditions)}" if conditions else ""


def _with_flags(text: str) -> str:
    return _NAME.sub(lambda found: f"f_{found[1]}", text)


# Where the rows of a table come from; the others are made of legs.
_SOURCES = {"calls": "calls", "presence": "presence_rows"}
# What the tables made of legs need besides the flags that metrics name.
_NEEDED = {"people": "{took}", "moments": "{took}"}


def _over(table: str, group: str) -> str:
    """What the aggregates of `table` run over."""
    if table == "people":
        parts = f"{group}, employee" if group else "employee"
        within = f"PARTITION BY {group} " if group else ""
        return (
            f"(SELECT *, row_number() OVER ({within}ORDER BY talk_s) AS place FROM "
            f"(SELECT {parts}, coalesce(sum(leg_talk_s), 0) AS talk_s FROM picked WHERE f_took GROUP BY {parts}))"
        )
    if table == "moments":
        head = f"{group}, " if group else ""
        within = f"PARTITION BY {group} " if group else ""
        return (
            f"(SELECT {head}sum(step) OVER ({within}ORDER BY instant, step) AS at_once FROM ("
            f"SELECT {head}leg_answered_at AS instant, 1 AS step FROM picked WHERE f_took AND leg_ended_at > leg_answered_at "
            f"UNION ALL "
            f"SELECT {head}leg_ended_at, -1 FROM picked WHERE f_took AND leg_ended_at > leg_answered_at))"
        )
    return "picked"


def expand(text: str, moment: Moment, asked: Question) -> str:
    """SQL with each {name} replaced: flags by what they stand for, thresholds by their value, `now` by each system's."""

    def named(found: re.Match[str]) -> str:
        name = found[1]
        if name in FLAGS:
            return f"({_NAME.sub(named, FLAGS[name])})"
        if name == "now":
            return _now(moment, asked)
        return str(getattr(moment.settings, name))

    return _NAME.sub(named, text)


def _now(moment: Moment, asked: Question) -> str:
    """The now of a call's system; NULL without systems."""
    known = asked.values
    if not moment.now:
        return "CAST(NULL AS TIMESTAMP)"
    if len(moment.now) == 1:
        known["now"] = next(iter(moment.now.values()))
        return "CAST($now AS TIMESTAMP)"
    cases = []
    for number, (system, now) in enumerate(moment.now.items()):
        known |= {f"system{number}": system, f"now{number}": now}
        cases.append(f"WHEN $system{number} THEN CAST($now{number} AS TIMESTAMP)")
    return f"CASE system {' '.join(cases)} END"


# What a leg has of its own; where legs are asked about, these are the leg's.
_OF_LEGS = ("employee", "team", "queue")


def conditions(chosen: CallFilter, moment: Moment, asked: Question, source: str = "calls") -> list[str]:
    """The SQL conditions of a filter over `calls` or `leg_rows`; its values become parameters of `asked`."""
    by_legs = source == "calls" and chosen.behind is not None and METRICS[chosen.behind].table != "calls"
    found = []
    if chosen.since:
        found.append(f"day >= {asked.value(chosen.since)}")
    if chosen.until:
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


def listing(
    keys: Sequence[str], chosen: CallFilter, moment: Moment, sort: str, descending: bool, limit: int, offset: int
) -> Question:
    """A page of calls: `call_no` and the journal columns `keys`, ordered by column `sort`; instants are local."""
    asked = Question()
    inner = conditions(chosen, moment, asked)
    order = f"{_shown(sort, moment, asked)} {'DESC' if descending else 'ASC'} NULLS LAST, call_no DESC"
    columns = [f"{_shown(key, moment, asked)} AS {key}" for key in keys]
    limits = f"LIMIT {asked.value(limit)} OFFSET {asked.value(offset)}"
    asked.sql = f"SELECT {', '.join(['call_no', *columns])} FROM calls{_where(inner)} ORDER BY {order} {limits}"
    return asked


def count_of(chosen: CallFilter, moment: Moment) -> Question:
    """One row over all the calls that a listing has: `listed`, `talk_s` (NULL: none known) and `cost`."""
    asked = Question()
    where = conditions(chosen, moment, asked)
    cost = METRICS["total_cost"].sql
    asked.sql = f"SELECT count(*) AS listed, sum(talk_s) AS talk_s, {cost} AS cost FROM calls{_where(where)}"
    return asked


def _shown(key: str, moment: Moment, asked: Question) -> str:
    column = CALL_COLUMNS[key]
    sql = expand(column.expression, moment, asked)
    if column.unit == "instant":
        return f"timezone({asked.value(moment.settings.zone)}, timezone('UTC', {sql}))"
    return f"({sql})"


_CAST = {"number": "INTEGER", "date": "DATE", "text": "VARCHAR"}


def _one_of(sql: str, kind: str, values: Sequence[str | None], asked: Question) -> str:
    known = [value for value in values if value is not None]
    places = ", ".join(f"CAST({asked.value(value)} AS {_CAST[kind]})" for value in known)
    parts = [f"{sql} IN ({places})"] if known else []
    if None in values:
        parts.append(f"{sql} IS NULL")
    return " OR ".join(parts)

"""Figures: metrics x dimensions x filter as one SELECT a table."""

from collections.abc import Iterable, Sequence

from calldash.filters import CallFilter
from calldash.metrics import DIMENSIONS, METRICS, Metric
from calldash.query.conditions import conditions, where
from calldash.query.terms import NAME, Moment, Question, expand


def questions(
    keys: Sequence[str],
    by: Sequence[str],
    chosen: CallFilter,
    moment: Moment,
    cases: bool = False,
    totals: bool = False,
) -> list[Question]:
    """One SELECT for each table that `keys` need: columns `by` and one column a key (with `cases` also `<key>_cases`).

    Rows are ordered by `by`. With `totals` there is one more row, over all groups, where column `total` is true; only
    metrics of `one_scan` can be asked so. Raises KeyError for a name that is not in the catalogue.
    """
    metrics = [METRICS[key] for key in keys]
    tables = sorted({metric.table for metric in metrics})
    return [
        _question([metric for metric in metrics if metric.table == table], table, by, chosen, moment, cases, totals)
        for table in tables
    ]


def _question(
    metrics: list[Metric],
    table: str,
    by: Sequence[str],
    chosen: CallFilter,
    moment: Moment,
    cases: bool,
    totals: bool,
) -> Question:
    asked = Question()
    unknown = "any_value(NULL::DOUBLE)"
    columns = {metric.key: metric.sql if _answerable(metric, by, chosen) else unknown for metric in metrics}
    if cases:
        columns |= {f"{metric.key}_cases": metric.cases for metric in metrics if metric.cases}
    picked = _picked(table, columns.values(), by, chosen, moment, asked)
    group = ", ".join(f"d_{key}" for key in by)
    listed = [f"d_{key} AS {key}" for key in by]
    listed += [f"{_with_flags(sql)} AS {name}" for name, sql in columns.items()]
    ending = f" GROUP BY {group} ORDER BY {group}" if by else ""
    if totals:
        listed.append(f"grouping({group}) > 0 AS total")
        ending = f" GROUP BY GROUPING SETS (({group}), ()) ORDER BY {group}"
    asked.sql = f"WITH picked AS ({picked}) SELECT {', '.join(listed)} FROM {_over(table, group)}{ending}"
    return asked


def _picked(
    table: str, columns: Iterable[str], by: Sequence[str], chosen: CallFilter, moment: Moment, asked: Question
) -> str:
    """The rows of the filter, with the dimensions as d_… and each flag that is used as f_…, computed once."""
    used = " ".join(columns) + _NEEDED.get(table, "")
    made = [f"{expand(DIMENSIONS[key].sql, moment, asked)} AS d_{key}" for key in by]
    flags = sorted(set(NAME.findall(used)))
    made += [f"{expand('{' + name + '}', moment, asked)} AS f_{name}" for name in flags]
    source = _SOURCES.get(table, "leg_rows")
    limits = conditions(chosen, moment, asked, source)
    return f"SELECT {', '.join(['*', *made])} FROM {source}{where(limits)}"


def _answerable(metric: Metric, by: Sequence[str], chosen: CallFilter) -> bool:
    """Whether the metric has a meaning for these breakdowns and this filter."""
    if metric.only_by is None:
        return True
    asked = {*by, *(name for name, _values in chosen.chosen), *(name for name, _low, _high in chosen.ranges)}
    return asked <= set(metric.only_by) and chosen.behind is None


def _with_flags(text: str) -> str:
    return NAME.sub(lambda found: f"f_{found[1]}", text)


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
        talks = "FROM picked WHERE f_took AND leg_ended_at > leg_answered_at"
        return (
            f"(SELECT {head}sum(step) OVER ({within}ORDER BY instant, step) AS at_once FROM ("
            f"SELECT {head}leg_answered_at AS instant, 1 AS step {talks} "
            f"UNION ALL SELECT {head}leg_ended_at, -1 {talks}))"
        )
    return "picked"

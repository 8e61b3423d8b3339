"""Figures: metrics x dimensions x filter as one SELECT a table, from rollups where they can tell."""

from collections.abc import Sequence

from calldash.filters import CallFilter
from calldash.metrics import DIMENSIONS, METRICS, Metric
from calldash.metrics.parts import distinct_clients
from calldash.query.advertised import TABLES as ADS
from calldash.query.advertised import advertised
from calldash.query.asked import Asked
from calldash.query.by_source import FLAGS_NEEDED, by_source
from calldash.query.clients import clients
from calldash.query.conditions import conditions
from calldash.query.gaps import gaps
from calldash.query.kept import from_rollups, placed
from calldash.query.peaks import moments
from calldash.query.picking import NEEDED, SOURCES, picked, with_flags
from calldash.query.terms import Moment, Question


def questions(
    keys: Sequence[str],
    by: Sequence[str],
    chosen: CallFilter,
    moment: Moment,
    cases: bool = False,
    totals: bool = False,
) -> list[Question]:
    """The SELECTs that `keys` need: columns `by` and one column a key (with `cases` also `<key>_cases`).

    Rows are ordered by `by`. With `totals` there is one more row, over all groups, where column `total` is true; only
    metrics of `one_scan` can be asked so. Raises KeyError for a name that is not in the catalogue.
    """
    asking = Asked(tuple(DIMENSIONS[key].key for key in by), chosen, moment, cases, totals)
    found, rest = from_rollups([METRICS[key] for key in keys], asking)
    over_calls = (metric for metric in rest if metric.table == "calls")
    of_clients = {metric.key: rows for metric in over_calls if (rows := distinct_clients(metric.sql))}
    found += [clients(key, rows, asking) for key, rows in of_clients.items()]
    rest = [metric for metric in rest if metric.key not in of_clients]
    of_ads = [metric for metric in rest if metric.table in ADS]
    if of_ads and (asked := advertised(of_ads, asking)):
        found.append(asked)
        rest = [metric for metric in rest if metric not in of_ads]
    for table in sorted({metric.table for metric in rest}):
        found.append(_question([metric for metric in rest if metric.table == table], table, asking))
    return found


def _question(metrics: list[Metric], table: str, asking: Asked) -> Question:
    asked = Question()
    unknown = "any_value(NULL::DOUBLE)"
    columns = {metric.key: metric.sql if _answerable(metric, asking) else unknown for metric in metrics}
    if asking.cases:
        columns |= {f"{metric.key}_cases": metric.cases for metric in metrics if metric.cases}
    source = SOURCES[table]
    limits = conditions(asking.chosen, asking.moment, asked, source)
    rows = picked(source, [*columns.values(), _NEEDED.get(table, "")], asking.by, limits, asking.moment, asked)
    listed = [f"{with_flags(sql)} AS {name}" for name, sql in columns.items()]
    asked.sql = f"WITH picked AS ({rows}) {asking.grouped(listed, _over(table, asking.group))}"
    return asked


def _answerable(metric: Metric, asking: Asked) -> bool:
    """Whether the metric has a meaning for these breakdowns and this filter."""
    if metric.only_by is None:
        return True
    used = asking.used() | {name for name, _low, _high in asking.chosen.ranges}
    return used <= set(metric.only_by) and asking.chosen.behind is None


_NEEDED = {**NEEDED, "paid_sources": FLAGS_NEEDED}


def _over(table: str, group: str) -> str:
    """What the aggregates of `table` run over."""
    if table == "people":
        parts = f"{group}, employee" if group else "employee"
        talks = f"SELECT {parts}, coalesce(sum(leg_talk_s), 0) AS talk_s FROM picked WHERE f_took GROUP BY {parts}"
        return placed(talks, group)
    if table == "moments":
        talks = "(SELECT * FROM picked WHERE f_took AND leg_ended_at > leg_answered_at)"
        return f"({moments(talks, group)})"
    if table == "gaps":
        return f"({gaps(group)})"
    if table == "paid_sources":
        return f"({by_source(group)})"
    return "picked"


def levels(keys: Sequence[str], by: Sequence[str], chosen: CallFilter, moment: Moment) -> Question | None:
    """The SELECT of figures of advertising by none of `by` (rows with `level` 0), by its first (1), … by all of it.

    None where rollups cannot tell: then each level is a question of its own.
    """
    asking = Asked(tuple(DIMENSIONS[key].key for key in by), chosen, moment)
    return advertised([METRICS[key] for key in keys], asking, levels=True)

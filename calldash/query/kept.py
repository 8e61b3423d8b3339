"""Figures from rollups: days that can change no more come from kept parts, the others from their rows."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from calldash.metrics import DIMENSIONS, Metric, depends_on_now
from calldash.metrics.parts import Part, merged, spread
from calldash.query import peaks
from calldash.query.asked import Asked
from calldash.query.conditions import conditions, one_of, where
from calldash.query.days import spanning, within
from calldash.query.picking import SOURCES, picked
from calldash.query.rollups import ROLLUPS, TALK, TOOK, Rollup, cells, counted, texts_of
from calldash.query.terms import Question


@dataclass(frozen=True)
class _Way:
    """How metrics are asked: over people, by parts, as peaks or as the spread of a name; from what, what is loose."""

    name: str
    rollup: Rollup
    loose: tuple[date, ...]


def from_rollups(metrics: Sequence[Metric], asking: Asked) -> tuple[list[Question], list[Metric]]:
    """The questions that rollups answer, and the metrics that they do not."""
    found: dict[_Way, list[Metric]] = {}
    rest = []
    for metric in metrics:
        way = _way(metric, asking)
        if way:
            found.setdefault(way, []).append(metric)
        else:
            rest.append(metric)
    return [_WAYS.get(way.name, _quantiles)(way, group, asking) for way, group in found.items()], rest


def _way(metric: Metric, asking: Asked) -> _Way | None:
    sqls = [metric.sql, metric.cases or ""]
    loose = asking.loose(any(map(depends_on_now, [*sqls, *(DIMENSIONS[key].sql for key in asking.used())])))
    if loose is None:
        return None
    name, rollup = _place(metric, [sql for sql in sqls if sql], asking)
    return _Way(name, rollup, loose) if rollup else None


def _place(metric: Metric, sqls: list[str], asking: Asked) -> tuple[str, Rollup | None]:
    """The name of the way, and the rollup that can tell the metric."""
    quantile = spread(metric.sql)
    if quantile:
        return quantile.name, _rollup(metric.table, asking, spread=True)
    if metric.table == "people":
        return "people", _rollup("legs", asking, ["employee"])
    if metric.table == "moments":
        alone = not asking.used() and not asking.moment.endless
        return "peaks", _rollup("moments", asking) if alone else None
    wholes = [whole for sql in sqls if (whole := merged(sql))]
    if len(wholes) < len(sqls):
        return "parts", None
    return "parts", _rollup(metric.table, asking, pairs=any(part.pairs for one in wholes for part in one.parts))


def _rollup(
    table: str, asking: Asked, also: Iterable[str] = (), spread: bool = False, pairs: bool = False
) -> Rollup | None:
    """The smallest rollup that knows the dimensions in question, and over whose cells parts add up."""
    for one in ROLLUPS:
        knows = (one.table, one.spread) == (table, spread) and asking.used().union(also) <= set(one.by)
        if knows and (not pairs or set(one.shared) <= asking.fixed()):
            return one
    return None


def _parts(way: _Way, metrics: list[Metric], asking: Asked) -> Question:
    columns = {metric.key: metric.sql for metric in metrics}
    if asking.cases:
        columns |= {f"{metric.key}_cases": metric.cases for metric in metrics if metric.cases}
    wholes = {name: whole for name, sql in columns.items() if (whole := merged(sql))}
    parts = {part.name: part for whole in wholes.values() for part in whole.parts}
    asked = Question()
    rows = _part_rows(way, parts.values(), asking.by, asking, asked)
    listed = [f"{whole.sql} AS {name}" for name, whole in wholes.items()]
    asked.sql = f"WITH {rows} {asking.grouped(listed, 'kept')}"
    return asked


def _people(way: _Way, metrics: list[Metric], asking: Asked) -> Question:
    """Talk per employee comes from parts; the metrics run over people as they do without rollups."""
    took, talk = merged(TOOK), merged(TALK)
    assert took and talk
    asked = Question()
    by = list(dict.fromkeys([*asking.by, "employee"]))
    rows = _part_rows(way, [*took.parts, *talk.parts], by, asking, asked)
    group = ", ".join(f"d_{key}" for key in by)
    people = f"SELECT {group}, {talk.sql} AS talk_s FROM kept GROUP BY {group} HAVING {took.sql} > 0"
    listed = [f"{metric.sql} AS {metric.key}" for metric in metrics]
    asked.sql = f"WITH {rows} {asking.grouped(listed, placed(people, asking.group))}"
    return asked


def placed(people: str, group: str) -> str:
    """A SELECT of people with their `talk_s`, and each one's `place` by it within the group."""
    within = f"PARTITION BY {group} " if group else ""
    return f"(SELECT *, row_number() OVER ({within}ORDER BY talk_s) AS place FROM ({people}))"


def _quantiles(way: _Way, metrics: list[Metric], asking: Asked) -> Question:
    """Nearest rank: the first value up to which there are as many rows as the share asks for."""
    found = {metric.key: one for metric in metrics if (one := spread(metric.sql))}
    one = next(iter(found.values()))
    asked = Question()
    rows = _rows(
        way, ["value", "n"], counted(one, asking.by), texts_of([one]), asking.by, asking, asked,
        f"spread = '{one.name}'",
    )  # fmt: skip
    group = [f"d_{key}" for key in asking.by]
    sets = f"({', '.join([*group, 'value'])})" + (", (value)" if asking.totals else "")
    total = [f"grouping({asking.group}) > 0 AS total"] if asking.totals else []
    summed = f"SELECT {', '.join([*group, 'value', 'sum(n) AS n', *total])} FROM kept GROUP BY GROUPING SETS ({sets})"
    apart = ", ".join([*group, *(["total"] if total else [])])
    within = f"PARTITION BY {apart} " if apart else ""
    ranked = (
        f"SELECT *, sum(n) OVER ({within}ORDER BY value) AS upto, "
        f"sum(n) FILTER (value IS NOT NULL) OVER ({within.rstrip()}) AS every FROM summed"
    )
    listed = [f"d_{key} AS {key}" for key in asking.by]
    listed += [f"min(value) FILTER (upto >= {each.share} * every) AS {key}" for key, each in found.items()]
    ending = f" GROUP BY {apart} ORDER BY {apart}" if apart else ""
    asked.sql = (
        f"WITH {rows}, summed AS ({summed}), ranked AS ({ranked}) "
        f"SELECT {', '.join([*listed, *(['total'] if total else [])])} FROM ranked{ending}"
    )
    return asked


def _part_rows(way: _Way, parts: Collection[Part], by: Sequence[str], asking: Asked, asked: Question) -> str:
    sqls = [part.sql for part in parts]
    return _rows(way, [part.name for part in parts], cells(parts, by), sqls, by, asking, asked)


def _rows(
    way: _Way,
    columns: list[str],
    fresh: str,
    texts: list[str],
    by: Sequence[str],
    asking: Asked,
    asked: Question,
    *also: str,
) -> str:
    """The CTE `kept`: `columns` by the dimensions `by`, from the rollup and, for loose days, from their rows."""
    limits = [*_limits(asking, asked), *also]
    if way.loose:
        limits.append(f"d_day NOT IN (SELECT unnest({asked.value(list(way.loose))}))")
    listed = ", ".join([*(f"d_{key}" for key in by), *columns])
    kept = f"SELECT {listed} FROM {way.rollup.name}{where(limits)}"
    if not way.loose:
        return f"kept AS ({kept})"
    source = SOURCES[way.rollup.table]
    limits = [*conditions(asking.chosen, asking.moment, asked, source), *within(way.loose, "day", asked)]
    rows = picked(source, texts, by, limits, asking.moment, asked)
    return f"picked AS ({rows}), kept AS ({kept} UNION ALL SELECT {listed} FROM ({fresh}))"


def _limits(asking: Asked, asked: Question) -> list[str]:
    """The conditions of the filter over a rollup."""
    chosen = asking.chosen
    kept = [(replace(DIMENSIONS[key], sql=f"d_{key}"), values) for key, values in chosen.chosen]
    found = [one_of(dimension, values, asking.moment, asked) for dimension, values in kept]
    return spanning(chosen.since, chosen.until, "d_day", asked) + found


def _peaks(way: _Way, metrics: list[Metric], asking: Asked) -> Question:
    (metric,) = metrics
    return peaks.from_kept(metric.key, asking, way.loose)


_WAYS: dict[str, Callable[[_Way, list[Metric], Asked], Question]] = {
    "parts": _parts,
    "people": _people,
    "peaks": _peaks,
}

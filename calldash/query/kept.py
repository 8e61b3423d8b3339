"""Figures from rollups: days that can change no more come from kept parts, the others from their rows."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from calldash.metrics import DIMENSIONS, Metric, depends_on_now
from calldash.metrics.parts import Part, Spread, merged, spread
from calldash.query import peaks
from calldash.query.asked import Asked
from calldash.query.conditions import conditions, of_kept, where
from calldash.query.days import within
from calldash.query.picking import NEEDED, SOURCES, picked
from calldash.query.rollups import ROLLUPS, TALK, TOOK, Rollup, cells, counted, only, texts_of
from calldash.query.terms import Question


@dataclass(frozen=True)
class Way:
    """How metrics are asked: over people, by parts, as peaks or as the spread of a name; from what, what is loose."""

    name: str
    rollup: Rollup
    loose: tuple[date, ...]


def from_rollups(metrics: Sequence[Metric], asking: Asked) -> tuple[list[Question], list[Metric]]:
    """The questions that rollups answer, and the metrics that they do not."""
    found: dict[Way, list[Metric]] = {}
    rest = []
    for metric in metrics:
        way = _way(metric, asking)
        if way:
            found.setdefault(way, []).append(metric)
        else:
            rest.append(metric)
    return [_WAYS.get(way.name, _quantiles)(way, group, asking) for way, group in found.items()], rest


def _way(metric: Metric, asking: Asked) -> Way | None:
    sqls = [metric.sql, metric.cases or ""]
    loose = asking.loose(any(map(depends_on_now, [*sqls, *(DIMENSIONS[key].sql for key in asking.used())])))
    if loose is None:
        return None
    name, rollup = _place(metric, [sql for sql in sqls if sql], asking)
    return Way(name, rollup, loose) if rollup else None


def _place(metric: Metric, sqls: list[str], asking: Asked) -> tuple[str, Rollup | None]:
    """The name of the way, and the rollup that can tell the metric."""
    quantile = spread(metric.sql)
    if quantile:
        return quantile.name, find(metric.table, asking, spread="quantiles")
    if metric.table == "people":
        return "people", find("legs", asking, ["employee"])
    if metric.table == "moments":
        return "peaks", None if asking.moment.endless else _peaks_of(asking)
    wholes = [whole for sql in sqls if (whole := merged(sql))]
    if len(wholes) < len(sqls):
        return "parts", None
    return "parts", find(metric.table, asking, pairs=any(part.pairs for one in wholes for part in one.parts))


def _peaks_of(asking: Asked) -> Rollup | None:
    """The peaks of just these groups: those of one are not made of those of others."""
    found = (one for one in ROLLUPS if one.table == "moments" and set(asking.by) == {*one.by} - {"day"})
    return next((one for one in found if asking.used() <= set(asking.by)), None)


def find(table: str, asking: Asked, also: Iterable[str] = (), spread: str = "", pairs: bool = False) -> Rollup | None:
    """The smallest rollup that knows the dimensions in question, and over whose cells parts add up."""
    for one in ROLLUPS:
        knows = (one.table, one.spread) == (table, spread) and asking.used().union(also) <= set(one.by)
        if knows and (not pairs or set(one.shared) <= asking.fixed()):
            return one
    return None


def _parts(way: Way, metrics: list[Metric], asking: Asked) -> Question:
    columns = {metric.key: metric.sql for metric in metrics}
    if asking.cases:
        columns |= {f"{metric.key}_cases": metric.cases for metric in metrics if metric.cases}
    wholes = {name: whole for name, sql in columns.items() if (whole := merged(sql))}
    parts = {part.name: part for whole in wholes.values() for part in whole.parts}
    asked = Question()
    rows = part_rows(way, parts.values(), asking.by, asking, asked)
    listed = [f"{whole.sql} AS {name}" for name, whole in wholes.items()]
    asked.sql = f"WITH {rows} {asking.grouped(listed, 'kept')}"
    return asked


def _people(way: Way, metrics: list[Metric], asking: Asked) -> Question:
    """Talk per employee comes from parts; the metrics run over people as they do without rollups."""
    took, talk = merged(TOOK), merged(TALK)
    assert took and talk
    asked = Question()
    by = list(dict.fromkeys([*asking.by, "employee"]))
    rows = part_rows(way, [*took.parts, *talk.parts], by, asking, asked)
    group = ", ".join(f"d_{key}" for key in by)
    people = f"SELECT {group}, {talk.sql} AS talk_s FROM kept GROUP BY {group} HAVING {took.sql} > 0"
    listed = [f"{metric.sql} AS {metric.key}" for metric in metrics]
    asked.sql = f"WITH {rows} {asking.grouped(listed, placed(people, asking.group))}"
    return asked


def placed(people: str, group: str) -> str:
    """A SELECT of people with their `talk_s`, and each one's `place` by it within the group."""
    within = f"PARTITION BY {group} " if group else ""
    return f"(SELECT *, row_number() OVER ({within}ORDER BY talk_s) AS place FROM ({people}))"


def _quantiles(way: Way, metrics: list[Metric], asking: Asked) -> Question:
    """Nearest rank: the first value up to which there are as many rows as the share asks for."""
    found = {metric.key: one for metric in metrics if (one := spread(metric.sql))}
    one = next(iter(found.values()))
    asked = Question()
    rows = spread_rows(way, [one], asking, asked)
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


def spread_rows(way: Way, found: Sequence[Spread], asking: Asked, asked: Question) -> str:
    """The CTE `kept` of spreads: `spread`, `value` and `n` by the dimensions asked for."""
    names = ", ".join(f"'{one.name}'" for one in found)
    fresh, columns = counted(found, asking.by), ["spread", "value", "n"]
    return _rows(way, columns, fresh, texts_of(found), asking.by, asking, asked, f"spread IN ({names})")


def part_rows(way: Way, parts: Collection[Part], by: Sequence[str], asking: Asked, asked: Question) -> str:
    """The CTE `kept` of parts by the dimensions `by`."""
    sqls = [part.sql for part in parts]
    table = way.rollup.table
    fresh, texts = cells(parts, by, table), [*sqls, NEEDED.get(table, "")]
    return _rows(way, [part.name for part in parts], fresh, texts, by, asking, asked)


def _rows(
    way: Way,
    columns: list[str],
    fresh: str,
    texts: list[str],
    by: Sequence[str],
    asking: Asked,
    asked: Question,
    *also: str,
) -> str:
    """The CTE `kept`: `columns` by the dimensions `by`, from the rollup and, for loose days, from their rows."""
    limits = [*of_kept(asking.chosen, asking.moment, asked), *also]
    if way.loose:
        limits.append(f"d_day NOT IN (SELECT unnest({asked.value(list(way.loose))}))")
    listed = ", ".join([*(f"d_{key}" for key in by), *columns])
    kept = f"SELECT {listed} FROM {way.rollup.name}{where(limits)}"
    if not way.loose:
        return f"kept AS ({kept})"
    source = SOURCES[way.rollup.table]
    limits = [*conditions(asking.chosen, asking.moment, asked, source), *within(way.loose, "day", asked)]
    limits += only(way.rollup, asking.moment, asked)
    rows = picked(source, texts, by, limits, asking.moment, asked)
    return f"picked AS ({rows}), kept AS ({kept} UNION ALL SELECT {listed} FROM ({fresh}))"


def _peaks(way: Way, metrics: list[Metric], asking: Asked) -> Question:
    (metric,) = metrics
    return peaks.from_kept(metric.key, way.rollup.name, asking, way.loose)


_WAYS: dict[str, Callable[[Way, list[Metric], Asked], Question]] = {
    "parts": _parts,
    "people": _people,
    "peaks": _peaks,
}

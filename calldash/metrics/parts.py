"""The parts of a figure that add up: what can be kept for each day, and how figures come from kept parts."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache

import sqlglot
from sqlglot import exp

_NAME, _FLAG = re.compile(r"\{(\w+)\}"), re.compile(r"\bf_(\w+)\b")


@dataclass(frozen=True)
class Part:
    """An aggregate over rows, {name}s as in the catalogue, kept in a column `name`.

    With `pairs` it counts pairs of call and employee: such counts add up only over cells that share no pair. With
    `distinct`, the condition of rows, it counts what is different in them: such a count adds up over nothing.
    """

    name: str
    sql: str
    pairs: bool = False
    distinct: str = ""


@dataclass(frozen=True)
class Merged:
    """An aggregate as SQL over columns of kept parts."""

    sql: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Spread:
    """How many `rows` have each whole `value`; for a nearest-rank quantile: the first that a `share` do not exceed."""

    name: str
    value: str
    rows: str
    share: str = ""


# An aggregate by the aggregates it is made of: {sum}, {count} … are kept columns.
_MADE_OF: dict[type[exp.Expr], tuple[str, dict[str, str]]] = {
    exp.Count: ("CAST(coalesce(sum({count}), 0) AS BIGINT)", {"count": "count"}),
    exp.Sum: ("sum({sum})", {"sum": "sum"}),
    exp.Avg: ("sum({sum}) / nullif(sum({count}), 0)", {"sum": "sum", "count": "count"}),
    exp.Min: ("min({min})", {"min": "min"}),
    exp.Max: ("max({max})", {"max": "max"}),
}


@cache
def merged(sql: str, distinct: bool = False) -> Merged | None:
    """The aggregate `sql` over kept parts; None where parts do not add up, as distinct clients do not.

    With `distinct` counts of what is different are parts too: for who has each of them once a group.
    """
    found: dict[str, Part] = {}

    def made(node: exp.Expr) -> exp.Expr:
        inner = node.this if isinstance(node, exp.Filter) else node
        if not isinstance(inner, exp.AggFunc) or isinstance(node.parent, exp.Window):
            return node
        return _over_parts(node, inner, found, distinct)

    try:
        text = _parsed(sql).transform(made).sql(dialect="duckdb")
    except _IndivisibleError:
        return None
    return Merged(_named(text), tuple(found.values()))


@cache
def spread(sql: str) -> Spread | None:
    """The quantile that `sql` is; None for any other aggregate."""
    tree = _parsed(sql)
    if not isinstance(tree, exp.Filter) or not isinstance(tree.this, exp.PercentileDisc):
        return None
    value, rows = (_text(one) for one in (tree.this.this, tree.expression.this))
    return Spread(_called("s", f"{value} {rows}"), value, rows, _text(tree.this.expression))


@cache
def distinct_clients(sql: str) -> str | None:
    """The rows whose different clients `sql` counts; None for any other aggregate."""
    tree = _parsed(sql)
    counted = tree.this if isinstance(tree, exp.Filter) else None
    if not isinstance(counted, exp.Count) or counted.sql(dialect="duckdb") != "COUNT(DISTINCT client_id)":
        return None
    return _text(tree.expression.this)


class _IndivisibleError(Exception):
    """An aggregate over all rows is not made of the same over some of them."""


def _over_parts(node: exp.Expr, inner: exp.AggFunc, found: dict[str, Part], distinct: bool) -> exp.Expr:
    differs = inner.this if isinstance(inner.this, exp.Distinct) else None
    pairs = differs is not None and "call_no" in inner.sql()
    if type(inner) not in _MADE_OF or (differs and not pairs and not distinct):
        raise _IndivisibleError
    case = differs.find(exp.If) if differs and not pairs else None
    whole, makers = _MADE_OF[type(inner)]
    rows = f" FILTER ({_text(node.expression.this)})" if isinstance(node, exp.Filter) else ""
    columns = {}
    for place, how in makers.items():
        sql = f"{how}({_text(inner.this)}){rows}"
        part = Part(_called("p", sql), sql, pairs, _text(case.this) if case else "")
        found[part.name] = part
        columns[place] = part.name
    return sqlglot.parse_one(whole.format(**columns), dialect="duckdb")


def _parsed(sql: str) -> exp.Expr:
    return sqlglot.parse_one(_NAME.sub(r"f_\1", sql), dialect="duckdb")


def _text(node: exp.Expr) -> str:
    return _named(node.sql(dialect="duckdb"))


def _named(sql: str) -> str:
    return _FLAG.sub(r"{\1}", sql)


def _called(kind: str, sql: str) -> str:
    return f"{kind}_{hashlib.sha256(sql.encode()).hexdigest()[:10]}"

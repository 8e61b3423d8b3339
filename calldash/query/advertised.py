"""Figures of advertising: calls from rollups, different clients by bitmaps, spend and deals as they are: these are few.

Rows stand in the CTEs `cells` (parts of calls, of spend and of deals), `buyers` (who bought) and `callers` (bitmaps of
clients who called), all by the dimensions asked for and the source.
"""

from collections.abc import Collection, Iterable, Sequence

from calldash.metrics import Metric
from calldash.metrics.parts import Merged, Part
from calldash.query.ad_parts import of_calls, of_money, of_sales, pieces
from calldash.query.ads import Ads, ads_of
from calldash.query.asked import Asked
from calldash.query.clients import bitmaps
from calldash.query.picking import with_flags
from calldash.query.terms import Question

TABLES = ("spend", "paid_sources")


def advertised(metrics: Sequence[Metric], asking: Asked, levels: bool = False) -> Question | None:
    """The SELECT of figures of `TABLES`; None where rollups cannot tell them.

    With `levels` it has rows by the first `level` of the breakdowns, for each from none to all.
    """
    plain = {metric.key: pieces(metric.sql) for metric in metrics if metric.table == "spend"}
    asks = ads_of(plain, [metric for metric in metrics if metric.table == "paid_sources"], asking)
    return answered(asks, levels) if asks else None


def answered(asks: Ads, levels: bool = False) -> Question:
    """The SELECT of what is asked."""
    asked = Question()
    apart = [part for part in asks.parts() if part.distinct and part.name not in asks.kept_clients()]
    rows = {"cells": _cells(asks, [part for part in asks.parts() if part not in apart], asked)}
    if called := [part for part in apart if "{inbound}" in part.distinct]:
        rows["callers"] = _callers(asks, asked)
    if bought := [part for part in apart if part not in called]:
        rows["buyers"] = _buyers(asks, bought, asked)
    if levels:
        rows = {name: _levelled(sql, asks.asking.by) for name, sql in rows.items()}
    heads = [f"{name} AS MATERIALIZED ({sql})" for name, sql in rows.items()]
    asked.sql = f"WITH {', '.join(heads)} {_answer(asks, [*called, *bought], levels, asked)}"
    return asked


def _levelled(rows: str, by: Sequence[str]) -> str:
    """The same rows once a level, with as many breakdowns as it has."""
    kept = ", ".join(f"CASE WHEN level > {at} THEN d_{key} END AS d_{key}" for at, key in enumerate(by))
    every = f"(SELECT unnest({list(range(len(by) + 1))}) AS level)"
    return f"SELECT * REPLACE ({kept}) FROM ({rows}) CROSS JOIN {every}"


def _cells(asks: Ads, parts: list[Part], asked: Question) -> str:
    """What adds up: the calls' share as it was kept, and that of spend and deals."""
    of_no_deal = [part for part in parts if not (asks.by_deals and of_sales(part))]
    shares = [share for part in of_no_deal if (share := of_calls(part))]
    if_paid = {part.name for part in parts if "{paid}" in part.sql}
    told = [f"CASE WHEN paid THEN {one.name} END AS {one.name}" if one.name in if_paid else one.name for one in shares]
    kept = f"SELECT *, {asks.paid(asked)} AS paid FROM ({asks.kept(asks.ads, shares, asked)})"
    found = [f"SELECT {', '.join([*asks.columns, *told])} FROM ({kept})"]
    if money := [share for part in parts if (share := of_money(part, asks.by_deals))]:
        told = [f"{with_flags(share.sql)} AS {share.name}" for share in money]
        rows = asks.money([share.sql for share in money], asked)
        found.append(f"SELECT {', '.join([*asks.columns, *told])} FROM ({rows}) GROUP BY ALL")
    return " UNION ALL BY NAME ".join(found)


def _buyers(asks: Ads, bought: list[Part], asked: Question) -> str:
    """A row a sale of a call, or a deal of a source, with the flags that counts of them need."""
    found, paid = [], asks.paid(asked)
    columns = [*asks.columns, f"{paid} AS f_paid"]
    only = paid if all("{paid}" in part.distinct for part in bought) else "TRUE"
    if not asks.by_deals:
        told = [*columns, "d_client_id AS client_id", "TRUE AS f_sale"]
        kept = asks.kept(asks.buyers, (), asked, ["client_id"])
        found.append(f"SELECT {', '.join(told)} FROM ({kept}) WHERE {only}")
    if any(of_money(part, asks.by_deals) for part in bought):
        told = [*columns, "client_id", "deal_no", "f_won", f"{'f_won' if asks.by_deals else 'FALSE'} AS f_sale"]
        found.append(f"SELECT {', '.join(told)} FROM ({asks.money(['{won}'], asked)})")
    return " UNION ALL BY NAME ".join(found)


def _callers(asks: Ads, asked: Question) -> str:
    kept = asks.kept(asks.callers, (), asked, ["client_id"])
    return bitmaps(f"(SELECT *, d_client_id AS client_id FROM ({kept}))", asks.columns, asks.paid(asked))


def _answer(asks: Ads, apart: list[Part], levels: bool, asked: Question) -> str:
    """The SELECT over the CTEs."""
    group = [*(["level"] if levels else []), *(f"d_{key}" for key in asks.asking.by)]
    found = []
    if asks.plain:
        rows = _together(group, asks.plain.values(), apart)
        seed = " UNION ALL BY NAME SELECT 0 AS level" if levels else ""  # over everything there is a row
        found.append(_grouped(group, _named(asks.plain), f"({rows}{seed})"))
    if asks.by_source:
        inner = [*group, "of_source"]
        rows = f"({_together(inner, asks.told.values(), apart)}) WHERE {asks.paid(asked, 'of_source')}"
        figures = [f"{one.sql} AS {one.key}" for one in asks.by_source]
        found.append(_grouped(group, figures, f"({_grouped(inner, _named(asks.told), rows)})"))
    listed = {name.removeprefix("d_"): f"a.{name}" for name in group}
    keys = [*asks.plain, *(one.key for one in asks.by_source)]
    same = " AND ".join(f"a.{name} IS NOT DISTINCT FROM b.{name}" for name in group) or "TRUE"
    both = f"({found[0]}) a" if len(found) == 1 else f"({found[0]}) a LEFT JOIN ({found[1]}) b ON {same}"
    ending = f" ORDER BY {', '.join(listed)}" if group else ""
    return f"SELECT {', '.join([*(f'{sql} AS {name}' for name, sql in listed.items()), *keys])} FROM {both}{ending}"


def _named(wholes: dict[str, Merged]) -> list[str]:
    return [f"{whole.sql} AS {name}" for name, whole in wholes.items()]


def _grouped(group: Sequence[str], listed: Sequence[str], over: str) -> str:
    ending = f" GROUP BY {', '.join(group)}" if group else ""
    return f"SELECT {', '.join([*group, *listed])} FROM {over}{ending}"


def _together(group: Sequence[str], wholes: Collection[Merged], apart: Iterable[Part]) -> str:
    """The cells, and what is different in each group and asked for, which stands once in it."""
    needed = {part.name for whole in wholes for part in whole.parts}
    apart = [part for part in apart if part.name in needed]
    called = [part for part in apart if "{inbound}" in part.distinct]
    bought = [f"{with_flags(part.sql)} AS {part.name}" for part in apart if part not in called]
    found = ["SELECT * FROM cells"]
    for part in called:
        seen = _grouped([*group, "part"], ["bit_or(seen) AS seen"], "callers")
        found.append(_grouped(group, [f"CAST(sum(bit_count(seen)) AS BIGINT) AS {part.name}"], f"({seen})"))
    if bought:
        found.append(_grouped(group, bought, "buyers"))
    return " UNION ALL BY NAME ".join(found)

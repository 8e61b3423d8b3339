"""`results`: what advertising cost and brought, as table, JSON or CSV."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from calldash import formats
from calldash.advertising import ad_results
from calldash.advertising.results.lines import Line
from calldash.commands.kpi import chosen_of
from calldash.filters import CallFilter
from calldash.problems import Problem
from calldash.store import Store

Rows = Iterator[dict[str, Any]]
_DIGITS = 4


def run(store: Store, arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """`subject`, `since`, `until`, `where`, `format`, and of the planner `amount` and `what`; gives what is printed."""
    asked = chosen_of(arguments)
    chosen = ad_results.narrowed(asked)
    aside = [name for name, _values in asked.chosen if name not in dict(chosen.chosen)]
    if aside or asked.ranges:
        known = ", ".join(ad_results.DIMENSIONS)
        raise Problem("Spend is known by: {known}. It cannot be filtered otherwise.", known=known)
    rows = list(SUBJECTS[arguments["subject"]](store, chosen, arguments))
    return _FORMATS[arguments.get("format") or "table"](rows)


def _sources(store: Store, chosen: CallFilter, _arguments: dict[str, Any]) -> Rows:
    found = ad_results.results(store, chosen)
    return (_of_line(line, ("source",)) for line in [found.whole, *found.sources])


def _campaigns(store: Store, chosen: CallFilter, _arguments: dict[str, Any]) -> Rows:
    return (_of_line(line, ("source", "campaign")) for line in ad_results.results(store, chosen).campaigns)


def _of_line(line: Line, names: tuple[str, ...]) -> dict[str, Any]:
    """A line as cells; without codes it is the one over all, and its names are empty."""
    row: dict[str, Any] = {name: line.codes[place] if line.codes else "" for place, name in enumerate(names)}
    for key, figure in line.figures.items():
        row[key] = _number(figure.value)
        if figure.interval:
            row |= {f"{key}_low": _number(figure.interval.low), f"{key}_high": _number(figure.interval.high)}
        if figure.cases is not None:
            row[f"{key}_cases"] = figure.cases
    return row


def _models(store: Store, chosen: CallFilter, _arguments: dict[str, Any]) -> Rows:
    for row in ad_results.by_models(store, chosen).to_dict("records"):
        yield {str(name): _number(value) for name, value in row.items()}


def _cohorts(store: Store, chosen: CallFilter, _arguments: dict[str, Any]) -> Rows:
    for one in ad_results.cohorts(store, chosen):
        row = {"first": one.first.isoformat(), "last": one.last.isoformat(), "clients": one.clients}
        row |= {"cost": _number(one.cost), "maturity": _number(one.maturity)}
        for at in one.reached:
            row |= {f"buyers_{at.days}d": at.buyers, f"profit_{at.days}d": _number(at.profit)}
        yield row


def _missed(store: Store, chosen: CallFilter, _arguments: dict[str, Any]) -> Rows:
    for row in ad_results.lost_money(store, chosen).to_dict("records"):
        names = {name: _number(row[name]) for name in ("source", "campaign")}
        cells = {"hour": int(row["hour"]), "lost_clients": int(row["missed_ad_cost_cases"])}
        yield names | cells | {"missed_ad_cost": _number(row["missed_ad_cost"])}


def _planner(store: Store, chosen: CallFilter, arguments: dict[str, Any]) -> Rows:
    amount = float(arguments.get("amount") or 10_000)
    for one in ad_results.plan(store, chosen, arguments.get("what") or "targets", amount):
        row = {"source": one.source, "spent": _number(one.spent), "average": _number(one.average)}
        low, high = (one.interval.low, one.interval.high) if one.interval else (None, None)
        row |= {"more": _number(one.more), "more_low": _number(low), "more_high": _number(high)}
        yield row | {"cases": one.cases, "silent": one.silent}


SUBJECTS: dict[str, Callable[[Store, CallFilter, dict[str, Any]], Rows]] = {
    "sources": _sources,
    "campaigns": _campaigns,
    "models": _models,
    "cohorts": _cohorts,
    "missed": _missed,
    "planner": _planner,
}


def _number(value: Any) -> Any:
    """A cell: numbers of few digits, None where nothing is known, text as it is."""
    if isinstance(value, str):
        return value
    return None if pd.isna(value) else round(float(value), _DIGITS)


def _columns(rows: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def _json(rows: list[dict[str, Any]]) -> str:
    names = _columns(rows)
    return json.dumps([{name: row.get(name) for name in names} for row in rows], ensure_ascii=False, indent=2)


def _csv(rows: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, _columns(rows), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().rstrip("\n")


def _table(rows: list[dict[str, Any]]) -> str:
    """The rows without what only programs want: intervals stand in JSON and CSV."""
    names = [name for name in _columns(rows) if not name.endswith(("_low", "_high", "_cases")) or "more" in name]
    lines = [names, *([_shown(row.get(name)) for name in names] for row in rows)]
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def _shown(value: Any) -> str:
    if value is None:
        return formats.NOTHING
    return value if isinstance(value, str) else f"{value:.2f}" if isinstance(value, float) else str(value)


_FORMATS: dict[str, Callable[[list[dict[str, Any]]], str]] = {"table": _table, "json": _json, "csv": _csv}

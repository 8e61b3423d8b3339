"""`forecast`: the calls of the next two weeks by day or hour, with the errors of the past, as table, JSON or CSV."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pandas as pd

from calldash import formats
from calldash.asking import ask
from calldash.commands.kpi import chosen_of
from calldash.filters import CallFilter
from calldash.forecast.outlook import Outlook, Short, outlook
from calldash.problems import Problem
from calldash.store import Store

_COLUMNS = {"day": ["day", "calls", "low", "high"], "hour": ["day", "hour", "calls", "low", "high"]}


def run(store: Store, arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """`by` (day or hour), `where` and `format`; gives what is printed."""
    found = found_in(store, chosen_of(arguments))
    if isinstance(found, Short):
        raise Problem("Too little history for a forecast: {weeks} whole weeks with calls.", weeks=found.weeks)
    return _FORMATS[arguments.get("format") or "table"](found, arguments.get("by") or "day")


def found_in(store: Store, chosen: CallFilter) -> Outlook | Short:
    """The outlook of a filter's calls."""
    days = ask(store, ["calls"], ["day"])["day"]
    if days.empty:
        raise Problem("There are no calls yet.")
    return outlook(lambda one: _count(store, one), chosen, (days.iloc[0].date(), days.iloc[-1].date()), store.settings)


def _count(store: Store, chosen: CallFilter) -> pd.DataFrame:
    return ask(store, ["inbound_calls"], ["day", "hour"], chosen).rename(columns={"inbound_calls": "calls"})


def _rows(found: Outlook, by: str) -> list[dict[str, Any]]:
    frame = found.hours if by == "hour" else found.days
    return [{key: _plain(key, row[key]) for key in _COLUMNS[by]} for row in frame.to_dict("records")]


def _plain(key: str, value: Any) -> Any:
    if key == "day":
        return value.date().isoformat()
    if pd.isna(value):
        return None
    return round(float(value), 2) if key == "calls" else int(value)


def _json(found: Outlook, by: str) -> str:
    told = {
        "rule": found.rule,
        "weeks_tried": found.weeks,
        "errors": {score.key: round(score.error, 4) for score in found.scores},
        "within_band": found.held,
        "hours_within_band": found.hours_held,
    }
    return json.dumps(told | {f"{by}s": _rows(found, by)}, ensure_ascii=False, indent=2)


def _csv(found: Outlook, by: str) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS[by], lineterminator="\n")
    writer.writeheader()
    writer.writerows(_rows(found, by))
    return out.getvalue().rstrip("\n")


def _table(found: Outlook, by: str) -> str:
    lines = [_COLUMNS[by]]
    lines += [[formats.NOTHING if cell is None else str(cell) for cell in row.values()] for row in _rows(found, by)]
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    text = ["  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    errors = ", ".join(f"{score.key} {score.error:.1%}" for score in found.scores)
    return "\n".join([*text, f"rule {found.rule}; off by over {found.weeks} weeks: {errors}"])


_FORMATS: dict[str, Callable[[Outlook, str], str]] = {"table": _table, "json": _json, "csv": _csv}

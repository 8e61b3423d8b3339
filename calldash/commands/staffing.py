"""`staffing`: how many people each half hour needs, as a table, JSON or CSV."""

import csv
import io
import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from calldash import reports
from calldash.asking import ask
from calldash.commands import forecast
from calldash.commands.kpi import chosen_of
from calldash.filters import CallFilter
from calldash.forecast.outlook import Short
from calldash.problems import Problem
from calldash.rollups import moment
from calldash.staffing import options
from calldash.staffing.columns import COLUMNS, shown
from calldash.staffing.days import span
from calldash.staffing.study import Study, study
from calldash.store import Store

_OF_DATES = (
    "calls",
    "high",
    "aht_s",
    "load",
    "agents",
    "agents_high",
    "scheduled",
    "service_level",
    "asa_s",
    "occupancy",
)


def run(store: Store, arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """`since`, `until`, `where`, `format` and the names of `staffing.options`; gives what is printed."""
    chosen = chosen_of(arguments)
    days = ask(store, ["calls"], ["day"])["day"]
    if days.empty:
        raise Problem("There are no calls yet.")
    given = {name: str(arguments[name]) for name in options.NAMES if arguments.get(name) is not None}
    asked = options.from_pairs(given, store.settings)
    history = (days.iloc[0].date(), days.iloc[-1].date())
    coming = _hours(store, chosen) if asked.basis == options.FORECAST else None
    found = study(partial(_report, store), chosen, history, store.settings, asked, coming)
    if found.is_empty:
        raise Problem("No whole day with inbound calls here: choose a longer period or fewer filters.")
    return _FORMATS[arguments.get("format") or "table"](found)


def _hours(store: Store, chosen: CallFilter) -> pd.DataFrame:
    found = forecast.found_in(store, chosen)
    if isinstance(found, Short):
        raise Problem("Too little history for a forecast: {weeks} whole weeks with calls.", weeks=found.weeks)
    return found.hours


def _report(store: Store, name: str, chosen: CallFilter, **values: Any) -> pd.DataFrame:
    return reports.run(store, name, chosen, moment(store), **values)


def _halves(found: Study) -> list[dict[str, Any]]:
    """Each half hour as plain values; a word where there is no number, null where nothing is known."""
    keys = [column.key for column in COLUMNS if column.key in found.halves]
    return [
        {"half_hour": span(int(row["half"]))} | {key: _plain(row[key]) for key in keys}
        for row in found.halves.to_dict("records")
    ]


def _dates(ahead: pd.DataFrame) -> list[dict[str, Any]]:
    """The same for the half hours of dates to come."""
    return [
        {"day": row["day"].date().isoformat(), "half_hour": span(int(row["half"]))}
        | {key: _plain(row[key]) for key in _OF_DATES}
        for row in ahead.to_dict("records")
    ]


def _rows(found: Study) -> list[dict[str, Any]]:
    """What is printed: dates where a forecast is asked for, else half hours of an ordinary day."""
    return _halves(found) if found.ahead is None else _dates(found.ahead)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    if pd.isna(value):
        return None
    return int(value) if float(value).is_integer() else round(float(value), 6)


def _json(found: Study) -> str:
    patience = vars(found.patience) if found.patience else None
    whole = {"formula": f"erlang_{found.model}", **vars(found.options), "days": len(found.days.counted)}
    whole |= {"patience": patience, "half_hours": _halves(found)}
    whole |= {} if found.ahead is None else {"ahead": _dates(found.ahead)}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _csv(found: Study) -> str:
    rows, out = _rows(found), io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().rstrip("\n")


def _table(found: Study) -> str:
    units = {column.key: column.unit for column in COLUMNS} | {"high": "mean", "agents_high": "count"}
    rows = _rows(found)
    lines = [list(rows[0]) if rows else []]
    lines += [[shown(units[key], cell) if key in units else cell for key, cell in row.items()] for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)


_FORMATS: dict[str, Callable[[Study], str]] = {"table": _table, "json": _json, "csv": _csv}

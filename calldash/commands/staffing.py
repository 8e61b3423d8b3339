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
from calldash.commands.kpi import chosen_of
from calldash.problems import Problem
from calldash.rollups import moment
from calldash.staffing import options
from calldash.staffing.columns import COLUMNS, shown
from calldash.staffing.days import span
from calldash.staffing.study import Study, study
from calldash.store import Store

_KEYS = [column.key for column in COLUMNS if column.key != "replayed"]


def run(store: Store, arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """`since`, `until`, `where`, `format` and the names of `staffing.options`; gives what is printed."""
    chosen = chosen_of(arguments)
    days = ask(store, ["calls"], ["day"])["day"]
    if days.empty:
        raise Problem("There are no calls yet.")
    asked = {name: str(arguments[name]) for name in options.NAMES if arguments.get(name) is not None}
    answer = partial(_report, store)
    history = (days.iloc[0].date(), days.iloc[-1].date())
    found = study(answer, chosen, history, store.settings, options.from_pairs(asked, store.settings))
    if found.is_empty:
        raise Problem("No whole day with inbound calls here: choose a longer period or fewer filters.")
    return _FORMATS[arguments.get("format") or "table"](found)


def _report(store: Store, name: str, chosen: Any, **values: Any) -> pd.DataFrame:
    return reports.run(store, name, chosen, moment(store), **values)


def _rows(found: Study) -> list[dict[str, Any]]:
    """Each half hour as plain values; a word where there is no number, null where nothing is known."""
    return [
        {"half_hour": span(int(row["half"]))} | {key: _plain(row[key]) for key in _KEYS}
        for row in found.halves.to_dict("records")
    ]


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    if pd.isna(value):
        return None
    return int(value) if float(value).is_integer() else round(float(value), 6)


def _json(found: Study) -> str:
    patience = vars(found.patience) if found.patience else None
    whole = {"formula": f"erlang_{found.model}", **vars(found.options), "days": len(found.days.counted)}
    return json.dumps(whole | {"patience": patience, "half_hours": _rows(found)}, ensure_ascii=False, indent=2)


def _csv(found: Study) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, ["half_hour", *_KEYS], lineterminator="\n")
    writer.writeheader()
    writer.writerows(_rows(found))
    return out.getvalue().rstrip("\n")


def _table(found: Study) -> str:
    units = {column.key: column.unit for column in COLUMNS}
    lines = [["half_hour", *_KEYS]]
    for row in found.halves.to_dict("records"):
        lines.append([span(int(row["half"])), *(shown(units[key], row[key]) for key in _KEYS)])
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)


_FORMATS: dict[str, Callable[[Study], str]] = {"table": _table, "json": _json, "csv": _csv}

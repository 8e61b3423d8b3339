"""`kpi`: figures of the catalogue as a table, JSON or CSV."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from calldash.asking import ask, value_text
from calldash.filters import CallFilter, strict_filter
from calldash.formats import show
from calldash.labels import title, value_label
from calldash.metrics import DIMENSIONS, METRICS
from calldash.numbers import places
from calldash.problems import Problem
from calldash.store import Store

ALL = "all"


def run(store: Store, arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """`keys`, `by`, `since`, `until`, `where` (KEY=V,… texts) and `format`; gives what is printed."""
    keys = _keys(arguments["keys"])
    by = arguments.get("by")
    if by:
        _known(by, DIMENSIONS, "There is no dimension {key}. Known are: {known}.")
    chosen = chosen_of(arguments)
    places.fill_for(store, [by or "", *(name for name, _values in chosen.chosen)])
    frame = ask(store, keys, [by] if by else [], chosen)
    return _FORMATS[arguments.get("format") or "table"](frame, keys, by)


def _keys(given: list[str]) -> list[str]:
    if ALL in given:
        return list(METRICS)
    for key in given:
        _known(key, METRICS, "There is no figure {key}. Known are: {known}.")
    return list(dict.fromkeys(given))


def _known(key: str, catalogue: dict[str, Any], message: str) -> None:
    if key not in catalogue:
        raise Problem(message, key=key, known=", ".join(catalogue))


def chosen_of(arguments: dict[str, Any]) -> CallFilter:
    """The filter of `since`, `until` and `where`; unlike a URL's, nonsense is an error."""
    pairs: dict[str, str] = {}
    for text in arguments.get("where") or []:
        key, sign, values = text.partition("=")
        if not sign:
            raise Problem("--where {text}: write KEY=VALUE.", text=text)
        if key in pairs:
            raise Problem("--where {key} stands twice: write its values in one, with commas.", key=key)
        pairs[key] = values
    chosen = strict_filter.read(pairs, "--where ")
    since, until = _day(arguments.get("since")), _day(arguments.get("until"))
    if since and until and since > until:
        raise Problem("The period ends ({until}) before it begins ({since}).", since=since, until=until)
    return replace(chosen, since=since, until=until)


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Problem("{text} is not a day such as 2026-01-31.", text=text) from error


def _plain(value: Any) -> int | float | None:
    if pd.isna(value):
        return None
    if isinstance(value, Decimal):
        value = float(value)
    return int(value) if float(value).is_integer() and not isinstance(value, float) else float(value)


def _json(frame: pd.DataFrame, keys: list[str], by: str | None) -> str:
    rows = [{key: _plain(row[key]) for key in keys} for row in frame.to_dict("records")]
    found: Any = rows[0] if not by else dict(zip((value_text(by, v) for v in frame[by]), rows, strict=True))
    return json.dumps(found, ensure_ascii=False, indent=2)


def _csv(frame: pd.DataFrame, keys: list[str], by: str | None) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*([by] if by else []), *keys])
    for row in frame.to_dict("records"):
        writer.writerow([*([value_text(by, row[by])] if by else []), *(_plain(row[key]) for key in keys)])
    return out.getvalue().rstrip("\n")


def _table(frame: pd.DataFrame, keys: list[str], by: str | None) -> str:
    rows = frame.to_dict("records")
    if not by:
        lines = [[key, title(key), show(key, rows[0][key])] for key in keys]
    else:
        lines = [[by, *keys]]
        lines += [[value_label(by, row[by]), *(show(key, row[key]) for key in keys)] for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


_FORMATS: dict[str, Callable[[pd.DataFrame, list[str], str | None], str]] = {
    "table": _table,
    "json": _json,
    "csv": _csv,
}

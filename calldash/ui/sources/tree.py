"""Sources that open into media, campaigns, keywords and advertisements: a table with the change of each number."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from calldash import formats
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import mark
from calldash.labels import definition, short_title, title, value_code, value_label
from calldash.ui import asking, drill, opening_table, parts
from calldash.ui.opening_table import Cell, Pressed, Row

LEVELS = ("source", "medium", "campaign", "keyword", "ad")
# Columns that fit side by side, the first of each what rows are ordered by.
GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "calls": (mark("Calls and targets"), (
        "inbound_calls", "unique_calls", "target_calls", "unique_target_calls", "repeat_calls", "spam_calls",
    )),
    "clients": (mark("Clients and misses"), (
        "inbound_calls", "clients", "missed_calls", "missed_share", "lost_clients", "total_talk_s",
    )),
    "sales": (mark("Sales"), ("inbound_calls", "unique_target_calls", "sale_calls", "sale_share", "revenue")),
}  # fmt: skip
_GROUP, _KEY, _OPEN = "columns", "sources_columns", "open"
Path = tuple[str | None, ...]


def draw(chosen: CallFilter, before: CallFilter | None) -> None:
    """The switch between groups of columns, and the table; what is open stands in the URL."""
    keys = GROUPS[_group()][1]
    opened = _opened()
    now, then = _numbers(keys, chosen, opened), _numbers(keys, before, opened) if before else {}
    paths = _ordered(now, opened, keys[0])
    if not paths:
        st.info(_("Nothing to show here: choose a longer period or fewer filters."), icon=":material/search_off:")
        return
    heads = [(_("Source → medium → campaign → keyword → advertisement"), "")]
    heads += [(short_title(key), f"{title(key)}: {definition(key)}") for key in keys]
    rows = [_row(path, now[path], then.get(path), keys, path in opened) for path in paths]
    pressed = opening_table.draw("sources_tree", heads, rows, _("Each source"))
    if pressed:
        _act(pressed, paths[pressed.row], keys, chosen, opened)


def _act(pressed: Pressed, path: Path, keys: Sequence[str], chosen: CallFilter, opened: set[Path]) -> None:
    if pressed.kind == "turned":
        kept = {one for one in opened if one[: len(path)] != path} if path in opened else opened | {path}
        _keep(kept)
        st.rerun()
    behind = keys[pressed.cell] if pressed.cell >= 0 else None
    drill.open_calls(drill.narrowed(replace(chosen, behind=behind), LEVELS, path))


def _group() -> str:
    titles = {code: words for code, (words, _keys) in GROUPS.items()}
    return parts.one_of(titles, _GROUP, _KEY, _("Columns"))


def _opened() -> set[Path]:
    """The rows that are open: a line of CSV each in the URL; what is nonsense is left out."""
    lines = st.query_params.get(_OPEN, "").splitlines()
    try:
        found = [tuple(value or None for value in row) for row in csv.reader(lines)]
    except csv.Error:
        return set()
    known = {path for path in found if 0 < len(path) < len(LEVELS)}
    return {path for path in known if all(path[:depth] in known for depth in range(1, len(path)))}


def _keep(opened: set[Path]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(
        ["" if value is None else value for value in path] for path in sorted(opened, key=repr)
    )
    if opened:
        st.query_params[_OPEN] = out.getvalue()
    else:
        st.query_params.pop(_OPEN, None)


def _numbers(keys: Sequence[str], chosen: CallFilter, opened: set[Path]) -> dict[Path, Mapping[str, Any]]:
    """The numbers of each row that shows: one question a level, over what is open above it."""
    found: dict[Path, Mapping[str, Any]] = {}
    for depth in range(1, len(LEVELS) + 1):
        parents = {path for path in opened if len(path) == depth - 1} if depth > 1 else {()}
        if not parents:
            break
        by, within = LEVELS[:depth], chosen
        for place, name in enumerate(by[:-1]):
            within = drill.narrowed(within, [name], [dict(enumerate({path[place] for path in parents}))])
        for row in asking.ask(keys, by, within, cases=True).to_dict("records"):
            path = tuple(value_code(name, row[name]) for name in by)
            if path[:-1] in parents and _says(row, keys):
                found[path] = {str(name): value for name, value in row.items()}
    return found


def _says(row: Mapping[Any, Any], keys: Sequence[str]) -> bool:
    """Whether anything was counted: internal calls, for one, have no source and none of these numbers."""
    return any(row[key] for key in keys if key != "revenue" and not pd.isna(row[key]))


def _ordered(found: Mapping[Path, Mapping[str, Any]], opened: set[Path], key: str) -> list[Path]:
    """The rows from top to bottom: below an open one its own, the largest first, what is not known last."""

    def below(parent: Path) -> list[Path]:
        mine = [path for path in found if path[:-1] == parent]
        mine.sort(key=lambda path: (path[-1] is None, -(found[path][key] or 0), path[-1] or ""))
        return [each for path in mine for each in (path, *(below(path) if path in opened else ()))]

    return below(())


def _row(path: Path, now: Mapping[str, Any], then: Mapping[str, Any] | None, keys: Sequence[str], is_open: bool) -> Row:
    state = "leaf" if len(path) == len(LEVELS) else "open" if is_open else "closed"
    cells = [_cell(key, now, then) for key in keys]
    return Row(value_label(LEVELS[len(path) - 1], path[-1]), cells, len(path) - 1, state)


def _cell(key: str, now: Mapping[str, Any], then: Mapping[str, Any] | None) -> Cell:
    value, cases = now[key], now.get(f"{key}_cases")
    text = formats.show(key, value)
    if cases is not None and not pd.isna(cases) and not pd.isna(value) and cases < formats.FEW:
        text += f" ({formats.number(int(cases))})"
    change = formats.change(key, value, then[key]) if then else None
    opens = not pd.isna(value) and bool(value)
    if change is None:
        return Cell(text, opens=opens)
    tone = {True: "good", False: "bad", None: ""}[change.good]
    was = _("before: {value}").format(value=formats.show(key, then[key] if then else None))
    return Cell(text, change.text, tone, was, opens)

"""The table of calls, as HTML of our own: headers sort in SQL, a row opens its call by its number, text stays text."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from calldash.colours import colour
from calldash.i18n import gettext as _
from calldash.metrics import CALL_COLUMNS
from calldash.ui import journal_state
from calldash.ui.journal_cells import cell, column_title, is_numeric, records
from calldash.ui.journal_state import View

_HERE = Path(__file__).parent
_draw = st.components.v2.component(
    "calldash_calls",
    html='<div class="frame"></div>\n',
    css=(_HERE / "journal_table.css").read_text(encoding="utf-8"),
    js=(_HERE / "journal_table.js").read_text(encoding="utf-8"),
)


def draw(
    calls: pd.DataFrame, columns: Sequence[str], key: str, caption: str, view: View | None = None, height: str = "none"
) -> bool:
    """Shows a frame of `query.listing` with `columns`; with a `view` its headers sort. Whether a row was opened now."""
    opened = _draw(
        key=key,
        data={
            "columns": [_column(name, view) for name in columns],
            "rows": rows(calls, columns),
            "labels": {
                "caption": caption,
                "open": _("Open the call"),
                "sort": _("Sort by this column") if view else "",
            },
            "height": height,
        },
        on_open_change=_changed(key, lambda state: journal_state.put_call(int(state["open"]))),
        on_sort_change=_changed(key, lambda state: journal_state.put((view or View()).sorted_by(state["sort"]))),
    )
    return opened["open"] is not None


def rows(calls: pd.DataFrame, columns: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of the table as the browser gets them."""
    now_open = journal_state.open_call()
    return [
        {
            "call_no": int(call["call_no"]),
            "href": journal_state.link(int(call["call_no"])),
            "open": str(call["call_no"]) == now_open,
            "cells": [_cell(name, call) for name in columns],
        }
        for call in records(calls)
    ]


def _cell(name: str, call: dict[str, Any]) -> dict[str, str]:
    found = cell(name, call[name], call.get("currency") or None)
    return {
        "text": found.text,
        "mark": found.mark,
        "colour": colour(found.meaning) if found.meaning else "",
    }


def _column(name: str, view: View | None) -> dict[str, Any]:
    found: dict[str, Any] = {"key": name, "title": column_title(name), "numeric": is_numeric(name)}
    if view and view.sort == name:
        found["sorted"] = "descending" if view.descending else "ascending"
    return found


def _changed(key: str, act: Callable[[Any], None]) -> Callable[[], None]:
    return lambda: act(st.session_state[key])


def needed(columns: Sequence[str]) -> tuple[str, ...]:
    """The journal columns to ask for so that `columns` can be shown: money needs its currency."""
    money = any(CALL_COLUMNS[name].unit == "money" for name in columns)
    return tuple(dict.fromkeys((*columns, *(("currency",) if money else ()))))

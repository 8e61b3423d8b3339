"""The table of calls, as HTML of our own: headers sort in SQL, a row opens its call by its number, text stays text.

Arrows, Home, End and the page keys walk the rows, Enter opens one, Space picks it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from calldash.colours import colour
from calldash.i18n import gettext as _
from calldash.metrics import CALL_COLUMNS
from calldash.telling.values import cell, column_title, is_numeric, records
from calldash.ui import component
from calldash.ui.journal import picked, state
from calldash.ui.journal.state import View

_draw = component.table("calldash_calls", "journal/table")


def draw(calls: pd.DataFrame, key: str, caption: str, view: View, listed: int, height: str) -> None:
    """Shows a page of `listed` calls, a frame of `query.listing` with at least the columns of `view`."""
    pages = state.pages(listed)
    _draw(
        key=key,
        data={
            "columns": [_column(name, view) for name in view.columns],
            "rows": rows(calls, view.columns),
            "first": view.offset + 1,
            "listed": listed,
            "more": {"before": view.page > 1, "after": view.page < pages},
            "picked": list(picked.numbers()),
            "labels": _labels(caption),
            "height": height,
        },
        on_open_change=_changed(key, "open", lambda value: state.put_call(int(value))),
        on_sort_change=_changed(key, "sort", lambda value: state.put(view.sorted_by(value))),
        on_turn_change=_changed(key, "turn", lambda way: state.put(replace(view, page=view.page + int(way)))),
        on_picked_change=_changed(key, "picked", picked.put),
    )


def _labels(caption: str) -> dict[str, str]:
    return {
        "caption": caption,
        "open": _("Open the call"),
        "sort": _("Sort by this column"),
        "pick": _("Pick the call"),
        "every": _("Pick all calls of this page"),
    }


def rows(calls: pd.DataFrame, columns: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of the table as the browser gets them."""
    links = state.links(int(number) for number in calls["call_no"])
    return [
        {
            "call_no": (number := int(call["call_no"])),
            "href": links[number][0],
            "open": links[number][1],
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


def _column(name: str, view: View) -> dict[str, Any]:
    found: dict[str, Any] = {"key": name, "title": column_title(name), "numeric": is_numeric(name)}
    if view.sort == name:
        found["sorted"] = "descending" if view.descending else "ascending"
    return found


def _changed(key: str, name: str, act: Callable[[Any], None]) -> Callable[[], None]:
    return lambda: act(st.session_state[key][name])


def needed(columns: Sequence[str]) -> tuple[str, ...]:
    """The journal columns to ask for so that `columns` can be shown: money needs its currency."""
    money = any(CALL_COLUMNS[name].unit == "money" for name in columns)
    return tuple(dict.fromkeys((*columns, *(("currency",) if money else ()))))

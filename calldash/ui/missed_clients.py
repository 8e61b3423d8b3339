"""The clients still to call, the most urgent first: their number dials, their row opens all their calls."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st
from babel.dates import format_skeleton

from calldash import formats
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import locale, mark, ngettext
from calldash.labels import dimension_title, value_label
from calldash.server.running import store
from calldash.ui import asking, drill, menu
from calldash.ui.journal_phones import shown as as_phone

LIMIT, ROWS = 500, 20  # clients asked for, and shown at once
_DAYS = 7  # how far back before the miss a client's calls are opened
_DIALLED = re.compile(r"\+?\d+")
# The columns after the client's number: of the report, title, whether it is a number, what hovering says.
COLUMNS = (
    ("waiting_s", mark("Waits for a callback"), True, mark("Since the end of the first missed call, h:mm:ss")),
    ("at", mark("Last missed"), True, ""),
    ("times", mark("Missed, times"), True, ""),
    ("wait_s", mark("Waited"), True, mark("The longest of these waits, m:ss")),
    ("tries", mark("Tried, times"), True, ""),
    ("state", mark("Callback"), False, ""),
    ("queue", mark("Queue"), False, ""),
    ("line", mark("Line"), False, ""),
)
_HERE = Path(__file__).parent
_CSS = "td:has(button) {padding: 0} .box {max-width: 11rem}\n"
_show = st.components.v2.component(
    "calldash_missed",
    html='<div class="frame"></div>\n',
    css=(_HERE / "journal_table.css").read_text(encoding="utf-8") + _CSS,
    js=(_HERE / "missed_table.js").read_text(encoding="utf-8"),
)


def draw(chosen: CallFilter) -> None:
    """Draws the list for the filter's queues, lines and people, whatever its period: it is about now."""
    scope = replace(chosen, since=None, until=None, behind=None)
    found = asking.report("still_to_call", scope, zone=store().settings.zone, limit=LIMIT)
    total = 0 if found.empty else int(found["total"].iloc[0])
    drill.heading(_("Clients still to call") + (f": {formats.number(total)}" if total else ""))
    if not total:
        st.success(_("Nobody is waiting for a call."), icon=":material/task_alt:")
        return
    text = _(
        "Missed within {hours} h up to now, whatever the period, and not reached since. Those nobody tried come first."
    )
    st.caption(text.format(hours=formats.number(store().settings.callback_window_h)) + _beyond(total))
    pages = -(-len(found) // ROWS)
    page = min(st.session_state.get("still_page") or 1, pages)
    _table(found.iloc[(page - 1) * ROWS : page * ROWS])
    if pages > 1:
        st.pagination(pages, key="still_page")


def _beyond(total: int) -> str:
    if total <= LIMIT:
        return ""
    text = ngettext("Shown is {number} of them.", "Shown are {number} of them.", LIMIT)
    return " " + text.format(number=formats.number(LIMIT))


def _table(found: pd.DataFrame) -> None:
    titles = [{"title": _(title), "numeric": numeric, "help": _(words)} for _key, title, numeric, words in COLUMNS]
    opens = _("Open the client's calls") if menu.exists("calls") else ""
    opened = _show(
        key="still_to_call",
        data={
            "columns": [{"title": dimension_title("client_id"), "numeric": False, "help": ""}, *titles],
            "rows": rows(found),
            "labels": {"caption": _("Clients still to call"), "open": opens, "dial": _("Dial")},
        },
        on_open_change=lambda: None,
    )
    if (picked := opened["open"]) is not None:
        same = found[found["client_id"] == int(picked)]
        if len(same):
            drill.open_calls(_calls_of(same.iloc[0]))


def rows(found: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of the report as the browser gets them."""
    return [
        {
            "id": int(row["client_id"]),
            "client": as_phone(row["client"]),
            "dial": f"tel:{row['client']}" if _DIALLED.fullmatch(row["client"]) else "",
            "cells": [_cell(key, row[key]) for key, *_rest in COLUMNS],
        }
        for _at, row in found.iterrows()
    ]


def _cell(key: str, value: Any) -> str:
    if pd.isna(value):
        return formats.NOTHING
    if key.endswith("_s"):
        return formats.duration(float(value))
    if key == "at":
        return f"{format_skeleton('MMMd', value, locale=locale())}, {value:%H:%M}"
    if key == "state":
        return value_label("callback", value)
    if key == "line":
        return as_phone(str(value))
    return str(value) if key == "queue" else formats.number(int(value))


def _calls_of(row: "pd.Series[Any]") -> CallFilter:
    """All calls of the row's client from a week before the miss on, without the page's other filters."""
    since = row["since"].date() - timedelta(days=_DAYS)
    return CallFilter(since, max(asking.today(), row["at"].date())).choose("client_id", [str(int(row["client_id"]))])

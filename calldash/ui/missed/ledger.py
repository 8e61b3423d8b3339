"""The clients who wait for a callback: a list in which a number dials, and an item is taken, released or closed."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pandas as pd
import streamlit as st

from calldash import formats
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import mark, ngettext
from calldash.labels import dimension_title
from calldash.missed import callbacks
from calldash.people import viewer
from calldash.server.running import store
from calldash.telling.marks import who as who_is
from calldash.telling.phones import shown as as_phone
from calldash.ui import asking, component, drill, menu
from calldash.ui.missed import closing, words

ROWS = 20  # shown at once
_DAYS = 7  # how far back before the miss a client's calls are opened
_DIALLED = re.compile(r"\+?\d+")
_PAGE, _STATE = "ledger_page", "ledger_state"
# The columns after the client's number: key, title, whether it is a number, what hovering says.
COLUMNS = (
    ("state", mark("Callback"), False, ""),
    ("waiting", mark("Waits for a callback"), True, mark("Since the end of the first missed call, h:mm:ss")),
    ("times", mark("Missed, times"), True, mark("All the client's missed calls since then, and the last of them")),
    ("wait_s", mark("Waited"), True, mark("The longest of these waits, m:ss")),
    ("tries", mark("Tried, times"), True, mark("Calls to the client since then, nobody reached; the last and by whom")),
    ("worth", mark("Worth"), True, mark("What a talk with the client brings on average")),
    ("place", mark("Where to"), False, mark("The queue and the lines the client called")),
    ("taken", mark("Taken by"), False, ""),
)
_show = component.table("calldash_ledger", "missed/ledger")


def items(chosen: CallFilter) -> pd.DataFrame:
    """The open items, asked once for each version of the data and each step; the frame is the caller's own."""
    step = callbacks.newest_step(store())
    return _items(repr((chosen.chosen, chosen.ranges, step, asking.stamp())), chosen, step)


@st.cache_data(max_entries=32, show_spinner=False)
def _items(key: str, _chosen: CallFilter, _step: int) -> pd.DataFrame:  # noqa: ARG001
    return callbacks.ledger(store(), _chosen, _step)


def draw(found: pd.DataFrame) -> None:
    """Draws the list of open items, and does what was chosen in it."""
    if found.empty:
        st.success(_("Nobody is waiting for a call."), icon=":material/task_alt:")
        return
    shown = _of_state(found)
    pages = max(1, -(-len(shown) // ROWS))
    page = min(st.session_state.get(_PAGE) or 1, pages)
    if len(shown):
        _table(shown.iloc[(page - 1) * ROWS : page * ROWS])
    else:
        st.info(_("Nobody of these is waiting."), icon=":material/task_alt:")
    if pages > 1:
        st.pagination(pages, key=_PAGE)
    if found["total"].iloc[0] > len(found):
        number = formats.number(len(found))
        st.caption(
            ngettext("Shown is {number} of them.", "Shown are {number} of them.", len(found)).format(number=number)
        )


def _of_state(found: pd.DataFrame) -> pd.DataFrame:
    counts = found["state"].value_counts()
    names = {"": f"{_('All')} {formats.number(len(found))}"}
    names |= {state: f"{words.state(state)} {formats.number(int(counts.get(state, 0)))}" for state in callbacks.STATES}
    picked = st.segmented_control(
        _("Show"), list(names), format_func=names.__getitem__, key=_STATE, default="", required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    return found[found["state"] == picked] if picked else found


def _table(found: pd.DataFrame) -> None:
    titles = [{"title": _(title), "numeric": numeric, "help": _(words)} for _key, title, numeric, words in COLUMNS]
    labels = {
        "caption": _("Clients to call back"), "dial": _("Call now"), "actions": _("Actions"),
        "open": _("Open the client's calls") if menu.exists("calls") else "",
    }  # fmt: skip
    if viewer.current().may("marks"):
        labels |= {"taken": _("Take"), "released": _("Release"), "closed": _("Close…")}
    columns = [{"title": dimension_title("client_id"), "numeric": False, "help": ""}, *titles]
    told = _show(
        key="ledger", data={"columns": columns, "rows": rows(found), "labels": labels}, on_act_change=lambda: None
    )
    if act := told["act"]:
        same = found[found["client_id"] == int(act["id"])]
        if len(same):
            _act(str(act["what"]), same.iloc[0])


def rows(found: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of the ledger as the browser gets them."""
    return [
        {
            "id": int(row["client_id"]),
            "client": as_phone(row["client"]),
            "dial": f"tel:{row['client']}" if _DIALLED.fullmatch(row["client"]) else "",
            "taken": not pd.isna(row["taken_by"]),
            "cells": [words.CELLS[key](row) for key, *_rest in COLUMNS],
        }
        for _at, row in found.iterrows()
    ]


def _act(what: str, row: "pd.Series[Any]") -> None:
    if what == "open":
        drill.open_calls(calls_of(row))
    if not viewer.current().may("marks"):
        return
    if what == "closed":
        closing.ask(as_phone(row["client"]), (row["system"], row["id"]))
        return
    callbacks.step(store(), viewer.current().login, what, (row["system"], row["id"]))
    st.rerun()


def calls_of(row: "pd.Series[Any]") -> CallFilter:
    """All calls of the row's client from a week before the miss on, without the page's other filters."""
    since = words.local(row["first_at"]).date() - timedelta(days=_DAYS)
    until = max(asking.today(), words.local(row["last_at"]).date())
    return replace(CallFilter(), since=since, until=until).choose("client_id", [str(int(row["client_id"]))])


def lately() -> None:
    """Draws what was done lately, the newest first; a closing can be taken back."""
    done = callbacks.done(store())
    if done.empty:
        return
    drill.heading(_("Done lately"))
    for at, row in done.iterrows():
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"ledger-step-{at}"):
            st.markdown(words.step(row, who_is(row["who"])))
            if row["what"] == "closed" and not row["undone"] and viewer.current().may("marks"):
                st.button(
                    _("Reopen"), key=f"reopen_{row['step_no']}", on_click=callbacks.step,
                    args=(store(), viewer.current().login, "reopened", (row["system"], row["id"])),
                )  # fmt: skip

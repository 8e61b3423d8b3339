"""The choice of the journal's columns: a list with those shown on top, to tick and to move by drag, button or keys."""

from dataclasses import replace

import streamlit as st

from calldash.filters.arranged import USUAL
from calldash.i18n import gettext as _
from calldash.metrics import CALL_COLUMNS
from calldash.telling.values import column_title
from calldash.ui import component
from calldash.ui.journal import state
from calldash.ui.journal.state import View

_KEY = "journal_columns"
_draw = component.listing("calldash_columns", "journal/columns", "list")


def draw(view: View) -> None:
    """Draws the list for the columns of a view; what is chosen is written to the URL."""
    st.caption(_("Tick what to show; drag, or use the arrows, to change the order."))
    rest = [key for key in CALL_COLUMNS if key not in view.columns]
    _draw(
        key=_KEY,
        data={
            "columns": [
                {"key": key, "title": column_title(key), "shown": key in view.columns} for key in (*view.columns, *rest)
            ],
            "labels": {
                "list": _("Columns, in the order in which they stand"),
                "up": _("Move up"),
                "down": _("Move down"),
            },
        },
        on_columns_change=lambda: put(view, st.session_state[_KEY]["columns"]),
    )
    st.button(
        _("The usual columns"), key="journal_usual", on_click=state.put, args=(replace(view, columns=USUAL),)
    )  # fmt: skip


def put(view: View, keys: list[str]) -> None:
    """Shows the columns `keys` in their order, the usual ones for none; unknown keys are left out."""
    known = tuple(dict.fromkeys(key for key in keys if key in CALL_COLUMNS))
    state.put(replace(view, columns=known or USUAL))

"""How many clients wait for a callback in each state, and what the states mean."""

import pandas as pd
import streamlit as st

from calldash import formats
from calldash.i18n import gettext as _
from calldash.i18n import mark
from calldash.missed import callbacks
from calldash.server.running import store
from calldash.ui.missed import words
from calldash.ui.safe import as_html

# What each state means for the share of those called back in time.
_MEANINGS = {
    "pending": mark("Nobody tried yet, and the target of {minutes} min is not over: counts nowhere yet."),
    "late": mark("Nobody tried within {minutes} min: counts as not called back in time."),
    "due": mark("Tried within {minutes} min, not reached yet: counts as called back in time."),
}
_COLOURS = {"pending": "waiting", "late": "missed", "due": "called_back"}
_CLOCKS = {"all": mark("The target runs on all minutes."), "working": mark("The target runs on working minutes only.")}


def draw(found: pd.DataFrame) -> None:
    """Draws a tile for each state."""
    counts = found["state"].value_counts()
    settings = store().settings
    minutes = formats.number(settings.callback_target_min)
    with st.grid(3, min_column_width=150):
        for state in callbacks.STATES:
            meaning = _(_MEANINGS[state]).format(minutes=minutes)
            st.html(_tile(state, int(counts.get(state, 0)), meaning))
    st.caption(_(_CLOCKS[settings.callback_clock]))


def _tile(state: str, count: int, meaning: str) -> str:
    swatch = f"flex:none;width:.7rem;height:.7rem;margin-top:.15rem;background:var(--cd-{_COLOURS[state]})"
    return (
        '<div class="cd-card" style="min-height:5.2rem">'
        f'<div class="cd-label" style="display:flex;gap:.4rem"><span style="{swatch}"></span>'
        f"<span>{as_html(words.state(state))}</span></div>"
        f'<div class="cd-value">{as_html(formats.number(count))}</div>'
        f'<div class="cd-note">{as_html(meaning)}</div></div>'
    )

"""The parts of a long page, one shown at a time: which one stands in the URL as a code."""

from collections.abc import Mapping

import streamlit as st

from calldash.i18n import gettext as _
from calldash.ui import fields

_NAME, _KEY = "part", "page_part_{}"


def switch(page: str, parts: Mapping[str, str]) -> str:
    """Draws the switch between `parts` (code -> msgid) of a page; gives the code of the one to show."""
    first, key = next(iter(parts)), _KEY.format(page)
    asked = st.query_params.get(_NAME, first)
    fields.hold(key, asked if asked in parts else first)
    names = {code: _(words) for code, words in parts.items()}
    picked = st.segmented_control(
        _("Part of the page"), list(names), format_func=names.__getitem__, key=key, required=True,
        label_visibility="collapsed", on_change=_changed, args=(key, first),
    )  # fmt: skip
    return picked or first


def _changed(key: str, first: str) -> None:
    """The part chosen stands in the URL; the first one need not."""
    chosen = st.session_state[key]
    if chosen == first:
        st.query_params.pop(_NAME, None)
    else:
        st.query_params[_NAME] = chosen

"""One of several things shown at a time, such as the parts of a long page: which one stands in the URL as a code."""

from collections.abc import Mapping

import streamlit as st

from calldash.i18n import gettext as _
from calldash.ui import fields

_NAME, _KEY = "part", "page_part_{}"


def switch(page: str, parts: Mapping[str, str]) -> str:
    """Draws the switch between `parts` (code -> msgid) of a page; gives the code of the one to show."""
    return one_of(parts, _NAME, _KEY.format(page), _("Part of the page"))


def one_of(choices: Mapping[str, str], name: str, key: str, label: str) -> str:
    """Draws a switch between `choices` (code -> msgid) whose code is `name` in the URL; gives the code chosen."""
    first = next(iter(choices))
    asked = st.query_params.get(name, first)
    fields.hold(key, asked if asked in choices else first)
    names = {code: _(words) for code, words in choices.items()}
    picked = st.segmented_control(
        label, list(names), format_func=names.__getitem__, key=key, required=True, label_visibility="collapsed",
        on_change=_changed, args=(name, key, first),
    )  # fmt: skip
    return str(picked or first)


def _changed(name: str, key: str, first: str) -> None:
    """What was chosen stands in the URL; the first one need not."""
    chosen = st.session_state[key]
    if chosen == first:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = chosen

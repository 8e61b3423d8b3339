"""The fields of the filter: breakdowns to choose from, a client's number, waiting and talking time.

The filter in the URL is the truth; a field shows it and writes changes back.
"""

from typing import Any

import streamlit as st

from calldash.client_search import find_clients
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.labels import dimension_title, value_label
from calldash.metrics import DIMENSIONS
from calldash.server.running import store
from calldash.ui import address, asking
from calldash.ui.safe import as_markdown

CHOICES = ("direction", "status", "team", "employee", "queue", "line", "source", "campaign", "kind", "recorded")
_CLIENT = "filter_client"
_UNSET = object()


def hold(key: str, value: Any) -> None:
    """Makes the field with `key` show `value`, unless it does already."""
    if st.session_state.get(key, _UNSET) != value:
        st.session_state[key] = value


def draw(chosen: CallFilter) -> None:
    """Draws all fields for the filter in force."""
    with st.grid(2, min_column_width=210):
        for dimension in CHOICES:
            _choice(dimension, chosen)
        _seconds("wait_s", _("Wait, seconds"), chosen)
        _seconds("talk_s", _("Talk, seconds"), chosen)
    _client()


def _choice(dimension: str, chosen: CallFilter) -> None:
    key = f"filter_{dimension}"
    held = ["" if value is None else value for value in chosen.values(dimension)]
    known = list(DIMENSIONS[dimension].values) or ["" if one is None else one for one in asking.values(dimension)]
    options = known + [value for value in held if value not in known]
    if len(options) < 2 and not held:
        return
    hold(key, held)
    names = {value: value_label(dimension, value or None) for value in options}
    st.multiselect(
        dimension_title(dimension),
        options,
        format_func=names.__getitem__,
        key=key,
        on_change=_choice_changed,
        args=(dimension,),
        placeholder=_("all"),
    )


def _choice_changed(dimension: str) -> None:
    picked = st.session_state[f"filter_{dimension}"]
    address.put(address.filter_now().choose(dimension, [value or None for value in picked]))


def _seconds(column: str, title: str, chosen: CallFilter) -> None:
    bounds = next(((low, high) for name, low, high in chosen.ranges if name == column), (None, None))
    with st.container(horizontal=True, gap="xsmall"):
        for side, value, hint in zip(("low", "high"), bounds, (_("from"), _("to")), strict=True):
            key = f"filter_{column}_{side}"
            hold(key, value)
            label = f"{title}: {hint}"
            st.number_input(
                label, min_value=0, step=1, key=key, on_change=_seconds_changed, args=(column,), placeholder=hint
            )


def _seconds_changed(column: str) -> None:
    low, high = (st.session_state[f"filter_{column}_{side}"] for side in ("low", "high"))
    address.put(address.filter_now().between(column, low, high))


def _client() -> None:
    st.text_input(_("Client number"), key=_CLIENT, on_change=_client_changed, placeholder=_("whole or a part"))
    text = st.session_state.get(_CLIENT, "").strip()
    if not text:
        return
    found = find_clients(store(), text)
    if not found:
        st.caption(_("No client has such a number."))
    elif len(found) > 1:
        st.caption(_("Several clients have it; choose:"))
        for client_id, number in found:
            st.button(
                as_markdown(number),
                key=f"client_{client_id}",
                type="tertiary",
                on_click=_client_picked,
                args=(client_id,),
            )


def _client_changed() -> None:
    found = find_clients(store(), st.session_state[_CLIENT].strip()) if st.session_state[_CLIENT].strip() else []
    if len(found) == 1:
        _client_picked(found[0][0])


def _client_picked(client_id: int) -> None:
    st.session_state[_CLIENT] = ""
    address.put(address.filter_now().choose("client_id", [str(client_id)]))

"""The fields of the filter: breakdowns to choose from, quantities to limit, a client's number; the rarer ones folded.

The filter in the URL is the truth; a field shows it and writes changes back.
"""

from decimal import Decimal
from typing import Any

import streamlit as st

from calldash.filters import RANGES, CallFilter
from calldash.i18n import gettext as _
from calldash.labels import dimension_title, value_label
from calldash.metrics import DIMENSIONS
from calldash.people import viewer
from calldash.server.running import store
from calldash.ui import address, asking, fields_client

CHOICES = ("direction", "status", "team", "employee", "queue", "line", "source", "campaign", "kind", "recorded")
LIMITS = ("wait_s", "talk_s")
MORE_CHOICES = (
    "line_group", "working",
    "weekday", "hour", "miss_reason", "callback", "outcome", "tag", "transcribed", "destination", "country",
    "region", "number_kind", "carrier", "roaming",
    "medium", "keyword", "ad", "source_by", "nature", "ruled", "provider", "system",
)  # fmt: skip
MORE_LIMITS = ("duration_s", "cost", "sale_amount")
_MORE = "filter_more"
_UNSET = object()


def hold(key: str, value: Any) -> None:
    """Makes the field with `key` show `value`, unless it does already."""
    if st.session_state.get(key, _UNSET) != value:
        st.session_state[key] = value


def draw(chosen: CallFilter) -> None:
    """Draws all fields for the filter in force."""
    if viewer.current().may("numbers"):
        fields_client.draw()
    _grid(CHOICES, LIMITS, chosen)
    rarer = {*MORE_CHOICES, *MORE_LIMITS}
    count = sum(name in rarer for name, *_values in (*chosen.chosen, *chosen.ranges))
    label = _("More filters ({number})").format(number=count) if count else _("More filters")
    # Only who opens them pays for their values.
    more = st.expander(label, expanded=bool(count), key=_MORE, on_change="rerun")
    if more.open:
        with more:
            _grid(MORE_CHOICES, MORE_LIMITS, chosen)


def _grid(choices: tuple[str, ...], limits: tuple[str, ...], chosen: CallFilter) -> None:
    with st.grid(2, min_column_width=210):
        for dimension in choices:
            if dimension == "line_group" and not store().settings.line_groups:
                continue
            _choice(dimension, chosen)
        for name in limits:
            _limits(name, chosen)


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


def _limits(name: str, chosen: CallFilter) -> None:
    """The two ends of a quantity; seconds are whole, amounts are not."""
    exact = RANGES[name].unit == "seconds"
    title = _("{quantity}, seconds").format(quantity=_(RANGES[name].title)) if exact else _(RANGES[name].title)
    kind: type[int] | type[float] = int if exact else float
    with st.container(horizontal=True, gap="xsmall"):
        for side, value, hint in zip(("low", "high"), chosen.bounds(name), (_("from"), _("to")), strict=True):
            key = f"filter_{name}_{side}"
            hold(key, None if value is None else kind(value))
            st.number_input(
                f"{title}: {hint}", value=None, min_value=kind(0), step=kind(1), key=key, on_change=_limits_changed,
                args=(name,), placeholder=hint, format=None if exact else "%.2f",
            )  # fmt: skip


def _limits_changed(name: str) -> None:
    kind = int if RANGES[name].unit == "seconds" else Decimal
    found = (st.session_state[f"filter_{name}_{side}"] for side in ("low", "high"))
    low, high = (None if value is None else kind(str(value)) for value in found)
    address.put(address.filter_now().between(name, low, high))

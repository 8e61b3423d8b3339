"""What the filtered calls are in sum: one question, a line above the table."""

from typing import Any

import streamlit as st

from calldash import formats, query
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import mark, ngettext
from calldash.labels import title
from calldash.metrics import METRICS
from calldash.query import Moment
from calldash.server.running import store
from calldash.store import Store
from calldash.ui import asking
from calldash.ui.safe import as_html

Sums = dict[str, Any]
# Besides how many there are, in their order; the reason stands where a number cannot be known.
_SHOWN = ("answered_calls", "missed_calls", "talk_s", "avg_wait_s", "cost")
_TITLES = {"talk_s": (mark("Talk"), "seconds"), "cost": (mark("Cost"), "money")}
_UNKNOWN = {
    "talk_s": mark("No time known in this selection"),
    "avg_wait_s": mark("no answered call with a known wait"),
    "cost": mark("No amount known, or several currencies"),
}


def of(chosen: CallFilter) -> Sums:
    """`listed` and the sums of the calls of a filter, by name; None is not known."""
    return _sums(store(), chosen, asking.stamp())


@st.cache_data(max_entries=64, show_spinner=False)
def _sums(_store: Store, chosen: CallFilter, stamp: tuple[str, ...]) -> Sums:  # noqa: ARG001
    asked = query.count_of(chosen, Moment(_store.settings, _store.now()))
    found = _store.frame(asked.sql, asked.values).astype(object)
    return {str(name): value for name, value in found.where(found.notna(), None).iloc[0].items()}


def markup(sums: Sums) -> str:
    """The line as HTML."""
    listed = int(sums["listed"])
    calls = ngettext("{number} call", "{number} calls", listed).format(number=formats.number(listed))
    parts = [f"<b>{as_html(calls)}</b>", *(_part(name, sums[name]) for name in _SHOWN)]
    spans = "".join(f"<span>{part}</span>" for part in parts)
    return f'<div style="display:flex;flex-wrap:wrap;gap:.2rem 1.5rem;font-variant-numeric:tabular-nums">{spans}</div>'


def _part(name: str, value: Any) -> str:
    words, unit = _TITLES.get(name) or ("", METRICS[name].unit)
    why = f" <small>({as_html(_(_UNKNOWN[name]))})</small>" if value is None else ""
    return f"{as_html(_(words) or title(name))}: <b>{as_html(formats.in_unit(unit, value))}</b>{why}"

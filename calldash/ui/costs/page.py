"""What telephony costs: by destination, line, person and kind, over time; and what is not known of it."""

from typing import Any

import streamlit as st

from calldash import charts, formats
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import ngettext
from calldash.labels import dimension_title
from calldash.numbers import places
from calldash.server.running import store
from calldash.ui import address, asking, drill, fields, menu, tables
from calldash.ui.safe import as_markdown

CARDS = ("total_cost", "cost_per_minute", "roaming_cost", "known_cost_share")
_BY = ("country", "number_kind", "region", "carrier", "destination", "line", "team", "employee", "kind", "roaming")
_PLACES = ("country", "number_kind", "region", "carrier")
_COLUMNS = ("total_cost", "priced_calls", "cost_per_minute", "roaming_cost")
_NAME, _KEY = "by", "costs_by"


def draw(chosen: CallFilter) -> None:
    """The course of the cost, and its breakdown by what is chosen."""
    notes(chosen)
    grain = asking.grain(chosen)
    left, right = st.columns(2)
    with left:
        drill.heading(_("Cost over time"))
        course = asking.ask(["total_cost"], [grain, "kind"], chosen)
        drill.chart(charts.layers(course, grain, "kind", "total_cost"), "cost_course", chosen, [grain, "kind"])
    with right:
        drill.heading(_("Cost by hour of the day"))
        hours = asking.ask(["total_cost"], ["weekday", "hour"], chosen)
        drill.chart(charts.weekday_hour(hours, "total_cost"), "cost_hours", chosen, ["weekday", "hour"], "total_cost")
    by = _by()
    drill.heading(_("Cost by: {breakdown}").format(breakdown=dimension_title(by)))
    found = asking.ask(_COLUMNS, [by], chosen, cases=True)
    found = found[found["total_cost"].notna() | (found["priced_calls"] > 0)].reset_index(drop=True)
    left, right = st.columns([2, 3])
    with left:
        drill.chart(charts.bars(found[found["total_cost"] > 0], by, "total_cost"), "cost_bars", chosen, [by])
    with right:
        tables.show(found, by, _COLUMNS, chosen, f"costs_{by}")
    if by in _PLACES:
        _about_places()


def _by() -> str:
    """The breakdown, in the URL as its key."""
    asked = st.query_params.get(_NAME, _BY[0])
    fields.hold(_KEY, asked if asked in _BY else _BY[0])
    names = {key: dimension_title(key) for key in _BY}
    picked = st.segmented_control(
        _("Break down by"), _BY, format_func=names.__getitem__, key=_KEY, required=True, label_visibility="collapsed",
        on_change=_changed,
    )  # fmt: skip
    return picked or _BY[0]


def _changed() -> None:
    st.query_params[_NAME] = st.session_state[_KEY]


def notes(chosen: CallFilter) -> None:
    """Says which currencies there are where there is more than one, and links to each."""
    found = asking.ask(["priced_calls"], ["currency"], chosen)
    codes = [str(code) for code in found.loc[found["priced_calls"] > 0, "currency"].dropna()]
    if len(codes) < 2:
        return
    text = _("Amounts in {currencies} are not added. Choose one:").format(currencies=", ".join(codes))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(as_markdown(text), width="content")
        for code in codes:
            where = address.params(chosen.choose("currency", [code]))
            st.page_link(menu.page("costs"), label=code, query_params=where)


def _about_places() -> None:
    """Says what places are told by, and how many numbers have none yet."""
    text = _(
        "By the numbering plans. They tell no region of a mobile number; a number that was taken to another carrier "
        "counts under the one its range was given to."
    )
    st.caption(text)
    if waiting := places.unknown(store()):
        words = ngettext(
            "The place of {number} number is not told yet.", "The places of {number} numbers are not told yet.", waiting
        )
        st.caption(words.format(number=formats.number(waiting)))


def picked_cell(drawn: Any) -> tuple[int, str] | None:
    """The cell of a table that was clicked, as (row, column)."""
    for at, column in drawn["selection"]["cells"][:1]:
        return int(at), str(column)
    return None

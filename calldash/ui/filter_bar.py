"""The filter bar: a row with period, comparison and the rest in a popover, and below it what is in force as chips."""

from dataclasses import replace

import streamlit as st

from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import language
from calldash.ui import address, asking, chips, fields, periods

_PERIOD, _DAYS, _COMPARE = "filter_period", "filter_days", "filter_compare"


def current() -> tuple[CallFilter, CallFilter | None]:
    """What the page is to show, and what to compare it with (None: nothing)."""
    chosen = address.filter_now()
    return chosen, chosen.previous() if compares() else None


def compares() -> bool:
    """Whether numbers are compared with the previous period."""
    return address.read().get(address.COMPARE) != "no"


def draw(compared: bool = True, dated: bool = True) -> None:
    """Draws the bar for the filter in force: the period where the page is `dated`, the switch where it compares."""
    chosen = address.filter_now()
    with st.container(horizontal=True, vertical_alignment="bottom", key="filter-bar"):
        if dated:
            _period(chosen)
        count = len(chosen.chosen) + len(chosen.ranges)
        label = _("Filters ({number})").format(number=count) if count else _("Filters")
        with st.popover(label, icon=":material/tune:"):
            fields.draw(chosen)
        if compared:
            _comparison()
    chips.draw(chosen, dated)


def _comparison() -> None:
    fields.hold(_COMPARE, compares())
    st.toggle(
        _("Compare"), key=_COMPARE, on_change=_compare_changed, help=_("With the previous period of equal length")
    )


def _period(chosen: CallFilter) -> None:
    first, today = address.span()
    picked = periods.preset_of(chosen.since, chosen.until, today, first)
    if st.session_state.get("filter_custom"):
        picked = periods.CUSTOM
    fields.hold(_PERIOD, picked)
    is_today = asking.is_today(today)
    names = {preset: periods.preset_label(preset, is_today) for preset in (*periods.PRESETS, periods.CUSTOM)}
    st.selectbox(
        _("Period"),
        list(names),
        format_func=names.__getitem__,
        key=_PERIOD,
        on_change=_period_changed,
        width=230,
        filter_mode=None,
    )
    if picked == periods.CUSTOM:
        fields.hold(_DAYS, tuple(day for day in (chosen.since, chosen.until) if day))
        order = "DD.MM.YYYY" if language() == "ru" else "DD/MM/YYYY"
        st.date_input(_("Days"), key=_DAYS, on_change=_days_changed, format=order, width=230)


def _period_changed() -> None:
    preset = st.session_state[_PERIOD]
    st.session_state["filter_custom"] = preset == periods.CUSTOM
    if preset != periods.CUSTOM:
        first, today = address.span()
        since, until = periods.days_of(preset, today, first)
        address.put(replace(address.filter_now(), since=since, until=until))


def _days_changed() -> None:
    picked = st.session_state[_DAYS]
    if isinstance(picked, tuple) and len(picked) == 2:
        address.put(replace(address.filter_now(), since=picked[0], until=picked[1]))


def _compare_changed() -> None:
    address.put_option(address.COMPARE, None if st.session_state[_COMPARE] else "no")

"""Which calls of the journal are picked, one by one or all that are filtered, and the bar over them."""

from collections.abc import Iterable

import streamlit as st

from calldash import formats
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import ngettext
from calldash.people import viewer
from calldash.ui.journal import marks

_STATE = "journal_picked"
_Held = tuple[CallFilter | None, tuple[int, ...], bool]
_NOTHING: _Held = (None, (), False)


def keep(chosen: CallFilter) -> None:
    """What was picked under another filter is let go."""
    held, _numbers, _all = _held()
    if held != chosen:
        st.session_state[_STATE] = (chosen, (), False)


def numbers() -> tuple[int, ...]:
    """The calls picked one by one."""
    return _held()[1]


def put(picked: Iterable[int]) -> None:
    """Makes `picked` the calls that are picked."""
    chosen, _numbers, _all = _held()
    st.session_state[_STATE] = (chosen, tuple(int(number) for number in picked), False)


def draw(chosen: CallFilter, listed: int) -> None:
    """The bar of what is picked; nothing where nothing is."""
    _filter, found, whole = _held()
    if not (found or whole) or not viewer.current().may("marks"):
        return
    count = listed if whole else len(found)
    with st.container(horizontal=True, vertical_alignment="center", key="journal-picked"):
        words = ngettext("{number} call picked", "{number} calls picked", count)
        st.markdown(f"**{words.format(number=formats.number(count))}**", width="content")
        if not whole and count < listed:
            every = ngettext("Pick all {number}", "Pick all {number}", listed).format(number=formats.number(listed))
            st.button(every, key="journal_pick_all", type="tertiary", on_click=_put_all)
        st.button(_("Pick none"), key="journal_pick_none", type="tertiary", on_click=put, args=((),))
    marks.bar([] if whole else list(found), chosen)


def _put_all() -> None:
    chosen, found, _all = _held()
    st.session_state[_STATE] = (chosen, found, True)


def _held() -> _Held:
    held: _Held = st.session_state.get(_STATE, _NOTHING)
    return held

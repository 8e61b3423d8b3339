"""What can be done to the calls picked in the journal: marks, tags and a note for all of them at once."""

import streamlit as st

from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import ngettext
from calldash.marking import marks as kept
from calldash.people import viewer
from calldash.problems import Problem
from calldash.server.running import store
from calldash.telling import marks as telling
from calldash.ui import marks

_NEW, _NOTE, _SALE = "marks_new_tag", "marks_note", "marks_sale"


def bar(selected: list[int], chosen: CallFilter) -> None:
    """The actions on the calls `selected`; on all of the filter `chosen` when none are."""
    calls = selected or chosen
    marks.told()
    with st.container(horizontal=True, key="journal-marks"):
        for what, words in telling.CHOICES.items():
            name, values = words()
            with st.popover(name):
                for value, label in values.items():
                    _button(f"{what}_{value}", label, what, value, calls)
                _button(f"{what}_none", _("As the phone system has it"), what, None, calls)
        if selected:  # an amount is that of one call: it is not put on all of a filter
            with st.popover(_("Sale"), icon=":material/payments:"):
                _sale(selected)
        with st.popover(_("Tags"), icon=":material/label:"):
            _tags(calls)
        with st.popover(_("Note"), icon=":material/edit_note:"):
            st.text_area(_("Note for the picked calls"), key=_NOTE, max_chars=2000)
            st.button(_("Save"), key="marks_note_save", type="primary", on_click=_note, args=(calls,))


def _button(key: str, label: str, what: str, value: str | None, calls: list[int] | CallFilter) -> None:
    st.button(label, key=f"mark_{key}", width="stretch", on_click=marks.make, args=(what, value, calls))


def _sale(calls: list[int]) -> None:
    label = ngettext("Amount of the picked call’s sale, {currency}", "Amount of each picked call’s sale, {currency}",
                     len(calls))  # fmt: skip
    st.text_input(label.format(currency=store().settings.currency), key=_SALE, max_chars=40, placeholder="1500.50")
    st.button(_("Save"), key="marks_sale_save", type="primary", on_click=_put_sale, args=(calls,))
    _button("sale_none", _("No amount by hand"), "sale", None, calls)


def _put_sale(calls: list[int]) -> None:
    marks.make("sale", st.session_state[_SALE], calls)
    st.session_state[_SALE] = ""


def _note(calls: list[int] | CallFilter) -> None:
    marks.make("note", st.session_state[_NOTE] or None, calls)
    st.session_state[_NOTE] = ""


def _tags(calls: list[int] | CallFilter) -> None:
    names = marks.offered()
    tag = st.selectbox(_("Tag"), names, index=None, key="marks_tag", placeholder=_("Choose a tag"))
    left, right = st.columns(2)
    for place, label, what in ((left, _("Put on"), "tag"), (right, _("Take off"), "untag")):
        place.button(
            label,
            key=f"mark_{what}",
            width="stretch",
            disabled=tag is None,
            on_click=marks.make,
            args=(what, tag, calls),
        )
    st.divider()
    st.text_input(_("New tag"), key=_NEW, max_chars=40, on_change=_offer)
    listed = kept.tags(store())
    if tag in listed:
        st.button(
            _("Take “{tag}” off the list").format(tag=tag), key="marks_withdraw", type="tertiary",
            on_click=kept.withdraw, args=(store(), viewer.current().login, tag),
        )  # fmt: skip


def _offer() -> None:
    text = st.session_state[_NEW]
    st.session_state[_NEW] = ""
    if not text.strip():
        return
    try:
        st.session_state["marks_tag"] = kept.offer(store(), viewer.current().login, text)
    except Problem as problem:
        marks.keep(problem)

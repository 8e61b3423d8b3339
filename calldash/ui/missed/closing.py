"""Closing an item of the ledger by hand: why, and a note."""

import streamlit as st

from calldash.i18n import gettext as _
from calldash.i18n import say
from calldash.missed import callbacks
from calldash.people import viewer
from calldash.problems import Problem
from calldash.server.running import store
from calldash.ui import run
from calldash.ui.safe import as_markdown


def ask(client: str, call: tuple[str, str]) -> None:
    """Opens the question why the client of the missed `call` (system, id) need not be called back."""
    st.dialog(as_markdown(_("Close {client}").format(client=client)))(_question)(call)


def _question(call: tuple[str, str]) -> None:
    run.begin()  # a dialog runs by itself once something in it is picked
    run.begin_with_store()
    names = {reason: _(words) for reason, words in callbacks.REASONS.items()}
    reason = st.radio(
        _("Why no callback is needed"), list(names), format_func=names.__getitem__, index=None, key="close_reason"
    )
    note = st.text_input(_("Note"), max_chars=500, key="close_note")
    st.caption(_("If the client calls again and is missed, the item comes back."))
    if st.button(_("Close"), type="primary", disabled=reason is None):
        try:
            callbacks.step(store(), viewer.current().login, "closed", call, reason, note)
        except Problem as problem:
            st.error(say(problem))
            return
        st.rerun()

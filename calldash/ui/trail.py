"""The audit trail on its page: searched, newest first; whether it still holds together."""

import json

import pandas as pd
import streamlit as st

from calldash import audit
from calldash.i18n import gettext as _
from calldash.privacy import blotting
from calldash.recordings import local
from calldash.server.running import store
from calldash.telling.actions import ACTIONS, told_action
from calldash.telling.details import told_details, told_subject
from calldash.telling.values import moment

_LINES = 50


def draw() -> None:
    """Fields to search by, the lines found, and the check of the chain."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(_("Who, or what it was done to"), key="trail_text", max_chars=100)
        names = {code: told_action(code) for code in sorted(ACTIONS, key=told_action)}
        action = st.selectbox(_("What was done"), list(names), None, format_func=names.__getitem__, key="trail_action",
            placeholder=_("Anything"),
        )  # fmt: skip
        checking = st.button(_("Check the trail"), icon=":material/verified:", key="trail_check")
    if checking:
        _check()
    blotting.refuse_digits(text)
    number = audit.count(store(), text, action)
    page = st.pagination(max(1, -(-number // _LINES)), key="trail_page") if number > _LINES else 1
    found = audit.search(store(), text, action, (int(page) - 1) * _LINES, _LINES)
    if not found:
        st.info(_("Nothing of this kind was done yet."), icon=":material/search_off:")
        return
    st.dataframe(pd.DataFrame([_shown(line) for line in found]), hide_index=True, width="stretch")
    st.caption(_("Nobody can change or remove a line on a page; each holds a hash over the one before."))


def _shown(line: audit.Line) -> dict[str, str]:
    _number, done_at, who, action, subject, detail = line
    region = store().settings.region
    return {
        _("When"): moment(local(done_at, store().settings.zone)),
        _("Who"): _("at the machine") if who == audit.LOCAL else who,
        _("What was done"): told_action(action),
        _("To what"): blotting.shown(told_subject(subject), region),
        _("Details"): blotting.shown(told_details(json.loads(detail)), region),
    }


def _check() -> None:
    wrong = audit.broken(store())
    if wrong is None:
        st.success(_("Every line follows from the one before: nothing was changed, put in or taken out."))
    else:
        st.error(_("Line {number} does not follow from the one before: the trail was changed.").format(number=wrong[0]))

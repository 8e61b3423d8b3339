"""The page Privacy: how long each kind of data is kept and what goes next, erasing a client, consent by line."""

import pandas as pd
import streamlit as st

from calldash.i18n import gettext as _
from calldash.i18n import ngettext, say
from calldash.people import viewer
from calldash.privacy import erasing, notices, retention
from calldash.privacy.notices import Notice
from calldash.privacy.receipt import newest
from calldash.problems import Problem
from calldash.recordings import local
from calldash.server.running import store
from calldash.telling.values import moment
from calldash.ui import downloads
from calldash.ui.safe import as_markdown

_RECEIPTS = 5


def draw() -> None:
    """The parts of the page, one below the other."""
    _erase()
    _kept()
    _lines()


def _erase() -> None:
    st.subheader(_("Erase a client"), anchor=False)
    st.caption(_("Calls stay for the figures, of nobody known; recordings, transcripts, notes and rows go."))
    with st.form("privacy_erase", border=True):
        number = st.text_input(_("Client number"), max_chars=40, placeholder="+7 900 000-00-00", key="privacy_number")
        calls = st.checkbox(_("Remove the calls too"), key="privacy_calls")
        sure = st.checkbox(_("I am sure: this cannot be undone"), key="privacy_sure")
        with st.container(horizontal=True):
            tried = st.form_submit_button(_("What would go?"))
            done = st.form_submit_button(_("Erase"), type="primary", icon=":material/delete_forever:")
    if done and not sure:
        st.warning(_("Tick that you are sure first."))
    elif (tried or done) and number.strip():
        _go(number.strip(), calls, tried)
    _earlier()


def _go(number: str, calls: bool, tried: bool) -> None:
    try:
        receipt = erasing.erase(store(), viewer.current().login, number, calls, tried)
    except Problem as problem:
        st.error(as_markdown(say(problem)))
        return
    st.code(receipt.as_text(), language=None, wrap_lines=True)
    if not tried:
        st.html(downloads.files("receipt", [(_("Receipt"), {"of": receipt.number_hmac})]))


def _earlier() -> None:
    """The receipts of the newest erasures, by when they were."""
    found = newest(store(), _RECEIPTS)
    if not found:
        return
    zone = store().settings.zone
    st.caption(_("Receipts of the newest erasures"))
    st.html(downloads.files("receipt", [(moment(local(erased_at, zone)), {"of": of}) for of, erased_at in found]))


def _kept() -> None:
    st.subheader(_("How long data is kept"), anchor=False)
    days = {kind: retention.days_kept(store(), kind) for kind in retention.KINDS}
    words = [_("for ever") if one is None else ngettext("{number} day", "{number} days", one).format(number=one)
             for one in days.values()]  # fmt: skip
    table = pd.DataFrame({
        _("Data"): [_(title) for title in retention.KINDS.values()], _("Kept"): words,
        _("Setting"): [f"keep_{kind}_days" for kind in days],
    })  # fmt: skip
    st.table(table, border="horizontal", hide_index=True)
    hour = store().settings.retention_hour
    st.caption(_("What has outlived its time goes each night, from {hour}:00 on.").format(hour=hour))
    if any(one is not None for one in days.values()) and st.button(_("What would go now?"), key="privacy_dry"):
        found = retention.run(store(), viewer.current().login, tried=True)
        st.code(retention.told(found), language=None, wrap_lines=True)


def _lines() -> None:
    st.subheader(_("Consent by line"), anchor=False)
    found = notices.notices(store())
    if not found:
        st.caption(_("There are no lines yet."))
        return
    words = {True: _("yes"), False: _("no"), None: "—"}
    given = pd.DataFrame(
        [
            {
                "line": one.line,
                "announced": words[one.announced],
                "words": one.words or "",
                "recorded": words[one.recorded],
            }
            for one in found
        ]
    )
    columns = {
        "line": st.column_config.TextColumn(_("Line"), disabled=True),
        "announced": st.column_config.SelectboxColumn(_("Recording is announced"), options=list(words.values())),
        "words": st.column_config.TextColumn(_("Words of the announcement"), max_chars=1000, width="large"),
        "recorded": st.column_config.SelectboxColumn(_("Recorded"), options=list(words.values())),
    }
    edited = st.data_editor(given, column_config=columns, hide_index=True, key="privacy_lines")
    if st.button(_("Save"), key="privacy_save"):
        _save(edited)


def _save(edited: pd.DataFrame) -> None:
    said = {_("yes"): True, _("no"): False}
    given = [
        Notice(row["line"], said.get(row["announced"]), row["words"] or None, said.get(row["recorded"]))
        for row in edited.astype(object).where(edited.notna(), None).to_dict("records")
    ]
    try:
        count = notices.save(store(), viewer.current().login, given)
    except Problem as problem:
        st.error(as_markdown(say(problem)))
        return
    st.success(ngettext("{number} line changed.", "{number} lines changed.", count).format(number=count))

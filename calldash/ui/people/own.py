"""One's own account: a new password, the second factor, where one is signed in."""

import segno
import streamlit as st

from calldash.formats import number
from calldash.i18n import gettext as _
from calldash.people import accounts, invitations, second_factor, sessions, viewer
from calldash.recordings import local
from calldash.server.running import store
from calldash.telling.values import moment
from calldash.ui import run
from calldash.ui.safe import as_markdown

_SECRET = "own_secret"


def draw() -> None:
    """What somebody who is signed in can do about their own account."""
    account = accounts.find(store(), viewer.current().login)
    if account is None:
        st.info(_("You use calldash without an account, at the machine that it runs on."))
        return
    st.markdown(f"**{as_markdown(account.name)}** · {as_markdown(account.login)}")
    st.subheader(_("Password"), anchor=False)
    if st.button(_("Choose a new password"), icon=":material/key:"):
        code = invitations.invite(store(), account.login, account.login)
        st.link_button(_("To the form"), f"/sign-in/code?code={code}", type="primary")
        st.caption(_("You will be signed out everywhere."))
    st.subheader(_("Second factor"), anchor=False)
    _second_factor(account)
    st.subheader(_("Where you are signed in"), anchor=False)
    _places(account.login)


def _second_factor(account: accounts.Account) -> None:
    if account.has_second_factor:
        st.markdown(_("Signing in asks for a code of your authenticator app."))
        if st.button(_("Switch it off")):
            accounts.set_second_factor(store(), account.login, account.login, None)
            st.rerun()
        return
    st.markdown(_("With an authenticator app on your phone a stolen password alone is of no use."))
    if st.button(_("Set up")):
        st.session_state[_SECRET] = second_factor.secret()
        st.dialog(_("Second factor"))(_set_up)(account)


def _set_up(account: accounts.Account) -> None:
    """The picture to scan; the factor is on once a code made with it was right."""
    run.begin()
    run.begin_with_store()
    kept = st.session_state[_SECRET]
    picture = segno.make(second_factor.address(kept, account.login), error="m").svg_data_uri(scale=5, border=3)
    st.html(f'<img src="{picture}" alt="QR" style="background:#fff;display:block;margin:auto">')
    st.markdown(_("Scan the picture with the app, or type this secret into it:"))
    st.code(kept, language=None)
    code = st.text_input(_("Code of the app"), max_chars=10, key="own_code")
    if st.button(_("Switch it on"), type="primary"):
        if second_factor.step_of(kept, code, None) is None:
            st.error(_("This code is wrong or was used. Wait for the next one."))
            return
        here = run.session()
        accounts.set_second_factor(store(), account.login, account.login, kept, here.key if here else None)
        del st.session_state[_SECRET]
        st.rerun()


def _places(login: str) -> None:
    known = sessions.of(store())
    found = known.of(login)
    for session in found:
        seen = moment(local(session.seen_at, store().settings.zone))
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            with st.container(gap=None):
                st.markdown(as_markdown(session.browser or session.address))
                st.caption(as_markdown(_("{address}, last seen {time}").format(address=session.address, time=seen)))
            st.button(_("Sign out"), key=f"end_{session.key[:12]}", on_click=known.end, args=(session.key,))
    if len(found) > 1:
        text = _("Sign out everywhere ({number})").format(number=number(len(found)))
        st.button(text, on_click=known.end_all, args=(login,))

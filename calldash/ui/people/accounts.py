"""Accounts on the page People: who has one, as which role; making, changing and closing them."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode, urljoin

import streamlit as st

from calldash.i18n import gettext as _
from calldash.i18n import say
from calldash.people import Person, accounts, invitations, viewer
from calldash.people.accounts import Account
from calldash.people.roles import PERMISSIONS, ROLES
from calldash.problems import Problem
from calldash.server.running import store
from calldash.store import Store
from calldash.ui import asking, run
from calldash.ui.safe import as_markdown

_CODE = "people_code"
_DONE: dict[str, Callable[[Store, str, str], None]] = {
    "reopen": accounts.reopen,
    "factor": partial(accounts.set_second_factor, secret=None),
}


def draw() -> None:
    """The accounts there are, each with what can be done about it, and a button for another one."""
    found = accounts.everybody(store())
    if not found:
        st.info(_("There are no accounts: calldash is open to whoever sits at this machine, and to nobody else."))
        st.markdown(_("The log of the server shows a code; with it the first administrator signs in:"))
        st.link_button(_("Set a password"), "/sign-in/code", icon=":material/key:")
        return
    _code_made()
    for account in found:
        _line(account)
    if st.button(_("Add an account"), icon=":material/person_add:", type="primary"):
        st.dialog(_("A new account"))(_new)()
    _roles()


def _line(account: Account) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"account_{account.login}"):
        with st.container(gap=None):
            st.markdown(f"**{as_markdown(account.name)}** · {as_markdown(account.login)}")
            st.caption(as_markdown(" · ".join(_said(account))))
        if account.closed_at:
            st.button(_("Open again"), key=f"open_{account.login}", on_click=_done, args=("reopen", account.login))
            return
        if st.button(_("Change"), key=f"change_{account.login}"):
            st.dialog(as_markdown(account.name))(_edit)(account)
        st.button(_("Code"), key=f"invite_{account.login}", on_click=_invite, args=(account.login,),
                  help=_("A code by which they choose a new password; the old one stays until then."))  # fmt: skip
        if account.has_second_factor:
            st.button(_("Second factor off"), key=f"factor_{account.login}", on_click=_done,
                      args=("factor", account.login), help=_("For who lost the phone with the app."))  # fmt: skip


def _said(account: Account) -> list[str]:
    parts = [_(ROLES[account.role].title)] if account.role in ROLES else [account.role]
    parts += [", ".join(account.teams)] if account.teams else []
    parts += [account.employee] if account.employee else []
    if account.closed_at:
        parts.append(_("closed"))
    elif not account.has_password and not account.outside:
        parts.append(_("has not signed in yet"))
    if account.has_second_factor:
        parts.append(_("second factor"))
    return parts


def _fields(account: Account | None) -> Person:
    """Role, and whose calls it sees, as they are picked."""
    name = st.text_input(_("Name"), account.name if account else "", max_chars=80)
    held = list(ROLES).index(account.role) if account and account.role in ROLES else 1
    role = str(st.selectbox(_("Role"), list(ROLES), held, format_func=lambda key: _(ROLES[key].title)))
    teams, employee = account.teams if account else (), account.employee if account else None
    if ROLES[role].sees == "teams":
        known = sorted({*teams, *(value for value in asking.values("team") if value)})
        teams = tuple(st.multiselect(_("Teams"), known, list(teams)))
    elif ROLES[role].sees == "own":
        people = sorted({*([employee] if employee else []), *(one for one in asking.values("employee") if one)})
        employee = st.selectbox(_("Employee"), people, people.index(employee) if employee else None)
    st.caption(as_markdown(_may(role)))
    return Person(account.login if account else "", name, role, tuple(teams), employee)


def _may(role: str) -> str:
    words = [_(PERMISSIONS[key].words) for key in PERMISSIONS if key in ROLES[role].may]
    return _("May: {list}.").format(list=", ".join(words))


def _new() -> None:
    run.begin()
    run.begin_with_store()
    login = st.text_input(_("Login"), max_chars=80, help=_("Latin letters and digits, or the mail address."))
    person = _fields(None)
    if not st.button(_("Make the account"), type="primary"):
        return
    try:
        who = viewer.current().login
        made = accounts.create(store(), who, login, person.name, str(person.role), person.teams, person.employee)
        st.session_state[_CODE] = (made.login, invitations.invite(store(), who, made.login))
    except Problem as problem:
        st.error(say(problem))
        return
    st.rerun()


def _edit(account: Account) -> None:
    run.begin()
    run.begin_with_store()
    person = _fields(account)
    with st.container(horizontal=True):
        save, close = st.button(_("Save"), type="primary"), st.button(_("Close the account"))
    if not (save or close):
        return
    try:
        who = viewer.current().login
        if save:
            accounts.change(store(), who, account.login, replace(person, login=account.login))
        else:
            accounts.close(store(), who, account.login)
    except Problem as problem:
        st.error(say(problem))
        return
    st.rerun()


def _done(what: str, login: str) -> None:
    _DONE[what](store(), viewer.current().login, login)


def _invite(login: str) -> None:
    st.session_state[_CODE] = (login, invitations.invite(store(), viewer.current().login, login))


def _code_made() -> None:
    """The code that was just made: only its hash is kept, so it is shown this once."""
    login, code = st.session_state.pop(_CODE, (None, None))
    if login is None:
        return
    with st.container(border=True):
        st.markdown(as_markdown(_("Give {login} this address; it works once, for three days:").format(login=login)))
        st.code(urljoin(st.context.url or "", f"/sign-in/code?{urlencode({'code': code})}"), language=None)


def _roles() -> None:
    with st.expander(_("What the roles may do")):
        for role in ROLES.values():
            st.markdown(f"**{_(role.title)}**. {as_markdown(_may(role.key))}")

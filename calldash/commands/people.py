"""`invite`: an account, made when there is none, and the code by which its owner chooses a password."""

from collections.abc import Callable
from typing import Any

from calldash.commands.outcome import Outcome
from calldash.i18n import gettext as _
from calldash.people import accounts, invitations, viewer
from calldash.problems import Problem
from calldash.store import Store

_FIRST = "admin"


def invite(store: Store, arguments: dict[str, Any], _progress: Callable[[float], None]) -> Outcome:
    """`login`; for a new account `role` (of the first: admin), `name`, `teams`, `employee`. Gives the code once."""
    who, login = viewer.current().login, arguments["login"]
    known, role = accounts.find(store, login), arguments.get("role")
    if known is None:
        role = role or (_FIRST if invitations.makes_an_administrator(store) else None)
        teams, name = arguments.get("teams") or (), arguments.get("name") or ""
        known = accounts.create(store, who, login, name, role or "", teams, arguments.get("employee"))
    elif role not in (None, known.role):
        raise Problem("The role of {login} is changed on the page People.", login=known.login)
    text = _(
        "{login} ({role}) opens /sign-in/code, gives the code {code} and chooses a password: once, for three days."
    )
    return Outcome(text.format(login=known.login, role=known.role, code=invitations.invite(store, who, known.login)))

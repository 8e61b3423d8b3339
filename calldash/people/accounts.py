"""Accounts: who may sign in, as which role. Every change stands in the audit trail."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from calldash import audit
from calldash.people import sessions
from calldash.people.clock import now
from calldash.people.person import Person
from calldash.people.roles import ROLES
from calldash.problems import Problem
from calldash.store import Store

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,79}")
_ACCOUNTS = (
    "SELECT login, name, role, teams, employee, password IS NOT NULL, totp IS NOT NULL, outside, made_at, closed_at, "
    "coalesce(claimed, FALSE) "
    "FROM accounts "
)


@dataclass(frozen=True)
class Account:
    """An account; instants are UTC. `claimed`: its role is what the OpenID provider claims."""

    login: str
    name: str
    role: str
    teams: tuple[str, ...]
    employee: str | None
    has_password: bool
    has_second_factor: bool
    outside: str | None
    made_at: datetime
    closed_at: datetime | None
    claimed: bool

    @property
    def person(self) -> Person:
        """Whom everything else sees."""
        return Person(self.login, self.name, self.role, self.teams, self.employee)


def everybody(store: Store) -> list[Account]:
    """All accounts, closed ones last."""
    return [_account(row) for row in store.rows(_ACCOUNTS + "ORDER BY closed_at IS NOT NULL, login")]


def find(store: Store, login: str) -> Account | None:
    """The account of a login, however it is written."""
    found = store.rows(_ACCOUNTS + "WHERE login = $1", [login.strip().casefold()])
    return _account(found[0]) if found else None


def create(
    store: Store, who: str, login: str, name: str, role: str, teams: Sequence[str] = (), employee: str | None = None,
    claimed: bool = False,
) -> Account:  # fmt: skip
    """A new account, which cannot sign in before a code was redeemed. Raises Problem for what is wrong."""
    login = login.strip().casefold()
    if not _LOGIN.fullmatch(login):
        raise Problem("A login has 2 to 80 Latin letters, digits or the signs . _ @ + -, such as anna or anna@shop.ru.")
    person = _checked(Person(login, name.strip() or login, role, tuple(teams), employee))
    with store.noting() as cursor:
        if cursor.execute("SELECT 1 FROM accounts WHERE login = $1", [login]).fetchone():
            raise Problem("There is an account {login} already.", login=login)
        cursor.execute(
            "INSERT INTO accounts (login, name, role, teams, employee, made_at, claimed) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7)",
            [login, person.name, role, list(teams), employee, now(), claimed],
        )
    audit.record(store, who, "account made", login, role=role, teams=list(teams), employee=employee)
    sessions.of(store).forget_people()
    return _known(store, login)


def change(store: Store, who: str, login: str, person: Person, claimed: bool = False) -> Account:
    """Gives the account another name, role, teams or employee. The last administrator stays one."""
    person, before = _checked(person), _known(store, login)
    if before.role == "admin" and person.role != "admin":
        _not_the_last(store, login)
    _set(store, login, name=person.name, role=person.role, teams=list(person.teams), employee=person.employee,
         claimed=claimed)  # fmt: skip
    told = {"role": person.role, "teams": list(person.teams), "employee": person.employee}
    audit.record(store, who, "account changed", login, before=before.role, **told)
    return _known(store, login)


def close(store: Store, who: str, login: str) -> None:
    """The account cannot sign in any more, and is signed out everywhere."""
    if _known(store, login).role == "admin":
        _not_the_last(store, login)
    _set(store, login, closed_at=now())
    sessions.of(store).end_all(login)
    audit.record(store, who, "account closed", login)


def reopen(store: Store, who: str, login: str) -> None:
    """The account can sign in again."""
    _known(store, login)
    _set(store, login, closed_at=None)
    audit.record(store, who, "account opened", login)


def set_second_factor(store: Store, who: str, login: str, secret: str | None, here: str | None = None) -> None:
    """From now on signing in needs a code made with `secret`, or none.

    With the first code everybody who is signed in without one is signed out, but for the session `here`.
    """
    _known(store, login)
    _set(store, login, totp=secret, totp_step=None)
    if secret:
        sessions.of(store).end_all(login, but=here)
    audit.record(store, who, "second factor on" if secret else "second factor off", login)


def _set(store: Store, login: str, **values: Any) -> None:
    with store.noting() as cursor:
        sets = ", ".join(f"{column} = ${column}" for column in values)
        cursor.execute(f"UPDATE accounts SET {sets} WHERE login = $login", {**values, "login": login})
    sessions.of(store).forget_people()


def _checked(person: Person) -> Person:
    if person.role not in ROLES:
        raise Problem("There is no role {role}. Known are: {known}.", role=str(person.role), known=", ".join(ROLES))
    if ROLES[person.role].sees == "teams" and not person.teams:
        raise Problem("A team lead needs at least one team.")
    if ROLES[person.role].sees == "own" and not person.employee:
        raise Problem("An employee needs their name as the phone system has it.")
    return person


def _not_the_last(store: Store, login: str) -> None:
    others = store.rows(
        "SELECT 1 FROM accounts WHERE role = 'admin' AND closed_at IS NULL AND login <> $1 "
        "AND (password IS NOT NULL OR outside IS NOT NULL) LIMIT 1",
        [login],
    )
    if not others:
        raise Problem("{login} is the last administrator who can sign in. Make another one first.", login=login)


def _known(store: Store, login: str) -> Account:
    found = find(store, login)
    if found is None:
        raise Problem("There is no account {login}.", login=login)
    return found


def _account(row: tuple[Any, ...]) -> Account:
    login, name, role, teams, *rest = row
    return Account(login, name, role, tuple(teams), *rest)

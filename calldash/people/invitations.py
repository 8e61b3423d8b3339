"""One-time codes: by one somebody chooses a first or a new password, and becomes an administrator where nobody is."""

from datetime import timedelta

from calldash import audit
from calldash.i18n import mark
from calldash.people import accounts, passwords, secret, sessions
from calldash.people.clock import now
from calldash.problems import Problem
from calldash.store import Store

_VALID = timedelta(days=3)
_ANYBODY = ""  # the login of the code that makes the first administrator
_START = "start"
_NOT_VALID = mark("This code is not valid, or was used. Ask an administrator for another one.")


class UnknownCodeError(Problem):
    """A code that does not work, any more or at all."""


def makes_an_administrator(store: Store) -> bool:
    """Whether there is no account yet, so that the first code makes the first."""
    return not sessions.of(store).needed()


def invite(store: Store, who: str, login: str) -> str:
    """A code for an account, valid three days; earlier ones are void."""
    if accounts.find(store, login) is None:
        raise Problem("There is no account {login}.", login=login)
    code = _make(store, who, login)
    audit.record(store, who, "code made", login)
    return code


def first(store: Store) -> str | None:
    """A code that makes the first administrator; None where there are accounts. Earlier ones are void."""
    return _make(store, _START, _ANYBODY) if makes_an_administrator(store) else None


def redeem(store: Store, code: str, password: str, login: str = "") -> str:
    """Sets the password of the code's account and signs it out elsewhere; gives its login.

    The first code of all makes an administrator `login`. Raises Problem; the code is used only when all is right.
    """
    known = store.rows(
        "SELECT login FROM one_time_codes WHERE code_sha256 = $1 AND used_at IS NULL AND expires_at > $2",
        [secret.kept(code.upper()), now()],
    )
    if not known:
        raise UnknownCodeError(_NOT_VALID)
    for_whom = known[0][0] or login.strip().casefold()
    kept = passwords.hashed(password, for_whom)
    if known[0][0] == _ANYBODY:
        if sessions.of(store).needed():
            raise UnknownCodeError(_NOT_VALID)
        accounts.create(store, _START, for_whom, for_whom, "admin")
    with store.noting() as cursor:
        cursor.execute("UPDATE accounts SET password = $1 WHERE login = $2", [kept, for_whom])
        cursor.execute(
            "UPDATE one_time_codes SET used_at = $1 WHERE code_sha256 = $2", [now(), secret.kept(code.upper())]
        )
    sessions.of(store).end_all(for_whom)
    audit.record(store, for_whom, "password chosen", for_whom)
    return str(for_whom)


def _make(store: Store, who: str, login: str) -> str:
    code, at = secret.code(), now()
    with store.noting() as cursor:
        cursor.execute("DELETE FROM one_time_codes WHERE login = $1 AND used_at IS NULL", [login])
        cursor.execute(
            "INSERT INTO one_time_codes (code_sha256, login, made_by, made_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
            [secret.kept(code), login, who, at, at + _VALID],
        )
    return code

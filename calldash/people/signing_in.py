"""Signing in with a password, and a second factor where the account has one."""

from calldash import audit
from calldash.people import accounts, passwords, second_factor, sessions, throttle
from calldash.problems import Problem
from calldash.store import Store


class CodeWantedError(Problem):
    """The password fits; the code of the authenticator app is missing."""


def sign_in(store: Store, login: str, password: str, code: str, address: str, browser: str) -> str:
    """The token of a new session. Raises Problem, in the same words whatever of login and password was wrong.

    Raises CodeWantedError where a code is needed and none was given, throttle.WaitError after too many failures.
    """
    login = login.strip().casefold()[:100]
    with throttle.one_at_a_time:
        _check(store, login, password, code, address)
    return begin(store, login, address, browser, "password")


def _check(store: Store, login: str, password: str, code: str, address: str) -> None:
    throttle.check(store, address, login)
    found = store.rows("SELECT password, totp, totp_step FROM accounts WHERE login = $1 AND closed_at IS NULL", [login])
    kept, secret, used = found[0] if found else (None, None, None)
    if not passwords.fits(kept, password):
        _failed(store, login, address, "password")
        raise Problem("Login or password is wrong.")
    if secret:
        _second(store, login, (secret, used), code, address)
    if passwords.outdated(kept):
        _keep(store, login, "password", passwords.hashed(password, login))
    throttle.succeeded(store, login)


def begin(store: Store, login: str, address: str, browser: str, how: str) -> str:
    """A session for somebody whose identity is known; its token."""
    token = sessions.of(store).begin(login, address, browser)
    audit.record(store, login, "sign in", login, how=how, address=address)
    return token


def second_factor_asked(store: Store, login: str) -> bool:
    """Whether an account is entered by no code of ours alone: the authenticator app is asked too, on the form."""
    account = accounts.find(store, login)
    return account is not None and account.has_second_factor


def sign_out(store: Store, token: str | None) -> None:
    """Ends the session of a cookie."""
    found = sessions.of(store).find(token)
    if found:
        sessions.of(store).end(found.key)
        audit.record(store, found.person.login, "sign out", found.person.login)


def _second(store: Store, login: str, kept: tuple[str, int | None], code: str, address: str) -> None:
    if not code.strip():
        message = "Enter the code of your authenticator app."
        raise CodeWantedError(message)
    step = second_factor.step_of(kept[0], code, kept[1])
    if step is None:
        _failed(store, login, address, "code")
        raise Problem("This code is wrong or was used. Wait for the next one.")
    _keep(store, login, "totp_step", step)


def _keep(store: Store, login: str, column: str, value: object) -> None:
    with store.noting() as cursor:
        cursor.execute(f"UPDATE accounts SET {column} = $value WHERE login = $login", {"value": value, "login": login})


def _failed(store: Store, login: str, address: str, what: str) -> None:
    throttle.failed(store, address, login)
    known = login if accounts.find(store, login) else "unknown login"  # a password typed as a login stays unsaid
    audit.record(store, known, "sign in failed", known, wrong=what, address=address)

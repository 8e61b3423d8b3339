"""Slowing down who guesses passwords: too many failures of an account or from an address, and both must wait."""

import threading
from datetime import timedelta

from calldash.people.clock import now
from calldash.problems import Problem
from calldash.store import Store

_WITHIN = timedelta(minutes=15)
# An address may serve a whole office, so that more is let pass there.
_MOST = {"login": 8, "address": 40}


# Held while a password or a code is checked: guesses made side by side are counted one by one, a code is good once,
# and the memory that a hash needs is needed once.
one_at_a_time = threading.Lock()


class WaitError(Problem):
    """Somebody must wait before the next try."""


def check(store: Store, address: str, login: str = "") -> None:
    """Raises WaitError with the minutes to wait when the address, or the account if any, failed too often."""
    for column, value in (("login", login), ("address", address)):
        if not value:
            continue
        found = store.rows(
            f"SELECT failed_at FROM failed_sign_ins WHERE {column} = $value AND failed_at > $since "
            "ORDER BY failed_at DESC LIMIT $most",
            {"value": value, "since": now() - _WITHIN, "most": _MOST[column]},
        )
        if len(found) == _MOST[column]:
            left = found[-1][0] + _WITHIN - now()
            message = "Too many tries failed. Try again in {minutes} min."
            raise WaitError(message, minutes=max(1, -(-int(left.total_seconds()) // 60)))


def failed(store: Store, address: str, login: str = "") -> None:
    """Notes a failure; what is too old to count is forgotten."""
    with store.noting() as cursor:
        cursor.execute("DELETE FROM failed_sign_ins WHERE failed_at <= $1", [now() - _WITHIN])
        cursor.execute("INSERT INTO failed_sign_ins VALUES ($1, $2, $3)", [login, address, now()])


def succeeded(store: Store, login: str) -> None:
    """The account's failures are forgotten."""
    with store.noting() as cursor:
        cursor.execute("DELETE FROM failed_sign_ins WHERE login = $1", [login])

"""Who is signed in. Sessions are ours: they end by time, by signing out, or when somebody ends them, at once."""

import threading
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from calldash.people import secret
from calldash.people.clock import now
from calldash.people.person import Person
from calldash.store import Store

_IDLE, _LONGEST = timedelta(hours=12), timedelta(days=7)
_NOTED_EACH = timedelta(minutes=5)
_FIND = (
    "SELECT s.token_sha256, s.login, s.begun_at, s.seen_at, s.expires_at, s.address, s.browser, "
    "a.name, a.role, a.teams, a.employee "
    "FROM sessions s JOIN accounts a ON a.login = s.login AND a.closed_at IS NULL "
)


@dataclass(frozen=True)
class Session:
    """Somebody signed in somewhere; `key` is the hash of their cookie; instants are UTC."""

    key: str
    person: Person
    begun_at: datetime
    seen_at: datetime
    expires_at: datetime
    address: str
    browser: str

    def lives(self) -> bool:
        """Whether neither its time nor the patience with silence is over."""
        return now() < min(self.expires_at, self.seen_at + _IDLE)


class Sessions:
    """The sessions of a store, remembered so that each message of a page can be checked."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._known: dict[str, Session] = {}
        self._needed: bool | None = None

    def needed(self) -> bool:
        """Whether anybody ever had an account: then nobody comes in without a session."""
        if self._needed is None:
            self._needed = bool(self._store.rows("SELECT 1 FROM accounts LIMIT 1"))
        return self._needed

    def begin(self, login: str, address: str, browser: str) -> str:
        """Signs in; gives the token for the cookie, which cannot be had again."""
        token, at = secret.token(), now()
        with self._store.noting() as cursor:
            cursor.execute("DELETE FROM sessions WHERE expires_at < $1", [at - _LONGEST])
            cursor.execute(
                "INSERT INTO sessions (token_sha256, login, begun_at, seen_at, expires_at, address, browser) "
                "VALUES ($1, $2, $3, $3, $4, $5, $6)",
                [secret.kept(token), login, at, at + _LONGEST, address[:100], browser[:300]],
            )
        return token

    def find(self, token: str | None) -> Session | None:
        """The living session of a cookie; that somebody was there is noted now and then."""
        if not token or len(token) > 200:
            return None
        key = secret.kept(token)
        with self._lock:
            found = self._known.get(key)
        found = found or self._read(key)
        if found is None or not found.lives():
            return None
        if now() - found.seen_at > _NOTED_EACH:
            found = self._note(found)
        with self._lock:
            self._known[key] = found
        return found

    def end(self, key: str) -> None:
        """Signs out one session."""
        self._end("token_sha256 = $value", key)

    def end_all(self, login: str, but: str | None = None) -> None:
        """Signs somebody out everywhere, or everywhere but in one session."""
        self._end("login = $value AND token_sha256 IS DISTINCT FROM $but", login, but=but)

    def of(self, login: str) -> list[Session]:
        """The living sessions of somebody, the newest first."""
        text = _FIND + "WHERE s.login = $1 AND s.ended_at IS NULL ORDER BY s.begun_at DESC"
        return [one for one in map(_session, self._store.rows(text, [login])) if one.lives()]

    def forget_people(self) -> None:
        """Accounts changed: what is remembered of them is asked anew."""
        with self._lock:
            self._known.clear()
            self._needed = None

    def _read(self, key: str) -> Session | None:
        found = self._store.rows(_FIND + "WHERE s.token_sha256 = $1 AND s.ended_at IS NULL", [key])
        return _session(found[0]) if found else None

    def _note(self, session: Session) -> Session:
        at = now()
        with self._store.noting() as cursor:
            cursor.execute("UPDATE sessions SET seen_at = $1 WHERE token_sha256 = $2", [at, session.key])
        return replace(session, seen_at=at)

    def _end(self, which: str, value: str, **others: str | None) -> None:
        with self._store.noting() as cursor:
            text = f"UPDATE sessions SET ended_at = $at WHERE {which} AND ended_at IS NULL"
            cursor.execute(text, {"at": now(), "value": value, **others})
        self.forget_people()


_open: WeakKeyDictionary[Store, Sessions] = WeakKeyDictionary()
_opening = threading.Lock()


def of(store: Store) -> Sessions:
    """The sessions of a store, one object for the process: who ends one anywhere ends it everywhere."""
    with _opening:
        return _open.setdefault(store, Sessions(store))


def _session(row: tuple[Any, ...]) -> Session:
    key, login, begun_at, seen_at, expires_at, address, browser, name, role, teams, employee = row
    person = Person(login, name, role, tuple(teams), employee)
    return Session(key, person, begun_at, seen_at, expires_at, address, browser)

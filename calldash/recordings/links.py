"""Forwarding a recording: a link that only its holder knows, that ends by itself or when somebody revokes it."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from calldash import audit
from calldash.problems import Problem
from calldash.recordings.finding import Call
from calldash.store import Store

DAYS = (1, 7, 30)  # how long a link may live


@dataclass(frozen=True)
class Link:
    """A link that was made; instants are UTC. Its token is known only to whom it was given."""

    link_no: int
    system: str
    id: str
    from_s: int
    made_by: str
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None

    @property
    def subject(self) -> str:
        """The call, as the audit trail names it."""
        return f"{self.system}/{self.id}"


class GoneError(Problem):
    """A link that was valid once."""


_LINKS = "SELECT link_no, system, id, from_s, made_by, made_at, expires_at, revoked_at FROM links "


def create(store: Store, call: Call, who: str, days: int, from_s: int = 0) -> str:
    """Makes a link to a call's recording for one of `DAYS`; the token in it, which cannot be had again."""
    if days not in DAYS:
        raise Problem("A link is valid for 1, 7 or 30 days.")
    token, now = secrets.token_urlsafe(32), _now()
    with store.noting() as cursor:
        made = cursor.execute(
            "INSERT INTO links (token_sha256, system, id, from_s, made_by, made_at, expires_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING link_no",
            [_hash(token), call.system, call.id, max(0, from_s), who, now, now + timedelta(days=days)],
        ).fetchone()
    audit.record(store, who, "link", call.subject, link=made and made[0], days=days, from_s=from_s)
    return token


def in_force(store: Store, call: Call) -> list[Link]:
    """The links to a call's recording that can be used now, the newest first."""
    found = store.rows(
        _LINKS
        + "WHERE system = $system AND id = $id AND revoked_at IS NULL AND expires_at > $now ORDER BY link_no DESC",
        {"system": call.system, "id": call.id, "now": _now()},
    )
    return [Link(*row) for row in found]


def revoke(store: Store, link: Link, who: str) -> None:
    """Ends a link now. One that has been revoked stays as it was."""
    with store.noting() as cursor:
        ended = cursor.execute(
            "UPDATE links SET revoked_at = ? WHERE link_no = ? AND revoked_at IS NULL RETURNING link_no",
            [_now(), link.link_no],
        ).fetchall()
    if ended:
        audit.record(store, who, "unlink", link.subject, link=link.link_no)


def resolve(store: Store, token: str) -> Link:
    """The link with a token. Raises GoneError when it has ended, Problem when there is none."""
    found = store.rows(_LINKS + "WHERE token_sha256 = ?", [_hash(token)])
    if not found:
        raise Problem("There is no such link.")
    link = Link(*found[0])
    if link.revoked_at:
        message = "This link was withdrawn."
        raise GoneError(message)
    if link.expires_at <= _now():
        message = "This link has expired."
        raise GoneError(message)
    return link


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)

"""The audit trail: who did what to which call, template or export, and when.

Each line holds a hash over itself and the line before (`chain`), so that a line that was changed, put in or taken out
shows. Lines that were kept long enough may be dropped from the beginning; the chain then starts at what `meta` tells.
"""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from calldash.people import person
from calldash.store import Store

LOCAL = person.LOCAL.login
_START = "audit_start"  # in `meta`: the hash of the last line that was dropped
_LINE = "audit_id, done_at, who, action, subject, detail"
_FOUND = (
    "($text = '' OR contains(lower(who), lower($text)) OR contains(lower(subject), lower($text))) "
    "AND ($action IS NULL OR action = $action)"
)
Line = tuple[int, datetime, str, str, str, str]


def record(store: Store, who: str, action: str, subject: str, **detail: Any) -> None:
    """Adds a line to the trail: `who` did `action` to `subject`; `detail` is kept as JSON."""
    told = json.dumps(detail, ensure_ascii=False, sort_keys=True, default=str)
    with store.noting() as cursor:
        before = _newest(cursor)
        number = cursor.execute("SELECT nextval('audit_numbers')").fetchall()[0][0]
        line = (number, datetime.now(UTC).replace(tzinfo=None), who, action, subject, told)
        cursor.execute(
            f"INSERT INTO audit ({_LINE}, chain) VALUES ($1, $2, $3, $4, $5, $6, $7)", [*line, _link(before, line)]
        )


def trail(store: Store, subject: str | None = None, most: int = 100) -> list[tuple[datetime, str, str, str, str]]:
    """The newest lines, of one subject or of all: instant (UTC), who, action, subject, detail as JSON."""
    return store.rows(
        "SELECT done_at, who, action, subject, detail FROM audit WHERE $subject IS NULL OR subject = $subject "
        "ORDER BY audit_id DESC LIMIT $most",
        {"subject": subject, "most": most},
    )


def search(store: Store, text: str, action: str | None, skip: int, most: int) -> list[Line]:
    """Lines, the newest first, whose who or subject holds `text` and whose action is `action`; None: any."""
    values = {"text": text.strip(), "action": action, "skip": skip, "most": most}
    return store.rows(
        f"SELECT {_LINE} FROM audit WHERE {_FOUND} ORDER BY audit_id DESC LIMIT $most OFFSET $skip", values
    )


def count(store: Store, text: str, action: str | None) -> int:
    """How many lines `search` finds in all."""
    values = {"text": text.strip(), "action": action}
    return int(store.rows(f"SELECT count(*) FROM audit WHERE {_FOUND}", values)[0][0])


def broken(store: Store) -> Line | None:
    """The first line that does not follow from the one before; None when the whole trail is as it was written."""
    with store.cursor() as cursor:
        before = _dropped(cursor)
        cursor.execute(f"SELECT {_LINE}, chain FROM audit ORDER BY audit_id")
        while rows := cursor.fetchmany(10_000):
            for *line, chain in rows:
                if chain != _link(before, tuple(line)):
                    return tuple(line)
                before = chain
    return None


def head(store: Store) -> str:
    """The hash of the newest line: kept elsewhere, it also shows when lines were taken off the end."""
    with store.cursor() as cursor:
        return _newest(cursor)


def drop_before(store: Store, day: datetime) -> int:
    """Drops the lines from before `day` (UTC); the chain of the others holds. Gives their number."""
    with store.noting() as cursor:
        last = cursor.execute("SELECT chain FROM audit WHERE done_at < $1 ORDER BY audit_id DESC LIMIT 1", [day])
        found = last.fetchone()
        if found is None:
            return 0
        cursor.execute("INSERT OR REPLACE INTO meta VALUES ($1, $2)", [_START, found[0]])
        text = "DELETE FROM audit WHERE audit_id <= (SELECT max(audit_id) FROM audit WHERE done_at < $1)"
        return int(cursor.execute(text, [day]).fetchall()[0][0])


def outlived(days: int) -> datetime:
    """The instant (UTC) before which lines are older than `days`."""
    return datetime.now(UTC).replace(tzinfo=None) - timedelta(days=days)


def _link(before: str, line: tuple[Any, ...]) -> str:
    number, done_at, *rest = line
    text = json.dumps([before, number, done_at.isoformat(timespec="microseconds"), *rest], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _newest(cursor: Any) -> str:
    found = cursor.execute("SELECT chain FROM audit ORDER BY audit_id DESC LIMIT 1").fetchone()
    if found and found[0] is None:
        return _chain_all(cursor)
    return str(found[0]) if found else _dropped(cursor)


def _chain_all(cursor: Any) -> str:
    """Gives every line its hash: a trail from before there were any begins to hold together now."""
    before = _dropped(cursor)
    for line in cursor.execute(f"SELECT {_LINE} FROM audit ORDER BY audit_id").fetchall():
        before = _link(before, line)
        cursor.execute("UPDATE audit SET chain = $1 WHERE audit_id = $2", [before, line[0]])
    return before


def _dropped(cursor: Any) -> str:
    found = cursor.execute("SELECT value FROM meta WHERE name = $1", [_START]).fetchone()
    return str(found[0]) if found else ""

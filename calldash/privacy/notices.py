"""What callers of a line are told about recording, and whether it is recorded: said by people, shown with calls."""

from dataclasses import dataclass
from datetime import UTC, datetime

from calldash import audit
from calldash.problems import Problem
from calldash.store import Store

_LONGEST = 1000


@dataclass(frozen=True)
class Notice:
    """Of a line: is it announced, in which words, is it recorded. None: nobody has said."""

    line: str
    announced: bool | None = None
    words: str | None = None
    recorded: bool | None = None


def notices(store: Store) -> list[Notice]:
    """Every line of the calls, and those that something was said of, in their order."""
    found = store.rows(
        "SELECT line, announced, words, recorded FROM line_notices FULL JOIN "
        "(SELECT DISTINCT line FROM calls WHERE line IS NOT NULL) USING (line) ORDER BY line"
    )
    return [Notice(*row) for row in found]


def of_line(store: Store, line: str | None) -> Notice | None:
    """What was said of a line; None where nothing was."""
    found = store.rows("SELECT line, announced, words, recorded FROM line_notices WHERE line = $1", [line])
    return Notice(*found[0]) if found else None


def save(store: Store, who: str, given: list[Notice]) -> int:
    """Keeps what is said of lines; gives how many it changed. Raises Problem for words that are too long."""
    before = {one.line: one for one in notices(store)}
    changed = [one for one in given if before.get(one.line, Notice(one.line)) != one]
    if any(len(one.words or "") > _LONGEST for one in changed):
        raise Problem("An announcement has at most {most} letters.", most=_LONGEST)
    now = datetime.now(UTC).replace(tzinfo=None)
    with store.noting() as cursor:
        for one in changed:
            row = [one.line, one.announced, one.words or None, one.recorded, who, now]
            cursor.execute("INSERT OR REPLACE INTO line_notices VALUES (?, ?, ?, ?, ?, ?)", row)
    for one in changed:
        audit.record(store, who, "line notice", one.line, announced=one.announced, recorded=one.recorded)
    return len(changed)

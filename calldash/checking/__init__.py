"""Whether the store holds together: each check is an entry of a table and tells what is wrong in sentences."""

from collections.abc import Callable, Iterator

from calldash.checking import added_up, counted, facts, files, trail
from calldash.checking.finding import Finding, Looked
from calldash.store import Store

__all__ = ["CHECKS", "Finding", "run"]

Check = Callable[[Looked], Iterator[Finding]]
CHECKS: dict[str, Check] = {
    "counts": counted.counts,
    "links": counted.links,
    "facts": facts.differing,
    "rollups": added_up.differing,
    "audit": trail.broken,
    "recordings": files.missing,
}


def run(store: Store, progress: Callable[[float], None], known_head: str | None = None) -> dict[str, list[Finding]]:
    """What each check found, by its name; nothing is changed. All look at one moment of the store.

    `known_head` is a hash of the audit trail that was kept elsewhere: the trail must hold it still.
    """
    found: dict[str, list[Finding]] = {}
    with store.cursor() as cursor:
        cursor.execute("BEGIN")
        try:
            looked = Looked(store, cursor, known_head)
            for done, (name, check) in enumerate(CHECKS.items()):
                found[name] = list(check(looked))
                progress((done + 1) / len(CHECKS))
        finally:
            cursor.execute("ROLLBACK")
    return found

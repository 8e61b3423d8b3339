"""Whether the store holds together: each check is an entry of a table and tells what is wrong in sentences."""

from collections.abc import Callable, Iterator

from calldash.checking import added_up, counted, facts, files, trail
from calldash.checking.finding import Finding, Looked
from calldash.store import Store

__all__ = ["CHECKS", "Finding", "run", "wrong"]

Check = Callable[[Looked], Iterator[Finding]]
CHECKS: dict[str, Check] = {
    "counts": counted.counts,
    "links": counted.links,
    "facts": facts.differing,
    "rollups": added_up.differing,
    "audit": trail.broken,
    "recordings": files.missing,
}


# The share of the time that each takes in a large store.
_SHARES = {"counts": 0.1, "links": 0.02, "facts": 0.5, "rollups": 0.35, "audit": 0.02, "recordings": 0.01}


def run(store: Store, progress: Callable[[float], None], known_head: str | None = None) -> dict[str, list[Finding]]:
    """What each check found, by its name; nothing is changed. All look at one moment of the store.

    `known_head` is a hash of the audit trail that was kept elsewhere: the trail must hold it still.
    """
    found: dict[str, list[Finding]] = {}
    done = 0.0
    with store.cursor() as cursor:
        cursor.execute("BEGIN")
        try:
            for name, check in CHECKS.items():

                def step(share: float, name: str = name, done: float = done) -> None:
                    progress(done + share * _SHARES[name])

                found[name] = list(check(Looked(store, cursor, known_head, step)))
                done += _SHARES[name]
                progress(done)
        finally:
            cursor.execute("ROLLBACK")
    return found


def wrong(found: dict[str, list[Finding]]) -> list[Finding]:
    """What does not hold together, among all that was found."""
    return [one for several in found.values() for one in several if not one.note]

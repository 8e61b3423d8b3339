"""Deals from a file into the store: all of them, or nothing and what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from calldash import audit
from calldash.given import kept
from calldash.given.deals_file import listed
from calldash.given.deals_shapes import DEAL_SHAPES
from calldash.given.lines import read
from calldash.given.refused import Refused
from calldash.people import viewer
from calldash.problems import Problem
from calldash.store import Store, deals


@dataclass(frozen=True)
class Receipt:
    """What became of a file: its deals by what they were, lines without a usable number, deals that no call brought.

    The last is None for who sees numbers masked: a file of one number would tell whether that number called.
    """

    file: str
    shape: str
    new: int
    changed: int
    same: int
    numberless: Sequence[int]
    uncalled: int | None


def import_file(
    store: Store, path: Path, who: str, given: Mapping[str, str] | None = None, name: str | None = None
) -> Receipt:
    """Takes the deals of the file at `path`; `given` are values for what its lines do not say.

    Raises Refused, with the store unchanged, where a line is wrong; Problem where the file cannot be read.
    """
    shapes = [*kept.shapes(store.settings.data, "deals"), *DEAL_SHAPES]
    found = read(path, shapes, store.settings.max_file_mb, name)
    done = listed(found, given or {}, store.settings)
    if done.wrong:
        raise Refused(found.name, done.wrong)
    if not done.deals:
        raise Problem("{file} has no deals.", file=found.name)
    with store.writing() as cursor:
        change = deals.put(cursor, store.settings, done.deals, done.lines, found.name, who)
    receipt = Receipt(
        found.name, found.found.shape.name, change.new, change.changed, change.same, done.numberless,
        _uncalled(store, {one.origin for one in done.deals}),
    )  # fmt: skip
    counts = {"new": change.new, "changed": change.changed, "same": change.same}
    audit.record(store, who, "deals import", receipt.file, **counts)
    return receipt


def _uncalled(store: Store, origins: set[str]) -> int | None:
    """How many deals of these origins have a number, but no call before them within the window."""
    if not viewer.current().may("numbers"):
        return None
    return int(
        store.rows(
            "SELECT count(*) FROM deals WHERE client IS NOT NULL AND list_contains($1, origin) "
            "AND deal_no NOT IN (SELECT deal_no FROM attributed)",
            [sorted(origins)],
        )[0][0]
    )

"""Spend and deals taken back: those of a source, a file, a list; never all of them unawares."""

from collections.abc import Mapping, Sequence
from datetime import date

from calldash import audit
from calldash.problems import Problem
from calldash.store import Store, deals, sources, spend

# What lines of spend may be told by, as SQL over one; days mean lines that lie within them wholly.
_SPEND = {
    "source": f"{sources.WRITTEN['source']} = $source",
    "campaign": f"{sources.WRITTEN['campaign']} = $campaign",
    "account": "account = $account",
    "file": "file = $file",
    "since": "since >= $since",
    "until": "until <= $until",
}
_DAYS = ("since", "until")


def spend_of(store: Store, who: str, which: Mapping[str, str]) -> int:
    """Removes the lines of spend that `which` (keys of source, campaign, account, file, since, until) tells of.

    Gives how many. Raises Problem where it tells nothing.
    """
    if not which:
        raise Problem("Say which spend: a source, campaign, account, file or days.")
    values = {name: _day(text) if name in _DAYS else text for name, text in which.items()}
    with store.writing() as cursor:
        numbers = [one.spend_no for one in spend.stored(cursor, " AND ".join(_SPEND[name] for name in which), values)]
        spend.remove(cursor, numbers)
    audit.record(store, who, "spend edit", "", removed=len(numbers), **which)
    return len(numbers)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Problem("{text} is not a day such as 2026-01-31.", text=text) from error


def deals_of(store: Store, who: str, origin: str, ids: Sequence[str]) -> int:
    """Removes the deals of a list, or those of its numbers `ids`; gives how many. Raises Problem without a list."""
    if not origin:
        raise Problem("Say of which list the deals are.")
    with store.writing() as cursor:
        known = [number for _origin, number in deals.stored(cursor, origin)]
        gone = [number for number in known if not ids or number in ids]
        deals.remove(cursor, origin, gone)
    audit.record(store, who, "deals removed", origin, removed=len(gone), ids=list(ids))
    return len(gone)

"""Names of calls in addresses: the local day and a keyed hash of system and id.

A name holds no number, cannot be guessed from one, and is the same after the call was imported anew.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from calldash.store import keyed
from calldash.store.duck import Store

_NAME = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})-([0-9a-f]{12})")
_PURPOSE = "names of calls"  # the store's key makes other hashes too: none of them is one of these
_HASH = "left(sha256($key || {system} || chr(10) || {id}), 12)"
_OF_CALL = _HASH.format(system="system", id="id")
_A_DAY = timedelta(days=1)


def names(store: Store, calls: Iterable[int]) -> dict[int, str]:
    """The names of calls by their numbers, such as `20260105-0c2f9a1be47d`; nothing for those that are not there."""
    text = f"SELECT call_no, strftime(day, '%Y%m%d-') || {_OF_CALL} FROM calls WHERE call_no IN (SELECT unnest($calls))"
    return dict(store.rows(text, {"key": _key(store), "calls": list(calls)}))


def name(store: Store, call_no: int) -> str:
    """The name of one call; empty for one that is not there."""
    return names(store, [call_no]).get(call_no, "")


def find(store: Store, text: str | None) -> int | None:
    """The number of the call with a name; None for what is no name, or that of no call.

    A call that was built anew under another id or began on the next day is found by what its rows were known as.
    """
    told = _NAME.fullmatch(text or "")
    if told is None:
        return None
    try:
        day = date(*(int(part) for part in told.groups()[:3]))
        days = {"key": _key(store), "hash": told[4], "since": day, "until": day}
        return _only(store, f"SELECT call_no FROM calls WHERE day = $since AND {_OF_CALL} = $hash", days) or _moved(
            store, days | {"since": day - _A_DAY, "until": day + _A_DAY}
        )
    except (ValueError, OverflowError):
        return None


def _moved(store: Store, days: dict[str, object]) -> int | None:
    """The call of about those days one of whose rows has the id that a name was made of."""
    known = _HASH.format(system="r.system", id="r.ref")
    return _only(
        store,
        "WITH near AS (SELECT call_no, system, id FROM calls WHERE day BETWEEN $since AND $until), "
        "roots AS (SELECT n.call_no, r.system, r.root FROM near n JOIN refs r ON r.system = n.system AND r.ref = n.id) "
        f"SELECT call_no FROM near WHERE {_OF_CALL} = $hash UNION ALL "
        "SELECT roots.call_no FROM roots JOIN refs r ON r.system = roots.system AND r.root = roots.root "
        f"WHERE {known} = $hash LIMIT 1",
        days,
    )


def _only(store: Store, text: str, values: dict[str, object]) -> int | None:
    named = {key: value for key, value in values.items() if f"${key}" in text}
    found = store.rows(text, named)
    return int(found[0][0]) if found else None


def _key(store: Store) -> str:
    """The store's key for this purpose alone; made when names are first asked for."""
    return keyed.hashed(store, _PURPOSE)

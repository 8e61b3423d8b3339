"""Marking calls: one, some or all of a filter; the history of a call's marks, and the tags that are offered."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from calldash import audit
from calldash.filters import CallFilter, to_pairs
from calldash.marking import sales
from calldash.people import viewer
from calldash.problems import Problem
from calldash.query import Moment, Question, numbers_of, visible
from calldash.store import Store, marks

_LONGEST_TAG, _LONGEST_NOTE = 40, 2000


def put(store: Store, who: str, what: str, value: str | None, calls: Sequence[int] | CallFilter) -> int:
    """Marks calls, by number or all of a filter; None takes the mark back. Gives how many it changed.

    Calls that who asks may not see are left alone. Raises Problem for who may not mark, for a value that the mark
    cannot have, and for sums of sales beside sums in another currency.
    """
    _may()
    value = _checked(what, value, store.settings.currency)
    if isinstance(calls, CallFilter):
        asked = numbers_of(calls, Moment(store.settings, store.now()))
        subject = json.dumps(to_pairs(calls), ensure_ascii=False)
    else:
        asked = Question(values={"numbers": list(calls)})
        theirs = visible(Moment(store.settings), asked)
        asked.sql = f"SELECT call_no FROM calls WHERE call_no IN (SELECT unnest($numbers)) AND ({theirs})"
        subject = ", ".join(_names(store, calls))
    if what == "sale" and value:
        _of_one_currency(store, asked)
    with store.writing() as cursor:
        count = marks.put(cursor, store.settings, asked.sql, asked.values, what, value, who)
    if count:
        told = None if what == "note" else value  # a note may tell who the client is; the trail outlives it
        audit.record(store, who, "mark", subject, what=what, value=told, calls=count)
    return count


def _may() -> None:
    """Raises Problem for who may not mark: a button of a page that was left open is no leave."""
    if not viewer.current().may("marks"):
        raise Problem("Your role does not allow this.")


def _names(store: Store, calls: Sequence[int]) -> list[str]:
    found = store.rows(
        "SELECT system, id FROM calls WHERE call_no IN (SELECT unnest($numbers)) ORDER BY call_no",
        {"numbers": list(calls)},
    )
    return [f"{system}/{id_}" for system, id_ in found]


def _of_one_currency(store: Store, asked: Question) -> None:
    currency = store.settings.currency
    text = f"SELECT id, currency FROM calls WHERE call_no IN ({asked.sql}) AND currency <> $own ORDER BY call_no"
    for id_, other in store.rows(f"{text} LIMIT 1", dict(asked.values) | {"own": currency}):
        raise Problem(
            "The money of call {id} is in {other}: a sale in {currency} cannot stand beside it.",
            id=id_, other=other, currency=currency,
        )  # fmt: skip


def _checked(what: str, value: str | None, currency: str) -> str | None:
    if what == "sale":
        return None if value is None else sales.read(value, currency)
    known = marks.MARKS[what].values
    if known and value is not None and value not in known:
        raise Problem("A mark of this kind is one of {known}.", known=", ".join(known))
    if what in ("tag", "untag"):
        return tag_name(value or "")
    if value is not None and len(value) > _LONGEST_NOTE:
        raise Problem("A note has at most {most} characters.", most=_LONGEST_NOTE)
    return value


def tag_name(text: str) -> str:
    """A tag as it is kept. Raises Problem for none, a long one, or one with the sign that stands between tags."""
    name = " ".join(text.split())
    if not name or len(name) > _LONGEST_TAG or ";" in name:
        raise Problem("A tag has 1 to {most} characters and no semicolon.", most=_LONGEST_TAG)
    return name


def history(store: Store, system: str, id_: str) -> list[tuple[str, str | None, str, datetime]]:
    """The marks of a call, the newest first: what, value, who, when (UTC)."""
    text = "SELECT what, value, who, made_at FROM marks WHERE system = $1 AND id = $2 ORDER BY mark_no DESC"
    return store.rows(text, [system, id_])


def in_force(store: Store, system: str, id_: str) -> dict[str, str | None]:
    """The marks that a call has: outcome, sale, target, spam and note; None where the phone system decides."""
    text = "SELECT outcome, sale_amount, sale_currency, target, spam, note FROM marked WHERE system = $1 AND id = $2"
    found = store.rows(text, [system, id_]) or [(None,) * 6]
    outcome, amount, currency, target, spam, note = found[0]
    told = {None: None, True: "yes", False: "no"}
    sold = None if amount is None else sales.written(amount, currency)
    return {"outcome": outcome, "sale": sold, "target": told[target], "spam": told[spam], "note": note}


def tags(store: Store) -> list[str]:
    """The tags that are offered, in order."""
    return [tag for (tag,) in store.rows("SELECT tag FROM tags ORDER BY lower(tag)")]


def offer(store: Store, who: str, text: str) -> str:
    """Adds a tag to those that are offered; gives it as it is kept. Raises Problem for what cannot be a tag."""
    _may()
    name = tag_name(text)
    with store.noting() as cursor:
        cursor.execute(
            "INSERT OR IGNORE INTO tags VALUES ($1, $2, $3)", [name, who, datetime.now(UTC).replace(tzinfo=None)]
        )
    audit.record(store, who, "tag", name, offered=True)
    return name


def withdraw(store: Store, who: str, name: str) -> None:
    """Takes a tag off the list; calls that have it keep it."""
    _may()
    with store.noting() as cursor:
        cursor.execute("DELETE FROM tags WHERE tag = $1", [name])
    audit.record(store, who, "tag", name, offered=False)


def rename(store: Store, who: str, old: str, new: str) -> int:
    """Renames a tag on the list and on all calls; gives the number of calls. Raises Problem for what is no tag."""
    name = offer(store, who, new)
    having = CallFilter().choose("tag", [old])
    numbers = numbers_of(having, Moment(store.settings, store.now()))
    calls = [number for (number,) in store.rows(numbers.sql, numbers.values)]
    put(store, who, "tag", name, calls)
    put(store, who, "untag", old, calls)
    withdraw(store, who, old)
    return len(calls)

"""Ad spend from a file, or as edited by hand, into the store: all of it, or nothing and what is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from calldash import audit
from calldash.given import kept
from calldash.given.lines import Line, read
from calldash.given.refused import Refused
from calldash.given.spend_file import Listed, check, listed
from calldash.given.spend_shapes import SPEND_SHAPES
from calldash.problems import Problem, Reject
from calldash.store import Store, spend
from calldash.store.spend import Change, Spend

BY_HAND = ""


@dataclass(frozen=True)
class Receipt:
    """What became of a file: of its lines of spend, new ones and those that are there already; stored lines replaced.

    `empty` lines tell no amount, `totals` add up others. `unknown` are its campaigns that no call has;
    `doubled` its sources that have spend with a campaign and without on the same days.
    """

    file: str
    shape: str
    new: int
    replaced: int
    same: int
    empty: int = 0
    totals: int = 0
    since: date | None = None
    until: date | None = None
    amount: Decimal = Decimal(0)
    currency: str = ""
    unknown: Sequence[tuple[str, str | None]] = field(default=())
    doubled: Sequence[str] = ()


def import_file(
    store: Store, path: Path, who: str, given: Mapping[str, str] | None = None, name: str | None = None
) -> Receipt:
    """Takes the spend of the file at `path`; `given` are values for what its lines do not say.

    Raises Refused, with the store unchanged, where a line is wrong; Problem where the file cannot be read.
    """
    shapes = [*kept.shapes(store.settings.data, "spend"), *SPEND_SHAPES]
    found = read(path, shapes, store.settings.max_file_mb, name)
    done = listed(found, given or {}, store.settings)
    if not done.spend and not done.wrong:
        raise Problem("{file} has no lines with spend.", file=found.name)
    change = _take(store, done, found.name, who)
    days = [one.since for one in done.spend], [one.until for one in done.spend]
    receipt = Receipt(
        found.name, found.found.shape.name, len(change.new), len(change.replaced), change.same, done.empty,
        found.totals, min(days[0]), max(days[1]), sum((one.amount for one in done.spend), Decimal(0)),
        done.spend[0].currency, _unknown(store, done.spend), _doubled(store, done.spend),
    )  # fmt: skip
    audit.record(
        store, who, "spend import", receipt.file,
        new=receipt.new, replaced=receipt.replaced, same=receipt.same, amount=receipt.amount, currency=receipt.currency,
    )  # fmt: skip
    return receipt


def _take(store: Store, done: Listed, file: str, who: str) -> Change:
    with store.writing() as cursor:
        change = spend.compare(spend.stored(cursor), done.spend)
        wrong = done.wrong + [_met(done, at, held) for at, held in change.meets]
        if wrong:
            raise Refused(file, wrong)
        spend.remove(cursor, (held.spend_no for held in change.replaced))
        spend.add(cursor, [done.spend[at] for at in change.new], [done.lines[at] for at in change.new], file, who)
    return change


def _met(done: Listed, at: int, held: spend.Stored) -> Reject:
    """A line that speaks of some, but not all, days of what is stored."""
    found, old = done.spend[at], held.spend
    reason = "meets only some days of what is there: {since} – {until}, {place}"
    places = {"since": old.since, "until": old.until, "place": f"{held.file}:{held.line}" if held.file else "—"}
    return Reject(done.lines[at], "since", found.since.isoformat(), reason, "", places)


def _unknown(store: Store, given: Iterable[Spend]) -> list[tuple[str, str | None]]:
    here = {(one.source, one.campaign) for one in given}
    with store.cursor() as cursor:
        found = ((one.source, one.campaign) for one in spend.unknown(cursor) if one.amount)
        return [pair for pair in dict.fromkeys(found) if pair in here]


def _doubled(store: Store, given: Iterable[Spend]) -> list[str]:
    found = store.rows(
        "SELECT DISTINCT whole.source FROM spend_days whole JOIN spend_days part USING (source, day) "
        "WHERE whole.campaign IS NULL AND part.campaign IS NOT NULL AND source IN (SELECT unnest($1)) ORDER BY 1",
        [sorted({one.source for one in given})],
    )
    return [source for (source,) in found]


def edit(store: Store, who: str, removed: Sequence[int], added: Sequence[Mapping[str, str]]) -> int:
    """Takes lines away by number and adds others, each a mapping of column to text; gives how many were added.

    Raises Refused, with the store unchanged, where a line is wrong or meets what stays; lines count from 1.
    """
    rows = [Line(number, cells) for number, cells in enumerate(added, 1)]
    done = check(rows, {"currency": store.settings.currency})
    done.wrong += [Reject(line, "amount", "", "is not given") for line in _without_amount(rows)]
    with store.writing() as cursor:
        there = [one for one in spend.stored(cursor) if one.spend_no not in set(removed)]
        change = spend.compare(there, done.spend)
        met = [*change.meets, *((0, held) for held in change.replaced)]
        wrong = done.wrong + [_met(done, at, held) for at, held in met]
        if wrong:
            raise Refused("", wrong)
        spend.remove(cursor, removed)
        spend.add(cursor, done.spend, done.lines, BY_HAND, who)
    audit.record(store, who, "spend edit", "", removed=len(removed), added=len(done.spend))
    return len(done.spend)


def _without_amount(rows: Iterable[Line]) -> list[int]:
    return [row.number for row in rows if not row.cells.get("amount", "").strip()]

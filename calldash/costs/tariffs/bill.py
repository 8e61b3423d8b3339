"""The audit of a bill: calls charged otherwise than the tariffs in force say, why, and the sums."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from calldash.costs.tariffs import keeping
from calldash.costs.tariffs.tariff import Tariff
from calldash.filters import CallFilter
from calldash.i18n import mark
from calldash.query import Moment
from calldash.query.billed import as_if, differences, sums
from calldash.store import Store

# Why a charge differs, in words; the codes are those of `query.billed`.
WHYS = {
    "no_tariff": mark("No tariff in force on that day"),
    "not_in_tariff": mark("No price in the tariff for such a number"),
    "talk_unknown": mark("Length of the talk not known"),
    "cost_unknown": mark("What was charged is not known"),
    "currency": mark("Charged in another currency"),
    "unanswered": mark("Charged though nobody answered"),
    "twice": mark("Charged twice"),
    "rounding": mark("Rounding: no more than a hundredth"),
    "package": mark("Charged though the package had minutes left"),
    "connection": mark("Connection fee left out"),
    "free": mark("Free seconds charged"),
    "duration": mark("Another length: the wait counted too, or left out"),
    "longer": mark("One step too many"),
    "step": mark("Rounded up by other steps"),
    "prefix": mark("Price of another destination"),
    "other": mark("Not explained"),
}
_CENT = Decimal("0.01")


def sums_of(store: Store, chosen: CallFilter) -> pd.DataFrame:
    """By currency and why (`right` too): calls, charged, due, difference; amounts are Decimal, None where not known."""
    asked = sums(chosen, Moment(store.settings, store.now()), keeping.any_packages(store))
    rows = store.rows(asked.sql, asked.values)
    return pd.DataFrame(rows, columns=["currency", "why", "calls", "charged", "due", "difference"], dtype=object)


def stretches(chosen: CallFilter, first: date, last: date) -> list[CallFilter]:
    """The filter cut into quarters, of all days from `first` to `last` that it leaves; one where it is no longer.

    What is told of them adds up to what is told of all: packages begin anew each month.
    """
    since, until = max(chosen.since or first, first), min(chosen.until or last, last)
    found = []
    while since <= until:
        ends = date(since.year + since.month // 10, (since.month + 2) // 3 * 3 % 12 + 1, 1) - timedelta(days=1)
        found.append(replace(chosen, since=since, until=min(ends, until)))
        since = ends + timedelta(days=1)
    return found if len(found) > 1 else [chosen]


def added(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """What `sums_of` tells of several stretches, together."""
    every = pd.concat(parts, ignore_index=True)
    rows = [
        [*group, int(rows["calls"].sum()), *(_sum(rows[name]) for name in ("charged", "due", "difference"))]
        for group, rows in every.groupby(["currency", "why"])
    ]
    return pd.DataFrame(rows, columns=list(every.columns), dtype=object)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [one for one in amounts if one is not None]
    return sum(known, Decimal(0)) if known else None


def largest(parts: Sequence[pd.DataFrame], most: int) -> pd.DataFrame:
    """What `differences_of` tells of several stretches, together."""
    rows = [row for part in parts for row in part.to_dict("records")]
    rows.sort(key=lambda row: (-abs((row["charged"] or 0) - (row["due"] or 0)), row["started_at"], row["call_no"]))
    return pd.DataFrame(rows[:most], columns=list(LISTED), dtype=object)


LISTED = (
    "call_no", "started_at", "client", "line", "employee", "team", "direction", "kind", "talk_s", "charged", "due",
    "difference", "why", "tariff", "prefix", "secs", "currency", "id",
)  # fmt: skip


def differences_of(store: Store, chosen: CallFilter, why: str | None = None, most: int | None = None) -> pd.DataFrame:
    """The calls that differ, the largest difference first, at most `most`; columns LISTED, amounts are Decimal."""
    asked = differences(chosen, Moment(store.settings, store.now()), keeping.any_packages(store), why, most)
    return pd.DataFrame(store.rows(asked.sql, asked.values), columns=list(LISTED), dtype=object)


@dataclass(frozen=True)
class AsIf:
    """A history by a tariff: calls it prices, what they cost, its monthly fees; calls it does not tell and their cost
    as charged. `charged` is what all really cost, with the fees of the tariffs in force; None: not known.
    `unknown` calls have no known charge to compare with; `foreign` ones were charged in another currency.
    `tariff_no` is the number of the version."""

    tariff: str
    currency: str
    priced: int
    due: Decimal
    monthly: Decimal
    kept: int
    kept_cost: Decimal
    charged: Decimal | None
    unknown: int
    foreign: int
    tariff_no: int

    @property
    def total(self) -> Decimal | None:
        """What the history would have cost; None where currencies would have to be added."""
        return None if self.foreign else self.due + self.monthly + self.kept_cost

    @property
    def saved(self) -> Decimal | None:
        """By how much it is cheaper than what was paid (less than 0: dearer)."""
        return None if self.total is None or self.charged is None else self.charged - self.total


def what_if(store: Store, chosen: CallFilter) -> list[AsIf]:
    """The filter's calls by the newest version of every tariff, the cheapest first, those that cannot be told last."""
    newest: dict[str, tuple[int, Tariff]] = {one.tariff: (number, one) for number, one in keeping.tariffs(store)}
    found = [_as_if(store, chosen, number, one) for number, one in newest.values()]
    return sorted(found, key=lambda one: (one.total is None, one.currency, one.total or 0, one.tariff))


def _as_if(store: Store, chosen: CallFilter, number: int, tariff: Tariff) -> AsIf:
    moment = Moment(store.settings, store.now())
    asked = as_if(chosen, moment, bool(tariff.packages), number)
    row = store.rows(asked.sql, asked.values)[0]
    priced, due, kept, kept_cost, charged, unknown, foreign, first, last = row
    since, until = chosen.since or first, chosen.until or last
    days = (since, until) if since and until else None
    paid = charged
    if days and charged is not None:
        own = [one for one in keeping.in_force(store, *days) if one.currency == tariff.currency]
        paid += sum((fees(one, max(since, one.since), min(until, one.last)) for one in own), Decimal(0))
    monthly = sum((fees(one, *days) for one in _with_it(store, tariff, *days)), Decimal(0)) if days else Decimal(0)
    return AsIf(tariff.tariff, tariff.currency, priced, due, monthly, kept, kept_cost, paid, unknown, foreign, number)


def _with_it(store: Store, tariff: Tariff, since: date, until: date) -> list[Tariff]:
    """The tariff, and those that would stay in force beside it: it may be for some calls only."""
    if not (tariff.system or tariff.line):
        return [tariff]
    own = [one for one in keeping.in_force(store, since, until) if one.currency == tariff.currency]
    return [tariff, *(one for one in own if (one.system, one.line) != (tariff.system, tariff.line))]


def cheapest(found: list[AsIf]) -> AsIf | None:
    """The one of the lowest total; None without any, or where currencies differ."""
    known = [one for one in found if one.total is not None]
    return known[0] if known and len({one.currency for one in known}) == 1 else None


def fees(tariff: Tariff, since: date, until: date) -> Decimal:
    """The monthly fees of the days `since` to `until`: of a part of a month its part, to the cent."""
    total, day = Decimal(0), since
    while day <= until and tariff.monthly:
        following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        last = min(until, following - timedelta(days=1))
        length = (following - day.replace(day=1)).days
        part = tariff.monthly * ((last - day).days + 1) / length
        total += part.quantize(_CENT, ROUND_HALF_UP)
        day = following
    return total

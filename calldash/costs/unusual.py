"""Unusual spending: what is known from stolen lines and slips of the finger, as rules over the calls of a filter."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

import pandas as pd

from calldash.asking import ask
from calldash.filters import CallFilter
from calldash.i18n import mark
from calldash.store import Store

_NIGHT = ("23", "0", "1", "2", "3", "4", "5")
_SHORT_S = 59
_TIMES = 20  # as dear as so many charged calls
_LEAST = Decimal("0.000001")
_KEYS = ["priced_calls", "total_cost"]


@dataclass(frozen=True)
class Rule:
    """A kind of unusual spending: key, title and words (msgids), which calls of a filter it looks at (None: it cannot
    tell), and how many of one day, person and country it takes."""

    key: str
    title: str
    words: str
    calls: Callable[[Store, CallFilter], CallFilter | None]
    least: int = 1


def _paid(chosen: CallFilter) -> CallFilter:
    """The outbound calls of a filter that cost something, unless it limits them already."""
    held = chosen.values("direction")
    low, high = chosen.bounds("cost")
    low = max(Decimal(low), _LEAST) if low is not None else _LEAST
    return chosen.choose("direction", [one for one in held if one == "outbound"] or ["outbound"]).between(
        "cost", low, high
    )


def _within(chosen: CallFilter, dimension: str, values: list[str]) -> CallFilter | None:
    """The filter with a breakdown limited to those of `values` that it leaves."""
    held = chosen.values(dimension)
    left = [value for value in values if not held or value in held]
    return chosen.choose(dimension, left) if left else None


def _premium(_store: Store, chosen: CallFilter) -> CallFilter | None:
    return _within(_paid(chosen), "number_kind", ["premium", "shared_cost"])


def _at_night(_store: Store, chosen: CallFilter) -> CallFilter | None:
    return _within(_paid(chosen), "hour", list(_NIGHT))


def _abroad(store: Store, chosen: CallFilter) -> CallFilter | None:
    paid = _paid(chosen).choose("kind", ["voice"])
    known = ask(store, ["priced_calls"], ["country"], paid)["country"].dropna()
    others = [str(country) for country in known if country != store.settings.region]
    low, high = chosen.bounds("talk_s")
    high = _SHORT_S if high is None else min(int(high), _SHORT_S)
    found = _within(paid, "country", others)
    return found.between("talk_s", low or 0, high) if found else None


def _dear(store: Store, chosen: CallFilter) -> CallFilter | None:
    paid = _paid(chosen)
    row = ask(store, _KEYS, [], paid).iloc[0]
    if pd.isna(row["total_cost"]) or not row["priced_calls"]:
        return None
    bound = Decimal(str(row["total_cost"])) / int(row["priced_calls"]) * _TIMES
    low, high = paid.bounds("cost")
    return paid.between("cost", max(Decimal(low or 0), bound.quantize(Decimal("0.01"))), high)


RULES = (
    Rule("premium", mark("Premium numbers"), mark("Paid calls to premium and shared-cost numbers."), _premium),
    Rule("abroad", mark("Many short calls abroad"),
         mark("From one person, at least 5 paid calls of less than a minute to another country on one day: "
              "so do stolen lines call."), _abroad, 5),
    Rule("night", mark("At night"), mark("Paid outbound calls between 23:00 and 6:00."), _at_night),
    Rule("dear", mark("Very dear calls"), mark("Outbound calls that cost as much as 20 charged ones on average."),
         _dear),
)  # fmt: skip
BY = ["day", "employee", "country"]


@dataclass(frozen=True)
class Found:
    """What a rule found: the calls it is about, and a row for each day, person and country, the dearest first."""

    rule: Rule
    calls: CallFilter
    rows: pd.DataFrame


def unusual(store: Store, chosen: CallFilter) -> list[Found]:
    """What each rule finds among the calls of a filter; rules that find nothing are left out."""
    found = []
    plain = replace(chosen, behind=None)
    for rule in RULES:
        calls = rule.calls(store, plain)
        rows = ask(store, _KEYS, BY, calls) if calls else pd.DataFrame()
        rows = rows[rows["priced_calls"] >= rule.least] if len(rows) else rows
        if calls and len(rows):
            ordered = rows.sort_values("total_cost", ascending=False, kind="stable", na_position="last")
            found.append(Found(rule, calls, ordered.reset_index(drop=True)))
    return found

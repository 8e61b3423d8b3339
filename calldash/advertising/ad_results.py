"""Questions about the results of advertising, to the store: figures in, what `results` makes of them out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from calldash import reports
from calldash.advertising.results import burned, planner, trust
from calldash.advertising.results import cohorts as by_first_call
from calldash.advertising.results.cohorts import Cohort
from calldash.advertising.results.lines import FIGURES, Line, lines
from calldash.advertising.results.planner import Advice
from calldash.advertising.results.trust import Moved
from calldash.asking import ask
from calldash.filters import CallFilter
from calldash.i18n import mark
from calldash.query import ad_buyers, ad_days, levels, questions
from calldash.rollups import moment
from calldash.store import Store

# What advertising is known by: a day of spend has no employee or queue.
DIMENSIONS = ("source", "medium", "campaign", "keyword", "ad", "weekday")
MODELS = {
    "first": mark("First call"),
    "last": mark("Last call before the deal"),
    "linear": mark("All calls, in equal parts"),
}
_BY = ("source", "campaign")
_KEPT = {"ad_buyers": ad_buyers, "ad_days": ad_days}
_MODEL_KEYS = ("deals", "deal_revenue", "buyers", "romi")


@dataclass(frozen=True)
class Results:
    """Of a filter: the line of everything, those of sources and of their campaigns, and where ROMI could move to."""

    whole: Line
    sources: list[Line]
    campaigns: list[Line]
    moved: Moved | None


def narrowed(chosen: CallFilter) -> CallFilter:
    """The filter without what spend cannot be told by."""
    kept = CallFilter(chosen.since, chosen.until)
    for name in DIMENSIONS:
        kept = kept.choose(name, chosen.values(name))
    return kept


def results(store: Store, chosen: CallFilter) -> Results:
    """What advertising cost and brought."""
    buyers = _report(store, "ad_buyers", chosen)
    paid = buyers[buyers["paid"]]
    whole, sources, campaigns = (lines(found, paid, _BY[:at]) for at, found in enumerate(_levels(store, chosen)))
    cost, romi = whole[0].figures["ad_cost"].value, whole[0].figures["romi"].value
    unknown = buyers[buyers["unknown"] & ~buyers["paid"]]
    moved = trust.moved(cost or 0, list(paid["profit"]), list(unknown["profit"])) if romi is not None else None
    return Results(whole[0], sources, campaigns, moved)


def _report(store: Store, name: str, chosen: CallFilter) -> pd.DataFrame:
    """The answer of a report, from what is kept where that can tell it."""
    now = moment(store)
    asked = _KEPT[name](chosen, now)
    return store.frame(asked.sql, asked.values) if asked else reports.run(store, name, chosen, now)


def _levels(store: Store, chosen: CallFilter) -> list[pd.DataFrame]:
    """The figures of everything, of sources and of their campaigns."""
    keys, depths = list(FIGURES), range(len(_BY) + 1)
    asked = levels(keys, _BY, chosen, moment(store))
    if asked is None:
        return [ask(store, keys, list(_BY[:depth]), chosen) for depth in depths]
    found = store.frame(asked.sql, asked.values)
    return [found[found["level"] == depth] for depth in depths]


def lost_money(store: Store, chosen: CallFilter) -> pd.DataFrame:
    """The cost of lost clients by source, campaign and hour."""
    figures = ask(store, ["missed_ad_cost"], ["source", "campaign"], chosen)
    behind = replace(chosen, behind="missed_ad_cost")
    return burned.cells(figures, ask(store, ["lost_clients"], ["source", "campaign", "hour"], behind))


def cohorts(store: Store, chosen: CallFilter) -> list[Cohort]:
    """Clients of paid advertising by their first call, and what they bought afterwards, up to the newest day."""
    firsts = reports.run(store, "ad_cohorts", chosen, moment(store))
    days = _report(store, "ad_days", chosen)
    oldest, newest = store.rows("SELECT min(day), max(day) FROM calls")[0]
    if newest is None:
        return []
    return by_first_call.cohorts(firsts, days[["day", "cost"]], chosen.since or oldest, newest)


def plan(store: Store, chosen: CallFilter, what: str, amount: float) -> list[Advice]:
    """Where the next `amount` did best, from all days up to the end of the filter; none over two currencies."""
    whole = replace(chosen, since=None)
    known = ask(store, ["ad_cost"], [], whole).iloc[0]["ad_cost"]
    if pd.isna(known):
        return []
    return planner.plan(_report(store, "ad_days", whole), what, amount)


def by_models(store: Store, chosen: CallFilter) -> pd.DataFrame:
    """A row a source with <model>_deals, _deal_revenue, _buyers and _romi of each model of attribution."""
    found = pd.DataFrame({"source": pd.Series(dtype=object)})
    for model in MODELS:
        settings = store.settings.model_copy(update={"attribution": model, "sales_from": "deals"})
        for asked in questions(_MODEL_KEYS, ["source"], chosen, replace(moment(store), settings=settings)):
            rows = store.frame(asked.sql, asked.values)
            names = {key: f"{model}_{key}" for key in _MODEL_KEYS}
            found = found.merge(rows.rename(columns=names), on="source", how="outer")
    return _with_deals(found, [f"{model}_deals" for model in MODELS])


def _with_deals(found: pd.DataFrame, counts: Sequence[str]) -> pd.DataFrame:
    """The sources that some model puts a deal down to, the most first."""
    found[list(counts)] = found[list(counts)].fillna(0)
    some = found[(found[list(counts)] > 0).any(axis=1)]
    return some.sort_values(list(counts), ascending=False, ignore_index=True)


def sales_from(store: Store) -> str:
    """Which sales count: deals or calls."""
    if store.settings.sales_from != "auto":
        return store.settings.sales_from
    return "deals" if store.rows("SELECT 1 FROM deals LIMIT 1") else "calls"

"""The numbers of advertising: what it cost, what it brought, over calls, days of spend and deals.

Ratios speak of the sources whose spend is known: calls, clients and sales of other sources stand in none of them.
"""

from calldash.metrics.kinds import Metric, one_currency

_BY = ("source", "medium", "campaign", "keyword", "ad", "day", "week", "month", "weekday")
_MONEY_BY = (*_BY, "currency")  # calls have a currency only where they have money
_SPENT = "{spent} IS NOT NULL"
_VAT, _SALES = ("ad_cost_vat",), ("sales_from", "attribution", "attribution_window_days")
_COST = one_currency(_SPENT, "sum({spent})")
_CALLS = "{inbound} AND {paid}"
_CLIENTS = "count(DISTINCT CASE WHEN {} THEN client_id END)"
_SOLD = "{sale} AND {sale_sum} IS NOT NULL"
_RETURN = f"{{paid}} AND ({_SPENT} OR {_SOLD})"


def _each(key: str, number: str, rows: str, title: str, words: str, settings: tuple[str, ...] = ()) -> Metric:
    """The cost of one of something."""
    sql = one_currency(_SPENT, f"CAST(sum({{spent}}) AS DOUBLE) / nullif({number}, 0)")
    return Metric(key, "money", title, words, sql, rows, "lower", "spend", settings=(*_VAT, *settings), only_by=_BY)


def _return(key: str, gained: str, title: str, words: str, settings: tuple[str, ...]) -> Metric:
    """What came back of each unit spent."""
    sql = one_currency(_RETURN, f"CAST({gained} AS DOUBLE) / nullif(sum({{spent}}), 0)")
    return Metric(key, "share", title, words, sql, _sales("{paid}"), "higher", "spend",
                  settings=settings, only_by=_MONEY_BY)  # fmt: skip


def _sales(rows: str) -> str:
    """The calls behind sales: those that sold, or that deals are put down to."""
    return f"{rows} AND if({{by_deals}}, {{brought}}, {{sold}})"


_PROFIT = f"coalesce(sum({{sale_profit}}) FILTER ({_SOLD} AND {{paid}}), 0)"
_EARNED = f"coalesce(sum({{sale_sum}}) FILTER ({_SOLD} AND {{paid}}), 0)"

ADVERTISING: tuple[Metric, ...] = (
    Metric(
        "ad_cost", "money", "Ad cost", "Spend on advertising by day; a total is spread evenly over its days.",
        _COST, _CALLS, "", "spend", settings=_VAT, only_by=_MONEY_BY,
    ),
    _each(
        "cost_per_call", f"count(*) FILTER ({_CALLS})", _CALLS, "Cost per call",
        "Ad cost / inbound calls of the sources whose spend is known.",
    ),
    _each(
        "cost_per_target_call", "count(*) FILTER ({target} AND {paid})", "{target} AND {paid}",
        "Cost per target call", "Ad cost / target calls of the sources whose spend is known.", ("target_talk_s",),
    ),
    _each(
        "cost_per_target", "count(*) FILTER ({target} AND {unique} AND {paid})",
        "{target} AND {unique} AND {paid}", "Cost per unique target call",
        "Ad cost / unique target calls of the sources whose spend is known (CPL).",
        ("target_talk_s", "unique_memory_days"),
    ),
    _each(
        "cost_per_client", _CLIENTS.format(_CALLS), f"{_CALLS} AND client_id IS NOT NULL", "Cost per client",
        "Ad cost / different clients among the inbound calls of the sources whose spend is known.",
    ),
    _each(
        "cac", _CLIENTS.format("{sale} AND {paid}"), _sales("{paid}"), "Cost per buyer (CAC)",
        "Ad cost / different clients with a sale, of the sources whose spend is known.", _SALES,
    ),
    Metric(
        "buyers", "count", "Buyers", "Different clients with a sale.",
        _CLIENTS.format("{sale}"), _sales("client_id IS NOT NULL"), "higher", "spend", settings=_SALES, only_by=_BY,
    ),
    Metric(
        "sales_revenue", "money", "Revenue of sales", "Sum of the sales: of won deals, or of calls that sold.",
        one_currency(_SOLD, f"coalesce(sum({{sale_sum}}) FILTER ({_SOLD}), 0)"), _sales("TRUE"), "higher", "spend",
        settings=_SALES, only_by=_MONEY_BY, sums_up=True,
    ),
    Metric(
        "gross_profit", "money", "Gross profit",
        "What sales earned: the margin of a deal where it is known, else revenue × margin.",
        one_currency(_SOLD, f"coalesce(sum({{sale_profit}}) FILTER ({_SOLD}), 0)"), _sales("TRUE"), "higher", "spend",
        settings=("margin", *_SALES), only_by=_MONEY_BY, sums_up=True,
    ),
    _return(
        "romi", f"({_PROFIT} - sum({{spent}}))", "ROMI",
        "(Gross profit − ad cost) / ad cost, of the sources whose spend is known.", ("margin", *_VAT, *_SALES),
    ),
    _return(
        "roas", _EARNED, "ROAS", "Revenue of sales / ad cost, of the sources whose spend is known.",
        (*_VAT, *_SALES),
    ),
    Metric(
        "missed_ad_cost", "money", "Ad cost of lost clients",
        "Sum over sources of ad cost × clients missed and lost / different clients among inbound calls.",
        "CASE WHEN min(low) IS NOT DISTINCT FROM max(high) "
        "THEN sum(CAST(cost AS DOUBLE) * lost / nullif(clients, 0)) END",
        "{lost} AND {paid}", "lower", "paid_sources", settings=(*_VAT, "callback_window_h"), only_by=_BY,
    ),
    Metric(
        "deals", "count", "Won deals", "Deals won; one that calls of several sources share counts for each.",
        "count(DISTINCT CASE WHEN {won} THEN deal_no END)", "{brought}", "higher", "spend",
        settings=_SALES[1:], only_by=_MONEY_BY,
    ),
    Metric(
        "deal_revenue", "money", "Revenue of deals", "Sum of the amounts of won deals, by the day of the deal.",
        one_currency("{won} AND deal_amount IS NOT NULL", "sum(deal_amount) FILTER ({won})"), "{brought}", "higher",
        "spend", settings=_SALES[1:], only_by=_MONEY_BY,
    ),
)  # fmt: skip

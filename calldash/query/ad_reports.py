"""Reports of advertising from what is kept: who bought, and each day of a source."""

from calldash.filters import CallFilter
from calldash.query.ad_parts import BOUGHT, bought, of_money, pieces
from calldash.query.ads import Ads, ads_of
from calldash.query.advertised import answered
from calldash.query.asked import Asked
from calldash.query.picking import with_flags
from calldash.query.terms import Moment, Question

_BY = ("source", "campaign")
_OF_DAY = {
    "cost": "CAST(sum({spent}) AS DOUBLE)",
    "profit": "coalesce(CAST(sum({sale_profit}) FILTER ({sale} AND {sale_sum} IS NOT NULL) AS DOUBLE), 0)",
    "targets": "count(*) FILTER ({target} AND {unique} AND {paid})",
    "buyers": "count(DISTINCT CASE WHEN {sale} AND {paid} THEN client_id END)",
}
# Called, and nobody knows from where.
_UNKNOWN = "d_source IS NULL AND client_id IS NOT NULL"
_CALLED = " AND d_direction IS DISTINCT FROM 'outbound'"


def ad_buyers(chosen: CallFilter, moment: Moment) -> Question | None:
    """The SELECT that the report ad_buyers is, all `unknown` buyers in one row; None where rollups cannot tell."""
    asks, asked = ads_of({}, [], Asked(_BY, chosen, moment)), Question()
    if asks is None:
        return None
    if asks.by_deals:
        shares = [of_money(part, by_deals=True) for sql in BOUGHT.values() for part in pieces(sql).parts]
        sums = {name: with_flags(share.sql) for name, share in zip(BOUGHT, shares, strict=True) if share}
        over = f"({asks.money(['{won}', *(share.sql for share in shares if share)], asked)}) WHERE f_won AND "
    else:
        sums = {name: pieces(sql).sql for name, sql in BOUGHT.items()}
        kept = asks.kept(asks.buyers, bought(), asked, ["direction", "client_id"])
        over = f"(SELECT *, d_client_id AS client_id FROM ({kept})) WHERE "
    asked.sql = " UNION ALL ".join((_paid(asks, sums, over, asked), _unknown(asks, sums, over)))
    return asked


def _paid(asks: Ads, sums: dict[str, str], over: str, asked: Question) -> str:
    told = f"d_source AS source, d_campaign AS campaign, TRUE AS paid, FALSE AS unknown, {_brought(sums)}"
    return f"SELECT {told} FROM {over}{asks.paid(asked)} GROUP BY d_source, d_campaign, client_id"


def _unknown(asks: Ads, sums: dict[str, str], over: str) -> str:
    unknown = _UNKNOWN if asks.by_deals else _UNKNOWN + _CALLED
    told = f"NULL AS source, NULL AS campaign, FALSE AS paid, TRUE AS unknown, {_brought(sums)}"
    return f"SELECT {told} FROM {over}{unknown} HAVING count(*) > 0"


def _brought(sums: dict[str, str]) -> str:
    return ", ".join(f"coalesce(CAST({sql} AS DOUBLE), 0) AS {name}" for name, sql in sums.items())


def ad_days(chosen: CallFilter, moment: Moment) -> Question | None:
    """The SELECT that the report ad_days is; None where rollups cannot tell."""
    asks = ads_of({name: pieces(sql) for name, sql in _OF_DAY.items()}, [], Asked(("source", "day"), chosen, moment))
    if asks is None:
        return None
    asked = answered(asks)
    asked.sql = f"SELECT * FROM ({asked.sql}) WHERE {asks.paid(asked, 'source')} ORDER BY source, day"
    return asked

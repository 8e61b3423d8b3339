"""The share of calls in the figures of advertising: what of them is kept, whatever spend and deals come to be."""

from functools import cache

from calldash.metrics import METRICS
from calldash.metrics.parts import Merged, Part, merged
from calldash.query.by_source import OF_SOURCE

# What the flags are to a call while its own sale counts and its source is paid for; whether it does and is, the
# question says. So what is kept does not change with spend and deals.
_OF_CALLS = {
    "{paid}": "TRUE",
    "{spent}": "CAST(NULL AS DECIMAL(18, 6))",
    "{sale}": "{sold}",
    "{sale_sum}": "sale_amount",
    "{sale_profit}": "sale_amount * {margin}",
}
# What they are to days of spend and to deals while deals count; and while they do not.
_OF_MONEY = {"{sale}": "{won}", "{sale_sum}": "deal_amount"}
_OF_MONEY |= {"{sale_profit}": "coalesce(deal_margin, deal_amount * {margin})"}
_OF_SPEND = {"{sale}": "FALSE", "{sale_sum}": "CAST(NULL AS DECIMAL(18, 6))", "{sale_profit}": "NULL"}
CLIENTS = "clients"  # of `OF_SOURCE`: what does not add up
CALLED = "{inbound} AND source IS NOT NULL AND client_id IS NOT NULL"  # whose clients sources are asked about
# What is kept of each client who bought.
BOUGHT = {"revenue": "sum({sale_sum})", "profit": "sum({sale_profit})"}


def pieces(sql: str) -> Merged:
    """The figure `sql` as parts, counts of what is different among them."""
    found = merged(sql, distinct=True)
    assert found
    return found


def of_sales(part: Part) -> bool:
    """Whether sales make the part, of calls or of deals."""
    return "{sale" in part.sql


def of_calls(part: Part) -> Part | None:
    """The part over calls alone, under the same name; None where they have no share in it."""
    if "{won}" in part.sql or ("{spent}" in part.sql and not of_sales(part)):
        return None
    return _with(part, _OF_CALLS)


def of_money(part: Part, by_deals: bool) -> Part | None:
    """The part over days of spend and deals, under the same name; None where they have no share in it."""
    if "{spent}" in part.sql or "{won}" in part.sql or (by_deals and of_sales(part)):
        return _with(part, _OF_MONEY if by_deals else _OF_SPEND)
    return None


def _with(part: Part, said: dict[str, str]) -> Part:
    sql, distinct = part.sql, part.distinct
    for flag, instead in said.items():
        sql, distinct = sql.replace(flag, instead), distinct.replace(flag, instead)
    return Part(part.name, sql, distinct=distinct)


@cache
def kept_of_calls(clients: bool = False) -> tuple[Part, ...]:
    """What adds up of the calls' share in all figures of advertising; with `clients` those that sources brought too."""
    sqls = [metric.sql for metric in METRICS.values() if metric.table == "spend"]
    parts = {part.name: part for sql in [*sqls, *OF_SOURCE.values()] for part in pieces(sql).parts}
    known = {part.name for part in pieces(OF_SOURCE[CLIENTS]).parts} if clients else set()
    shares = (of_calls(part) for part in parts.values() if not part.distinct or part.name in known)
    return tuple(share for share in shares if share)


def bought() -> tuple[Part, ...]:
    """What is kept of clients who bought."""
    shares = (of_calls(part) for sql in BOUGHT.values() for part in pieces(sql).parts)
    return tuple(share for share in shares if share)

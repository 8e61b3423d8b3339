"""The demo company's ad spend and deals in the store."""

from datetime import UTC, date
from decimal import Decimal
from zoneinfo import ZoneInfo

from calldash.demo import advertising
from calldash.demo.advertising import ORIGIN, Sale, Won
from calldash.store import Store, deals, spend
from calldash.store.deals import Deal
from calldash.store.spend import Spend

_RATE = 20
_SALES = (
    "SELECT client, started_at, sale_amount FROM calls WHERE system = $1 AND sale_amount IS NOT NULL "
    "AND client IS NOT NULL AND outcome = 'success' ORDER BY started_at, id"
)


def attach(store: Store, today: date, who: str) -> None:
    """Gives the demo's calls, which are stored, their spend and deals, in the place of those there were."""
    costs = [_spend(one) for one in advertising.costs(today)]
    sales = [Sale(*row) for row in store.rows(_SALES, [ORIGIN])]
    until = store.now().get(ORIGIN)
    found = [_deal(one, store.settings.zone) for one in advertising.deals(today, sales, until)] if until else []
    with store.writing() as cursor:
        spend.forget(cursor, ORIGIN)
        deals.remove(cursor, ORIGIN)
        spend.add(cursor, costs, [0] * len(costs), ORIGIN, who)
        deals.put(cursor, store.settings, found, [0] * len(found), ORIGIN, who)


def _spend(one: advertising.Cost) -> Spend:
    campaign = one.campaign
    return Spend(
        ORIGIN, campaign.source, campaign.medium, campaign.name, None, None, one.since, one.until, one.amount, "RUB",
        "in", Decimal(_RATE),
    )  # fmt: skip


def _deal(one: Won, zone: str) -> Deal:
    day = one.closed_at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()
    title = f"Сделка № {one.number}"
    return Deal(
        ORIGIN, str(one.number), title, one.client, one.client, one.closed_at, day, one.amount, one.margin, "RUB",
        one.status, None,
    )  # fmt: skip

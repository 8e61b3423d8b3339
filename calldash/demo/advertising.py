"""What the demo company pays for advertising, and the deals its sales became."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from calldash.demo.company import CAMPAIGNS, Campaign

ORIGIN = "demo"
DAYS = 90
# What a campaign costs a day, with VAT; 0: a month at once.
_DAILY = {
    "Виртуальная АТС — поиск": 9600,
    "Интернет в офис — РСЯ": 4500,
    "Бренд": 1600,
    "Осенняя акция": 4800,
}
_MONTHLY = {"Карточка компании": 36_000, "Бизнес-центры": 25_000}
_WEEKEND, _HALF_DAY = 0.45, 0.55
_KEPT, _LATER_DAYS = 0.88, 5  # the share of sales that become deals, and how long that takes
_MARGINS = (0.26, 0.46)


@dataclass(frozen=True)
class Cost:
    """What a campaign cost on the days from `since` to `until`, with VAT, in roubles."""

    campaign: Campaign
    since: date
    until: date
    amount: Decimal


@dataclass(frozen=True)
class Sale:
    """A sale on the telephone: whose, when (UTC), how much."""

    client: str
    sold_at: datetime
    amount: Decimal


@dataclass(frozen=True)
class Won:
    """A deal: its number, client, when it was closed (UTC), amount, margin, and whether it is won, open or lost."""

    number: int
    client: str
    closed_at: datetime
    amount: Decimal
    margin: Decimal | None
    status: str


def costs(today: date) -> Iterator[Cost]:
    """The company's spend of ninety days up to `today`: by day, or by month where it is paid so."""
    rng = random.Random(f"spend {today.isoformat()}")
    days = [today - timedelta(days=ago) for ago in range(DAYS - 1, -1, -1)]
    for campaign in CAMPAIGNS:
        running = [day for day in days if (today - day).days <= campaign.since]
        if campaign.name in _DAILY:
            for day in running:
                share = (_WEEKEND if day.isoweekday() > 5 else 1.0) * (_HALF_DAY if day == today else 1.0)
                amount = _DAILY[campaign.name] * share * rng.uniform(0.8, 1.2)
                yield Cost(campaign, day, day, Decimal(f"{amount:.2f}"))
        elif campaign.name in _MONTHLY:
            for first in range(0, len(running), 30):
                month = running[first : first + 30]
                yield Cost(campaign, month[0], month[-1], Decimal(_MONTHLY[campaign.name] * len(month) // 30))


def deals(today: date, sales: Iterable[Sale], until: datetime) -> Iterator[Won]:
    """The deals that sales became; those that would be closed after `until` are open still."""
    rng = random.Random(f"deals {today.isoformat()}")
    for number, sale in enumerate(sales, 1001):
        closed = sale.sold_at + timedelta(days=rng.expovariate(1 / _LATER_DAYS), minutes=rng.randint(5, 90))
        kept, amount = rng.random() < _KEPT, sale.amount * Decimal(rng.choice(("0.9", "1", "1", "1.15", "1.3")))
        margin = (amount * Decimal(f"{rng.uniform(*_MARGINS):.3f}")).quantize(Decimal("0.01"))
        known = margin if kept and rng.random() < 0.93 else None
        status = "open" if closed > until else "won" if kept else "lost"
        at = min(closed, until).replace(microsecond=0)
        yield Won(number, sale.client, at, amount.quantize(Decimal("0.01")), known, status)

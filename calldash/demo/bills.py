"""What the demo company's provider charges, with the mistakes of its bills; its tariffs, an offer, and budgets."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from calldash.costs.tariffs import Line, Tariff
from calldash.demo.company import (
    CURRENCY,
    FOREIGN,
    FREE,
    HOME,
    INBOUND_PRICE,
    MAIN,
    MESSAGES,
    SALES,
    SERVICE,
    SUPPORT,
    TRIP,
)
from calldash.demo.office import Event, Office, price
from calldash.providers import BuiltCall

_TWICE, _LONGER, _ABROAD = 331, 241, 397  # a mistake in so many calls
_BEFORE = timedelta(days=120)
# What teams may spend in a month: one is far from it, one will come near it, one will exceed it.
BUDGETS = ((SALES, "4500"), (SUPPORT, "6500"), (SERVICE, "1500"), ("", "15000"))


@dataclass(frozen=True)
class Stolen:
    """A night in which somebody else calls abroad in a person's name: seconds of that day, calls."""

    person: str = "Никита Сомов"
    days_ago: int = 11
    begins: int = 2 * 3600 + 640
    every: int = 95
    calls: int = 9


STOLEN = Stolen()


def stolen(office: Office, event: Event) -> BuiltCall:
    """One of the calls of that night."""
    place, talk = FOREIGN[0], 20 + event.row % 4 * 9
    values: dict[str, object] = {"direction": "outbound", "kind": "voice", "line": MAIN, "answered": True}
    values |= {"client": f"{place.prefix}{event.row:0{place.digits}}", "destination": place.destination}
    picked, ended, who = event.at + 8, event.at + 8 + talk, {"employee": STOLEN.person, "team": SUPPORT}
    leg = office.leg("dial", event.at, ended, picked, **who)
    values |= who | {"wait_s": 8, "talk_s": talk, "cost": price(place.price, talk)}
    return office.call(event.at, ended, [leg], **values)


def charged(per_minute: Decimal, seconds: int, at: int) -> Decimal:
    """What the bill says for a call of that second: now and then twice, a minute more, or the price of abroad."""
    due = price(per_minute, seconds)
    if not due:
        return due
    if at % _TWICE == 0:
        return due * 2
    if at % _LONGER == 0:
        return price(per_minute, seconds + 60)
    return price(FOREIGN[0].price, seconds) if at % _ABROAD == 0 else due


def tariffs(last: date) -> list[Tariff]:
    """What the company has, on all lines and on the one that is free for callers, and what it was offered."""
    since = last - _BEFORE
    free = Line(INBOUND_PRICE[FREE], direction="inbound", billed="call")
    offer = (
        Line(Decimal("1.75"), "79", package="Мобильные", first_s=1, step_s=1),
        Line(Decimal("9.90"), first_s=1, step_s=1),
        Line(Decimal("2.10"), kind="sms"),
    )
    return [
        Tariff("Базовый", since, _lines(), currency=CURRENCY, monthly=Decimal(990)),
        Tariff("Базовый 8-800", since, (*_lines(), free), currency=CURRENCY, line=FREE, monthly=Decimal(450)),
        Tariff("Посекундный", since, offer, own=False, currency=CURRENCY, monthly=Decimal(1900),
               packages=(("Мобильные", 600),)),
    ]  # fmt: skip


def _lines() -> tuple[Line, ...]:
    numbers = [(place.prefix[1:], place.price) for place in (HOME, *FOREIGN)]
    calls = [Line(cost, prefix) for prefix, cost in numbers]
    messages = [
        Line(cost, kind=kind, direction=direction) for kind, direction, _often, cost, _place, _tag in MESSAGES if cost
    ]
    roaming = [Line(TRIP.price, roaming=True), Line(TRIP.price * 6, kind="data", roaming=True)]
    return (*calls, *messages, *roaming)

"""An invented company's calls of ninety days, to see the dashboard with before one's own data is in it.

The same day gives the same calls: chance is seeded with the date, and no clock is read.
"""

import random
from collections.abc import Callable, Iterator
from datetime import date
from heapq import heappop
from zoneinfo import ZoneInfo

from calldash.demo.bills import stolen
from calldash.demo.clients import Clients
from calldash.demo.floor import Floor
from calldash.demo.inbound import inbound, spam
from calldash.demo.office import Event, Office
from calldash.demo.outbound import internal, message, outbound
from calldash.demo.plans import plan_day
from calldash.demo.week import DAY, Week
from calldash.providers import BuiltCall

DAYS = 90
_ENDS_S = 14 * 3600  # on the last day nothing begins after this second, so that it looks like a day half over

_HANDLERS: dict[str, Callable[[Office, Event], BuiltCall | None]] = {
    "inbound": inbound,
    "outbound": outbound,
    "internal": internal,
    "message": message,
    "spam": spam,
    "stolen": stolen,
}


def calls(today: date, zone: ZoneInfo) -> Iterator[BuiltCall]:
    """The company's calls of the 90 local days up to and including `today`, in the order in which they began."""
    rng = random.Random(f"calldash {today.isoformat()}")
    week = Week(today, zone, DAYS)
    office = Office(rng, week, Clients(rng), Floor(rng, week))
    for day in week.all:
        plan_day(office, day)
        yield from _run(office, min((day.index + 1) * DAY, (DAYS - 1) * DAY + _ENDS_S))


def _run(office: Office, until: int) -> Iterator[BuiltCall]:
    """Lets everything planned before a second happen."""
    while office.events and office.events[0].at < until:
        event = heappop(office.events)
        if call := _HANDLERS[event.kind](office, event):
            yield call

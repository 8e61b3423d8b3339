"""What the parts of the demo share while it runs: chance, time, clients, desks, and what is yet to happen."""

import heapq
import math
import random
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from itertools import count

from calldash.demo.clients import Client, Clients
from calldash.demo.company import CURRENCY, TEAMS, Person
from calldash.demo.floor import Desk, Floor
from calldash.demo.week import Week
from calldash.providers import BuiltCall, Leg

TEAM = {team.name: team for team in TEAMS}
_LONGEST_S = 3_300


@dataclass(order=True, frozen=True)
class Event:
    """Something to happen at a second: `kind` names who handles it, `tries` counts call-backs of one missed call."""

    at: int
    order: int
    kind: str = field(compare=False)
    team: str = field(compare=False, default="")
    client: Client | None = field(compare=False, default=None)
    person: Person | None = field(compare=False, default=None)
    first: bool = field(compare=False, default=False)
    tries: int = field(compare=False, default=0)
    row: int = field(compare=False, default=0)


@dataclass
class Talk:
    """A talk of one person: how long it lasted, how much of it was on hold, and what is written up after it."""

    seconds: int
    hold: int
    wrapup: int


@dataclass
class Office:
    """The running company."""

    rng: random.Random
    week: Week
    clients: Clients
    floor: Floor
    events: list[Event] = field(default_factory=list)
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def plan(
        self,
        at: float,
        kind: str,
        team: str = "",
        client: Client | None = None,
        person: Person | None = None,
        first: bool = False,
        tries: int = 0,
        row: int = 0,
    ) -> None:
        """Lets an Event happen at a second (rounded down)."""
        event = Event(int(at), next(self.numbers), kind, team, client, person, first, tries, row)
        heapq.heappush(self.events, event)

    def chance(self, share: float) -> bool:
        """True in that share of cases."""
        return self.rng.random() < share

    def about(self, mean: float) -> int:
        """A whole number of cases where `mean` are expected."""
        spread = max(0.0, self.rng.gauss(mean, math.sqrt(mean) * 0.8))
        return int(spread) + self.chance(spread % 1)

    def talk(self, desk: Desk, median: float) -> Talk:
        """How a talk of that person goes when talks of their team last `median` seconds."""
        seconds = int(self.rng.lognormvariate(math.log(median * desk.person.talk), 0.75)) + 4
        seconds = min(seconds, _LONGEST_S)
        hold = self.rng.randint(5, 90) if self.chance(0.1) and seconds > 120 else 0
        return Talk(seconds, hold, self.rng.randint(5, 60))

    def busy(self, desk: Desk, until: int, wrapup: int) -> None:
        """Keeps a desk from the phone until the talk, its write-up and some other work are done."""
        desk.free_at = until + wrapup + int(self.rng.expovariate(1 / TEAM[desk.person.team].desk_s))

    def leg(self, kind: str, began: int, ended: int, picked: int | None = None, **what: str | None) -> Leg:
        """A leg between two seconds, picked up at a third or not at all; the talk is the rest of it."""
        start = self.week.utc(began)
        answered = None if picked is None else start + timedelta(seconds=picked - began)
        talk = 0 if picked is None else ended - picked
        return Leg(kind, start, start + timedelta(seconds=ended - began), answered, talk_s=talk, **what)

    def call(self, began: int, ended: int, legs: list[Leg], **values: object) -> BuiltCall:
        """A call between two seconds with these plain CSV columns."""
        name = f"{self.week.date(began):%Y%m%d}-{next(self.numbers):06}"
        start = self.week.utc(began)
        if values.get("cost") is not None:
            values["currency"] = CURRENCY
        text = {"id": name, "started_at": f"{start.isoformat()}Z"} | {key: _text(it) for key, it in values.items()}
        return BuiltCall(name, frozenset([name]), text, start + timedelta(seconds=ended - began), tuple(legs))


def _text(value: object) -> str | None:
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


def price(per_minute: Decimal, seconds: int) -> Decimal:
    """The cost of a call billed by begun minutes."""
    return per_minute * math.ceil(seconds / 60)

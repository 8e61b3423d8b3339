"""The people who call the demo company: their numbers, where they come from, who calls again."""

import random
from dataclasses import dataclass, field

from calldash.demo.company import CAMPAIGNS, FOREIGN, HOME, MOBILE, UNKNOWN_SOURCE_WEIGHT, Abroad, Campaign

_BASE = 3_000  # clients from before the first day
_RECENT = 900
_STEP = 7919  # has no common factor with 10 000, so it walks over all four-digit endings


@dataclass
class Client:
    """A client; `missed_at` is when the company last missed them, None once they talked."""

    number: str
    place: Abroad
    campaign: Campaign | None
    missed_at: int | None = None


@dataclass
class Clients:
    """All clients so far; a returning one is more likely to be recent."""

    rng: random.Random
    known: list[Client] = field(default_factory=list)

    def __post_init__(self) -> None:
        for _ in range(_BASE):
            self.new(0)

    def new(self, days_ago: int) -> Client:
        """A client who calls for the first time, brought by a campaign that runs `days_ago` or by none."""
        running = [campaign for campaign in CAMPAIGNS if campaign.since >= days_ago]
        weights = [*(campaign.weight for campaign in running), UNKNOWN_SOURCE_WEIGHT]
        place = self.rng.choices([HOME, *FOREIGN], [1 - sum(at.share for at in FOREIGN), *(at.share for at in FOREIGN)])
        client = Client(_number(place[0], len(self.known)), place[0], self.rng.choices([*running, None], weights)[0])
        self.known.append(client)
        return client

    def returning(self) -> Client:
        """A client from before."""
        if self.rng.random() < 0.6:
            return self.known[-self.rng.randint(1, _RECENT)]
        return self.rng.choice(self.known)


def _number(place: Abroad, index: int) -> str:
    """The number of the client with that index; different for each at home, seldom the same abroad."""
    ending = f"{index * _STEP % 10_000:04}"
    if place is HOME:
        return f"+7{MOBILE[index % len(MOBILE)]}000{ending}"
    return place.prefix + ending[-place.digits :]

"""Queues as formulas: Erlang C, where everybody waits for ever, and Erlang A, where clients lose patience.

Calls come at random at a steady rate, take an agent a time that varies exponentially, and wait in one line for any of
them. Sums are made so that no factorial and no power is ever written out: thousands of agents are no trouble.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# What is said in place of numbers when the line would grow without end.
UNSTABLE: Literal["unstable"] = "unstable"
Unstable = Literal["unstable"]
_EDGE = 1e-9  # a load this near to the agents is equal to them: it only differs by rounding
_SMALLEST = 40.0  # terms e^40 times smaller than the largest one add nothing


@dataclass(frozen=True)
class Offer:
    """What comes: calls a second, and the mean seconds that an agent needs for one."""

    calls_per_s: float
    aht_s: float

    def __post_init__(self) -> None:
        good = math.isfinite(self.calls_per_s) and math.isfinite(self.aht_s)
        if not good or self.calls_per_s < 0 or self.aht_s <= 0:
            raise ValueError(f"no such offer: {self}")

    @property
    def load(self) -> float:
        """The load in erlangs: how many agents are busy on average if nobody is lost."""
        return self.calls_per_s * self.aht_s


@dataclass(frozen=True)
class Level:
    """How it goes with so many agents. Shares are of all calls; `service_level` is answered in time / all calls.

    `asa_s` is the mean wait of those answered (None when nobody is), `wait_s` that of all, who gave up included.
    """

    agents: int
    p_wait: float
    service_level: float
    asa_s: float | None
    wait_s: float
    occupancy: float
    abandoned: float = 0.0


def erlang_b(load: float, agents: int) -> float:
    """The share of calls that find all agents busy where such calls are lost at once."""
    inverse = 1.0  # of the share: it grows beyond all bounds where the share vanishes
    for number in range(1, agents + 1):
        inverse = 1 + inverse * number / load if load else math.inf
    return 1 / inverse


def erlang_c(offer: Offer, agents: int, within_s: float) -> Level | Unstable:
    """The level of Erlang C for a target of `within_s` seconds; UNSTABLE when the load is not less than the agents."""
    load = offer.load
    if agents <= load * (1 + _EDGE):
        return UNSTABLE
    lost = erlang_b(load, agents)
    waits = lost * agents / (agents - load * (1 - lost))
    freed = (agents - load) / offer.aht_s
    wait = waits / freed
    return Level(agents, waits, 1 - waits * math.exp(-freed * within_s), wait, wait, load / agents)


def erlang_a(offer: Offer, agents: int, within_s: float, patience_s: float) -> Level | Unstable:
    """The level of Erlang A: clients give up after an exponential time of mean `patience_s`; inf is Erlang C.

    Any number of agents will do, none too: who is not served goes away.
    """
    if patience_s <= 0 or math.isnan(patience_s) or agents < 0:
        raise ValueError(f"no such line: {agents} agents, patience {patience_s}")
    if math.isinf(patience_s):
        return erlang_c(offer, agents, within_s)
    if not offer.calls_per_s:
        return Level(agents, float(agents == 0), float(agents > 0), 0.0 if agents else None, 0.0, 0.0)
    line = _Line(offer, agents, patience_s)
    places = line.places
    waiting = float(places @ np.arange(len(places)))
    left = min(1.0, waiting / patience_s / offer.calls_per_s)
    free = max(0.0, 1 - float(places.sum()))
    served = places * line.served()
    waited = float(served @ line.wait_if_served())
    return Level(
        agents,
        p_wait=1 - free,
        service_level=free + float(places @ line.served_within(within_s)),
        asa_s=waited / (free + float(served.sum())) if agents else None,
        wait_s=waiting / offer.calls_per_s,
        occupancy=min(1.0, offer.load * (1 - left) / agents) if agents else 0.0,
        abandoned=left,
    )


class _Line:
    """The line of Erlang A: `places[j]` is the chance that a call finds all agents busy and j clients before it.

    Who finds j before them is served if e^(-V/patience) is more than what their own patience comes to, V being the time
    until it is their turn. It has the distribution Beta(c, j + 1), c agents over those that free themselves while one
    client loses patience, and from that follow all chances here.
    """

    def __init__(self, offer: Offer, agents: int, patience_s: float) -> None:
        self._gone = 1 / patience_s
        self._c = agents / offer.aht_s * patience_s
        length = _longest(offer.calls_per_s, agents / offer.aht_s, self._gone)
        self._before = np.arange(length, dtype=np.float64)
        steps = math.log(offer.calls_per_s / self._gone) - np.log(self._c + self._before[1:])
        logs = np.concatenate(([0.0], np.cumsum(steps)))
        top = float(logs.max())
        terms = np.exp(logs - top)
        lost = erlang_b(offer.load, agents)
        # Of states with a free agent, against the one where the last of them is taken.
        below = (1 / lost - 1) * math.exp(-top) if lost else math.inf
        self.places: Floats = terms / (below + float(terms.sum()))

    def served(self) -> Floats:
        """The chance to be served at all, by place."""
        found: Floats = self._c / (self._c + self._before + 1)
        return found

    def wait_if_served(self) -> Floats:
        """The mean seconds until service of those who are served, by place."""
        found: Floats = np.cumsum(1 / (self._gone * (self._c + 1 + self._before)))
        return found

    def served_within(self, seconds: float) -> Floats:
        """The chance to be served within so many seconds, by place: an incomplete beta function, place by place."""
        spent = self._gone * seconds
        if not spent or not self._c:
            return np.zeros_like(self._before)
        b = self._c + 1
        first = -math.expm1(-spent * b)
        ahead = self._before[1:]
        # Logarithms of y^a x^b / (a B(a, b)) with y = 1 - x and x = e^(-spent), which each place a loses.
        lost = math.log(-math.expm1(-spent)) - spent * b + math.log(b)
        steps = math.log(-math.expm1(-spent)) + np.log((ahead[:-1] + b) / (ahead[:-1] + 1))
        losses = np.exp(lost + np.concatenate(([0.0], np.cumsum(steps))))[: len(ahead)]
        within = np.clip(np.concatenate(([first], first - np.cumsum(losses))), 0.0, 1.0)
        found: Floats = self.served() * within
        return found


def _longest(arrive: float, serve: float, leave: float) -> int:
    """How many places of the line are worth counting; rates a second of arriving, being served, leaving."""
    peak = max(0.0, (arrive - serve) / leave)
    falling = max(serve, arrive)
    by_leaving = _SMALLEST + math.sqrt(_SMALLEST**2 + 2 * _SMALLEST * falling / leave)
    by_serving = _SMALLEST / math.log(serve / arrive) if serve > arrive else math.inf
    return math.ceil(peak + min(by_leaving, by_serving)) + 2

"""The fewest people who reach a goal, and how many must be on the roster for them."""

import math
from dataclasses import dataclass

from calldash.staffing.erlang import UNSTABLE, Level, Offer, Unstable, erlang_a

_ROUNDING = 1e-9


@dataclass(frozen=True)
class Goal:
    """`share` of calls answered within `within_s` seconds, agents busy at most a share `max_occupancy` of their time.

    With a patience the formula is Erlang A, without (inf) Erlang C.
    """

    share: float
    within_s: float
    patience_s: float = math.inf
    max_occupancy: float = 1.0

    def level(self, offer: Offer, agents: int) -> Level | Unstable:
        """How it goes with so many agents."""
        return erlang_a(offer, agents, self.within_s, self.patience_s)

    def reached(self, level: Level | Unstable) -> bool:
        """Whether that is good enough."""
        if level == UNSTABLE:
            return False
        calm = level.occupancy <= self.max_occupancy + _ROUNDING
        return calm and level.service_level >= self.share - _ROUNDING


def needed(offer: Offer, goal: Goal) -> Level | None:
    """The level with the fewest agents who reach the goal; None where nobody calls, so that nobody is needed."""
    if not offer.calls_per_s:
        return None
    too_few, enough = 0, 1
    while not goal.reached(goal.level(offer, enough)):
        too_few, enough = enough, enough * 2
    while enough - too_few > 1:
        middle = (too_few + enough) // 2
        if goal.reached(goal.level(offer, middle)):
            enough = middle
        else:
            too_few = middle
    level = goal.level(offer, enough)
    return None if level == UNSTABLE else level


def scheduled(agents: int, shrinkage: float) -> int:
    """How many people must be on the roster for `agents` on the phones, when a share `shrinkage` is elsewhere."""
    return math.ceil(agents / (1 - shrinkage) - _ROUNDING)

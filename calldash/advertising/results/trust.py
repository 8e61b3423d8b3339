"""How far the return of advertising could move if the callers whose source is not known belonged to it, or not."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Moved:
    """The return as it stands, where no unknown caller came by paid advertising, and if all of them had."""

    as_it_is: float
    if_all: float

    @property
    def turns(self) -> bool:
        """Whether the unknown decides between loss and gain."""
        return self.as_it_is < 0 <= self.if_all


def moved(cost: float, known: Sequence[float], unknown: Sequence[float]) -> Moved | None:
    """What ROMI is, and what it could be: profits of known buyers, and of those who called from an unknown source."""
    if cost <= 0:
        return None
    profit = sum(known)
    return Moved((profit - cost) / cost, (profit + sum(unknown) - cost) / cost)

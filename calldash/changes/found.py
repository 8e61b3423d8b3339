"""What was found, each with the calls behind it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from calldash.changes.measures import SPAM, Measure
from calldash.changes.places import Place
from calldash.changes.windows import Window
from calldash.filters import CallFilter

SILENT, MANY, FEW = "silent", "many", "few"


@dataclass(frozen=True)
class Change:
    """A figure of a window beside the earlier one, over `cases`; `chance` is corrected for all that was looked at.

    `extra` is what came above the usual, in calls (of a mean: seconds).
    """

    window: Window
    measure: Measure
    now: float
    before: float
    cases: int
    extra: float
    chance: float
    calls: CallFilter
    place: Place | None = None


@dataclass(frozen=True)
class Ring:
    """A line, queue or source that is silent since `since` (local), or rang too much or too little in a window."""

    kind: str
    breakdown: str
    value: str
    count: int
    usual: float
    chance: float
    calls: CallFilter
    window: Window | None = None
    since: datetime | None = None


@dataclass(frozen=True)
class Burst:
    """Short calls of one number, or of `numbers` numbers that begin alike, between two local moments."""

    beginning: str
    numbers: int
    count: int
    begins: datetime
    ends: datetime
    calls: CallFilter


@dataclass(frozen=True)
class Found:
    """All of it; `windows` are the stretches looked at, none where the history is too short."""

    windows: tuple[Window, ...] = ()
    changes: tuple[Change, ...] = ()
    rings: tuple[Ring, ...] = ()
    bursts: tuple[Burst, ...] = ()

    def __iter__(self) -> Iterator[Change | Ring | Burst]:
        """In the order in which they are told; spam of a day with bursts is told by these."""
        yield from (ring for ring in self.rings if ring.kind == SILENT)
        burst_days = {burst.begins.date() for burst in self.bursts}
        yield from (one for one in self.changes if one.measure.key != SPAM or not burst_days & set(one.window.days))
        yield from (ring for ring in self.rings if ring.kind != SILENT)
        yield from self.bursts

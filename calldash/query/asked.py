"""What is asked besides the metrics, and the SELECT that groups by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from calldash.filters import CallFilter
from calldash.query.limits import limited
from calldash.query.terms import Moment

_MOST_LOOSE = 100  # with more days to be read by themselves, reading all is as quick


@dataclass(frozen=True)
class Asked:
    """Breakdowns, filter and moment of a question; `cases` and `totals` as `questions` has them."""

    by: tuple[str, ...]
    chosen: CallFilter
    moment: Moment
    cases: bool = False
    totals: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "chosen", limited(self.chosen, self.moment.limits))

    @property
    def group(self) -> str:
        """The columns of the breakdowns, as a list in SQL."""
        return ", ".join(f"d_{key}" for key in self.by)

    def grouped(self, listed: Sequence[str], over: str) -> str:
        """The SELECT of the breakdowns and of `listed` from `over`; with `totals` there is a row over all groups."""
        group, listed = self.group, [*(f"d_{key} AS {key}" for key in self.by), *listed]
        ending = f" GROUP BY {group} ORDER BY {group}" if group else ""
        if self.totals:
            listed.append(f"grouping({group}) > 0 AS total")
            ending = f" GROUP BY GROUPING SETS (({group}), ()) ORDER BY {group}"
        return f"SELECT {', '.join(listed)} FROM {over}{ending}"

    def fixed(self) -> set[str]:
        """The dimensions that have one value in each row of the answer."""
        pinned = {name for name, values in self.chosen.chosen if len(values) == 1}
        return pinned if self.totals else pinned | set(self.by)

    def used(self) -> set[str]:
        """The dimensions that the question needs to know of a row."""
        return {*self.by, *(name for name, _values in self.chosen.chosen)}

    def loose(self, moving: bool) -> tuple[date, ...] | None:
        """The days of the filter whose rows must be read, with `moving` those where "now" matters too; None: all."""
        chosen, known = self.chosen, self.moment.loose
        if known is None or chosen != CallFilter(chosen.since, chosen.until, chosen.chosen):
            return None
        since, until = chosen.since or date.min, chosen.until or date.max
        days = {*known, *(self.moment.moving if moving else ())}
        found = tuple(sorted(day for day in days if since <= day <= until))
        return found if len(found) <= min((until - since).days, _MOST_LOOSE) else None

"""The figures looked at for changes, as data. Pure."""

from dataclasses import dataclass

from calldash.changes.windows import DAY, LAST_WEEK, SO_FAR


@dataclass(frozen=True)
class Measure:
    """A figure of the catalogue: a count, or a part of its cases (shares, and means as seconds a case).

    It is told when it went by at least `least` (of a count: that many calls), and by the share `relative` of what it
    was. `windows` are those in which it can be known, `settles` how many days it takes until it is, `only_worse`
    says to be silent about the other way. `report` names the SQL of its parts where the catalogue has no cases.
    """

    key: str
    is_count: bool
    least: float
    relative: float = 0.0
    windows: tuple[str, ...] = (SO_FAR, DAY, LAST_WEEK)
    settles: int = 0
    only_worse: bool = False
    report: str = ""


SPAM = "spam_calls"
MEASURES = (
    Measure("inbound_calls", True, 5, 0.2),
    Measure("missed_share", False, 0.03),
    Measure("service_level", False, 0.03),
    Measure("avg_wait_s", False, 5, 0.15, report="answered_waits"),
    Measure("timely_callback_share", False, 0.05),
    Measure("lost_share", False, 0.03, windows=(LAST_WEEK,), settles=2),
    Measure("sale_calls", True, 5, 0.2),
    Measure(SPAM, True, 5, 0.5, only_worse=True),
)
BREAKDOWNS = ("queue", "line", "source", "employee")
WEEKDAY = "weekday"  # of a week: which day it was

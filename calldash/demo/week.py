"""The days of the demo data: seconds from the first local midnight, opening hours, and how they become UTC."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from calldash.demo.company import INCIDENT, OPEN
from calldash.hours import special_days
from calldash.hours.schedule import HOLIDAY, Stretches

DAY = 86_400


@dataclass(frozen=True)
class Day:
    """A local day: its number from the first, its distance from the last, the hours of work (minutes of the day).

    `weekday` is the one it is like, 1 = Monday: a public holiday is like a Sunday.
    """

    index: int
    ago: int
    weekday: int
    open: Stretches
    incident: bool


@dataclass(frozen=True)
class Week:
    """`days` local days up to and including `today`, their seconds counted from the first midnight."""

    today: dt.date
    zone: ZoneInfo
    days: int

    @cached_property
    def all(self) -> tuple[Day, ...]:
        """The days in order."""
        first = self.today - dt.timedelta(days=self.days - 1)
        dates = [first + dt.timedelta(days=index) for index in range(self.days)]
        schedule = special_days.schedule(OPEN, (), "RU", (), self.today.year + 1)
        like = [schedule.special.get(date, date.isoweekday()) for date in dates]
        weekdays = [7 if weekday == HOLIDAY or not isinstance(weekday, int) else weekday for weekday in like]
        bad = self.days - 1 - INCIDENT.days_ago
        while weekdays[bad] > 5:
            bad -= 1
        return tuple(
            Day(at, self.days - 1 - at, weekdays[at], schedule.hours(date), at == bad) for at, date in enumerate(dates)
        )

    def day(self, at: int) -> Day:
        """The day of a second."""
        return self.all[at // DAY]

    def date(self, at: int) -> dt.date:
        """The local date of a second."""
        return self.today - dt.timedelta(days=self.day(at).ago)

    def utc(self, at: int) -> dt.datetime:
        """The instant (UTC, no tzinfo) of a second on the local clock."""
        local = dt.datetime.combine(self.date(at), dt.time(), self.zone) + dt.timedelta(seconds=at % DAY)
        return local.astimezone(dt.UTC).replace(tzinfo=None)

    def is_open(self, at: int) -> bool:
        """Whether the company is open at a second."""
        return any(begins <= at % DAY // 60 < ends for begins, ends in self.day(at).open)

    def next_open(self, at: int) -> int | None:
        """That second if the company is open then, else when it opens next; None beyond the last day."""
        while at < self.days * DAY and not self.is_open(at):
            at += 3600 - at % 3600
        return at if at < self.days * DAY else None

"""Working hours as an operator writes them ("Mon-Fri 09:00-18:00, Sat 10:00-15:00"), of the company and of teams.

Days that are not like their weekday come from `special_days`. Pure.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from calldash.problems import Unfit

_DAYS = (("mon", "пн"), ("tue", "вт"), ("wed", "ср"), ("thu", "чт"), ("fri", "пт"), ("sat", "сб"), ("sun", "вс"))
HOLIDAY = 8  # what stands for a public holiday where others are weekdays
_NUMBERS = {name: number for number, names in enumerate(_DAYS, 1) for name in names}
_EVERY = {
    "daily": range(1, 8),
    "ежедневно": range(1, 8),
    "holidays": range(HOLIDAY, HOLIDAY + 1),
    "праздники": range(HOLIDAY, HOLIDAY + 1),
}
_HOURS = re.compile(r"([0-9]{1,2}):([0-9]{2})-([0-9]{1,2}):([0-9]{2})")
_MIDNIGHT = 24 * 60
_CLOSED = ("off", "closed", "выходной")

Stretches = tuple[tuple[int, int], ...]  # minutes of a local day, the second outside


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of one weekday (1 = Monday, 8 = a public holiday): minutes of the local day, `ends` is outside."""

    weekday: int
    begins: int
    ends: int


def parse(text: str) -> tuple[Span, ...]:
    """The stretches of a schedule; hours that pass midnight go on the next day. Raises Unfit."""
    found = [span for part in re.split(r"[,;]", text) if part.strip() for span in _part(part)]
    if not found:
        raise Unfit("write days and hours, such as Mon-Fri 09:00-18:00")
    return tuple(sorted(set(found)))


def _part(text: str) -> Iterator[Span]:
    """`Mon-Wed Fri 09:00-13:00 14:00-18:00`: days, then hours."""
    words = re.sub(r"\s*[-\u2013\u2014]\s*", "-", text.strip()).split()
    days = [day for word in words if not word[0].isdigit() for day in _days(word)]
    hours = [_hours(word) for word in words if word[0].isdigit()]
    if not days or not hours:
        raise Unfit('"{text}" needs days and hours, such as Mon-Fri 09:00-18:00', text=text.strip())
    for day in days:
        for begins, ends in hours:
            yield Span(day, begins, ends if ends > begins else _MIDNIGHT)
            if 0 < ends <= begins:
                yield Span(day if day == HOLIDAY else day % 7 + 1, 0, ends)


def _days(word: str) -> list[int]:
    """The weekdays of `Mon`, `Fri-Mon` or `daily`."""
    if every := _EVERY.get(word.lower()):
        return list(every)
    ends = [_NUMBERS.get(name) for name in word.lower().split("-")]
    if len(ends) > 2 or None in ends:
        raise Unfit("{word} is no weekday: write Mon Tue Wed Thu Fri Sat Sun, Mon-Fri or daily", word=word)
    first, last = ends[0] or 0, ends[-1] or 0
    return [(first - 1 + step) % 7 + 1 for step in range((last - first) % 7 + 1)]


def hours_of(text: str) -> Stretches:
    """The stretches of one day: `10:00-13:00 14:00-16:00`; none for `off`. Raises Unfit."""
    words = re.sub(r"\s*[-\u2013\u2014]\s*", "-", text.strip()).split()
    return () if text.strip().lower() in _CLOSED else tuple(sorted(_hours(word) for word in words))


def _hours(word: str) -> tuple[int, int]:
    """The minutes of the day of `09:00-18:00`."""
    match = _HOURS.fullmatch(word)
    parts = [int(part) for part in match.groups()] if match else []
    if not parts or parts[1] > 59 or parts[3] > 59:
        raise Unfit("{word} are no hours such as 09:00-18:00", word=word)
    begins, ends = 60 * parts[0] + parts[1], 60 * parts[2] + parts[3]
    if begins >= _MIDNIGHT or ends > _MIDNIGHT or begins == ends:
        raise Unfit("{word} are no hours such as 09:00-18:00", word=word)
    return begins, ends


@dataclass(frozen=True, eq=False)
class Schedule:
    """Who works when: the company's week, those of teams that have their own, and the days unlike their weekday.

    A day in `special` has the hours of the weekday named, or (whoever's team) exactly the stretches given.
    """

    week: tuple[Span, ...]
    teams: Mapping[str, tuple[Span, ...]]
    special: Mapping[date, int | Stretches]

    def hours(self, day: date, team: str | None = None) -> Stretches:
        """The stretches of the local `day` in which the team, or the company, works."""
        week = self.teams.get(team or "", self.week)
        known = self.special.get(day, day.isoweekday())
        return _stretches(week, known) if isinstance(known, int) else known

    def condition(self, zone: str) -> str:
        """The SQL condition of the calls that begin while their team, or the company, works."""
        own = [f"WHEN {_text(team)} THEN {self._of(week, zone)}" for team, week in self.teams.items()]
        whole = self._of(self.week, zone)
        return f"CASE team {' '.join(own)} ELSE {whole} END" if own else whole

    def _of(self, week: tuple[Span, ...], zone: str) -> str:
        alike: dict[Stretches, list[date]] = {}
        for day, known in self.special.items():
            found = _stretches(week, known) if isinstance(known, int) else known
            if found != _stretches(week, day.isoweekday()):
                alike.setdefault(found, []).append(day)
        cases = []
        for found, days in alike.items():
            listed = ", ".join(f"DATE '{day}'" for day in sorted(days))
            cases.append(f"WHEN day IN ({listed}) THEN {_any([_within(*one, zone) for one in found])}")
        usual = _any(_weekly(week, zone))
        return f"(CASE {' '.join(cases)} ELSE {usual} END)" if cases else usual


def _stretches(week: tuple[Span, ...], weekday: int) -> Stretches:
    return tuple((one.begins, one.ends) for one in week if one.weekday == weekday)


def _weekly(week: tuple[Span, ...], zone: str) -> list[str]:
    days: dict[tuple[int, int], list[str]] = {}
    for span in week:
        if span.weekday != HOLIDAY:
            days.setdefault((span.begins, span.ends), []).append(str(span.weekday))
    return [f"weekday IN ({', '.join(of)}) AND {_within(*hours, zone)}" for hours, of in days.items()]


def _any(parts: list[str]) -> str:
    return f"({' OR '.join(f'({part})' for part in parts)})" if parts else "FALSE"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _within(begins: int, ends: int, zone: str) -> str:
    parts = [_sooner(begins, zone, "NOT ")] if begins else []
    parts += [_sooner(ends, zone, "")] if ends < _MIDNIGHT else []
    return " AND ".join(parts) or "TRUE"


def _sooner(limit: int, zone: str, sign: str) -> str:
    """Whether the call begins before a minute of the day; the stored hour decides unless that is amid an hour."""
    hour, minute = divmod(limit, 60)
    if not minute:
        return f"{sign}hour < {hour}"
    local = f"timezone('{zone}', timezone('UTC', started_at))"
    return f"{sign}(hour < {hour} OR hour = {hour} AND minute({local}) < {minute})"

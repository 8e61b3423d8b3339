"""The demo company's people at their phones: who is at work, whose phone rings, who picks up."""

import random
from dataclasses import dataclass, field

from calldash.demo.company import INCIDENT, PEOPLE, TRAINING, Person
from calldash.demo.week import DAY, Week

_RING_S = 18  # how long one phone rings before the next one does
_LATE_PICKS = 0.06


@dataclass
class Desk:
    """A person's phone and the second at which it is free again."""

    person: Person
    free_at: int = 0


@dataclass(frozen=True)
class Ring:
    """One phone that rang, from `began` to `ended`."""

    person: Person
    began: int
    ended: int
    picked: bool


@dataclass(frozen=True)
class Visit:
    """One pass of a call through a queue; `desk` is None when nobody picked up."""

    queue: str
    team: str
    began: int
    ended: int
    rings: tuple[Ring, ...]
    desk: Desk | None
    reason: str


@dataclass
class Floor:
    """All desks."""

    rng: random.Random
    week: Week
    desks: list[Desk] = field(default_factory=lambda: [Desk(person) for person in PEOPLE])

    def at_work(self, person: Person, at: int) -> bool:
        """Whether the person is at work at that second, lunch excluded."""
        day = self.week.day(at)
        hour = at % DAY // 3600
        if str(day.weekday) not in person.days or day.ago in person.away or hour == person.lunch:
            return False
        if day.incident and hour in range(*INCIDENT.hours) and person.name in INCIDENT.absent:
            return False
        if not day.ago and day.weekday <= 5 and hour in range(*TRAINING.hours) and person.team in TRAINING.teams:
            return False
        return person.hours[0] <= hour < person.hours[1] and self.week.is_open(at)

    def first_free(self, team: str, at: int, but: frozenset[str] = frozenset()) -> Desk | None:
        """The desk of the team that is free first, the longest idle of those; those `but` only if there is no other."""
        present = [desk for desk in self.desks if desk.person.team == team and self.at_work(desk.person, at)]
        wanted = [desk for desk in present if desk.person.name not in but] or present
        return min(wanted, key=lambda desk: (max(desk.free_at, at), desk.free_at), default=None)

    def visit(self, queue: tuple[str, str], at: int, give_up: int, limit: int) -> Visit:
        """Rings the queue's team one by one until one picks up, the client gives up or `limit` seconds are over."""
        name, team = queue
        stop, now, rings = min(give_up, at + limit), at, list[Ring]()
        while now < stop:
            desk = self.first_free(team, now, frozenset(ring.person.name for ring in rings[-3:]))
            if desk is None:
                return Visit(name, team, at, now, tuple(rings), None, "empty")
            began = max(now, desk.free_at)
            if began >= stop:
                break
            rings.append(self._ring(desk, began, stop))
            now = desk.free_at = rings[-1].ended
            if rings[-1].picked:
                return Visit(name, team, at, now, tuple(rings), desk, "completed")
        return Visit(name, team, at, stop, tuple(rings), None, "abandoned" if stop == give_up else "timeout")

    def _ring(self, desk: Desk, began: int, stop: int) -> Ring:
        person = desk.person
        late = began % DAY < person.hours[0] * 3600 + person.late_min * 60
        picks = self.rng.random() < (_LATE_PICKS if late else person.picks)
        ended = began + (self.rng.randint(*person.rings) if picks else _RING_S)
        return Ring(person, began, min(ended, stop), picks and ended <= stop)

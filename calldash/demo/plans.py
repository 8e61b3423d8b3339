"""What a day of the demo company brings of itself: new calls of clients, calls to make, messages, unwanted calls."""

from calldash.demo.bills import STOLEN
from calldash.demo.company import (
    ARRIVALS,
    HOURS,
    INCIDENT,
    INTERNAL,
    MESSAGES,
    NEW_CLIENTS,
    PEOPLE,
    ROBOT,
    SERVICE,
    SPAM,
    SUPPORT,
    TEAM_OF_NEW,
    TEAM_OF_RETURNING,
    WEEK,
)
from calldash.demo.office import Office
from calldash.demo.week import DAY, Day

_HIDDEN = 0.015
_KNOW_HOURS = 0.7  # the share of clients who look up when the company is open


def plan_day(office: Office, day: Day) -> None:
    """Plans the day's events."""
    busy, growth = WEEK[day.weekday], 1.08 - day.ago / 600
    for _ in range(office.about(ARRIVALS * busy * growth)):
        _arrival(office, _moment(office, day), day)
    if day.incident:
        for _ in range(office.about(ARRIVALS * (INCIDENT.arrivals - 1))):
            hour = office.rng.uniform(*INCIDENT.hours)
            office.plan(day.index * DAY + hour * 3600, "inbound", team=SUPPORT, client=office.clients.returning())
    for _ in range(office.about(SPAM * busy)):
        office.plan(_moment(office, day), "spam")
    if day.ago == ROBOT.days_ago:
        for _ in range(ROBOT.calls):
            office.plan(day.index * DAY + ROBOT.begins + office.rng.uniform(0, ROBOT.seconds), "spam")
    for _ in range(office.about(INTERNAL * busy)):
        office.plan(_moment(office, day), "internal")
    for row, (_, _, mean, *_) in enumerate(MESSAGES):
        for _ in range(office.about(mean * busy)):
            client = office.clients.returning()
            office.plan(_moment(office, day), "message", team=SERVICE, client=client, row=row)
    if day.ago == STOLEN.days_ago:
        for row in range(STOLEN.calls):
            office.plan(day.index * DAY + STOLEN.begins + STOLEN.every * row, "stolen", row=row)
    _dials(office, day)


def _dials(office: Office, day: Day) -> None:
    """The calls people make of their own accord."""
    for person in PEOPLE:
        if str(day.weekday) in person.days and day.ago not in person.away:
            for _ in range(office.about(person.dials)):
                at = day.index * DAY + office.rng.uniform(*person.hours) * 3600
                client = office.clients.returning()
                office.plan(at, "outbound", team=person.team, client=client, person=person)


def _arrival(office: Office, at: int, day: Day) -> None:
    """A client, new or not, whose call nothing before it led to; one in many hides the number."""
    first = office.chance(NEW_CLIENTS)
    shares = TEAM_OF_NEW if first else TEAM_OF_RETURNING
    team = office.rng.choices(list(shares), list(shares.values()))[0]
    hidden = office.chance(_HIDDEN)
    client = None if hidden else office.clients.new(day.ago) if first else office.clients.returning()
    office.plan(at, "inbound", team=team, client=client, first=first)


def _moment(office: Office, day: Day) -> int:
    """A second of the day, as calls are spread over its hours."""
    begins = day.index * DAY
    hour = office.rng.choices(range(24), HOURS)[0]
    if not office.week.is_open(begins + hour * 3600) and office.chance(_KNOW_HOURS):
        hour = office.rng.choices(range(24), HOURS)[0]
    return begins + hour * 3600 + office.rng.randrange(3600)

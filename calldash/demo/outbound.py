"""Calls the demo company's people make, to clients and to each other, and the messages it sends and gets."""

from calldash.demo import aftermath, bills
from calldash.demo.company import MESSAGES, PEOPLE, TRIP
from calldash.demo.floor import Desk
from calldash.demo.office import TEAM, Event, Office
from calldash.providers import BuiltCall, Leg

_REACHED = {True: 0.73, False: 0.55}  # call-backs, other calls
_TALK_S = 95


def outbound(office: Office, event: Event) -> BuiltCall | None:
    """Somebody calls a client: back, or of their own accord. Nobody does when nobody can."""
    desk, client = _caller(office, event), event.client
    if desk is None or client is None or (event.tries and client.missed_at is None):
        return None
    if desk.free_at > event.at:
        office.plan(desk.free_at, "outbound", team=event.team, client=client, person=event.person, tries=event.tries)
        return None
    began = event.at
    if not office.chance(_REACHED[event.tries > 0]):
        ended = desk.free_at = began + office.rng.randint(8, 45)
        aftermath.unreached(office, event, ended)
        return office.call(began, ended, [_dial(office, desk, began, ended)], **_unreached(office, event, desk, ended))
    picked = began + office.rng.randint(5, 28)
    talk = office.talk(desk, _TALK_S)
    ended = picked + talk.seconds
    office.busy(desk, ended, talk.wrapup)
    values = _about(office, event, desk, talk.seconds) | aftermath.answered(office, event, desk, talk)
    return office.call(began, ended, [_dial(office, desk, began, ended, picked)], **values, wait_s=picked - began)


def internal(office: Office, event: Event) -> BuiltCall | None:
    """One employee calls another, if both are at work and neither is talking."""
    present = [at for at in office.floor.desks if office.floor.at_work(at.person, event.at) and at.free_at <= event.at]
    if len(present) < 2:
        return None
    caller, callee = office.rng.sample(present, 2)
    picks = office.chance(callee.person.picks)
    picked = event.at + office.rng.randint(*callee.person.rings)
    ended = caller.free_at = picked + (office.rng.randint(15, 240) if picks else 12)
    legs = [_dial(office, caller, event.at, ended, picked if picks else None)]
    who = {"employee": callee.person.name, "team": callee.person.team}
    legs.append(office.leg("ring", event.at, ended, picked if picks else None, **who))
    if picks:
        callee.free_at = ended
    values: dict[str, object] = {"employee": caller.person.name, "team": caller.person.team}
    values |= {"direction": "internal", "kind": "voice"}
    spoken = {"answered": picks, "wait_s": picked - event.at, "talk_s": ended - picked if picks else 0}
    return office.call(event.at, ended, legs, **values, **spoken, cost="0.00")


def message(office: Office, event: Event) -> BuiltCall:
    """A text, a picture, or mobile data used; `row` says which of MESSAGES."""
    kind, direction, _, cost, destination, tag = MESSAGES[event.row]
    client = event.client.number if event.client else None
    values: dict[str, object] = {"direction": direction, "kind": kind, "client": client, "tags": tag}
    values["destination"] = destination
    if kind == "data":
        person = office.rng.choice([person for person in PEOPLE if person.dials > 5])
        values |= {"client": None, "employee": person.name, "team": person.team}
        if person.name == TRIP.person and office.week.day(event.at).ago in TRIP.away:
            values |= {"roaming": True, "destination": TRIP.destination}
            cost = TRIP.price * 6
    return office.call(event.at, event.at, [], **values, line=TEAM[event.team].line, cost=cost)


def _caller(office: Office, event: Event) -> Desk | None:
    """The desk that calls: the person's own, or the team's that is free first. None when they are not at work."""
    if event.person is None:
        return office.floor.first_free(event.team, event.at)
    if not office.floor.at_work(event.person, event.at):
        return None
    return next(desk for desk in office.floor.desks if desk.person is event.person)


def _dial(office: Office, desk: Desk, began: int, ended: int, picked: int | None = None) -> Leg:
    return office.leg("dial", began, ended, picked, employee=desk.person.name, team=desk.person.team)


def _about(office: Office, event: Event, desk: Desk, seconds: int) -> dict[str, object]:
    """Who is called from which line, where that is, and what it costs."""
    assert event.client is not None
    place, per_minute = event.client.place.destination, event.client.place.price
    roams = desk.person.name == TRIP.person and office.week.day(event.at).ago in TRIP.away
    if roams:
        place, per_minute = TRIP.destination, TRIP.price
    values: dict[str, object] = {"direction": "outbound", "kind": "voice", "client": event.client.number}
    values |= {"line": TEAM[desk.person.team].line, "destination": place, "roaming": roams}
    return values | {"cost": bills.charged(per_minute, seconds, event.at)}


def _unreached(office: Office, event: Event, desk: Desk, ended: int) -> dict[str, object]:
    values = _about(office, event, desk, 0) | {"employee": desk.person.name, "team": desk.person.team}
    return values | {"answered": False, "wait_s": ended - event.at, "talk_s": 0}

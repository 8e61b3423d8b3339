"""Calls of clients to the demo company: queues, rings, talks, transfers."""

from decimal import Decimal

from calldash.demo import aftermath, clicks
from calldash.demo.company import INBOUND_PRICE, INCIDENT, SALES, SERVICE, SPAM_PREFIX, SUPPORT
from calldash.demo.floor import Desk, Visit
from calldash.demo.office import TEAM, Event, Office, Talk, price
from calldash.providers import BuiltCall, Leg

_QUEUE_S = 75  # how long one queue keeps a client before the next one takes over
_BUSY_S = 110  # with such a wait in sight the client may hear that all are busy
_PATIENCE_S = 120
_IMPATIENT, _RECORDED, _TRANSFERRED = 0.025, 0.22, 0.045  # shares of calls
_TECHNICAL = 0.001  # the share of lines out of order on a day without an incident
_REASON = {"abandoned": "abandoned", "timeout": "no_answer", "empty": "no_agents"}
_OTHER = {SALES: SUPPORT, SUPPORT: SERVICE, SERVICE: SUPPORT}


def inbound(office: Office, event: Event) -> BuiltCall:
    """A client calls."""
    at = event.at
    if not office.week.is_open(at):
        return _turned_away(office, event, "off_hours", office.rng.randint(9, 22))
    if office.chance(INCIDENT.technical if office.week.day(at).incident else _TECHNICAL):
        return _turned_away(office, event, "technical", office.rng.randint(1, 3))
    desk = office.floor.first_free(event.team, at)
    if desk and desk.free_at - at > _BUSY_S and office.chance(0.3):
        return _turned_away(office, event, "busy", office.rng.randint(2, 4))
    visits = _visits(office, event)
    return _answered(office, event, visits) if visits[-1].desk else _missed(office, event, visits)


def spam(office: Office, event: Event) -> BuiltCall:
    """An unwanted call: blocked, or cut short by whoever picked it up."""
    number = f"{SPAM_PREFIX}{office.rng.randint(0, 60) * 41:04}"
    values = {"direction": "inbound", "kind": "voice", "client": number, "line": TEAM[SALES].line, "spam": True}
    desk = office.floor.first_free(SALES, event.at)
    if desk is None or desk.free_at > event.at or office.chance(0.45):
        reason = {"answered": False, "miss_reason": "blocked", "talk_s": 0}
        return office.call(event.at, event.at + 1, [], **values, **reason)
    picked = event.at + office.rng.randint(*desk.person.rings)
    ended = desk.free_at = picked + office.rng.randint(4, 25)
    who = {"employee": desk.person.name, "team": desk.person.team}
    legs = [office.leg("ring", event.at, ended, picked, **who)]
    spoken = {"answered": True, "wait_s": picked - event.at, "talk_s": ended - picked}
    return office.call(event.at, ended, legs, **values, **who, **spoken)


def _visits(office: Office, event: Event) -> list[Visit]:
    """The queues the call passes, up to the one in which it ends."""
    patience = office.rng.randint(1, 5) if office.chance(_IMPATIENT) else 8 + office.rng.expovariate(1 / _PATIENCE_S)
    give_up, at, visits = event.at + int(patience), event.at, list[Visit]()
    for queue in TEAM[event.team].route:
        visits.append(office.floor.visit(queue, at, give_up, _QUEUE_S))
        at = visits[-1].ended
        if visits[-1].reason in ("completed", "abandoned"):
            break
    return visits


def _answered(office: Office, event: Event, visits: list[Visit]) -> BuiltCall:
    visit, desk = visits[-1], visits[-1].desk
    assert desk is not None
    talk = office.talk(desk, TEAM[event.team].talk_s)
    recording = desk.person.recording if office.chance(_RECORDED) else None
    if recording:
        talk = Talk(recording[1], 0, talk.wrapup)
    handed = visit.ended + talk.seconds
    office.busy(desk, handed, talk.wrapup)
    legs = [leg for passed in visits[:-1] for leg in _legs(office, passed, passed.ended, passed.reason)]
    second = None if recording or not office.chance(_TRANSFERRED) else _transfer(office, desk, handed)
    ended = _hang_up(office, second) if second else handed
    legs += _legs(office, visit, handed, "transferred" if second else "completed")
    legs += _legs(office, second, ended, second.reason) if second else []
    talk = Talk(ended - visit.ended, talk.hold + (second.ended - handed if second else 0), talk.wrapup)
    values = _about(office, event) | aftermath.answered(office, event, desk, talk)
    values |= {"queue": visit.queue, "wait_s": visit.ended - event.at}
    values |= {"recording": f"demo/{recording[0]}" if recording else None}
    return office.call(event.at, ended, legs, **values, cost=_cost(values["line"], ended - event.at))


def _transfer(office: Office, desk: Desk, at: int) -> Visit:
    """The visit to another team's queue to which a talk that ends now is handed over."""
    route = TEAM[_OTHER[desk.person.team]].route[0]
    return office.floor.visit(route, at, at + office.rng.randint(15, 150), _QUEUE_S)


def _hang_up(office: Office, second: Visit) -> int:
    """When a call ends that was handed over: after a second talk, or as soon as the client has waited enough."""
    if second.desk is None:
        return second.ended
    talk = office.talk(second.desk, TEAM[second.team].talk_s / 2)
    office.busy(second.desk, second.ended + talk.seconds, talk.wrapup)
    return second.ended + talk.seconds


def _legs(office: Office, visit: Visit, ended: int, reason: str) -> list[Leg]:
    """The legs of a visit that ended, talk included, at that second."""
    picked = visit.ended if visit.desk else None
    legs = [office.leg("queue", visit.began, ended, picked, team=visit.team, queue=visit.queue, reason=reason)]
    for ring in visit.rings:
        who = {"employee": ring.person.name, "team": ring.person.team, "queue": visit.queue}
        until, answered = (ended, ring.ended) if ring.picked else (ring.ended, None)
        legs.append(office.leg("ring", ring.began, until, answered, **who))
    return legs


def _missed(office: Office, event: Event, visits: list[Visit]) -> BuiltCall:
    last = visits[-1]
    reason = _REASON[last.reason]
    if reason == "no_answer" and office.chance(0.07):
        reason = "rejected"
    rung = [ring.person for visit in visits for ring in visit.rings]
    values = _about(office, event) | {"team": rung[-1].team if rung else last.team, "queue": last.queue}
    values |= {"employee": rung[-1].name if rung else None, "answered": False, "miss_reason": reason}
    legs = [leg for visit in visits for leg in _legs(office, visit, visit.ended, visit.reason)]
    aftermath.missed(office, event, last.ended, reason)
    return office.call(event.at, last.ended, legs, **values, wait_s=last.ended - event.at, talk_s=0, cost="0.00")


def _turned_away(office: Office, event: Event, reason: str, seconds: int) -> BuiltCall:
    """A call that no phone rang for: how long it waited for a person is not known."""
    values = _about(office, event) | {"team": event.team, "answered": False, "miss_reason": reason, "talk_s": 0}
    aftermath.missed(office, event, event.at + seconds, reason)
    return office.call(event.at, event.at + seconds, [], **values, cost="0.00")


def _about(office: Office, event: Event) -> dict[str, object]:
    """Who called which line, and what is known of why."""
    client, values = event.client, dict[str, object](direction="inbound", kind="voice", line=TEAM[event.team].line)
    campaign = client.campaign if client and (event.first or office.chance(0.4)) else None
    if campaign:
        values |= {"source": campaign.source, "medium": campaign.medium, "campaign": campaign.name}
        values["line"] = campaign.line
        values |= clicks.told(campaign, f"{event.at} {values['line']}")
    return values | {"client": client.number if client else None}


def _cost(line: object, seconds: int) -> Decimal:
    return price(INBOUND_PRICE.get(str(line), Decimal("0.00")), seconds)

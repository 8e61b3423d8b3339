"""What a call of the demo leaves behind: a sale, tags, a further call, or the chase after a missed client."""

from decimal import Decimal

from calldash.demo.company import SALES
from calldash.demo.floor import Desk
from calldash.demo.office import TEAM, Event, Office, Talk

_SELLS = {"inbound": 0.085, "outbound": 0.07}
_MINUTE, _HOUR = 60, 3600
_CHASED = {"abandoned": 0.84, "off_hours": 0.78, "technical": 0.5}  # the share the company calls back
_CHASED_OTHERWISE = 0.9
_CALLED_QUICKLY = 0.8
_TRIES_AGAIN = 0.24  # clients who were missed
_ASKS_AGAIN = {True: 0.14, False: 0.07}  # clients who talked with somebody slow to pick up, with others


def answered(office: Office, event: Event, desk: Desk, talk: Talk) -> dict[str, object]:
    """The columns of a talk with a client, whom nobody owes a call any more; some will call again."""
    person, client = desk.person, event.client
    if client:
        client.missed_at = None
        if event.kind == "inbound" and office.chance(_ASKS_AGAIN[person.picks < 0.8]):
            delay = office.rng.expovariate(1 / (30 * _HOUR))
            plan_open(office, event.at + talk.seconds + 120 + int(delay), "inbound", event)
    values: dict[str, object] = {"employee": person.name, "team": person.team, "answered": True}
    values |= {"talk_s": talk.seconds, "hold_s": talk.hold, "wrapup_s": talk.wrapup}
    tags = [tag for tag in TEAM[person.team].tags if office.chance(0.16)]
    return values | {"tags": ";".join(tags) or None} | _deal(office, event, desk, talk)


def _deal(office: Office, event: Event, desk: Desk, talk: Talk) -> dict[str, object]:
    """The outcome of a talk that was long enough to have one, and the amount of most sales."""
    if talk.seconds < 40 or event.client is None:
        return {}
    campaign = event.client.campaign
    if office.chance(_SELLS[event.kind] * desk.person.sells * (campaign.sells if campaign else 0.8)):
        amount = Decimal(int(office.rng.lognormvariate(9.9, 0.6) / 10) * 10)
        return {"outcome": "success", "sale_amount": None if office.chance(0.06) else amount}
    return {"outcome": "failure"} if desk.person.team == SALES and office.chance(0.35) else {}


def missed(office: Office, event: Event, ended: int, reason: str) -> None:
    """Plans what happens after a missed call: the client tries again, the company calls back, or nothing does."""
    if event.client is None:
        return
    if office.chance(_TRIES_AGAIN):
        office.plan(ended + office.rng.expovariate(1 / (14 * _MINUTE)) + 15, "inbound", event.team, event.client)
    if event.client.missed_at is None and office.chance(_CHASED.get(reason, _CHASED_OTHERWISE)):
        quick = office.chance(_CALLED_QUICKLY)
        delay = office.rng.expovariate(1 / (4 * _MINUTE)) + 40 if quick else office.rng.uniform(0.3, 9) * _HOUR
        plan_open(office, ended + int(delay), "outbound", event, tries=1)
    event.client.missed_at = ended


def unreached(office: Office, event: Event, ended: int) -> None:
    """A call-back that was not answered may be tried again, twice at most."""
    if 0 < event.tries < 3 and office.chance(0.5):
        plan_open(office, ended + office.rng.randint(15, 180) * _MINUTE, "outbound", event, tries=event.tries + 1)


def plan_open(office: Office, at: int, kind: str, event: Event, tries: int = 0) -> None:
    """Plans a call with the event's client at that second, or in the first hour after the company opens next."""
    opens = office.week.next_open(at)
    if opens is not None:
        at = at if opens == at else opens + office.rng.randint(120, 3000)
        office.plan(at, kind, event.team, event.client, tries=tries)

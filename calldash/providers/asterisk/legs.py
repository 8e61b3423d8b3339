"""From visits and attempts to legs."""

from collections.abc import Sequence

from calldash.providers import Leg
from calldash.providers.asterisk.attempts import Attempt
from calldash.providers.asterisk.parties import agent_name
from calldash.providers.asterisk.times import utc
from calldash.providers.asterisk.visits import Visit


def legs_of(visits: Sequence[Visit], attempts: Sequence[Attempt], employee: str | None) -> tuple[Leg, ...]:
    """The legs of a call in the order of time. `employee` is who made it, for calls from the inside."""
    legs = [leg for visit in visits for leg in (_pass(visit), *_rings(visit))]
    legs += [_leg(attempt, employee) for attempt in attempts]
    if employee and attempts and not any(attempt.kind == "dial" for attempt in attempts):
        legs.append(_own(attempts, employee))
    return tuple(sorted(legs, key=lambda leg: (leg.started_at, leg.kind != "queue", leg.employee or "", str(leg))))


def _pass(visit: Visit) -> Leg:
    return Leg(
        "queue",
        utc(visit.started),
        utc(visit.ended) if visit.ended is not None else None,
        utc(visit.answered) if visit.answered is not None else None,
        agent_name(visit.agent) if visit.agent else None,
        queue=visit.queue,
        talk_s=visit.talk,
        reason=visit.reason,
    )


def _rings(visit: Visit) -> list[Leg]:
    return [
        Leg(
            "ring",
            utc(ring.started),
            utc(ring.ended) if ring.ended is not None else None,
            utc(ring.answered) if ring.answered is not None else None,
            agent_name(ring.agent) if ring.agent else None,
            queue=visit.queue,
            talk_s=visit.talk if ring.answered is not None else None,
        )
        for ring in visit.rings
    ]


def _leg(attempt: Attempt, employee: str | None) -> Leg:
    # Where the CDR tells that somebody picked up but not when, the leg must still say that it was answered.
    picked = attempt.picked if attempt.picked is not None else attempt.started
    return Leg(
        attempt.kind,
        utc(attempt.started),
        utc(attempt.ended),
        utc(picked) if attempt.answered else None,
        employee if attempt.kind == "dial" else attempt.employee,
        queue=attempt.queue,
        talk_s=attempt.talk if attempt.answered else None,
    )


def _own(attempts: Sequence[Attempt], employee: str) -> Leg:
    """An internal call, seen from who made it."""
    reached = next((attempt for attempt in attempts if attempt.answered), attempts[-1])
    leg = _leg(reached, employee)
    return Leg("dial", utc(attempts[0].started), leg.ended_at, leg.answered_at, employee, talk_s=leg.talk_s)

"""From queue events to visits: who waited in which queue, who rang and answered, how it ended."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from calldash.providers.asterisk.queue_log import Event

# How a visit ends, and the reason of its leg.
ENDS: Mapping[str, str] = {
    "COMPLETEAGENT": "completed",
    "COMPLETECALLER": "completed",
    "BLINDTRANSFER": "transferred",
    "ATTENDEDTRANSFER": "transferred",
    "TRANSFER": "transferred",
    "ABANDON": "abandoned",
    "EXITWITHTIMEOUT": "timeout",
    "EXITEMPTY": "empty",
    "EXITWITHKEY": "key",
}
_TALKED = frozenset({"completed", "transferred"})
_RINGS = frozenset({"RINGNOANSWER", "RINGCANCELED"})


@dataclass
class Ring:
    """An attempt to ring an agent (epoch seconds); `answered` is None when in vain."""

    agent: str | None
    started: int
    answered: int | None = None
    ended: int | None = None


@dataclass
class Visit:
    """A caller's pass through a queue (epoch seconds); `ended` is None while waiting or talking.

    `entered` is False when the log does not hold its beginning.
    """

    callid: str
    queue: str
    started: int
    entered: bool = False
    client: str | None = None
    agent: str | None = None
    answered: int | None = None
    ended: int | None = None
    talk: int | None = None
    reason: str | None = None
    attended: bool = False
    rings: list[Ring] = field(default_factory=list)

    @property
    def evident(self) -> bool:
        """Whether there was such a visit for certain: an end alone does not make a call."""
        return self.entered or self.answered is not None


def visits_of(events: Iterable[Event]) -> list[Visit]:
    """The visits that `events` of one call, in any order, tell of; the earliest first."""
    passes: defaultdict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in events:
        passes[event.callid, event.queue].append(event)
    found = [visit for some in passes.values() for visit in _walk(some)]
    return sorted(found, key=lambda visit: (visit.started, visit.callid, visit.queue))


def _walk(events: list[Event]) -> list[Visit]:
    """The visits of one caller to one queue."""
    visits: list[Visit] = []
    for _, some in groupby(sorted(events, key=lambda event: event.at), key=lambda event: event.at):
        is_open = bool(visits) and visits[-1].ended is None
        for event in sorted(some, key=lambda event: (_turn(event, is_open), str(event))):
            _step(event, visits)
    return visits


def _turn(event: Event, is_open: bool) -> int:
    """The order within a second: an open visit ends before the next begins, else a visit begins before it ends."""
    if event.event == "ENTERQUEUE":
        return 4 if is_open else 0
    return 1 if event.event in _RINGS else 2 if event.event == "CONNECT" else 3


def _step(event: Event, visits: list[Visit]) -> None:
    now = visits[-1] if visits and visits[-1].ended is None else None
    if event.event == "ENTERQUEUE":
        if now:
            now.ended = event.at
        visits.append(Visit(event.callid, event.queue, event.at, True, event.client))
        return
    if now is None:
        if visits and event.event != "CONNECT":
            _late(event, visits[-1])
            return
        now = Visit(event.callid, event.queue, event.at - (event.hold or event.ring or 0) - (event.talk or 0))
        visits.append(now)
    if event.event in _RINGS:
        now.rings.append(_vain(event))
    elif event.event == "CONNECT":
        _connect(event, now)
    else:
        _end(event, now)


def _late(event: Event, last: Visit) -> None:
    """After a visit ended: a phone may still be noted as rung; a second end says nothing new."""
    if event.event in _RINGS:
        last.rings.append(_vain(event))


def _vain(event: Event) -> Ring:
    return Ring(event.agent, event.at - (event.ring or 0), None, event.at)


def _connect(event: Event, visit: Visit) -> None:
    visit.rings.append(Ring(event.agent, event.at - (event.ring or 0), event.at))
    if visit.answered is not None:
        return
    if event.hold is not None:
        if visit.entered:
            event_at = visit.started + event.hold
        else:
            event_at, visit.started = event.at, event.at - event.hold
    else:
        event_at = event.at
    visit.answered, visit.agent = event_at, event.agent


def _end(event: Event, visit: Visit) -> None:
    reason = ENDS[event.event]
    if visit.answered is not None and reason not in _TALKED:
        reason = "completed"
    visit.ended, visit.reason, visit.attended = event.at, reason, event.event == "ATTENDEDTRANSFER"
    if reason in _TALKED:
        if visit.answered is None:
            visit.answered, visit.agent = event.at - (event.talk or 0), event.agent
            visit.rings.append(Ring(event.agent, visit.answered, visit.answered))
        visit.talk = event.talk if event.talk is not None else max(0, event.at - visit.answered)
    elif event.hold is not None:
        visit.ended = visit.started + event.hold
    for ring in visit.rings:
        ring.ended = event.at if ring.ended is None else ring.ended

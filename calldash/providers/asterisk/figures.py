"""A call's own figures: who talked when, the wait, the talk, the reason of a miss, the numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from calldash.providers.asterisk.attempts import Attempt, queue_of
from calldash.providers.asterisk.cdr import Cdr
from calldash.providers.asterisk.options import Options
from calldash.providers.asterisk.parties import agent_name, is_internal, is_outside, outside_number, source_number
from calldash.providers.asterisk.visits import Visit

# Why a visit ended in vain -> why the call was missed. Who pressed a key to leave gave up waiting, as who hung up.
_VISIT_REASONS: Mapping[str | None, str] = {
    "timeout": "no_answer",
    "empty": "no_agents",
    "abandoned": "abandoned",
    "key": "abandoned",
}
# The PBX's own word for phones rung in vain, the most telling first: of several phones one may be busy.
_DISPOSITIONS: Mapping[str, str] = {
    "no_answer": "no_answer",
    "busy": "busy",
    "failed": "technical",
    "congestion": "technical",
}


@dataclass(frozen=True)
class Talk:
    """A conversation with a person (epoch seconds); `exact` tells whether it is known when it began."""

    began: int
    exact: bool
    ended: int | None
    seconds: int | None
    employee: str | None
    queue: str | None


@dataclass
class Talks:
    """The conversations of a call in the order of time, and what follows from them."""

    visits: Sequence[Visit]
    attempts: Sequence[Attempt]
    talks: list[Talk] = field(init=False)

    def __post_init__(self) -> None:
        found = [
            Talk(visit.answered, True, visit.ended, visit.talk, visit.agent and agent_name(visit.agent), visit.queue)
            for visit in self.visits
            if visit.answered is not None
        ]
        for one in self.attempts:
            if one.answered:
                began = one.started if one.picked is None else one.picked
                found.append(Talk(began, one.picked is not None, one.ended, one.talk, one.employee, one.queue))
        self.talks = sorted(found, key=lambda talk: (talk.began, str(talk)))

    @property
    def first(self) -> Talk | None:
        """The first conversation with a person, if any."""
        return self.talks[0] if self.talks else None

    def values(self) -> dict[str, str | None]:
        """What the conversations say of the call, in columns of the plain CSV."""
        wait, talk = self.wait(), self.talk()
        return {
            "answered": "true" if self.first else "false",
            "wait_s": None if wait is None else str(wait),
            "talk_s": None if talk is None else str(talk),
            "queue": self.queue(),
        }

    def wait(self) -> int | None:
        """Seconds from the first ring or queue entry to the first pick-up or the end; None where rows cannot tell."""
        rung = [one.started for one in self.attempts]
        began = min([visit.started for visit in self.visits] + rung, default=None)
        if began is None or (not self.visits and any(one.queue for one in self.attempts)):
            return None
        if self.first:
            return self.first.began - began if self.first.exact else None
        if not self.visits and any(one.held for one in self.attempts):
            return None
        ends = [visit.ended for visit in self.visits] + [one.ended for one in self.attempts]
        return max(end for end in ends if end is not None) - began

    def talk(self) -> int | None:
        """Seconds from the first pick-up to the end of the last conversation; 0 without any, None if unknown."""
        if self.first is None:
            return 0
        if len(self.talks) == 1:
            return self.first.seconds
        ends = [talk.ended for talk in self.talks]
        if not self.first.exact or None in ends:
            return None
        return max(0, max(end for end in ends if end is not None) - self.first.began)

    def employee(self) -> str | None:
        """Who talked first, else who rang last."""
        if self.first:
            return self.first.employee
        rings = [ring for visit in self.visits for ring in visit.rings]
        rung = [(ring.ended or 0, ring.started, agent_name(ring.agent)) for ring in rings if ring.agent]
        rung += [(one.ended, one.started, one.employee) for one in self.attempts if one.employee]
        return max(rung)[2] if rung else None

    def queue(self) -> str | None:
        """The queue of the first conversation, else the last one entered."""
        if self.first and self.first.queue:
            return self.first.queue
        entered = [(visit.started, visit.queue) for visit in self.visits]
        entered += [(one.started, one.queue) for one in self.attempts if one.queue]
        return max(entered)[1] if entered else None


def miss_reason(rows: Sequence[Cdr], visits: Sequence[Visit], options: Options) -> str:
    """Why nobody talked. A caller who only heard an IVR waited for nobody: `unknown`."""
    if visits:
        last = max(visits, key=lambda visit: (visit.ended or 0, visit.started, visit.queue))
        return _VISIT_REASONS.get(last.reason, "abandoned")
    dialled = {row.disposition for row in rows if row.dstchannel and not queue_of(row, options)}
    for disposition, reason in _DISPOSITIONS.items():
        if disposition in dialled:
            return reason
    if dialled:
        return "no_answer"
    if any(queue_of(row, options) for row in rows):
        # A row after the queue's shows that the queue gave the caller back; else he hung up in it.
        return "abandoned" if queue_of(rows[-1], options) else "no_answer"
    said = {row.disposition for row in rows} - {"no_answer", "answered"}
    return next((reason for disposition, reason in _DISPOSITIONS.items() if disposition in said), "unknown")


def numbers_of(
    rows: Sequence[Cdr], entered_by: str | None, way: str, region: str, options: Options
) -> dict[str, str | None]:
    """The client, the company's line and the recording."""
    if not rows:
        return {"client": outside_number(entered_by, region) if entered_by and way == "inbound" else None}
    first = rows[0]
    did = next((row.did for row in rows if row.did), "")
    recording = next((row.recordingfile for row in rows if row.recordingfile), None)
    client, line = None, None
    if way == "inbound":
        client = outside_number(source_number(first) or entered_by or "", region)
        line = did or (first.dst if is_outside(first.dst) else None)
    elif way == "outbound":
        client = outside_number(first.dst, region, options.outside_prefix)
        shown = first.outbound_cnum or (first.src if not is_internal(first.src, options) else "")
        line = shown if is_outside(shown) else None
    return {"client": client, "line": line, "recording": recording and recording.removeprefix(options.recordings_root)}

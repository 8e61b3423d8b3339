"""From CDR rows to attempts: whom the PBX, or an employee, rang in a call, and who picked up when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from calldash.providers.asterisk.cdr import Cdr
from calldash.providers.asterisk.options import Options
from calldash.providers.asterisk.parties import called, is_internal
from calldash.providers.asterisk.visits import Visit


@dataclass(frozen=True)
class Attempt:
    """An attempt to reach somebody (epoch seconds), `kind` as of legs.

    `picked` is None when nobody picked up or the CDR cannot tell when: once the caller's channel was answered, by an
    IVR or a queue (`held`), a row's `answer` is its start and `billsec` holds the ringing too.
    """

    kind: str
    employee: str | None
    started: int
    ended: int
    answered: bool
    picked: int | None
    talk: int | None
    queue: str | None
    held: bool
    conference: bool


@dataclass(frozen=True)
class Known:
    """What is known of a call before its attempts: which way it went, which employee made it, its trunks and visits."""

    way: str
    maker: str | None
    trunks: frozenset[str]
    visits: Sequence[Visit]
    options: Options


def attempts_of(rows: Sequence[Cdr], known: Known) -> list[Attempt]:
    """The attempts in the rows of one call, in the order of time; what the visits tell already is left out."""
    reaching = [row for row in rows if _reaches(row, known.options)]
    # The called side's own record repeats the caller's; alone it is better than nothing.
    callers = [row for row in reaching if row.lastapp.lower() not in known.options.called_apps]
    found = [_attempt(row, known) for row in callers or reaching if not _told(row, known)]
    # Who calls from a computer is rung first himself.
    others = [one for one in found if one.kind == "dial" or one.employee is None or one.employee != known.maker]
    merged: list[Attempt] = []
    for one in sorted(others, key=lambda one: (one.started, one.ended, str(one))):
        at = next((at for at, other in enumerate(merged) if _same(other, one)), None)
        if at is None:
            merged.append(one)
        else:
            merged[at] = _merged(merged[at], one)
    return merged


def queue_of(row: Cdr, options: Options) -> str | None:
    """The queue that a row passed through."""
    if row.lastapp.lower() not in options.queue_apps:
        return None
    return row.lastdata.replace("|", ",").split(",")[0] or None


def _reaches(row: Cdr, options: Options) -> bool:
    robot = row.lastapp.lower() in options.robot_apps or options.robot_channel.search(row.dstchannel)
    return bool(row.dstchannel) and not robot


def _told(row: Cdr, known: Known) -> bool:
    """Whether a visit tells of this row. What came after the agent passed the caller on is told by the CDR only."""
    app, visits = row.lastapp.lower(), known.visits
    if visits and app in known.options.called_apps:
        return True
    if app not in known.options.queue_apps:
        return any(visit.started <= row.start and (visit.ended is None or row.start < visit.ended) for visit in visits)
    here = [visit for visit in visits if visit.queue == queue_of(row, known.options)]
    passed = [visit.ended for visit in here if visit.reason == "transferred" and visit.ended is not None]
    return bool(here) and not any(row.start >= moment for moment in passed)


def _attempt(row: Cdr, known: Known) -> Attempt:
    options = known.options
    employee = called(row, known.trunks, options)
    conference = row.lastapp.lower() in options.conference_apps
    # Nobody is rung in a conference room: who is inside has a call of his own.
    outwards = known.way == "outbound" and not (employee and is_internal(employee, options))
    dialled = outwards or (conference and known.way != "inbound")
    answered = row.disposition == "answered" and row.billsec != 0
    picked = _picked(row, known) if answered else None
    return Attempt(
        kind="dial" if dialled else "ring",
        employee=None if dialled else employee,
        started=row.start,
        ended=row.end,
        answered=answered,
        picked=picked,
        talk=row.billsec if picked is not None else None,
        queue=queue_of(row, options),
        held=row.answer is not None or row.billsec == row.duration,
        conference=conference,
    )


def _picked(row: Cdr, known: Known) -> int | None:
    """When the person picked up, if the row of an answered attempt tells."""
    queue = queue_of(row, known.options)
    # In a conference, and in a queue row that follows a transfer, both sides talk from the row's start on.
    if row.lastapp.lower() in known.options.conference_apps or any(visit.queue == queue for visit in known.visits):
        return row.start
    told = queue is None and row.answer is not None and row.answer > row.start
    return row.answer if told else None


def _same(one: Attempt, other: Attempt) -> bool:
    """Rows of one attempt: a phone's several legs, a conference's members, an outbound call over several trunks."""
    if one.kind != other.kind:
        return False
    if one.kind == "dial" or (one.conference and other.conference):
        return True
    meet = other.started < one.ended or (one.answered and other.answered and other.started <= one.ended + 1)
    return one.employee == other.employee and meet


def _merged(one: Attempt, other: Attempt) -> Attempt:
    talked = [some for some in (one, other) if some.answered]
    best = next((some for some in talked if some.picked is not None), talked[0] if talked else one)
    ended = max(one.ended, other.ended)
    until = max((some.ended for some in talked), default=ended)
    alone = best.picked is None or best.ended == until
    return replace(
        best,
        started=min(one.started, other.started),
        ended=ended,
        talk=best.talk if alone or best.picked is None else until - best.picked,
        employee=best.employee or one.employee or other.employee,
        queue=best.queue or one.queue or other.queue,
        held=one.held or other.held,
    )

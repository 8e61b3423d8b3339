"""From the rows of a call to the call: whether it has ended, which way it went, its figures and legs."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from calldash.providers import BuiltCall, Context, Row
from calldash.providers.asterisk.attempts import Known, attempts_of
from calldash.providers.asterisk.cdr import Cdr
from calldash.providers.asterisk.figures import Talks, miss_reason, numbers_of
from calldash.providers.asterisk.groups import Group, groups_of
from calldash.providers.asterisk.legs import legs_of
from calldash.providers.asterisk.options import Options, options_of
from calldash.providers.asterisk.parties import caller, direction, is_internal, outside_number, peer
from calldash.providers.asterisk.times import id_order, utc
from calldash.providers.asterisk.visits import Visit


def build(rows: Iterable[Row], context: Context) -> Iterator[BuiltCall]:
    """The calls in `rows`, which hold all rows of each call, in any order.

    A caller who only waits is no call yet. One who talks is: that he was answered, and his wait, will not change;
    his talk is unknown until the end arrives.
    """
    options = options_of(context.options)
    groups = groups_of(rows, lambda text: outside_number(text, context.region))
    calls = [call for group in groups if (call := _call(group, context, options))]
    yield from sorted(calls, key=lambda call: (call.values["started_at"] or "", call.id))


def _call(group: Group, context: Context, options: Options) -> BuiltCall | None:
    visits = _settled(group)
    waiting = any(visit.ended is None and visit.answered is None for visit in visits)
    if waiting or not (group.rows or any(visit.evident for visit in visits)):
        return None
    first = group.rows[0] if group.rows else None
    entered_by = next((visit.client for visit in visits if visit.client), None)
    way = _way(first, entered_by, options)
    maker = caller(first, options) if first and way != "inbound" else None
    trunks = frozenset({peer(first.channel)} if first and way == "inbound" else ())
    attempts = attempts_of(group.rows, Known(way, maker, trunks, visits, options))
    talks = Talks(visits, attempts)
    began = min([visit.started for visit in visits] + [row.start for row in group.rows])
    missed = way == "inbound" and not talks.first
    values = {
        "started_at": f"{utc(began).isoformat()}Z",
        "direction": way,
        **talks.values(),
        **numbers_of(group.rows, entered_by, way, context.region, options),
        "employee": maker or talks.employee(),
        "miss_reason": miss_reason(group.rows, visits, options) if missed else None,
    }
    known = {name: value for name, value in values.items() if value is not None}
    legs = legs_of(visits, attempts, maker)
    return BuiltCall(_id(group), frozenset(group.refs), known, _ended_at(group, visits), legs)


def _way(first: Cdr | None, entered_by: str | None, options: Options) -> str:
    if first:
        return direction(first, options)
    return "internal" if entered_by and is_internal(entered_by, options) else "inbound"


def _ended_at(group: Group, visits: list[Visit]) -> datetime | None:
    ends = [row.end for row in group.rows]
    for visit in visits:
        if visit.ended is None:
            return None
        ends.append(visit.ended)
    return utc(max(ends))


def _id(group: Group) -> str:
    """The id that names the call: its linked id, else that of the first channel."""
    linked = {row.linkedid for row in group.rows if row.linkedid}
    return min(linked or group.refs, key=id_order)


def _settled(group: Group) -> list[Visit]:
    """The visits, those left open by a cut log ended by the CDR of their channel, or left to it."""
    settled = []
    for visit in group.visits:
        ends = [row.end for row in group.rows if row.uniqueid == visit.callid]
        if visit.ended is None and ends and max(ends) >= (visit.answered or visit.started):
            if visit.answered is None:
                continue
            visit.ended, visit.reason = max(ends), "completed"
            visit.talk = visit.ended - visit.answered
            for ring in visit.rings:
                ring.ended = ring.ended or visit.ended
        settled.append(visit)
    return settled

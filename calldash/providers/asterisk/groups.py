"""Which rows are one call: by the ids they share, and a consultation by the client it was held for."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from calldash.providers import Row
from calldash.providers.asterisk import cdr, queue_log
from calldash.providers.asterisk.cdr import Cdr
from calldash.providers.asterisk.queue_log import Event
from calldash.providers.asterisk.times import id_order
from calldash.providers.asterisk.visits import Visit, visits_of


@dataclass
class Group:
    """The rows of one call: its ids, its CDR rows from the first on, its queue visits."""

    refs: set[str] = field(default_factory=set)
    rows: list[Cdr] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)


class _Ties:
    """Names joined into sets."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def root(self, name: str) -> str:
        while (above := self._above.setdefault(name, name)) != name:
            self._above[name] = self._above[above]
            name = above
        return name

    def join(self, names: Iterable[str]) -> None:
        roots = sorted({self.root(name) for name in names})
        for root in roots[1:]:
            self._above[root] = roots[0]


def groups_of(rows: Iterable[Row], named: Callable[[str], str | None]) -> list[Group]:
    """The calls in `rows`, in no order; `named` gives a client's number in its one form."""
    kept = [row for row in rows if row.refs]
    ties = _Ties()
    for row in kept:
        ties.join(row.refs)
    groups: defaultdict[str, Group] = defaultdict(Group)
    events: defaultdict[str, list[Event]] = defaultdict(list)
    rows_of: defaultdict[str, dict[Any, Cdr]] = defaultdict(dict)
    for row in kept:
        root = ties.root(row.refs[0])
        groups[root].refs.update(row.refs)
        if row.part == cdr.PART:
            one = Cdr(**row.data)
            same = rows_of[root].get(_content(one))
            rows_of[root][_content(one)] = max(filter(None, (same, one)), key=str)
        elif row.part == queue_log.PART:
            events[root].append(Event(**row.data))
    for root, group in groups.items():
        group.visits = visits_of(events[root])
        group.rows = sorted(rows_of[root].values(), key=_order)
    return _consultations_joined(list(groups.values()), named)


def _content(row: Cdr) -> tuple[Any, ...]:
    """What is the same in a row that came twice, with its sequence and without."""
    return (row.uniqueid, row.channel, row.dstchannel, row.start, row.dst, row.lastapp, row.disposition, row.billsec)


def _order(row: Cdr) -> tuple[Any, ...]:
    """The row of the channel that began the call comes first among those of one second."""
    return (row.start, row.uniqueid != row.linkedid, id_order(row.uniqueid), row.sequence.zfill(12), str(row))


def _consultations_joined(groups: list[Group], named: Callable[[str], str | None]) -> list[Group]:
    """An agent who passes a client on to a queue is first alone in it, with the client's number: the same call."""
    entries: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, visit in _visits(groups):
        if visit.entered and visit.client and (client := named(visit.client)):
            entries[client].append((visit.started, number))
    ties = _Ties()
    for number, visit in _visits(groups):
        if not visit.attended or visit.answered is None or visit.ended is None:
            continue
        for client in {named(other.client) for other in groups[number].visits if other.client} - {None}:
            for entered, consulted in entries[client or ""]:
                if visit.answered <= entered <= visit.ended:
                    ties.join((str(number), str(consulted)))
    joined: dict[str, Group] = {}
    for number, group in enumerate(groups):
        whole = joined.setdefault(ties.root(str(number)), group)
        if whole is not group:
            _add(whole, group)
    return list(joined.values())


def _visits(groups: list[Group]) -> Iterator[tuple[int, Visit]]:
    return ((number, visit) for number, group in enumerate(groups) for visit in group.visits)


def _add(whole: Group, part: Group) -> None:
    whole.refs |= part.refs
    whole.rows = sorted([*whole.rows, *part.rows], key=_order)
    whole.visits = sorted([*whole.visits, *part.visits], key=lambda visit: (visit.started, visit.callid, visit.queue))

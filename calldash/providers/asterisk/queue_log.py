"""Reading `queue_log`: the native one (bars between fields) and exports of its table (a header, any order)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from calldash.problems import Reject
from calldash.providers import Context, Row
from calldash.providers.asterisk.parties import outside_number
from calldash.providers.asterisk.records import FieldError, Record, columns_wrong, read, seconds, tidy
from calldash.providers.asterisk.times import absent, id_epoch, instant, utc
from calldash.reading import Sample, Source

PART, STATUS_PART = "queue_log", "agent_status"
_NATIVE = re.compile(r"\d[\d.:T -]*\|[^|]*\|[^|]*\|[^|]*\|[A-Z]+(\||$)")
_EVENT = re.compile(r"[A-Z][A-Z0-9_ -]*")
_NOT_CALLS = frozenset({"", "NONE", "REALTIME", "MANAGER", "CLI", "UNKNOWN"})

# What an event's parameters mean, by their place. Waits are seconds; only the time a phone rang in vain is in
# milliseconds. `hold` is the caller's wait, whatever it led to.
EVENTS: Mapping[str, Mapping[str, int]] = {
    "ENTERQUEUE": {"client": 1},
    "CONNECT": {"hold": 0, "ring": 2},
    "COMPLETEAGENT": {"hold": 0, "talk": 1},
    "COMPLETECALLER": {"hold": 0, "talk": 1},
    "ABANDON": {"hold": 2},
    "EXITWITHTIMEOUT": {"hold": 2},
    "EXITEMPTY": {"hold": 2},
    "EXITWITHKEY": {"hold": 3},
    "RINGNOANSWER": {"ring_ms": 0},
    "RINGCANCELED": {"ring_ms": 0},
    "BLINDTRANSFER": {"hold": 2, "talk": 3},
    "ATTENDEDTRANSFER": {"hold": 2, "talk": 3},
    "TRANSFER": {"hold": 2, "talk": 3},
}
# The same where a table has columns of its own for times; there the parameters hold the caller's number.
_TIMED = {"hold": "htime", "talk": "ttime", "ring_ms": "htime", "ring": "param3", "client": "param1"}
_STATUS = re.compile(r"(UN)?PAUSE(ALL)?|AGENT(CALLBACK)?LOG(IN|OFF)|(ADD|REMOVE)MEMBER")

_NAMES: Mapping[str, tuple[str, ...]] = {
    "callid": ("callid", "call_id", "uniqueid"),
    "queue": ("queuename", "queue_name", "queue", "qname"),
    "agent": ("agent", "agentname", "agent_name", "type"),
    "event": ("event", "verb"),
}
_FIRST = ("time", "callid", "queue", "agent", "event")
_TIMES = ("time", "date_time", "datetime", "timestamp", "created", "eventdate", "time_id")


@dataclass(frozen=True)
class Event:
    """Something that happened to a caller in a queue at an instant (epoch seconds); times are in seconds."""

    at: int
    callid: str
    queue: str
    event: str
    agent: str | None = None
    client: str | None = None
    hold: int | None = None
    talk: int | None = None
    ring: int | None = None


def is_native(sample: Sample) -> bool:
    """Most lines of the sample are a queue_log's."""
    return sum(_NATIVE.match(line) is not None for line in sample.lines) * 2 >= len(sample.lines)


def columns_of(header: Iterable[str]) -> Mapping[str, int] | None:
    """Where the columns of a queue_log table stand, or None when the header is not one's."""
    places = {name.strip().strip('"').lower(): at for at, name in reversed(list(enumerate(header)))}
    for ours, theirs in _NAMES.items():
        found = next((name for name in theirs if name in places), None)
        if found is None:
            return None
        places[ours] = places[found]
    known = {"htime", "data1", "param1", "data"} & places.keys() and any(name in places for name in _TIMES)
    return places if known else None


def rows(source: Source, context: Context) -> Iterator[Row | Reject | str]:
    """The rows of a queue_log."""
    places = columns_of(source.sample.header)
    repeats = _Repeats()
    for record in _table(source) if places else _native(source):
        try:
            cells = _named(record.fields, places) if places else _positional(record.fields)
            yield _row(record.line, cells, source, context, repeats)
        except FieldError as wrong:
            if record.finished:
                yield Reject(record.line, wrong.column, wrong.value[:200], wrong.reason, record.raw, wrong.values)
            else:
                source.partial = record.raw


def _native(source: Source) -> Iterator[Record]:
    return (Record(number, line, tidy(line.split("|")), True) for number, line in source.lines())


def _positional(fields: list[str]) -> dict[str, str]:
    if len(fields) < len(_FIRST):
        raise columns_wrong(fields, f"{len(_FIRST)}+")
    return dict(zip((*_FIRST, *(f"data{at}" for at in range(1, len(fields)))), fields, strict=False))


def _table(source: Source) -> Iterator[Record]:
    stream = read(source, source.sample.delimiter, {len(source.sample.header)}, growing=False)
    next(stream, None)
    return stream


def _named(fields: list[str], places: Mapping[str, int]) -> dict[str, str]:
    """One column `data` or columns `param1`… are the same as `data1`…; the time is an epoch where there is one."""
    width = 1 + max(places.values())
    if len(fields) < width or any(fields[width:]):
        raise columns_wrong(fields, width)
    cells = {name: fields[at] for name, at in places.items()}
    texts = [*cells.get("data", "").split("|"), *[""] * 6]
    for at in range(1, 7):
        cells.setdefault(f"data{at}", cells.get(f"param{at}", texts[at - 1]))
    times = [cells[name] for name in _TIMES if cells.get(name)]
    return {**cells, "time": next((text for text in times if text.isdigit()), times[0] if times else "")}


def _row(number: int, cells: dict[str, str], source: Source, context: Context, repeats: "_Repeats") -> Row | str:
    callid, kind = cells["callid"], cells["event"].upper()
    if not _EVENT.fullmatch(kind):
        raise FieldError("event", kind, "This is not the name of an event.")
    is_status = _STATUS.fullmatch(kind) is not None
    if kind not in EVENTS and not is_status:
        return f"ignored_event {kind[:40]}"
    at = None if absent(cells["time"]) else instant(cells["time"], context.zone, id_epoch(callid))
    if at is None:
        raise FieldError("time", cells["time"], "This is not a date and time.")
    key = repeats.number("/".join((str(at), callid, cells["queue"], cells["agent"], kind)))
    if is_status:
        data = {"at": at, **{name: cells[name] for name in _NAMES}, "data": cells.get("data1", "")}
        return Row(STATUS_PART, key, number, (), data, at=utc(at))
    if callid.upper() in _NOT_CALLS:
        raise FieldError("callid", callid, "This event needs the id of a call.")
    event = _event(at, kind, cells, source)
    client = outside_number(event.client, context.region) if event.client else None
    data = {name: value for name, value in vars(event).items() if value is not None}
    return Row(PART, key, number, (callid,), data, client, utc(at))


def _event(at: int, kind: str, cells: dict[str, str], source: Source) -> Event:
    texts = {}
    for name, place in EVENTS[kind].items():
        column = _TIMED[name] if "htime" in cells else f"data{place + 1}"
        texts[name] = (column, cells.get(column, ""))
    times = {name: seconds(*where, source) for name, where in texts.items() if name != "client"}
    if (waited := times.pop("ring_ms", None)) is not None:
        times["ring"] = round(waited / 1000)
    agent = None if cells["agent"].upper() in ("", "NONE") else cells["agent"]
    client = texts["client"][1] or None if "client" in texts else None
    return Event(at, cells["callid"], cells["queue"], kind, agent, client, **times)


class _Repeats:
    """Numbers equal lines of one second. They stand close together, so only the latest keys are remembered."""

    def __init__(self, remembered: int = 50_000) -> None:
        self._seen: dict[str, int] = {}
        self._remembered = remembered

    def number(self, key: str) -> str:
        """`key` itself the first time, then with the number of its repeat."""
        count = self._seen[key] = self._seen.get(key, 0) + 1
        if len(self._seen) > self._remembered:
            del self._seen[next(iter(self._seen))]
        return key if count == 1 else f"{key}#{count}"

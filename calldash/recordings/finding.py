"""Which file is the recording of a call: by the path that its record gives, by a file's name, or fetched."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from calldash.importing import DEMO
from calldash.problems import Problem
from calldash.recordings import fetching, index, patterns, places
from calldash.store import Store

_UTC = ZoneInfo("UTC")
_SAME_DIGITS = 7  # numbers whose last digits agree are the same with and without codes


@dataclass(frozen=True)
class Call:
    """What finding a call's recording takes; instants are UTC."""

    call_no: int
    system: str
    id: str
    recording: str | None
    client: str | None
    line: str | None
    started_at: datetime
    ended_at: datetime
    answered: bool
    zone: str

    @property
    def subject(self) -> str:
        """What the audit trail calls this call."""
        return f"{self.system}/{self.id}"

    def local(self, zone: str) -> datetime:
        """When the call began, by the clock of `zone`."""
        return local(self.started_at, zone)

    @property
    def seconds(self) -> float:
        """How long the call was, in seconds."""
        return (self.ended_at - self.started_at).total_seconds()


_CALLS = """
SELECT c.call_no, c.system, c.id, c.recording, c.client, c.line, c.started_at, c.ended_at, c.answered,
    coalesce(s.zone, $zone)
FROM calls c LEFT JOIN systems s ON s.system = c.system
"""


def local(instant: datetime, zone: str) -> datetime:
    """An instant (UTC) by the clock of `zone`."""
    return instant.replace(tzinfo=_UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def call_of(store: Store, call_no: int) -> Call:
    """The call with a number. Raises Problem when there is none."""
    return _one(store, "WHERE c.call_no = $call_no", call_no=call_no)


def call_with_id(store: Store, system: str, call_id: str) -> Call:
    """The call that a system knows by an id. Raises Problem when there is none."""
    return _one(store, "WHERE c.system = $system AND c.id = $id", system=system, id=call_id)


def _one(store: Store, where: str, **values: object) -> Call:
    found = store.rows(_CALLS + where, {"zone": store.settings.zone, **values})
    if not found:
        raise Problem("There is no such call any more; it may have been imported anew.")
    return Call(*found[0])


def find(store: Store, call: Call, fetch: bool = False) -> Path:
    """The file of a call's recording. One that lies at the provider is fetched only if `fetch` says so.

    Raises Problem when there is none, when it has not been fetched, or when its path leads out of the folder.
    """
    if call.recording and places.is_link(call.recording):
        return fetching.fetched(store, call.recording) or _from_provider(store, call, fetch)
    if call.recording:
        return _by_path(store, call, call.recording)
    if found := _by_name(store, call):
        return places.below(store.settings.recordings, found)
    raise Problem("There is no recording of this call here.")


def is_there(store: Store, call: Call) -> bool:
    """Whether there is anything to look for: a path, a link, or a file whose name tells of this call."""
    return bool(call.recording) or _by_name(store, call) is not None


def _from_provider(store: Store, call: Call, fetch: bool) -> Path:
    if not fetch:
        raise Problem("The recording lies at the provider and has not been fetched yet.")
    return fetching.fetch(store, call.recording or "")


def _by_path(store: Store, call: Call, recording: str) -> Path:
    """The file at the path, else the one of that name elsewhere in the folder: records often give the name alone."""
    path = places.below(places.folder_of(store.settings, call.system), recording)
    if path.exists() or call.system == DEMO:
        return path
    index.refresh(store)
    found = index.named(store, Path(recording).name)
    return places.below(store.settings.recordings, found[0]) if found else path


def _by_name(store: Store, call: Call) -> str | None:
    if call.system == DEMO or not store.settings.recordings.is_dir():
        return None
    index.refresh(store)
    ids = [call.id, *(row[0] for row in store.rows(
        "SELECT DISTINCT b.ref FROM refs a JOIN refs b ON b.system = a.system AND b.root = a.root "
        "WHERE a.system = $system AND a.ref = $id", {"system": call.system, "id": call.id},
    ))]  # fmt: skip
    found = index.of_ids(store, ids)
    return found[0] if found else _by_time(store, call)


def _by_time(store: Store, call: Call) -> str | None:
    """The file of the client's number that began nearest to the call; None when it began nearer to another call."""
    client = patterns.digits(call.client)
    if not client or not call.answered:
        return None
    begun = call.local(call.zone)
    spread = timedelta(seconds=store.settings.recording_tolerance_s)
    fitting = [
        (abs(moment - begun), path, moment)
        for path, moment, number in index.near(store, begun - spread, begun + spread)
        if number and _same(number, client)
    ]
    if not fitting:
        return None
    _distance, path, moment = min(fitting)
    instant = moment.replace(tzinfo=ZoneInfo(call.zone)).astimezone(_UTC).replace(tzinfo=None)
    nearest = store.rows(
        "SELECT call_no FROM calls WHERE system = $system AND client = $client AND answered "
        "ORDER BY abs(epoch(started_at - $instant::TIMESTAMP)), call_no LIMIT 1",
        {"system": call.system, "client": call.client, "instant": instant},
    )
    return path if nearest[0][0] == call.call_no else None


def _same(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    return one == other or (shorter >= _SAME_DIGITS and one[-_SAME_DIGITS:] == other[-_SAME_DIGITS:])

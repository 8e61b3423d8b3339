"""Asterisk's instants: epochs, local times with or without offset, and the epoch that an id begins with."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

STAMP = re.compile(r"\d[\d./-]*[ T]\d?\d:\d\d.*|\d{9,10}(\.\d+)?")
_EPOCH = re.compile(r"\d{1,10}(\.\d+)?")
_ID = re.compile(r"(\d{9,10})\.(\d+)$")
_NOTHING = frozenset({"", "0", "0000-00-00 00:00:00"})
_YEARS = range(1980, 2200)  # others are fillers such as 1000-01-01

# What spreadsheets make of a date. Day and month can only be told apart by the epoch in the call's id.
_LOOSE = tuple(
    f"{date} {time}"
    for date in ("%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d/%m/%y", "%m/%d/%y", "%y/%m/%d", "%d.%m.%y")
    for time in ("%H:%M:%S", "%H:%M")
)


def id_epoch(text: str) -> int | None:
    """When the channel with this id was made (epoch seconds), if the id tells."""
    match = _ID.search(text)
    return int(match[1]) if match else None


def id_order(text: str) -> tuple[int, int, str]:
    """Sorts ids by age: `.10` comes after `.9`."""
    match = _ID.search(text)
    return (int(match[1]), int(match[2]), text) if match else (1 << 62, 0, text)


def absent(text: str) -> bool:
    """Whether a time is left out, in one of the ways databases do it."""
    return text in _NOTHING


def instant(text: str, zone: ZoneInfo, near: int | None = None) -> int | None:
    """`text` as epoch seconds, or None when it is no date and time.

    A time without offset is local to `zone`; where that leaves a choice, the reading closest to the epoch `near`
    wins, else the first.
    """
    if _EPOCH.fullmatch(text):
        return int(float(text))
    found = [moment for reading in _readings(text, near is not None) for moment in _moments(reading, zone)]
    if near is None:
        return found[0] if found else None
    return min(found, key=lambda moment: abs(moment - near), default=None)


def _readings(text: str, loose: bool) -> Iterator[datetime]:
    if ":" not in text:
        return
    try:
        yield datetime.fromisoformat(text)
        return
    except ValueError:
        pass
    for form in _LOOSE if loose else ():
        try:
            yield datetime.strptime(text, form)
        except ValueError:
            continue


def _moments(reading: datetime, zone: ZoneInfo) -> list[int]:
    if reading.year not in _YEARS:
        return []
    if reading.tzinfo:
        found = [int(reading.timestamp())]
    else:
        found = [int(reading.replace(tzinfo=zone, fold=fold).timestamp()) for fold in (0, 1)]
    return sorted(set(found))


def utc(moment: int) -> datetime:
    """Epoch seconds as UTC without tzinfo."""
    return datetime.fromtimestamp(moment, UTC).replace(tzinfo=None)

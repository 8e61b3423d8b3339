"""How recordings are named: patterns with places, what a name that fits one tells of its call. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from calldash.problems import Problem

# What may stand in a place. A date and a time are told by their digits, whatever stands between them.
PLACES = {
    "uniqueid": r"(?:[\w.]+-)?(?P<uniqueid>\d{9,11}\.\d{1,8})",
    "id": r"(?P<id>[^/]+?)",
    "date": r"(?P<date>\d{4}[-_./]?\d{2}[-_./]?\d{2})",
    "time": r"(?P<time>\d{2}[-_.:]?\d{2}(?:[-_.:]?\d{2})?)",
    "number": r"(?P<number>\+?\w*?)",
    "line": r"(?P<line>\+?\w*?)",
    "any": r"[^/]*?",
}
# Patterns by the name that the settings call them by; the first that fits a file counts. Folders are no part of a
# pattern that has no slash.
BUILT_IN = {
    "freepbx": (
        "out-{number}-{line}-{date}-{time}-{uniqueid}",
        "{any}-{line}-{number}-{date}-{time}-{uniqueid}",
    ),
    "mixmonitor": ("{uniqueid}", "{date}-{time}-{number}-{line}-{uniqueid}", "{any}-{uniqueid}"),
}
_PLACE = re.compile(r"\{(\w*)\}")
_DIGITS = re.compile(r"\D")


@dataclass(frozen=True)
class Told:
    """What a name tells: the call's id, when the recording began (the phone system's clock), number and line."""

    call_id: str | None = None
    begun_at: datetime | None = None
    number: str | None = None
    line: str | None = None


@cache
def patterns(setting: str) -> tuple[re.Pattern[str], ...]:
    """The patterns that a setting names or writes, separated by commas. Raises Problem for one that cannot be used."""
    found: list[re.Pattern[str]] = []
    for text in filter(None, (part.strip() for part in setting.split(","))):
        found.extend(_compiled(one) for one in BUILT_IN.get(text, (text,)))
    return tuple(found)


def _compiled(text: str) -> re.Pattern[str]:
    names = _PLACE.findall(text)
    known = {name for name in names if name in PLACES}
    if not known - {"any"} or len(known) < len(set(names)) or len(names) - names.count("any") > len(known - {"any"}):
        message = "Setting recording_patterns: {text} is neither {known} nor a pattern with {places}."
        places = ", ".join(f"{{{name}}}" for name in PLACES)
        raise Problem(message, text=text, known=", ".join(BUILT_IN), places=places)
    parts = _PLACE.split(text)
    whole = "".join(PLACES[part] if number % 2 else re.escape(part) for number, part in enumerate(parts))
    return re.compile(f"(?:^|.*/){whole}" if "/" in text else f"(?:.*/)?{whole}")


def read(path: str, known: Iterable[re.Pattern[str]]) -> Told:
    """What the path of a file below the recordings folder, without its ending, tells by the first pattern that fits."""
    for pattern in known:
        if found := pattern.fullmatch(path):
            told = found.groupdict()
            return Told(
                told.get("uniqueid") or told.get("id"),
                _moment(told.get("date"), told.get("time")),
                digits(told.get("number")),
                digits(told.get("line")),
            )
    return Told()


def digits(number: str | None) -> str | None:
    """The digits of a number; None where there are none."""
    return _DIGITS.sub("", number or "") or None


def _moment(date: str | None, time: str | None) -> datetime | None:
    if not date or not time:
        return None
    try:
        return datetime.strptime(_DIGITS.sub("", date + time).ljust(14, "0"), "%Y%m%d%H%M%S")
    except ValueError:
        return None

"""Values as answers of the Data API have them, in any of their spellings -> plain values; what is empty is None."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any


class WrongValueError(ValueError):
    """A value that cannot be understood; its text is the reason, an English msgid."""


_EMPTY: tuple[Any, ...] = (None, "", [], {})
# Dates that databases write where there is none.
_NO_DATE = ("0000-00-00", "1000-01-01")
_FLAGS = {
    **dict.fromkeys(("true", "1", "yes", "да", "internal", "внутренний"), True),
    **dict.fromkeys(("false", "0", "no", "нет", "external", "внешний"), False),
}
_DIRECTIONS = {
    **dict.fromkeys(("in", "inbound", "входящий", "входящий звонок"), "inbound"),
    **dict.fromkeys(("out", "outbound", "исходящий", "исходящий звонок"), "outbound"),
}
_MISSED = {
    **dict.fromkeys(("lost", "пропущенный", "потерянный"), True),
    **dict.fromkeys(("received", "принятый"), False),
}
_CLOCK = re.compile(r"(\d+):([0-5]?\d):([0-5]?\d)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_MONEY = re.compile(r"-?\d+(?:[.,]\d+)?")


def _scalar(value: Any, keys: Sequence[str]) -> str | None:
    """The text of a bare value, or of the first of `keys` that an object has one under."""
    if isinstance(value, Mapping):
        return next((_scalar(value[key], keys) for key in keys if value.get(key) not in _EMPTY), None)
    if isinstance(value, list):
        return next((_scalar(part, keys) for part in value if part not in _EMPTY), None)
    if isinstance(value, bool):
        return str(value).lower()
    return str(value).strip() or None if value is not None else None


def text(value: Any) -> str | None:
    """A name or number as people read it."""
    return _scalar(value, ("value", "name", "employee_full_name", "value_id"))


def code(value: Any) -> str | None:
    """An enumerated value: its id, in lower case."""
    found = _scalar(value, ("value_id", "value"))
    return found.lower() if found else None


def ident(value: Any) -> str | None:
    """An id as text, also when a tool made a fraction of it."""
    found = code(value)
    return found.removesuffix(".0") if found else None


def flag(value: Any) -> bool | None:
    """Yes or no in any spelling."""
    found = code(value)
    if found is not None and found not in _FLAGS:
        raise WrongValueError("is not yes or no (true, false, 1, 0, да, нет)")
    return _FLAGS[found] if found else None


def direction(value: Any) -> str | None:
    """`inbound` or `outbound`."""
    found = code(value)
    if found is not None and found not in _DIRECTIONS:
        raise WrongValueError("is not a direction of a call (in, out)")
    return _DIRECTIONS[found] if found else None


def missed(value: Any) -> bool | None:
    """Whether a call's status says that it was missed; None for a status that says neither."""
    return _MISSED.get(code(value) or "")


def seconds(value: Any) -> int | None:
    """Whole seconds of a number or of HH:MM:SS, fractions rounded half up."""
    found = text(value)
    if found is None:
        return None
    if clock := _CLOCK.fullmatch(found):
        hours, minutes, rest = (int(part) for part in clock.groups())
        return hours * 3600 + minutes * 60 + rest
    if not _NUMBER.fullmatch(found):
        raise WrongValueError("is not a number of seconds, 0 or more")
    return int(float(found.replace(",", ".")) + 0.5)


def money(value: Any) -> str | None:
    """An amount as decimal text."""
    found = text(value)
    if found is not None and not _MONEY.fullmatch(found):
        raise WrongValueError("is not a number")
    return found.replace(",", ".") if found else None


def moment(value: Any) -> str | None:
    """A date and time as ISO text to the second; an offset is kept where there is one."""
    found = text(value)
    if found is None or found.startswith(_NO_DATE):
        return None
    try:
        if len(found) > len("2026-01-31"):
            at = datetime.fromisoformat(found)
            if 1970 <= at.year < 2100:
                return at.isoformat(timespec="seconds")
    except ValueError:
        pass
    raise WrongValueError("is not a date and time such as 2026-01-31T09:30:00")


def names(value: Any) -> list[str] | None:
    """Names in a list of texts or objects, or in an object's `items`; each once, in their order."""
    entries = value.get("items") if isinstance(value, Mapping) and "items" in value else value
    if entries in _EMPTY:
        return None
    found = (_tag(entry) for entry in (entries if isinstance(entries, list) else [entries]))
    return list(dict.fromkeys(name for name in found if name)) or None


def _tag(entry: Any) -> str | None:
    return text(entry["tag_name"]) if isinstance(entry, Mapping) and "tag_name" in entry else text(entry)


def people(value: Any) -> list[dict[str, Any]] | None:
    """Employees in the order they were rung: name, and whether they picked up and talked (None: not told)."""
    if value in _EMPTY:
        return None
    found = []
    for entry in value if isinstance(value, list) else [value]:
        told = entry if isinstance(entry, Mapping) else {}
        if name := text(entry):
            found.append(
                {"name": name, "answered": flag(told.get("is_answered")), "talked": flag(told.get("is_talked"))}
            )
    return found or None


def record(value: Any) -> str | None:
    """The first recording: a link, or the hash that stands for one."""
    entry = value.get("links") if isinstance(value, Mapping) and "links" in value else value
    return _scalar(entry, ("url", "link", "hash", "value", "id"))

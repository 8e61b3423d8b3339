"""The calls of a window, as a filter. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from calldash.changes.places import Place
from calldash.filters import CallFilter

_TIMES = ("day", "week", "month", "weekday")


def whole(chosen: CallFilter) -> CallFilter:
    """The filter without what limits days: changes are looked for around the data's now."""
    chosen = replace(chosen, since=None, until=None, behind=None)
    for name in _TIMES:
        chosen = chosen.choose(name, ())
    return chosen


def days(scope: CallFilter, wanted: Iterable[date]) -> CallFilter:
    """The scope on certain days; a list of them only where they are not one after the other."""
    known = sorted(wanted)
    found = replace(scope, since=known[0], until=known[-1])
    gaps = (known[-1] - known[0]) // timedelta(days=1) + 1 != len(known)
    return found.choose("day", [day.isoformat() for day in known]) if gaps else found


def hours(scope: CallFilter, begin: int, end: int) -> CallFilter:
    """The scope in the hours [begin, end) of the day, within those it has."""
    if (begin, end) == (0, 24):
        return scope
    held = scope.values("hour")
    return scope.choose("hour", [str(hour) for hour in range(begin, end) if not held or str(hour) in held])


def at(scope: CallFilter, place: Place | None) -> CallFilter:
    """The scope at a place."""
    if place is None:
        return scope
    found = hours(scope, *place.hours) if place.hours else scope
    return found.choose(place.breakdown, [place.value]) if place.breakdown else found

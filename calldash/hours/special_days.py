"""Days unlike their weekday: public holidays and moved working days of a country, and an operator's own exceptions.

The calendar is the package `holidays`: Russia's has the days that the government moves. Pure.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from calldash.hours.schedule import HOLIDAY, Schedule, Span, Stretches, hours_of, parse
from calldash.problems import Unfit

_FIRST = 2015  # calls older than this are taken by their weekday
_FRIDAY = 5


@lru_cache(maxsize=4)
def public(country: str, last_year: int) -> Mapping[date, int]:
    """The days of a country up to a year that count as another weekday: as a holiday, or as a working Friday."""
    if not country:
        return {}
    import holidays  # takes long to load

    found = holidays.country_holidays(country, years=range(_FIRST, last_year + 1))
    off = dict.fromkeys(found, HOLIDAY)
    return off | dict.fromkeys((day for day in found.weekend_workdays if day.year >= _FIRST), _FRIDAY)


def known_country(code: str) -> str:
    """The code of a country whose calendar is known, as it is kept; empty for none. Raises Unfit for others."""
    from holidays.registry import COUNTRIES

    code = code.strip().upper()
    if code and all(code not in names for names in COUNTRIES.values()):
        raise Unfit("there is no calendar of {code}: write a country such as RU, or nothing", code=code)
    return code


def exceptions(given: Mapping[str, str]) -> dict[date, Stretches]:
    """An operator's own days: `2026-12-31` to `09:00-13:00` or `off`. Raises Unfit."""
    found = {}
    for day, hours in given.items():
        try:
            found[date.fromisoformat(day)] = hours_of(hours)
        except ValueError as error:
            message = "{day} = {hours}: write a day such as 2026-12-31, and 09:00-13:00 or off"
            raise Unfit(message, day=day, hours=hours) from error
    return found


@lru_cache(maxsize=8)
def schedule(
    week: str, teams: tuple[tuple[str, str], ...], country: str, own: tuple[tuple[str, str], ...], last_year: int
) -> Schedule:
    """The schedule that settings say. Raises Unfit."""
    company = parse(week)
    special: dict[date, int | Stretches] = {}
    special.update(public(country, last_year))
    special.update(exceptions(dict(own)))
    return Schedule(company, {name: parse(hours) for name, hours in teams}, _as_worked(company, special))


def _as_worked(week: tuple[Span, ...], special: Mapping[date, int | Stretches]) -> dict[date, int | Stretches]:
    """A moved working day keeps the hours of its own weekday where that has any."""
    at_work = {one.weekday for one in week}
    return {day: known for day, known in special.items() if known != _FRIDAY or day.isoweekday() not in at_work}

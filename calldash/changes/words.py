"""What was found, in a plain sentence each, in the reader's language."""

from collections.abc import Callable
from datetime import date, datetime

from calldash.changes.found import MANY, SILENT, Burst, Change, Found, Ring
from calldash.changes.measures import WEEKDAY
from calldash.changes.places import Place
from calldash.changes.units import EXTRA
from calldash.changes.windows import DAY, LAST_WEEK, WEEK, Window
from calldash.formats import number, show
from calldash.i18n import gettext as _
from calldash.i18n import ngettext
from calldash.labels import day_label, day_short, dimension_title, period_label, title, value_label
from calldash.metrics import METRICS

_FAR = 1e-4


def sentence(found: Change | Ring | Burst, today: date | None) -> str:
    """The sentence; `today` is the company's day by the clock."""
    return _WORDS[type(found)](found, today)


def nothing(found: Found, today: date | None) -> str:
    """What stands there when nothing was found, "" where the history is too short to tell."""
    if not found.windows:
        return ""
    week, days = (any((one.key == LAST_WEEK) is wanted for one in found.windows) for wanted in (True, False))
    if week and days:
        last = max(max(one.days) for one in found.windows)
        return (
            _("Nothing unusual yesterday, today and this week.")
            if last == today
            else _("Nothing unusual on the last days and in the last week.")
        )
    return _("Nothing unusual in the last week.") if week else _("Nothing unusual on the last days.")


def _change(found: Change, today: date | None) -> str:
    key, weeks = found.measure.key, len(found.window.before)
    if found.window.key == LAST_WEEK:
        text = _("{period}: {figure} {now} against {before} in the week before")
    else:
        text = ngettext(
            "{period}: {figure} {now} against {before} on the same weekday of the week before",
            "{period}: {figure} {now} against {before} on the same weekday of the {weeks} weeks before",
            weeks,
        )
    figure, before = title(key), _usual(key, found.before)
    period = _period(found.window, today)
    text = text.format(period=period, figure=figure, now=show(key, found.now), before=before, weeks=number(weeks))
    part = _part(key, found.place, found.window) if found.place else ""
    return f"{text}{part} ({_surely(found)})."


def _usual(key: str, value: float) -> str:
    return show(key, round(value)) if METRICS[key].unit == "count" else show(key, value)


def _part(key: str, place: Place, window: Window) -> str:
    """; 9 of 12 extra missed calls: 13:00–14:00, Queue Support"""
    up = place.whole > 0
    if METRICS[key].unit == "seconds":
        most = f"{min(place.part / place.whole, 1) * 100:.0f}"
        text = _("; {part} % of the extra waiting: {place}") if up else _("; {part} % of the waiting saved: {place}")
        return text.format(part=most, place=_place(place, window))
    whole = max(round(abs(place.whole)), 1)
    part = min(round(abs(place.part)), whole)
    extra = EXTRA[key](whole, up).format(part=number(part), number=number(whole))
    return f"; {extra}: {_place(place, window)}"


def _place(place: Place, window: Window) -> str:
    hours = [f"{place.hours[0]}:00–{place.hours[1]}:00"] if place.hours else []
    if place.breakdown == WEEKDAY:
        return next(day_label(day) for day in window.days if day.isoweekday() == place.value)
    named = [_what(place.breakdown, place.value)] if place.breakdown else []
    return ", ".join([*hours, *named])


def _what(breakdown: str, value: object) -> str:
    name = dimension_title(breakdown)
    return (
        f"{name} {value_label(breakdown, value)}" if value is not None else f"{name}: {value_label(breakdown, value)}"
    )


def _surely(found: Change) -> str:
    sure = _("far beyond chance") if found.chance < _FAR else _("beyond chance")
    return sure if found.measure.is_count else f"n = {number(found.cases)}, {sure}"


def _period(window: Window, today: date | None) -> str:
    last = max(window.days)
    if window.key == LAST_WEEK:
        holidays = len(window.days) < WEEK
        return _("Last 7 days, holidays aside") if holidays else period_label(min(window.days), last)
    if window.key == DAY:
        return _("Yesterday") if today and (today - last).days == 1 else day_label(last)
    return (
        _("Today until {hour}:00").format(hour=window.hour)
        if last == today
        else _("{day} until {hour}:00").format(day=day_label(last), hour=window.hour)
    )


def _ring(found: Ring, today: date | None) -> str:
    what, usual = _what(found.breakdown, found.value), round(found.usual)
    if found.kind == SILENT and found.since:
        text = ngettext(
            "{what}: silent since {when}, usually {number} call in that time.",
            "{what}: silent since {when}, usually {number} calls in that time.",
            usual,
        )
        return text.format(what=what, when=_when(found.since, today), number=number(usual))
    text = ngettext(
        "{period}, {what}: {number} call, usually {usual}.", "{period}, {what}: {number} calls, usually {usual}.",
        found.count,
    )  # fmt: skip
    period = _period(found.window, today) if found.window else ""
    return text.format(period=period, what=what, number=number(found.count), usual=number(usual))


def _when(moment: datetime, today: date | None) -> str:
    clock = f"{moment:%H:%M}"
    return clock if moment.date() == today else f"{day_short(moment.date())}, {clock}"


def _burst(found: Burst, _today: date | None) -> str:
    text = ngettext(
        "{number} short call from {who}: {day}, {begins}–{ends}. It looks like spam.",
        "{number} short calls from {who}: {day}, {begins}–{ends}. It looks like spam.",
        found.count,
    )
    who = found.beginning
    if found.numbers > 1:
        many = ngettext("{number} number like {beginning}…", "{number} numbers like {beginning}…", found.numbers)
        who = many.format(number=number(found.numbers), beginning=found.beginning)
    return text.format(
        number=number(found.count), who=who, day=day_short(found.begins.date()),
        begins=f"{found.begins:%H:%M}", ends=f"{found.ends:%H:%M}",
    )  # fmt: skip


def icon(found: Change | Ring | Burst) -> str:
    """The name of the sign beside it."""
    if isinstance(found, Change):
        return "trending_up" if found.now > found.before else "trending_down"
    if isinstance(found, Burst):
        return "front_hand"
    return "phone_disabled" if found.kind == SILENT else "trending_up" if found.kind == MANY else "trending_down"


_WORDS: dict[type, Callable[..., str]] = {Change: _change, Ring: _ring, Burst: _burst}

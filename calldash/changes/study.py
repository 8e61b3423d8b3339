"""The whole question: from the calls around the data's now to what is worth a sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from calldash.changes import noise, places, ringing, scope, sums
from calldash.changes.found import SILENT, Burst, Change, Found, Ring
from calldash.changes.measures import BREAKDOWNS, MEASURES, WEEKDAY, Measure
from calldash.changes.parting import Sums
from calldash.changes.ringing import Times
from calldash.changes.sums import Answers
from calldash.changes.windows import DAY, LAST_WEEK, READ, Window, windows
from calldash.filters import CallFilter
from calldash.metrics import METRICS

_SURE = 0.02  # the chance of one false sentence about figures in all
_FEW = 30  # cases below which a share says little
_MOST = 3  # changes told of a window
_MOSTLY = 0.8  # of a week's change
_SHORT_S = 20
_BURST_SHARE = 0.8
_TELL_WILD = (("inbound_calls", True), ("missed_share", False))


@dataclass(frozen=True)
class _Looked:
    """A figure in a window before it is judged."""

    window: Window
    measure: Measure
    parts: Sums
    usual: noise.Spread
    chance: float


def study(answers: Answers, chosen: CallFilter, times: Times, zone: str) -> Found:
    """What is worth telling at the local moment `times.now`, within the filter but for its days."""
    today, within = times.now.date(), scope.whole(chosen)
    every = replace(within, since=today - timedelta(days=READ), until=times.last)
    hourly = sums.hourly(answers, every, today)
    times = replace(times, wild=_wild(hourly, times))
    looked_at = windows(times.now, times.ordinary, times.special)
    if not looked_at:
        return Found()
    changes = _changes(answers, within, times, looked_at, hourly)
    crowded = {one.window.key for one in changes if one.measure.key == "inbound_calls"}
    apart = [window for window in looked_at if window.key not in crowded]
    alarms = ringing.rings(answers.report("rings", every), times, apart, within)
    alarms = [_since(answers, one, every, zone) for one in alarms]
    lately = scope.days(within, {times.last - timedelta(days=1), times.last})
    return Found(tuple(looked_at), tuple(changes), tuple(alarms), tuple(_bursts(answers, lately, zone)))


def _wild(hourly: dict[str, sums.Grid], times: Times) -> frozenset[date]:
    """Days before today on which much more or fewer calls came than usual, or a much other share was missed."""
    known = [times.now.date() - timedelta(days=ago) for ago in range(1, READ + 1)]
    known = [day for day in known if times.ordinary(day)]
    found: set[int] = set()
    for key, is_count in _TELL_WILD:
        part, whole = hourly[key].daily(known, sums.HOURS)
        found.update(noise.wildest(_weekdays(known), part, None if is_count else whole))
    return frozenset(known[at] for at in found)


def _weekdays(days: Sequence[date]) -> noise.Numbers:
    return np.array([day.isoweekday() for day in days], dtype="float64")


def _changes(
    answers: Answers, within: CallFilter, times: Times, found: list[Window], hourly: dict[str, sums.Grid]
) -> list[Change]:
    looked = [
        one
        for window in found
        for measure in MEASURES
        if window.key in measure.windows and (one := _look(hourly[measure.key], measure, window, times))
    ]
    chances = noise.holm([one.chance for one in looked])
    sure = sorted(
        ((chance, one) for chance, one in zip(chances, looked, strict=True) if chance < _SURE and _matters(one)),
        key=lambda pair: pair[0],
    )
    told: list[Change] = []
    for window in found:
        of_window = [pair for pair in sure if pair[1].window.key == window.key]
        changes = [_told(answers, within, one, chance) for chance, one in of_window[:_MOST]]
        told += [one for one in changes if not _is_of_a_day(one, told)]
    return told


def _is_of_a_day(one: Change, told: list[Change]) -> bool:
    """Whether most of a week's change came on a day of which it has been told."""
    days = [day for day in told if day.window.key == DAY and day.measure == one.measure]
    return one.window.key == LAST_WEEK and any(day.extra / one.extra >= _MOSTLY for day in days if one.extra)


def _look(rows: sums.Grid, measure: Measure, window: Window, times: Times) -> _Looked | None:
    """The figure in the window and how unlikely its change is; None where too little is known."""
    window = _settled(window, measure, times.now.date())
    if not window.days:
        return None
    known = [day for day in window.history if times.ordinary(day)]
    part, whole = rows.daily(known, window.hour)
    usual = noise.spread(_weekdays(known), part, None if measure.is_count else whole)
    parts = rows.sums(window)
    if not usual.is_known or (not measure.is_count and min(parts.whole, parts.whole_then) < _FEW):
        return None
    if measure.is_count:
        return _Looked(window, measure, parts, usual, noise.of_count(parts.part, parts.part_then, window.ratio, usual))
    usual = _at_least_binomial(usual, parts) if METRICS[measure.key].unit == "share" else usual
    now, before = (parts.part, parts.whole), (parts.part_then, parts.whole_then)
    return _Looked(window, measure, parts, usual, noise.of_ratio(now, before, usual))


def _settled(window: Window, measure: Measure, today: date) -> Window:
    """A week without the days whose figure may yet change."""
    if not measure.settles:
        return window
    pairs = [
        pair
        for pair in zip(window.days, window.before, strict=True)
        if pair[0] <= today - timedelta(days=measure.settles)
    ]
    return replace(window, days=tuple(day for day, _ in pairs), before=tuple(day for _, day in pairs))


def _at_least_binomial(usual: noise.Spread, parts: Sums) -> noise.Spread:
    share = (parts.part + parts.part_then) / (parts.whole + parts.whole_then)
    return replace(usual, variance=max(usual.variance, share * (1 - share)))


def _figures(one: _Looked) -> tuple[float, float]:
    parts = one.parts
    if one.measure.is_count:
        return parts.part, parts.part_then / parts.ratio
    return parts.part / parts.whole, parts.part_then / parts.whole_then


def _matters(one: _Looked) -> bool:
    now, before = _figures(one)
    if one.measure.only_worse and now < before:
        return False
    return abs(now - before) >= max(one.measure.least, one.measure.relative * before)


def _told(answers: Answers, within: CallFilter, one: _Looked, chance: float) -> Change:
    """The change with its place, which is looked for only now."""
    window, measure = one.window, one.measure
    both = scope.hours(scope.days(within, [*window.days, *window.before]), 0, window.hour)
    frames = list(_frames(answers, measure, window, both))
    place = places.best(frames, window.ratio, 3 if METRICS[measure.key].unit != "seconds" else 60)
    calls = replace(scope.hours(scope.days(within, window.days), 0, window.hour), behind=measure.key)
    now, before = _figures(one)
    return Change(
        window, measure, now, before, int(one.parts.whole or one.parts.part), one.parts.extra, chance,
        scope.at(calls, place), place,
    )  # fmt: skip


def _frames(answers: Answers, measure: Measure, window: Window, both: CallFilter) -> Iterator[pd.DataFrame]:
    for breakdown in BREAKDOWNS:
        found = sums.cells(answers, measure, breakdown, both)
        yield sums.beside(found, window, ["value", "hour"]).assign(breakdown=breakdown)
    if window.key == LAST_WEEK:
        weekday = pd.to_datetime(found["day"]).dt.day_of_week + 1
        yield sums.beside(found.assign(value=weekday), window, ["value"]).assign(breakdown=WEEKDAY, hour=-1)


def _since(answers: Answers, one: Ring, every: CallFilter, zone: str) -> Ring:
    """A silence with the minute of the last call."""
    if one.kind != SILENT:
        return one
    last = answers.report("last_call", every.choose(one.breakdown, [one.value]))["started_at"].iloc[0]
    return replace(one, since=_local(last, zone))


def _bursts(answers: Answers, lately: CallFilter, zone: str) -> Iterator[Burst]:
    for row in answers.report("bursts", lately, short_s=_SHORT_S).to_dict("records"):
        if row["calls"] >= _BURST_SHARE * row["every"]:
            clients = [str(client) for client in row["clients"]]
            calls = scope.days(lately, [pd.Timestamp(row["day"]).date()]).choose("client_id", clients)
            name = row["client"] if len(clients) == 1 else row["beginning"]
            begins, ends = (_local(row[end], zone) for end in ("begins", "ends"))
            yield Burst(str(name), len(clients), int(row["calls"]), begins, ends, calls)


def _local(moment: datetime, zone: str) -> datetime:
    return pd.Timestamp(moment).to_pydatetime().replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)

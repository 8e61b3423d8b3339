"""Questions to the process's store, answered once per version of the data, and what pages ask again and again."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from calldash import asking, reports
from calldash.filters import CallFilter
from calldash.labels import value_code
from calldash.metrics import METRICS
from calldash.people import viewer
from calldash.query import Moment
from calldash.server.running import store
from calldash.settings import THRESHOLDS
from calldash.store import Store

_MONTHS_FROM, _WEEKS_FROM = 800, 120  # days from which a course is drawn by months, by weeks

Question = tuple[tuple[str, ...], tuple[str, ...], CallFilter, bool]


def ask(
    keys: Sequence[str], by: Sequence[str] = (), chosen: CallFilter | None = None, cases: bool = False
) -> pd.DataFrame:
    """As `calldash.asking.ask` on the process's store, cached. The frame is the caller's own."""
    question = (tuple(keys), tuple(by), chosen or CallFilter(), cases)
    return _answer(store(), question, repr((question, stamp())))


@st.cache_data(max_entries=512, show_spinner=False)
def _answer(_store: Store, _question: Question, key: str) -> pd.DataFrame:  # noqa: ARG001
    """The key is a text because Streamlit takes a millisecond to hash a filter."""
    keys, by, chosen, cases = _question
    return asking.ask(_store, list(keys), list(by), chosen, cases)


def report(name: str, chosen: CallFilter | None = None, **values: Any) -> pd.DataFrame:
    """As `calldash.reports.run` on the process's store, cached. The frame is the caller's own."""
    return _report(store(), name, chosen or CallFilter(), tuple(sorted(values.items())), stamp())


@st.cache_data(max_entries=256, show_spinner=False)
def _report(
    _store: Store,
    name: str,
    chosen: CallFilter,
    values: tuple[tuple[str, Any], ...],
    stamp: tuple[str, ...],  # noqa: ARG001
) -> pd.DataFrame:
    moment = Moment(_store.settings, _store.now())
    return reports.run(_store, name, chosen, moment, **dict(values))


def lengths(name: str, chosen: CallFilter) -> pd.DataFrame:
    """As `calldash.asking.lengths` on the process's store, cached. The frame is the caller's own."""
    return _lengths(store(), name, chosen, repr((name, chosen, stamp())))


@st.cache_data(max_entries=64, show_spinner=False)
def _lengths(_store: Store, name: str, _chosen: CallFilter, key: str) -> pd.DataFrame:  # noqa: ARG001
    return asking.lengths(_store, name, _chosen)


def stamp() -> tuple[str, ...]:
    """What an answer depends on besides the question: data, thresholds, who asks, the minute where calls come live."""
    found = store()
    thresholds = [str(getattr(found.settings, name)) for name in THRESHOLDS]
    minute = datetime.now(UTC).isoformat(timespec="minutes") if is_live() else ""
    reader = viewer.current()
    limits = repr((reader.limits, reader.may("numbers")))
    return (str(found.settings.db), str(found.version), minute, limits, *thresholds)


def is_live() -> bool:
    """Whether a system is fed without a person, so that "now" is the clock."""
    found = store()
    return _is_live(str(found.settings.db), found.version)


@lru_cache(maxsize=8)
def _is_live(_db: str, _version: int) -> bool:
    return bool(store().rows("SELECT 1 FROM systems WHERE live LIMIT 1"))


def one(keys: Sequence[str], chosen: CallFilter | None = None, cases: bool = False) -> pd.Series:
    """The numbers over the whole filter, by key."""
    return ask(keys, (), chosen, cases).iloc[0]


def values(dimension: str) -> list[str | None]:
    """The values of a breakdown in the data, as a filter holds them, None for "not known" last; sorted."""
    return _values(dimension, repr(stamp()))


@st.cache_data(max_entries=256, show_spinner=False)
def _values(dimension: str, stamp: str) -> list[str | None]:  # noqa: ARG001
    found = {value_code(dimension, value) for value in ask(["calls"], [dimension])[dimension]}
    known = sorted((value for value in found if value is not None), key=str.casefold)
    return [*known, None] if None in found else list(known)


def days() -> tuple[date, date] | None:
    """The first and the last local day in the data; None for an empty store."""
    return _days(repr(stamp()))


@st.cache_data(max_entries=64, show_spinner=False)
def _days(stamp: str) -> tuple[date, date] | None:  # noqa: ARG001
    found = ask(["calls"], ["day"])["day"]
    return (found.iloc[0].date(), found.iloc[-1].date()) if len(found) else None


def today() -> date:
    """The day presets count from: the company's today where calls come in live, else the newest day in the data."""
    clock = datetime.now(ZoneInfo(store().settings.zone)).date()
    known = days()
    return clock if known is None or is_live() else min(known[1], clock)


def is_today(day: date) -> bool:
    """Whether that is today by the company's clock."""
    return day == datetime.now(ZoneInfo(store().settings.zone)).date()


def grain(chosen: CallFilter) -> str:
    """How finely to draw a course over the filter's period: day, week or month."""
    known = days()
    if known is None:
        return "day"
    length = ((chosen.until or known[1]) - (chosen.since or known[0])).days
    return "month" if length >= _MONTHS_FROM else "week" if length >= _WEEKS_FROM else "day"


def course(keys: Sequence[str], chosen: CallFilter, cases: bool = False) -> tuple[pd.DataFrame, str]:
    """The numbers over the filter's period and the grain they are in: a row each day, week or month, quiet ones too."""
    unit = grain(chosen)
    return _filled(ask(keys, [unit], chosen, cases), unit, keys, chosen), unit


def course_and_one(keys: Sequence[str], chosen: CallFilter) -> tuple[pd.DataFrame, pd.Series]:
    """The course of the numbers, and the numbers over the whole filter with their cases; asked for together."""
    unit = grain(chosen)
    question = (tuple(keys), (unit,), chosen, True)
    found, total = _answer_with_total(store(), question, repr((question, stamp())))
    return found, total.iloc[0]


@st.cache_data(max_entries=256, show_spinner=False)
def _answer_with_total(_store: Store, _question: Question, key: str) -> tuple[pd.DataFrame, pd.DataFrame]:  # noqa: ARG001
    keys, (unit,), chosen, cases = _question
    found, total = asking.ask_with_total(_store, list(keys), [unit], chosen, cases)
    return _filled(found, unit, keys, chosen), total


def _filled(found: pd.DataFrame, unit: str, keys: Sequence[str], chosen: CallFilter) -> pd.DataFrame:
    """The course with its quiet days: nothing happened, so counts are 0 there and the rest is not known."""
    if found.empty:
        return found
    first, last = chosen.since or found[unit].iloc[0], chosen.until or found[unit].iloc[-1]
    rhythm = {"day": "D", "week": "W-MON", "month": "MS"}[unit]
    begin = pd.Timestamp(first).to_period({"day": "D", "week": "W", "month": "M"}[unit]).start_time
    every = pd.date_range(begin, pd.Timestamp(last), freq=rhythm, name=unit)
    known = found.set_index(pd.DatetimeIndex(found[unit]).astype(every.dtype)).drop(columns=unit)
    filled = known.reindex(every).reset_index()
    counts = [key for key in keys if METRICS[key].unit == "count"]
    return filled.fillna(dict.fromkeys(counts, 0))


def currency(chosen: CallFilter) -> str:
    """The currency of money in the filter, the settings' when there is none or more than one."""
    known = [value for value in values("currency") if value]
    if len(known) > 1:
        found = ask(["revenue", "total_cost"], ["currency"], chosen)["currency"].dropna()
        known = [str(value) for value in found]
    return known[0] if len(known) == 1 else store().settings.currency

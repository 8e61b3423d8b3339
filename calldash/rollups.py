"""Keeping the rollups: figures are added up for each day once, beside the calls."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from calldash.query import ROLLUPS, Moment, filling, signature
from calldash.settings import Settings
from calldash.store import Store
from calldash.store.days import touch_all

_AT_ONCE = 60  # days added up in one transaction: others who write wait for no longer
_LONG = "SELECT DISTINCT day FROM calls WHERE ended_at > day + INTERVAL 2 DAY OR due_at > day + INTERVAL 8 DAY"
_SETTLES = timedelta(days=7)  # until when calls count as solved at first contact
_NAME, _NOW = "rollups", "rollups_now"  # in `meta`: the definitions of the tables, and the now they were filled at
_signature = lru_cache(maxsize=4)(signature)


def moment(store: Store) -> Moment:
    """The thresholds, each system's now, and what the rollups speak for."""
    plain = Moment(store.settings, store.now())
    kept = dict(store.remembered(f"SELECT name, value FROM meta WHERE name IN ('{_NAME}', '{_NOW}')"))
    if kept.get(_NAME) != _signature(store.settings):
        return plain
    days = store.remembered("SELECT day, fresh, settled FROM rollup_days WHERE NOT fresh OR NOT settled")
    loose = [day for day, fresh, _settled in days if not fresh]
    moving: set[date] = set()
    if kept.get(_NOW) != _text(plain):
        moving = {day for day, _fresh, settled in days if not settled} | _unsettled(plain)
    endless = bool(store.remembered("SELECT 1 FROM rollup_peaks WHERE lasting > 0 LIMIT 1"))
    sources = [source for (source,) in store.remembered("SELECT DISTINCT source FROM spend ORDER BY source")]
    told = replace(plain, settings=_with_sales(store), sources=sources)
    return replace(told, loose=loose, moving=sorted(moving), endless=endless)


def _with_sales(store: Store) -> Settings:
    """The settings with what sales come from said outright."""
    if store.settings.sales_from != "auto":
        return store.settings
    deals = store.remembered("SELECT 1 FROM deals LIMIT 1")
    return store.settings.model_copy(update={"sales_from": "deals" if deals else "calls"})


def refresh(store: Store, stopped: Callable[[], bool] = lambda: False) -> int:
    """Adds up every day whose calls, or what they count as, changed since it was; gives the number of days.

    The answers to questions stay the same; they come sooner. It ends early when `stopped` says so; the next goes on.
    """
    _make_tables(store)
    at_once = Moment(store.settings, store.now())
    due = _due(store, at_once)
    for start in range(0, len(due), _AT_ONCE):
        if stopped():
            return start
        _add_up(store, at_once, due[start : start + _AT_ONCE])
    if due:
        with store.noting() as cursor:
            cursor.execute("INSERT OR REPLACE INTO meta VALUES ($1, $2)", [_NOW, _text(at_once)])
        store.rolled += 1
    return len(due)


def _text(at_once: Moment) -> str:
    return json.dumps(at_once.now, default=str, sort_keys=True)


def _unsettled(at_once: Moment) -> set[date]:
    """The days around each system's now whose calls may come to count otherwise as time goes by."""
    settings = at_once.settings
    callback = timedelta(hours=settings.callback_window_h, minutes=settings.callback_target_min)
    length = max(_SETTLES, callback).days + 3  # calls end later than they begin, and local days differ from UTC's
    return {now.date() + timedelta(days=step) for now in at_once.now.values() for step in range(-length, 2)}


def _make_tables(store: Store) -> None:
    """Empty tables of today's definitions, in the place of others."""
    wanted = _signature(store.settings)
    if store.rows("SELECT 1 FROM meta WHERE name = $1 AND value = $2", [_NAME, wanted]):
        return
    with store.noting() as cursor:
        for rollup in ROLLUPS:
            asked = filling(rollup, Moment(store.settings), [date(2000, 1, 1)])
            cursor.execute(f"CREATE OR REPLACE TABLE {rollup.name} AS {asked.sql} LIMIT 0", asked.values)
        touch_all(cursor)
        cursor.execute("INSERT OR REPLACE INTO meta VALUES ($1, $2)", [_NAME, wanted])
    store.rolled += 1


def _due(store: Store, at_once: Moment) -> list[date]:
    """Days to be added up: touched ones, those that have settled since, and where now stands still those about it."""
    unsettled = _unsettled(at_once) | _endless(store)
    live = bool(store.rows("SELECT 1 FROM systems WHERE live LIMIT 1"))
    same = store.rows("SELECT 1 FROM meta WHERE name = $1 AND value = $2", [_NOW, _text(at_once)])
    found = []
    for day, fresh, settled in store.rows("SELECT day, fresh, settled FROM rollup_days ORDER BY day"):
        moved = day in unsettled and not live and not same
        if not fresh or moved or settled == (day in unsettled):
            found.append(day)
    return found


def _endless(store: Store) -> set[date]:
    """Days with calls that go on for days after, or that are long not due to be called back."""
    return {day for (day,) in store.rows(_LONG)}


def _add_up(store: Store, at_once: Moment, days: list[date]) -> None:
    settled = sorted(set(days) - _unsettled(at_once) - _endless(store))
    with store.noting() as cursor:
        for rollup in ROLLUPS:
            asked = filling(rollup, at_once, days)
            cursor.execute(f"DELETE FROM {rollup.name} WHERE d_day IN (SELECT unnest($1))", [days])
            cursor.execute(f"INSERT INTO {rollup.name} {asked.sql}", asked.values)
        cursor.execute(
            "UPDATE rollup_days SET fresh = TRUE, settled = day IN (SELECT unnest($settled)) "
            "WHERE day IN (SELECT unnest($days))",
            {"settled": settled, "days": days},
        )
    store.rolled += 1

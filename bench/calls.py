"""Synthetic calls as a plain CSV: any number of them, in the order of time, always the same for a given range."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from calldash.metrics import MISS_REASONS

PER_CLIENT = 5  # 200,000 clients in a million calls
_CHUNK = 250_000
_START = np.datetime64("2023-01-02T00:00:00", "us")
# Load by hour of the day on working days, Saturdays and Sundays.
_WORKING = (1, 1, 1, 1, 1, 2, 6, 20, 55, 90, 100, 98, 85, 70, 82, 88, 86, 80, 60, 40, 25, 14, 6, 2)
_WEEK = np.concatenate([np.array(_WORKING) * share for share in (1.1, 1.0, 1.0, 1.0, 0.95, 0.4, 0.25)])
_HOURS = np.concatenate([[0.0], np.cumsum(_WEEK) / _WEEK.sum()])
_EMPLOYEES = [f"{first} {last}" for last in ("Ivanova", "Petrov", "Orlov", "Sokolova") for first in "ABCDEFGHIJ"]
_TEAMS = ("Sales", "Support", "Service")
_QUEUES = ("Main", "Sales", "Support", "Billing", "Night")
_SOURCES = ("yandex", "google", "vk", "2gis", "avito", "site", "")
_CAMPAIGNS = ("brand", "spring", "new, warm", "catalogue", "", "", "", "")
_DESTINATIONS = ("mobile", "city", "toll-free", "")


@dataclass(frozen=True)
class Range:
    """Calls `start` to `stop` of a company that has `yearly` calls a year."""

    start: int
    stop: int
    yearly: int


def write(path: Path, asked: Range) -> None:
    """Writes the calls as a plain CSV with all its columns; the file appears when it is complete."""
    part = path.with_suffix(".part")
    reader = pa.RecordBatchReader.from_batches(_chunk(0, 1, asked.yearly).schema, _chunks(asked))
    with duckdb.connect() as connection:
        connection.register("chunks", reader)
        connection.execute(f"COPY (SELECT * FROM chunks) TO '{part}' (FORMAT csv, HEADER)")
    part.replace(path)


def _chunks(asked: Range) -> Iterator[pa.RecordBatch]:
    for start in range(asked.start, asked.stop, _CHUNK):
        yield _chunk(start, min(_CHUNK, asked.stop - start), asked.yearly)


def _chunk(start: int, count: int, yearly: int) -> pa.RecordBatch:
    dice = np.random.default_rng([7, start])
    numbers = np.arange(start, start + count)
    inbound = dice.random(count) < 0.6
    answered = dice.random(count) < 0.75
    spam = dice.random(count) < 0.01
    columns = {
        "id": pa.array(np.char.add("c", numbers.astype(str))),
        "started_at": _times(numbers, yearly),
        "direction": _pick(np.where(inbound, 0, 1), ("inbound", "outbound")),
        "kind": _pick((dice.random(count) < 0.005).astype(int), ("voice", "sms")),
        **_parties(dice, numbers),
        "answered": _pick(answered.astype(int), ("false", "true")),
        "miss_reason": _miss_reasons(dice, inbound & ~answered),
        **_durations(dice, answered),
        **_money(dice, answered),
        "roaming": _pick((dice.random(count) < 0.01).astype(int), ("false", "true")),
        "recording": _recordings(numbers, answered),
        **_marketing(dice, inbound),
        "spam": _pick(spam.astype(int), ("false", "true")),
        "tags": _pick(dice.integers(0, 40, count), ("vip", "complaint;refund", *[""] * 38)),
    }
    return pa.RecordBatch.from_pydict(columns)


def _pick(places: np.ndarray, texts: tuple[str, ...] | list[str]) -> pa.Array:
    """The text at each of `places`; an empty one is not known."""
    return pa.array([text or None for text in texts], pa.string()).take(pa.array(places))


def _times(numbers: np.ndarray, yearly: int) -> pa.Array:
    """Local times: the calls of a week follow its usual load."""
    weeks = numbers * (365 / 7) / yearly
    hours = np.interp(weeks % 1, _HOURS, np.arange(len(_HOURS)))
    seconds = np.floor(weeks).astype(int) * 604_800 + (hours * 3600).astype(int)
    return pa.array(np.datetime_as_string(_START + seconds.astype("timedelta64[s]"), "s"))


def _parties(dice: np.random.Generator, numbers: np.ndarray) -> dict[str, pa.Array]:
    count = len(numbers)
    newest = numbers // PER_CLIENT
    earlier = np.maximum(newest - dice.exponential(3000, count).astype(int), 0)
    clients = np.where(numbers % PER_CLIENT == 0, newest, earlier)
    digits = np.char.zfill(clients.astype(str), 9)
    shown = np.char.add(np.where(dice.random(count) < 0.7, "+79", "8 9"), digits)
    employees = (dice.random(count) ** 1.5 * len(_EMPLOYEES)).astype(int)
    return {
        "client": pa.array(shown, pa.string(), mask=dice.random(count) < 0.02),
        "line": _pick(dice.integers(0, 6, count), [f"+7495123450{number}" for number in range(6)]),
        "employee": _pick(employees, _EMPLOYEES),
        "team": _pick(employees % 3, _TEAMS),
        "queue": _pick(dice.integers(0, 5, count), _QUEUES),
    }


def _miss_reasons(dice: np.random.Generator, missed: np.ndarray) -> pa.Array:
    known = missed & (dice.random(len(missed)) < 0.6)
    return _pick(np.where(known, dice.integers(1, 6, len(missed)), 0), ("", *MISS_REASONS[:5]))


def _durations(dice: np.random.Generator, answered: np.ndarray) -> dict[str, pa.Array]:
    count = len(answered)
    talks = np.where(answered, dice.lognormal(4.6, 0.9, count), 0).astype(int)
    return {
        "wait_s": pa.array(dice.exponential(18, count).astype(int), pa.int32(), mask=dice.random(count) < 0.05),
        "talk_s": pa.array(talks, pa.int32()),
        "hold_s": pa.array(talks // 10, pa.int32(), mask=dice.random(count) < 0.8),
        "wrapup_s": pa.array(dice.integers(0, 60, count), pa.int32(), mask=dice.random(count) < 0.7),
    }


def _money(dice: np.random.Generator, answered: np.ndarray) -> dict[str, pa.Array]:
    count = len(answered)
    sold = answered & (dice.random(count) < 0.05)
    return {
        "cost": pa.array(np.round(dice.gamma(2, 1.4, count), 2), mask=dice.random(count) < 0.1),
        "currency": _pick(np.zeros(count, int), ("RUB",)),
        "destination": _pick(dice.integers(0, 4, count), _DESTINATIONS),
        "outcome": _pick(np.where(answered, dice.integers(0, 12, count), 11), ("success", "failure", *[""] * 10)),
        "sale_amount": pa.array(dice.integers(5, 900, count) * 100, pa.int32(), mask=~sold),
    }


def _recordings(numbers: np.ndarray, answered: np.ndarray) -> pa.Array:
    paths = np.char.add(np.char.add("2024/", numbers.astype(str)), ".mp3")
    return pa.array(paths, pa.string(), mask=~answered)


def _marketing(dice: np.random.Generator, inbound: np.ndarray) -> dict[str, pa.Array]:
    count = len(inbound)
    sources = np.where(inbound, dice.integers(0, 7, count), 6)
    return {
        "source": _pick(sources, _SOURCES),
        "medium": _pick(np.where(sources < 6, sources % 2, 2), ("cpc", "organic", "")),
        "campaign": _pick(np.where(sources < 6, dice.integers(0, 8, count), 7), _CAMPAIGNS),
    }

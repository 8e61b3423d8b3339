"""The phone systems whose records can be read. The folder is the registry: each module with a `PROVIDER` is one.

A provider only knows its own rows. Either each of its rows is a call (`tables`), or several rows make one
(`rows` and `build`); both end in the columns of the plain CSV (see `plain.COLUMNS`), as text.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from calldash.problems import Reject
from calldash.reading import Sample, Source


@dataclass(frozen=True)
class Context:
    """What a provider may know besides the rows: the zone of local times and the company's region (ISO 3166)."""

    zone: ZoneInfo
    region: str = "RU"
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """A row as the provider wrote it.

    `key` names it within its `part` (one of the provider's tables); a later row with the same key replaces it.
    `refs` are the ids that rows of one call share: rows with a common ref belong together. No refs: not about a call.
    `client` and `at` (UTC) let calls of one client that overlap be built together. `data` is what `build` needs.
    """

    part: str
    key: str
    line: int
    refs: tuple[str, ...]
    data: Mapping[str, Any]
    client: str | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Leg:
    """One attempt to ring an employee (`ring`), a call an employee made (`dial`), or a pass through a `queue`.

    Instants are UTC without tzinfo. `answered_at` is None when the employee, or anybody in the queue, did not pick up.
    `reason` is why it ended: for queues `completed`, `transferred`, `abandoned`, `timeout`, `empty`, `key`.
    """

    kind: str
    started_at: datetime
    ended_at: datetime | None
    answered_at: datetime | None = None
    employee: str | None = None
    team: str | None = None
    queue: str | None = None
    talk_s: int | None = None
    reason: str | None = None


@dataclass(frozen=True)
class BuiltCall:
    """A call made of several rows: `values` are plain CSV columns as text (`started_at` with an offset or Z)."""

    id: str
    refs: frozenset[str]
    values: Mapping[str, str | None]
    ended_at: datetime | None = None
    legs: tuple[Leg, ...] = ()


@dataclass(frozen=True)
class Presence:
    """A span in which an employee was `signed_in` or on a `break`; UTC without tzinfo, no end while it lasts.

    `queue` is None for all queues at once; `reason` is the one given for a break.
    """

    employee: str
    state: str
    started_at: datetime
    ended_at: datetime | None
    queue: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Provider:
    """A phone system: how its files are recognised and read. `tables`, or `rows` with `build`, is given.

    `tables` yields tables of text columns (plain CSV columns present in the file, `_line`, `_raw`) and Rejects.
    `rows` yields Rows, Rejects, and the names of things left out on purpose (str, counted as oddities).
    `build` gets all rows of the calls that a batch touched, in no order, and gives those calls that have ended;
    a call still open is left out (its rows stay). `presences` reads agents' spans out of the rows without refs.
    """

    key: str
    name: str
    recognise: Callable[[Sample], bool]
    tables: Callable[[Source, Context], Iterator[pa.Table | Reject | str]] | None = None
    rows: Callable[[Source, Context], Iterator[Row | Reject | str]] | None = None
    build: Callable[[Iterable[Row], Context], Iterator[BuiltCall]] | None = None
    presences: Callable[[Iterable[Row]], Iterator[Presence]] | None = None
    system: str | None = None  # default: the key
    zone: str | None = None  # of local times; default: the company's
    encoding: str | None = None  # default: found out


@cache
def registry() -> dict[str, Provider]:
    """All built-in providers by key, in the order of their keys."""
    modules = (importlib.import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__))
    found = [module.PROVIDER for module in modules if hasattr(module, "PROVIDER")]
    return {provider.key: provider for provider in sorted(found, key=lambda provider: provider.key)}

"""Target and missed calls for advertising systems, as the files that these document: only what may be uploaded.

A call goes in when it has an identifier of the system, the visitor consented, and it is not too old to be taken.
Numbers of clients never go in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from calldash import reports
from calldash.export import Column, Table
from calldash.export.cells import digits
from calldash.filters import CallFilter
from calldash.i18n import mark
from calldash.rollups import moment
from calldash.settings import Settings
from calldash.store import Store

Call = Mapping[str, Any]
REASONS = {
    "no_identifier": mark("no identifier of a visitor or click"),
    "no_consent": mark("no consent to upload it"),
    "too_old": mark("too old to be taken"),
}


@dataclass(frozen=True)
class Target:
    """A system: its key, title, how many days back it takes calls, and the columns of its file with their values."""

    key: str
    title: str
    days: int
    columns: Mapping[str, Callable[[Call, Settings], str]]


@dataclass
class Upload:
    """How many calls go in, and how many are left out by reason (keys of REASONS); the calls, where they were asked."""

    going: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)


def _whole(value: Any) -> str:
    return "" if value is None else str(int(value))


def _amount(value: Any) -> str:
    return "" if value is None else digits(value)


def _own_number(call: Call) -> str:
    """The company's number that was called, where it is one."""
    line = call["line"] or ""
    return line if line[:1] == "+" and line[1:].isdigit() else ""


def _local(call: Call, settings: Settings) -> str:
    return f"{call['started_at'].replace(tzinfo=UTC).astimezone(ZoneInfo(settings.zone)):%Y-%m-%d %H:%M:%S%z}"


def conversions(settings: Settings) -> dict[bool, str]:
    """What target and missed calls are called; these must be names of conversions in the account of Google Ads."""
    return {True: settings.google_target_name, False: settings.google_missed_name}


def _unix(call: Call, _settings: Settings) -> str:
    return str(int(call["started_at"].replace(tzinfo=UTC).timestamp()))


def _metrica(identifier: str) -> Mapping[str, Callable[[Call, Settings], str]]:
    return {
        identifier: lambda call, _settings: call["identifier"],
        "DateTime": _unix,
        "StaticCall": lambda _call, _settings: "0",
        "Price": lambda call, _settings: _amount(call["value"]),
        "Currency": lambda call, _settings: call["currency"] or "",
        "PhoneNumber": lambda call, _settings: _own_number(call),
        "TalkDuration": lambda call, _settings: _whole(call["talk_s"]),
        "HoldDuration": lambda call, _settings: _whole(call["hold_s"]),
        "CallMissed": lambda call, _settings: _whole(call["missed"]),
        "Tag": lambda call, _settings: "target" if call["target"] else "missed",
        "FirstTimeCaller": lambda call, _settings: _whole(call["first"]),
    }


_GOOGLE: Mapping[str, Callable[[Call, Settings], str]] = {
    "Google Click ID": lambda call, _settings: call["identifier"],
    "Conversion Name": lambda call, settings: conversions(settings)[bool(call["target"])],
    "Conversion Time": _local,
    "Conversion Value": lambda call, _settings: _amount(call["value"]),
    "Conversion Currency": lambda call, _settings: call["currency"] or "",
}
_ALL = (
    Target("metrica", mark("Yandex Metrica: visitors"), 21, _metrica("ClientId")),
    Target("metrica-yclid", mark("Yandex Metrica: clicks in Direct"), 21, _metrica("Yclid")),
    Target("google", "Google Ads", 90, _GOOGLE),
)
TARGETS = {target.key: target for target in _ALL}


def upload(
    store: Store, target: Target, chosen: CallFilter, listed: bool = False, now: datetime | None = None
) -> Upload:
    """What of a filter's calls may be uploaded at `now` (UTC, the clock); with `listed` the calls too."""
    now = now or datetime.now(UTC).replace(tzinfo=None)
    values = {"target": target.key, "oldest": now - timedelta(days=target.days), "listed": listed}
    frame = reports.run(store, "upload_back", replace(chosen, behind=None), moment(store), **values)
    found = Upload()
    for row in frame.to_dict("records"):
        if pd.isna(row["reason"]):
            found.going = int(row["calls"])
            found.calls = list(row["going"]) if listed else []
        else:
            found.left_out[str(row["reason"])] = int(row["calls"])
    return found


def table(store: Store, target: Target, found: Upload) -> Table:
    """The calls that go in, in the columns of the system's file."""
    columns = target.columns
    rows = ([value(call, store.settings) for value in columns.values()] for call in found.calls)
    return Table(target.key, tuple(Column(name, name, "text") for name in columns), rows)

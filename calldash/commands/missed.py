"""`missed`: the ledger of missed clients, the curve of callbacks, what they bring, and what would have helped."""

import json
from collections.abc import Callable
from typing import Any

import pandas as pd

from calldash.asking import ask
from calldash.commands.kpi import chosen_of
from calldash.filters import CallFilter
from calldash.missed import callback_delays, callbacks
from calldash.missed.curve import curve
from calldash.missed.what_helps import of_hours
from calldash.store import Store

_LEDGER = [
    "client", "state", "waiting_s", "working_s", "left_s", "times", "last_at", "wait_s", "tries", "last_try_at",
    "tried_by", "expected", "sold", "queue", "taken_by",
]  # fmt: skip


def run(store: Store, arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """`subject` (a key of SUBJECTS), `clock`, `since`, `until`, `where` and `format`; gives what is printed."""
    found = SUBJECTS[arguments["subject"]](store, chosen_of(arguments), arguments.get("clock") or "all")
    return _FORMATS[arguments.get("format") or "table"](found)


def _ledger(store: Store, chosen: CallFilter, _clock: str) -> pd.DataFrame:
    return callbacks.ledger(store, chosen)[_LEDGER]


def _curve(store: Store, chosen: CallFilter, clock: str) -> pd.DataFrame:
    steps = curve(callback_delays.delays(store, chosen, clock))
    columns = ("delay_s", "share", "low", "high", "at_risk")
    return pd.DataFrame(
        [(int(step.at), step.share, step.low, step.high, step.at_risk) for step in steps], columns=columns
    )


def _results(store: Store, chosen: CallFilter, clock: str) -> pd.DataFrame:
    found = callback_delays.results(store, chosen, clock)
    ends = [callback_delays.EDGES[at] if at < len(callback_delays.EDGES) else None for at in found["class"]]
    found.insert(0, "until_s", pd.Series(ends, dtype="Int64"))
    return found.drop(columns="class")


def _hours(store: Store, chosen: CallFilter, _clock: str) -> pd.DataFrame:
    days = ask(store, ["calls"], ["day"], chosen)["day"]
    length = (days.iloc[-1] - days.iloc[0]).days + 1 if len(days) else 1
    if chosen.since and chosen.until:
        length = (chosen.until - chosen.since).days + 1
    helps = of_hours(ask(store, ["open_missed_share"], ["hour"], chosen, cases=True), length, most=24)
    columns = ("hour", "like", "calls", "share", "share_like", "saved_a_week", "low", "high")
    rows = [
        (one.worse.hour, one.better.hour, one.worse.calls, one.worse.share, one.better.share, *one.saves)
        for one in helps
    ]
    return pd.DataFrame(rows, columns=columns)


SUBJECTS: dict[str, Callable[[Store, CallFilter, str], pd.DataFrame]] = {
    "ledger": _ledger,
    "curve": _curve,
    "results": _results,
    "hours": _hours,
}
_FORMATS: dict[str, Callable[[pd.DataFrame], str]] = {
    "table": lambda found: found.to_string(index=False, na_rep="", float_format=lambda value: f"{value:.4g}"),
    "csv": lambda found: found.to_csv(index=False, lineterminator="\n").rstrip("\n"),
    "json": lambda found: json.dumps(json.loads(found.to_json(orient="records", date_format="iso")), indent=2),
}

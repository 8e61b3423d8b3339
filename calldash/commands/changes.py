"""`changes`: what changed on the day and in the week up to the data's now, as sentences or JSON."""

import json
from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from calldash import reports
from calldash.asking import ask
from calldash.changes.clock import times
from calldash.changes.found import Found
from calldash.changes.ringing import Times
from calldash.changes.study import study
from calldash.changes.sums import Answers
from calldash.changes.words import nothing, sentence
from calldash.commands.kpi import chosen_of
from calldash.filters import CallFilter, to_pairs
from calldash.i18n import gettext as _
from calldash.problems import Problem
from calldash.rollups import moment
from calldash.store import Store


def run(store: Store, arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """`day` (ISO; as that day looked at its end), `where` and `format`; gives what is printed."""
    chosen = chosen_of({"since": arguments.get("day"), "where": arguments.get("where")})
    days = ask(store, ["calls"], ["day"])["day"]
    when = times(store.now().values(), None if days.empty else days.iloc[0].date(), store.settings)
    if when is None:
        raise Problem("There are no calls yet.")
    if chosen.since and chosen.since < when.now.date():
        when = Times(datetime.combine(chosen.since + timedelta(days=1), time()), when.first, when.special)
    answers = Answers(partial(ask, store), partial(_report, store))
    found = study(answers, chosen, when, store.settings.zone)
    return _FORMATS[arguments.get("format") or "table"](found, store)


def _report(store: Store, name: str, chosen: CallFilter, **values: Any) -> pd.DataFrame:
    return reports.run(store, name, chosen, moment(store), **values)


def _table(found: Found, store: Store) -> str:
    today = datetime.now(ZoneInfo(store.settings.zone)).date()
    lines = [sentence(one, today) for one in found]
    return "\n".join(lines) or nothing(found, today) or _("The history is too short to compare: two weeks are needed.")


def _json(found: Found, store: Store) -> str:
    today = datetime.now(ZoneInfo(store.settings.zone)).date()
    rows = [_plain(vars(one)) | {"sentence": sentence(one, today), "calls": to_pairs(one.calls)} for one in found]
    return json.dumps(rows, ensure_ascii=False, indent=2, default=str)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """A finding's own numbers; of a figure its key, of a window its days."""
    return {
        name: value.key if name == "measure" else _plain(vars(value)) if hasattr(value, "__dict__") else value
        for name, value in values.items()
        if name != "calls"
    }


_FORMATS: dict[str, Callable[[Found, Store], str]] = {"table": _table, "json": _json}

"""The columns of the table by half hours: what each is called, what it means, its unit."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from babel.numbers import format_decimal

from calldash import formats
from calldash.i18n import gettext as _
from calldash.i18n import locale, mark
from calldash.staffing.erlang import UNSTABLE


@dataclass(frozen=True)
class Column:
    """A column of a study: its key, title, meaning, and unit (count, mean, load, seconds, share)."""

    key: str
    title: str
    words: str
    unit: str = "count"


COLUMNS = (
    Column("calls", mark("Calls"), mark("Inbound calls in the half hour on a mean day."), "mean"),
    Column("forecast", mark("Calls to come"), mark("Mean of the dates to come, by the forecast."), "mean"),
    Column("p90", mark("Calls, busy day"), mark("On nine of ten days there are no more.")),
    Column(
        "aht_s",
        mark("Handling"),
        mark("Mean talk and after-call work; of all half hours where fewer than 30 calls tell it."),
        "seconds",
    ),
    Column("load", mark("Load"), mark("Erlangs: how many people are busy on average."), "load"),
    Column("agents", mark("Needed"), mark("The fewest people on the phones who reach the goal.")),
    Column("scheduled", mark("On the roster"), mark("So many that those needed remain when others are away.")),
    Column(
        "there",
        mark("Was there"),
        mark("Mean number of people who talked or were rung; a half hour between two such ones counts too."),
        "mean",
    ),
    Column("outbound", mark("Calling out"), mark("How many of them were making calls on average."), "mean"),
    Column(
        "spare",
        mark("To spare"),
        mark("Was there, less calling out, less needed; below zero people are missing."),
        "mean",
    ),
    Column("there_level", mark("In time with them"), mark("By the formula with those who were there."), "share"),
    Column("service_level", mark("In time"), mark("Expected with those needed, by the formula."), "share"),
    Column("replayed", mark("In the replay"), mark("The same when the real calls are replayed with them."), "share"),
    Column("asa_s", mark("Mean wait"), mark("Expected wait of answered calls with those needed."), "seconds"),
    Column("occupancy", mark("Occupancy"), mark("Share of time those needed are busy."), "share"),
    Column(
        "abandoned", mark("Give up"), mark("Share of clients expected to hang up; nobody does in Erlang C."), "share"
    ),
    Column("days", mark("Days"), mark("Days counted: whole ones without holidays, those without a call too.")),
)
_DIGITS = {"count": "#,##0", "mean": "#,##0.0", "load": "#,##0.00"}


def shown(unit: str, value: Any) -> str:
    """A cell as text in the reader's language; "—" for what is not known, a word for UNSTABLE."""
    if isinstance(value, str) and value == UNSTABLE:
        return _("unstable")
    if value is None or pd.isna(value):
        return formats.NOTHING
    if unit in _DIGITS:
        return str(format_decimal(value, _DIGITS[unit], locale=locale()))
    return formats.in_unit(unit, value)

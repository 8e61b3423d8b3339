"""The calls that a bill charges otherwise than the tariffs say, as a table for export."""

from collections.abc import Iterator
from typing import Any

from calldash.costs.tariffs import keeping
from calldash.costs.tariffs.bill import LISTED, WHYS
from calldash.export import Column, Table
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import mark
from calldash.query import Moment
from calldash.query.billed import differences
from calldash.store import Store

# Key, title, unit of `cells`.
_COLUMNS = (
    ("started_at", mark("Start"), "instant"), ("client", mark("Client"), "phone"), ("line", mark("Line"), "phone"),
    ("employee", mark("Employee"), "text"), ("team", mark("Team"), "text"), ("direction", mark("Direction"), "choice"),
    ("kind", mark("Kind"), "choice"), ("talk_s", mark("Talk"), "seconds"), ("charged", mark("Was charged"), "money"),
    ("due", mark("By the tariff"), "money"), ("difference", mark("Difference"), "money"),
    ("currency", mark("Currency"), "text"), ("why", mark("Reason"), "text"), ("tariff", mark("Tariff"), "text"),
    ("prefix", mark("Prefix"), "text"), ("id", mark("Number in the phone system"), "text"),
)  # fmt: skip
_PART = 5_000


def table(store: Store, chosen: CallFilter) -> Table:
    """The table; its rows are asked for as they are read."""
    columns = tuple(Column(key, _(title), unit, key if unit == "choice" else "") for key, title, unit in _COLUMNS)
    return Table(_("Bill audit"), columns, _rows(store, chosen))


def _rows(store: Store, chosen: CallFilter) -> Iterator[list[Any]]:
    asked = differences(chosen, Moment(store.settings, store.now()), keeping.any_packages(store))
    places = [LISTED.index(key) for key, _title, _unit in _COLUMNS]
    why = [key for key, _title, _unit in _COLUMNS].index("why")
    with store.cursor() as cursor:
        cursor.execute(asked.sql, asked.values)
        while part := cursor.fetchmany(_PART):
            for found in part:
                row = [found[place] for place in places]
                row[why] = _(WHYS[row[why]])
                yield row

"""The calls of a filter as a table whose rows are asked for in slices."""

from collections.abc import Iterator, Sequence
from typing import Any

from calldash.export.table import Column, Table
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import pgettext
from calldash.metrics import CALL_COLUMNS, DIMENSIONS
from calldash.query import Moment, count_of, listing
from calldash.store import Store

# Sorting all the columns of a million calls at once takes a gigabyte; a slice sorts only what it gives.
_SLICE = 50_000
_PART = 5_000


def calls(store: Store, chosen: CallFilter, columns: Sequence[str], sort: str, descending: bool) -> Table:
    """All calls of a filter with the journal's `columns`, ordered by column `sort`."""
    return Table(_("Calls"), tuple(column(key) for key in columns), _rows(store, chosen, columns, sort, descending))


def count(store: Store, chosen: CallFilter) -> int:
    """How many calls a filter has."""
    asked = count_of(chosen, Moment(store.settings, store.now()))
    return int(store.rows(asked.sql, asked.values)[0][0])


def column(key: str) -> Column:
    """The journal's column `key` as one of a table."""
    found = CALL_COLUMNS[key]
    dimension = key if found.unit == "choice" and key in DIMENSIONS else ""
    return Column(key, pgettext("call", found.title), found.unit, dimension)


def _rows(
    store: Store, chosen: CallFilter, columns: Sequence[str], sort: str, descending: bool
) -> Iterator[tuple[Any, ...]]:
    """The rows without the call's number. What is imported meanwhile is not among them: they are of one moment."""
    moment = Moment(store.settings, store.now())
    with store.cursor() as cursor:
        cursor.begin()
        found, offset = _SLICE, 0
        while found == _SLICE:
            asked = listing(columns, chosen, moment, sort, descending, _SLICE, offset)
            cursor.execute(asked.sql, asked.values)
            found, offset = 0, offset + _SLICE
            while part := cursor.fetchmany(_PART):
                found += len(part)
                yield from (row[1:] for row in part)

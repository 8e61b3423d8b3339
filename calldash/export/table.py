"""What an export writes: columns with their units, and rows that may be many more than memory holds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

Row = Sequence[Any]


@dataclass(frozen=True)
class Column:
    """A column: its key for programs, its title for people, its unit (a key of `cells.KINDS`).

    Values of a `dimension` are codes; people get their words.
    """

    key: str
    title: str
    unit: str
    dimension: str = ""


@dataclass(frozen=True)
class Table:
    """Rows in the order of `columns`, None where nothing is known; `totals` have texts instead of dimensions' values.

    The rows can be read once.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    totals: tuple[Row, ...] = ()

    def parts(self) -> Iterator[tuple[tuple[Column, ...], Iterable[Row]]]:
        """The rows, then the totals, each with columns that tell how their values are written."""
        yield self.columns, self.rows
        if self.totals:
            words = tuple(replace(one, unit="text", dimension="") if one.dimension else one for one in self.columns)
            yield words, self.totals

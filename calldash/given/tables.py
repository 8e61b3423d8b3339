"""Tables that people keep, from files and as files: CSV or XLSX whose header names our columns, or words for them."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calldash.problems import Problem, Reject
from calldash.reading import Columns, open_source
from calldash.reading.tables import LINE

_MOST_MB = 20
Row = tuple[int, Mapping[str, str]]


@dataclass(frozen=True)
class Layout:
    """The columns of a table, those that each file has, and how headers may name them besides (in small letters)."""

    columns: Sequence[str]
    needed: Sequence[str]
    names: Mapping[str, str]


@dataclass(frozen=True)
class Receipt:
    """What a file changed: rows that are new, that took another's place, that were there; what followed from it."""

    file: str
    new: int
    replaced: int
    same: int
    calls: int
    spend: int = 0


def read(path: Path, name: str | None, layout: Layout) -> tuple[list[Row], list[Reject]]:
    """The rows of a file with their numbers, and lines that are none.

    Raises Problem for columns that are unknown or lacking.
    """
    source = open_source(path, _MOST_MB << 20, name)
    header = tuple(layout.names.get(cell.strip().lower(), cell.strip().lower()) for cell in source.sample.header)
    unknown = [cell for cell in header if cell not in layout.columns]
    if unknown or len(set(header)) < len(header) or not set(layout.needed) <= set(header):
        raise Problem(
            "{file} needs the columns {needed}, and may have: {known}. It has: {header}.",
            file=name or path.name, needed=", ".join(layout.needed),
            known=", ".join(one for one in layout.columns if one not in layout.needed),
            header=", ".join(source.sample.header),
        )  # fmt: skip
    rows: list[Row] = []
    rejects: list[Reject] = []
    for part in source.batches(Columns(header, source.sample.delimiter)):
        rejects += part.rejects
        rows += [(int(row[LINE]), {key: row[key] or "" for key in header}) for row in part.table.to_pylist()]
    return [row for row in rows if any(cell.strip() for cell in row[1].values())], rejects


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Rows as a file that can be imported again."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(["" if cell is None else str(cell) for cell in row] for row in rows)
    return out.getvalue().rstrip("\n")

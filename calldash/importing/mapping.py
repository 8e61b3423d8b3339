"""A provider of one's own made by choosing columns: a preview of what it reads, and its file."""

import re
from pathlib import Path

import pandas as pd
import pyarrow as pa
import tomli_w

from calldash.problems import Problem, Reject
from calldash.providers import Context
from calldash.providers.own import Match, Own, Read, quoted, tables
from calldash.providers.plain import COLUMNS, NAMES, REQUIRED
from calldash.reading import Sample, Source

_ROWS = 20


def propose(sample: Sample) -> dict[str, str]:
    """Which column of the file each calldash column could be: those that are called alike."""
    found = {}
    for name in NAMES:
        like = [column for column in sample.header if _bare(column) == _bare(name)]
        if like:
            found[name] = like[0]
    return found


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.lower()).removesuffix("s")


def own_of(name: str, sample: Sample, chosen: dict[str, str], fixed: dict[str, str], zone: str | None) -> Own:
    """A provider called `name`: `chosen` maps calldash columns to the file's, `fixed` gives the same value to each row.

    Raises Problem when a required column is neither.
    """
    missing = [column for column in REQUIRED if column not in chosen and column not in fixed]
    if missing:
        raise Problem("Choose a column or a value for: {columns}.", columns=", ".join(missing))
    literals = {column: "'" + value.replace("'", "''") + "'" for column, value in fixed.items()}
    columns = {column: quoted(held) for column, held in chosen.items()} | literals
    ordered = {column.name: columns[column.name] for column in COLUMNS if column.name in columns}
    used = [column for column in sample.header if column in chosen.values()]
    read = Read(delimiter=None if sample.sheet else sample.delimiter, zone=zone)
    return Own(name=name, match=Match(columns=used), read=read, columns=ordered)


def preview(own: Own, source: Source, context: Context) -> tuple[pd.DataFrame, list[Reject]]:
    """The first rows as plain columns of text, and the rejects among them."""
    rejects: list[Reject] = []
    for item in tables(own, source, context):
        if isinstance(item, Reject):
            rejects.append(item)
        elif isinstance(item, pa.Table):
            rows = item.slice(0, _ROWS).to_pandas()
            return rows.drop(columns=["_line", "_raw"]), rejects
    return pd.DataFrame(columns=list(own.columns)), rejects


def save(own: Own, folder: Path) -> Path:
    """Writes the provider's file into `folder`; gives its path. Raises Problem when there is one of that name."""
    stem = re.sub(r"[^\w-]+", "-", own.name.lower()).strip("-") or "provider"
    path = folder / f"{stem}.toml"
    if path.exists():
        raise Problem("There is a provider file {file} already: choose another name.", file=path.name)
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(tomli_w.dumps(own.model_dump(exclude_none=True, exclude_defaults=True)), encoding="utf-8")
    return path

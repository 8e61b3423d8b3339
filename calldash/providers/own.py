"""A provider of one's own: a TOML file whose SQL turns rows into plain ones, run where it can reach nothing else."""

import fnmatch
import threading
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

import duckdb
import pyarrow as pa
import pyarrow.compute
from pydantic import BaseModel, ConfigDict, Field, field_validator

from calldash.problems import Problem, Reject
from calldash.providers import Context, Provider
from calldash.providers.plain import NAMES, REQUIRED
from calldash.reading import Columns, Sample, Source
from calldash.reading.described import described
from calldash.reading.records import split
from calldash.reading.tables import LINE, RAW, trimmed

_PATIENCE_S = 120.0  # for the expressions of one block of rows


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Match(_Part):
    """How files are recognised: by columns of the header, or by name where there is no header."""

    columns: list[str] = []
    file: str | None = None


class Read(_Part):
    """How the text is cut into columns."""

    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    encoding: str | None = None
    header: bool | list[str] = True
    zone: str | None = None

    @field_validator("encoding")
    @classmethod
    def _known_encoding(cls, encoding: str | None) -> str | None:
        try:
            "".encode(encoding or "utf-8")
        except LookupError as error:
            raise ValueError(str(error)) from error
        return encoding


class Rows(_Part):
    """Which rows are no calls: an SQL condition over the row's columns."""

    skip: str | None = None


class Own(_Part):
    """The TOML file as a whole."""

    name: str
    system: str | None = None
    match: Match = Match()
    read: Read = Read()
    rows: Rows = Rows()
    columns: dict[str, str]


def own_providers(folder: Path) -> list[Provider]:
    """The providers described in `folder`, by file name; a file that is wrong is left out until it is used."""
    found = []
    for path in sorted(folder.glob("*.toml")):
        try:
            found.append(own_provider(path))
        except Problem:
            continue
    return found


def own_provider(path: Path) -> Provider:
    """The provider that the file at `path` describes. Raises Problem with the place that is wrong."""
    own = described(path, Own)
    _check_columns(own, path.name)
    return provider_of(own, path.stem)


def _check_columns(own: Own, file: str) -> None:
    unknown = [name for name in own.columns if name not in NAMES]
    if unknown:
        raise Problem("{file}: there is no column {column} in calldash.", file=file, column=", ".join(unknown))
    missing = [name for name in REQUIRED if name not in own.columns]
    if missing:
        raise Problem("{file}: [columns] lacks {column}.", file=file, column=", ".join(missing))


def provider_of(own: Own, key: str) -> Provider:
    """A provider that reads as `own` says, called `key`."""

    def recognise(sample: Sample) -> bool:
        if own.match.columns:
            return set(own.match.columns) <= set(_header(own, sample))
        return bool(own.match.file) and fnmatch.fnmatch(sample.name.lower(), str(own.match.file).lower())

    return Provider(
        key,
        own.name,
        recognise,
        tables=partial(tables, own),
        system=own.system or key,
        zone=own.read.zone,
        encoding=own.read.encoding,
    )


def _header(own: Own, sample: Sample) -> tuple[str, ...]:
    if isinstance(own.read.header, list):
        return tuple(own.read.header)
    if own.read.delimiter and own.read.delimiter != sample.delimiter and not sample.sheet:
        return distinct(cell.strip() for cell in split(sample.lines[0], own.read.delimiter))
    return distinct(sample.header)


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Names of columns as they can be told apart: nameless ones get a number, repeated ones too."""
    found: list[str] = []
    for at, name in enumerate(names, 1):
        name = name or f"column {at}"
        found.append(name if name.lower() not in map(str.lower, found) else f"{name} {at}")
    return tuple(found)


def tables(own: Own, source: Source, _context: Context) -> Iterator[pa.Table | Reject | str]:
    """The file's rows as plain columns of text, by the expressions of `own`."""
    names = _header(own, source.sample)
    columns = Columns(names, own.read.delimiter or source.sample.delimiter)
    select = _select(own)
    with _locked() as room:
        for part in source.batches(columns, skip=1 if own.read.header is True else 0):
            yield from part.rejects
            if part.table.num_rows:
                yield from _mapped(room, select, part.table, own)


def _locked() -> duckdb.DuckDBPyConnection:
    """A DuckDB of its own that reaches no file, no network, no other data, and cannot be told otherwise."""
    room = duckdb.connect(":memory:", config={"enable_external_access": "false", "memory_limit": "512MB", "threads": 2})
    room.execute("SET TimeZone = 'UTC'; SET python_enable_replacements = false; SET lock_configuration = true")
    return room


def _select(own: Own) -> str:
    """The SELECT of all columns, by position: a result called as a column of the file would hide that column."""
    values = ", ".join(f"CAST(TRY({text}) AS VARCHAR) AS c{at}" for at, text in enumerate(own.columns.values()))
    skip = f"coalesce(TRY({own.rows.skip}), FALSE)" if own.rows.skip else "FALSE"
    return f"SELECT {values}, {skip} AS skipped, {LINE}, {RAW} FROM file_rows ORDER BY {LINE}"


def quoted(name: str) -> str:
    """A column's name as SQL."""
    return '"' + name.replace('"', '""') + '"'


def _mapped(
    room: duckdb.DuckDBPyConnection, select: str, rows: pa.Table, own: Own
) -> Iterator[pa.Table | Reject | str]:
    room.register("file_rows", trimmed(rows))
    limit = threading.Timer(_PATIENCE_S, room.interrupt)
    limit.start()
    try:
        found = room.sql(select).to_arrow_table()
    except duckdb.InterruptException as error:
        raise Problem("{name}: an expression takes too long.", name=own.name) from error
    except duckdb.Error as error:
        raise _culprit(room, own, error) from error
    finally:
        limit.cancel()
    skipped = found.column("skipped")
    if not pa.types.is_boolean(skipped.type):
        raise Problem("{name}: skip = {text}: this is no condition.", name=own.name, text=own.rows.skip)
    yield from ["skipped_by_rule"] * (pa.compute.sum(skipped).as_py() or 0)
    kept = found.filter(pa.compute.invert(skipped)).drop_columns(["skipped"])
    yield kept.rename_columns([*own.columns, LINE, RAW])


def _culprit(room: duckdb.DuckDBPyConnection, own: Own, error: duckdb.Error) -> Problem:
    """Which expression the error is about, in one sentence."""
    for column, text in [*own.columns.items(), ("skip", own.rows.skip or "NULL")]:
        try:
            room.execute(f"SELECT TRY({text}) FROM file_rows LIMIT 1")
        except duckdb.Error as found:
            return Problem("{name}: {column} = {text}: {reason}.", **_about(own, column, text, found))
    return Problem("{name}: {column} = {text}: {reason}.", **_about(own, "[columns]", "", error))


def _about(own: Own, column: str, text: str, error: duckdb.Error) -> dict[str, str]:
    reason = str(error).splitlines()[0].removesuffix(".")
    return {"name": own.name, "column": column, "text": text, "reason": reason}

"""A delimited text as batches of text columns: Arrow's reader where a block is sound, record by record where not."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.csv as pc

from calldash.problems import Reject
from calldash.reading.records import records
from calldash.reading.text import Block

LINE, RAW = "_line", "_raw"
_PARSE = 1 << 20  # bytes parsed at once; the parts are then worked on side by side
_ROWS = 300_000  # rows put together: DuckDB copies twice what is much less than a row group for each of its threads


@dataclass(frozen=True)
class Columns:
    """What a delimited text looks like: its column names in order, delimiter, and whether quotes mean anything."""

    names: tuple[str, ...]
    delimiter: str
    quoted: bool = True


@dataclass
class Batch:
    """A table of text columns (with `_line` and `_raw`), the rows that are no rows, and an unfinished one."""

    table: pa.Table
    rejects: list[Reject]
    partial: str | None = None


def batch(block: Block, columns: Columns) -> Batch:
    """The records of `block`; an unfinished last line that lacks columns is left in `partial`."""
    return _sound(block, columns) or _by_record(block, columns)


def _sound(block: Block, columns: Columns) -> Batch | None:
    """The fast way, for a block without broken or multi-line quotes and with all columns in each line."""
    data = block.text.encode()
    if not data.endswith(b"\n"):
        data += b"\n"
    ends, tidy = _line_ends(data, columns.quoted)
    if not tidy:
        return None
    parse = pc.ParseOptions(delimiter=columns.delimiter, quote_char='"' if columns.quoted else False)
    texts = {name: pa.string() for name in columns.names}
    convert = pc.ConvertOptions(column_types=texts, strings_can_be_null=False)
    read = pc.ReadOptions(column_names=list(columns.names), block_size=_PARSE)
    try:
        found = pc.read_csv(pa.BufferReader(data), read_options=read, parse_options=parse, convert_options=convert)
    except pa.ArrowInvalid:
        return None
    if found.num_rows != len(ends):
        return None
    lines = pa.array(np.arange(block.first, block.first + len(ends), dtype=np.int64))
    return Batch(found.append_column(LINE, lines).append_column(RAW, _raw(data, ends)), [])


def _line_ends(data: bytes, quoted: bool) -> tuple[np.ndarray, bool]:
    """Positions of line ends, and whether no line is empty or has an odd number of quotes."""
    marks = np.frombuffer(data, dtype=np.uint8)
    ends = np.flatnonzero(marks == 10)
    starts = np.concatenate(([0], ends[:-1] + 1))
    tidy = bool((ends > starts).all())
    if quoted and tidy and b'"' in data:
        line_of_quote = np.searchsorted(ends, np.flatnonzero(marks == 34))
        tidy = not (np.bincount(line_of_quote) % 2).any()
    return ends, tidy


def _raw(data: bytes, ends: np.ndarray) -> pa.Array:
    """Each line of `data` as text, without its end."""
    offsets = np.concatenate(([0], ends - np.arange(len(ends)))).astype(np.int32)
    return pa.StringArray.from_buffers(len(ends), pa.py_buffer(offsets), pa.py_buffer(data.replace(b"\n", b"")))


def _by_record(block: Block, columns: Columns) -> Batch:
    width = len(columns.names)
    found: list[tuple[int, str, list[str]]] = []
    rejects: list[Reject] = []
    partial = None
    lines = block.text.split("\n")
    last = block.first + len(lines) - 1
    for number, raw, fields in records(lines, block.first, columns.delimiter, {width}, columns.quoted):
        while len(fields) > width and not fields[-1].strip():
            fields.pop()
        if len(fields) == width:
            found.append((number, raw, fields))
        elif number + raw.count("\n") == last and not block.complete:
            partial = raw
        else:
            rejects.append(wrong_width(number, raw, len(fields), width))
    return Batch(table(found, columns), rejects, partial)


def trimmed(rows: pa.Table) -> pa.Table:
    """The same without white space around the texts; the raw line stays as it is."""
    for at, name in enumerate(rows.column_names):
        if rows.schema.types[at] == pa.string() and name != RAW and _may_have_space(rows.column(at)):
            rows = rows.set_column(at, name, pa.compute.utf8_trim_whitespace(rows.column(at)))
    return rows


def _may_have_space(texts: pa.ChunkedArray) -> bool:
    """Whether a byte of the texts is, or may begin, white space; looking is much faster than trimming."""
    buffers = (chunk.buffers()[2] for chunk in texts.chunks)
    bytes_of = (np.frombuffer(buffer, dtype=np.uint8) for buffer in buffers if buffer)
    return any(found.min(initial=255) <= ord(" ") or found.max(initial=0) > ord("~") for found in bytes_of)


def wrong_width(line: int, raw: str, found: int, expected: int) -> Reject:
    """The reject of a record with too many or too few fields."""
    reason = "{found} columns where {expected} are expected"
    return Reject(line, "", raw[:200], reason, raw, {"found": found, "expected": expected})


def table(found: list[tuple[int, str, list[str]]], columns: Columns) -> pa.Table:
    """(line, raw, fields) of each record as a table of text columns."""
    arrays = [pa.array([row[2][at] for row in found], pa.string()) for at in range(len(columns.names))]
    arrays += [pa.array([row[0] for row in found], pa.int64()), pa.array([row[1] for row in found], pa.string())]
    return pa.Table.from_arrays(arrays, names=[*columns.names, LINE, RAW])


def batches(blocks: Iterator[Block], columns: Columns, skip: int) -> Iterator[Batch]:
    """Batches of all `blocks`, the first `skip` lines (a header) left out; the next is read while one is in use."""
    found = _together(_batches(blocks, columns, skip))
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, found, None)
        while (one := coming.result()) is not None:
            coming = reader.submit(next, found, None)
            yield one


def _together(parts: Iterator[Batch]) -> Iterator[Batch]:
    """The same in fewer batches, of some hundred thousand rows; the first part alone, to begin with at once."""
    some: list[Batch] = []
    wanted = 0
    for part in parts:
        some.append(part)
        if sum(one.table.num_rows for one in some) >= wanted:
            yield _joined(some)
            some, wanted = [], _ROWS
    if some:
        yield _joined(some)


def _joined(some: list[Batch]) -> Batch:
    rejects = [reject for one in some for reject in one.rejects]
    return Batch(pa.concat_tables([one.table for one in some]), rejects, some[-1].partial)


def _batches(blocks: Iterator[Block], columns: Columns, skip: int) -> Iterator[Batch]:
    held: Block | None = None
    for block in blocks:
        if held:
            whole, begun = _whole_records(held, columns.quoted)
            yield from _batch_of(whole, columns, skip)
            first = block.first - begun.count("\n")
            block = Block(begun + block.text, first, block.repaired, block.complete)
        held = block
    if held:
        yield from _batch_of(held, columns, skip)


def _whole_records(block: Block, quoted: bool) -> tuple[Block, str]:
    """The block without a record that its last quote may have left open, and the lines of that record."""
    if not quoted or block.text.count('"') % 2 == 0:
        return block, ""
    end = len(block.text)
    while end > 0:
        start = block.text.rfind("\n", 0, end - 1) + 1
        if block.text.count('"', start, end) % 2:
            return replace(block, text=block.text[:start]), block.text[start:]
        end = start
    return block, ""


def _batch_of(block: Block, columns: Columns, skip: int) -> Iterator[Batch]:
    if skip and block.first == 1:
        parts = block.text.split("\n", skip)
        block = Block(parts[-1] if len(parts) > skip else "", 1 + skip, block.repaired, block.complete)
    if block.text:
        yield batch(block, columns)

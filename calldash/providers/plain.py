"""Plain CSV, and the same columns in a workbook: the format that any system can be turned into."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute

from calldash.metrics import MISS_REASONS
from calldash.problems import Problem, Reject
from calldash.providers import Context, Provider
from calldash.reading import Columns, Sample, Source


@dataclass(frozen=True)
class Column:
    """A column of the plain CSV: its type decides how text becomes a value and what a wrong one is called."""

    name: str
    type: str  # text, instant, choice, phone, flag, seconds, money
    choices: tuple[str, ...] = ()
    required: bool = False


COLUMNS = (
    Column("id", "text", required=True),
    Column("started_at", "instant", required=True),
    Column("direction", "choice", ("inbound", "outbound", "internal"), required=True),
    Column("kind", "choice", ("voice", "sms", "mms", "data")),
    Column("client", "phone"),
    Column("line", "phone"),
    Column("employee", "text"),
    Column("team", "text"),
    Column("queue", "text"),
    Column("answered", "flag"),
    Column("miss_reason", "choice", MISS_REASONS),
    Column("wait_s", "seconds"),
    Column("talk_s", "seconds"),
    Column("hold_s", "seconds"),
    Column("wrapup_s", "seconds"),
    Column("cost", "money"),
    Column("currency", "text"),
    Column("destination", "text"),
    Column("roaming", "flag"),
    Column("recording", "text"),
    Column("source", "text"),
    Column("medium", "text"),
    Column("campaign", "text"),
    Column("spam", "flag"),
    Column("outcome", "choice", ("success", "failure")),
    Column("sale_amount", "money"),
    Column("tags", "text"),
    Column("keyword", "text"),
    Column("ad", "text"),
    Column("gclid", "text"),
    Column("yclid", "text"),
    Column("ym_client_id", "text"),
    Column("consent", "flag"),
)
# Columns that came after calls were stored without them.
LATER = ("keyword", "ad", "gclid", "yclid", "ym_client_id", "consent")
NAMES = tuple(column.name for column in COLUMNS)
REQUIRED = tuple(column.name for column in COLUMNS if column.required)


def recognise(sample: Sample) -> bool:
    """A header with all the required columns, whatever else it has."""
    header = {name.lower() for name in sample.header}
    return set(REQUIRED) <= header


def header_of(source: Source) -> tuple[str, ...]:
    """The column names of a plain file. Raises Problem for columns that are unknown or stand twice."""
    header = tuple(name.lower() for name in source.sample.header)
    if header[-1] == "" and len(header) > 1:
        header = (*header[:-1], "_rest")
    unknown = [name for name in header if name not in (*NAMES, "_rest")]
    if unknown:
        known = ", ".join(NAMES)
        raise Problem("Unknown columns: {columns}. Known ones are: {known}.", columns=", ".join(unknown), known=known)
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        raise Problem("The file lacks the columns: {columns}.", columns=", ".join(missing))
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise Problem("Columns that stand twice in the header: {columns}.", columns=", ".join(twice))
    return header


def tables(source: Source, _context: Context) -> Iterator[pa.Table | Reject | str]:
    """The file's columns as they stand."""
    columns = Columns(header_of(source), source.sample.delimiter)
    for part in source.batches(columns):
        yield from part.rejects
        yield _with_midnight(part.table) if source.sample.sheet else part.table


def _with_midnight(rows: pa.Table) -> pa.Table:
    """A workbook's cell of exactly midnight comes as a mere date."""
    at = rows.column_names.index("started_at")
    texts = pa.compute.replace_substring_regex(rows.column(at), r"^(\d{4}-\d{2}-\d{2})$", r"\1T00:00:00")
    return rows.set_column(at, "started_at", texts)


PROVIDER = Provider("plain", "CSV / XLSX", recognise, tables=tables)

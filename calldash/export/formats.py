"""The formats of an export, as a table: to add one is to add its entry."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from calldash.export import columnar, objects, separated, workbook
from calldash.export.table import Table
from calldash.i18n import mark


@dataclass(frozen=True)
class Format:
    """A format: its key (in addresses and commands), its title (a msgid), content type, ending, and what writes it."""

    key: str
    title: str
    content_type: str
    ending: str
    write: Callable[[Table], Iterator[bytes]]
    is_text: bool = True


_CSV = "text/csv; charset=utf-8"
_ALL = (
    Format("xlsx", mark("Excel workbook"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx",
           workbook.write, is_text=False),
    Format("csv_excel", mark("CSV for Excel: semicolons"), _CSV, "csv",
           partial(separated.write, dialect=separated.EXCEL)),
    Format("csv", mark("CSV: commas"), _CSV, "csv", separated.write),
    Format("parquet", "Parquet", "application/vnd.apache.parquet", "parquet", columnar.write, is_text=False),
    Format("json", "JSON", "application/json", "json", objects.write),
)  # fmt: skip
FORMATS = {one.key: one for one in _ALL}

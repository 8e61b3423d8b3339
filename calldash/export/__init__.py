"""Tables as files: CSV, Excel, Parquet, JSON. What a unit looks like and what is made harmless stands in `cells`."""

from calldash.export.formats import FORMATS, Format
from calldash.export.listed import calls, count
from calldash.export.table import Column, Table

__all__ = ["FORMATS", "Column", "Format", "Table", "calls", "count"]

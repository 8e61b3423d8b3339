"""Tables as Parquet for programs: typed columns under their keys, compressed, in groups of rows."""

from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet

from calldash.export import through_file
from calldash.export.cells import KINDS, plain
from calldash.export.table import Table

_GROUP = 50_000  # rows held at a time
_TYPES = {
    "string": pa.string(),
    "bool": pa.bool_(),
    "int64": pa.int64(),
    "double": pa.float64(),
    "amount": pa.decimal128(18, 6),
    "day": pa.date32(),
    "instant": pa.timestamp("us"),
}


def write(table: Table) -> Iterator[bytes]:
    """The rows, without totals, as parts of a Parquet file."""
    return through_file.parts(partial(_make, table))


def _make(table: Table, path: Path) -> None:
    types = [_TYPES[KINDS[column.unit].arrow] for column in table.columns]
    values = [plain(column) for column in table.columns]
    schema = pa.schema(list(zip([column.key for column in table.columns], types, strict=True)))
    rows = iter(table.rows)
    with pa.parquet.ParquetWriter(path, schema, compression="zstd") as file:
        while part := list(islice(rows, _GROUP)):
            cells = zip(*part, strict=True)
            arrays = [
                pa.array([value(one) for one in cell], kind)
                for value, cell, kind in zip(values, cells, types, strict=True)
            ]
            file.write_table(pa.Table.from_arrays(arrays, schema=schema))

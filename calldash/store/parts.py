"""Rows of calls that are made of several: keeping them, and telling new and changed ones from those known."""

import json
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from typing import Any

import duckdb
import pyarrow as pa

from calldash.providers import Row

_CHUNK = 20_000
_ROWS = pa.schema(
    [
        ("part", pa.string()),
        ("key", pa.string()),
        ("refs", pa.list_(pa.string())),
        ("client", pa.string()),
        ("happened_at", pa.timestamp("us")),
        ("line", pa.int64()),
        ("data", pa.string()),
    ]
)


def begin(cursor: duckdb.DuckDBPyConnection) -> None:
    """Makes the empty temporary table `part_rows` for a batch."""
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE part_rows (part VARCHAR, key VARCHAR, refs VARCHAR[], client VARCHAR, "
        "happened_at TIMESTAMP, line BIGINT, data VARCHAR)"
    )


def keep(cursor: duckdb.DuckDBPyConnection, rows: Iterable[Row]) -> int:
    """Adds `rows` to the batch; gives their number."""
    count = 0
    stream = iter(rows)
    while some := list(islice(stream, _CHUNK)):
        count += len(some)
        table = pa.Table.from_pylist([_as_record(row) for row in some], schema=_ROWS)
        cursor.register("part_rows_part", table)
        cursor.execute("INSERT INTO part_rows SELECT * FROM part_rows_part")
        cursor.unregister("part_rows_part")
    return count


def _as_record(row: Row) -> dict[str, Any]:
    data = json.dumps(dict(row.data), ensure_ascii=False, sort_keys=True)
    return {
        "part": row.part, "key": row.key, "refs": sorted(set(row.refs)), "client": row.client,
        "happened_at": row.at, "line": row.line, "data": data,
    }  # fmt: skip


def compare(cursor: duckdb.DuckDBPyConnection, system: str, import_id: int) -> Counter[str]:
    """Brings `rows` up to date with the batch; gives how many were new, changed, same.

    `part_rows` keeps the new and changed ones.
    """
    total = _count(cursor, "part_rows")
    cursor.execute(
        "DELETE FROM part_rows USING (SELECT part, key, max(line) AS line FROM part_rows GROUP BY ALL) last "
        "WHERE part_rows.part = last.part AND part_rows.key = last.key AND part_rows.line < last.line"
    )
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE known_rows AS SELECT r.part, r.key, r.data = p.data AS same "
        "FROM rows r JOIN part_rows p ON r.part = p.part AND r.key = p.key WHERE r.system = $system",
        {"system": system},
    )
    known, same = _count(cursor, "known_rows"), _count(cursor, "known_rows WHERE same")
    cursor.execute(
        "DELETE FROM rows USING known_rows k WHERE rows.system = $system AND rows.part = k.part AND rows.key = k.key "
        "AND NOT k.same",
        {"system": system},
    )
    cursor.execute("DELETE FROM part_rows p USING known_rows k WHERE p.part = k.part AND p.key = k.key AND k.same")
    fresh = _count(cursor, "part_rows")
    cursor.execute(
        "INSERT INTO rows BY NAME SELECT $system AS system, $import_id AS import_id, * FROM part_rows",
        {"system": system, "import_id": import_id},
    )
    changed = known - same
    return Counter(new=fresh - changed, changed=changed, same=total - fresh)


def _count(cursor: duckdb.DuckDBPyConnection, table: str) -> int:
    row = cursor.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0

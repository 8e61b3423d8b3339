"""Calls drawn as a small text table that a human can add up, turned into files and stores."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from calldash.asking import ask
from calldash.filters import CallFilter, from_pairs
from calldash.importing import Receipt, import_file
from calldash.query import Moment, listing
from calldash.store import Store

DAY = datetime(2026, 3, 2)  # a Monday
_WAYS = {"in": "inbound", "out": "outbound", "int": "internal"}

THREE = """
    started_at | direction | client | answered | wait_s | talk_s | employee
    10:00      | in        | A      | yes      | 5      | 60     | Анна
    10:05      | in        | B      | no       | 20     | 0      | Борис
    10:10      | out       | B      | yes      | 7      | 30     | Анна
"""
VALUES = "SELECT id, started_at, direction, client, answered, wait_s, talk_s, employee FROM calls WHERE system = ? ORDER BY id"


def cases(text: str) -> list[dict[str, str]]:
    """The rows of a table drawn with `|`, by the names in its first line."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [dict(zip(lines[0], cells, strict=True)) for cells in lines[1:]]


def calls(text: str) -> list[dict[str, str]]:
    """Plain rows of a table whose columns are those of the plain CSV.

    `10:05` is a time of day on DAY, `+2 10:05` two days later; `in`, `out`, `int` are directions; a client `A` is a
    number; without an `id` column the rows are c1, c2, ….
    """
    found = []
    for number, row in enumerate(cases(text), 1):
        row = {"id": f"c{number}"} | row
        row["started_at"] = instant(row["started_at"])
        row["direction"] = _WAYS.get(row["direction"], row["direction"])
        if len(row.get("client", "")) == 1:
            row["client"] = f"+790000000{ord(row['client']):02}"
        found.append(row)
    return found


def instant(text: str) -> str:
    """`10:05:30` or `+2 10:05` as ISO; anything else as it stands."""
    days, _space, clock = text.rpartition(" ")
    if not clock[:1].isdigit() or len(clock) > 8 or (days and days[0] not in "+-"):
        return text
    parts = [int(part) for part in clock.split(":")] + [0, 0]
    moment = DAY + timedelta(days=int(days or 0), hours=parts[0], minutes=parts[1], seconds=parts[2])
    return moment.isoformat()


def as_csv(rows: Iterable[Mapping[str, object]], delimiter: str = ",") -> str:
    """The rows as CSV with a header."""
    rows = list(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def take(store: Store, content: str | bytes, name: str = "calls.csv", **how: Any) -> Receipt:
    """Imports `content` as the file `name` beside the store."""
    path = store.settings.db.with_name(name)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return import_file(store, path, **how)


def draw(store: Store, text: str, **how: Any) -> Receipt:
    """Imports a drawn table."""
    return take(store, as_csv(calls(text)), **how)


def figures(store: Store, keys: str, chosen: CallFilter | None = None, **pairs: str) -> dict[str, Any]:
    """The figures named in `keys`, None where there is nothing to know."""
    found = ask(store, keys.split(), [], chosen or from_pairs(pairs)).iloc[0]
    return {key: known(found[key]) for key in keys.split()}


def rows(
    store: Store, keys: list[str], by: list[str], chosen: CallFilter | None = None, cases: bool = False
) -> list[dict[str, Any]]:
    """The rows of a breakdown, None where there is nothing to know."""
    frame = ask(store, keys, by, chosen, cases)
    return [{str(name): known(value) for name, value in row.items()} for row in frame.to_dict("records")]


def listed(store: Store, chosen: CallFilter, keys: list[str] | None = None, **how: Any) -> list[tuple[Any, ...]]:
    """The rows of the list of calls: call_no and `keys`."""
    order = {"sort": "started_at", "descending": True, "limit": 10_000, "offset": 0} | how
    asked = listing(keys or ["id"], chosen, Moment(store.settings, store.now()), **order)
    return store.rows(asked.sql, asked.values)


def outcome(receipt: Receipt) -> tuple[int, int, int, int]:
    """(new, changed, same, rejected); with the rows ignored these are all rows read."""
    told = (receipt.rows_new, receipt.rows_changed, receipt.rows_same, receipt.rows_rejected)
    assert receipt.rows_read == sum(told) + receipt.rows_ignored, receipt
    return told


def content(store: Store) -> list[tuple[Any, ...]]:
    """What is known of each call but for the numbers that the store gives."""
    return store.rows("SELECT * EXCLUDE (call_no, import_id, client_id, content) FROM calls ORDER BY system, id")


def known(value: Any) -> Any:
    """A cell of a frame as plain Python, None when it is missing."""
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value


def whole(path: Path) -> dict[str, list[Any]]:
    """Every table of the store in `path`, to compare what is there before and after."""
    with duckdb.connect(str(path)) as connection:
        names = [row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {name: sorted(connection.execute(f'FROM "{name}"').fetchall(), key=repr) for name in names}

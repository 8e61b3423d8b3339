"""The ledger of imports: what each file was, what became of its rows, and the rows that were rejected."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import duckdb
import pandas as pd

from calldash.i18n import mark, say_reason
from calldash.problems import Problem, Reject
from calldash.store import Store
from calldash.store.writing import Written


@dataclass
class Receipt:
    """The entry of one import: what the file was and what became of each of its rows."""

    file: str
    provider: str
    system: str
    import_id: int = 0
    sha256: str = ""
    bytes: int = 0
    rows_read: int = 0
    rows_new: int = 0
    rows_changed: int = 0
    rows_same: int = 0
    rows_rejected: int = 0
    rows_ignored: int = 0
    calls_written: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    oddities: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    demo_removed: int = 0

    def count(self, done: Written) -> None:
        """Takes over what writing the calls has counted."""
        self.rows_new, self.rows_changed, self.rows_same = done.new, done.changed, done.same
        self.calls_written = done.written
        self.first_at, self.last_at = done.first_at, done.last_at
        self.oddities.update(done.oddities)


# What is told of a rejected row, and what it is called.
REJECTED = {
    "line": mark("Line of the file"),
    "column": mark("Column"),
    "value": mark("Value"),
    "reason": mark("Reason"),
    "raw": mark("The row"),
}
_STORED = (
    "import_id", "file", "sha256", "bytes", "provider", "system", "rows_read", "rows_new", "rows_changed", "rows_same",
    "rows_rejected", "rows_ignored", "calls_written", "first_at", "last_at", "seconds",
)  # fmt: skip


def next_id(cursor: duckdb.DuckDBPyConnection) -> int:
    """A number for an import."""
    row = cursor.execute("SELECT nextval('numbers')").fetchone()
    return int(row[0]) if row else 0


def record(cursor: duckdb.DuckDBPyConnection, receipt: Receipt, zone: str, live: bool = False) -> None:
    """Writes the entry, and notes the system with its zone and its newest record."""
    values = {name: getattr(receipt, name) for name in _STORED}
    values["imported_at"] = datetime.now(UTC).replace(tzinfo=None)
    values["oddities"] = json.dumps(receipt.oddities, ensure_ascii=False)
    places = ", ".join(f"${name}" for name in values)
    cursor.execute(f"INSERT INTO imports ({', '.join(values)}) VALUES ({places})", values)
    cursor.execute(
        "INSERT INTO systems (system, provider, zone, live) VALUES ($1, $2, $3, $4) ON CONFLICT (system) DO UPDATE "
        "SET provider = excluded.provider, zone = excluded.zone, live = systems.live OR excluded.live",
        [receipt.system, receipt.provider, zone, live],
    )
    cursor.execute(
        "UPDATE systems SET newest_at = (SELECT max(started_at) FROM calls WHERE calls.system = systems.system) "
        "WHERE system = $1",
        [receipt.system],
    )


def record_rejects(cursor: duckdb.DuckDBPyConnection, receipt: Receipt, rejects: Iterable[Reject]) -> None:
    """Keeps rejected rows with the place and the reason."""
    rows = [
        (receipt.import_id, receipt.file, r.line, r.column, r.value, r.reason, _json(r.values), r.raw) for r in rejects
    ]
    if rows:
        cursor.executemany("INSERT INTO rejects VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)


def entries(store: Store, limit: int) -> list[dict[str, Any]]:
    """The newest entries, as the columns of the table `imports`; `oddities` as a dictionary."""
    found = store.frame("SELECT * FROM imports ORDER BY import_id DESC LIMIT ?", [limit])
    rows = found.astype(object).where(found.notna(), None)
    rows["oddities"] = rows["oddities"].map(json.loads)
    return [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]


def rejected(store: Store, import_id: int, limit: int | None = None) -> pd.DataFrame:
    """The rejected rows of an import: line, column, value, reason (an English msgid), values (JSON), raw."""
    text = 'SELECT line, "column", value, reason, "values", raw FROM rejects WHERE import_id = ? ORDER BY line'
    return store.frame(f"{text} LIMIT ?" if limit else text, [import_id, *([limit] if limit else [])])


def rejects_of(store: Store, import_id: int) -> tuple[str, Iterator[tuple[Any, ...]], int]:
    """The file of an import, its rejected rows as `REJECTED` names their values, and how many there are.

    Raises Problem when there is no such import.
    """
    named = store.rows("SELECT file FROM imports WHERE import_id = ?", [import_id])
    if not named:
        raise Problem("There is no such file.")
    found = rejected(store, import_id)
    found["reason"] = [say_reason(*told) for told in zip(found["reason"], found["values"], strict=True)]
    return str(named[0][0]), found[list(REJECTED)].itertuples(index=False, name=None), len(found)


def _json(values: object) -> str:
    return json.dumps(values, ensure_ascii=False)

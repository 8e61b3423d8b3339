"""Deals as they are stored, and the calls that they are put down to: kept right while deals and calls change."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from calldash.settings import Settings
from calldash.store import erased, sql

if TYPE_CHECKING:
    from calldash.store.duck import Store

_MONEY = pa.decimal128(18, 6)
_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("origin", "id", "title", "phone", "client")),
        ("happened_at", pa.timestamp("us")), ("day", pa.date32()), ("amount", _MONEY), ("margin", _MONEY),
        *((name, pa.string()) for name in ("currency", "status", "stage", "file")), ("line", pa.int64()),
        ("who", pa.string()), ("entered_at", pa.timestamp("us")),
    ]
)  # fmt: skip
_SOURCE = ("source", "medium", "campaign", "keyword", "ad")
_WITHIN = "attribution_window_days"


@dataclass(frozen=True)
class Deal:
    """A deal: `client` is its number as calls have it, `happened_at` is UTC, `day` local, `status` won, open, lost."""

    origin: str
    id: str
    title: str | None
    phone: str | None
    client: str | None
    happened_at: datetime
    day: date
    amount: Decimal | None
    margin: Decimal | None
    currency: str
    status: str
    stage: str | None


@dataclass(frozen=True)
class Change:
    """How many deals were new, said something else, or were the same."""

    new: int
    changed: int
    same: int


def stored(cursor: duckdb.DuckDBPyConnection, origin: str | None = None) -> dict[tuple[str, str], Deal]:
    """The deals there are, of one origin or all, by origin and number."""
    found = cursor.execute(
        f"SELECT {', '.join(Deal.__dataclass_fields__)} FROM deals WHERE $1 IS NULL OR origin = $1 "
        "ORDER BY happened_at, origin, id",
        [origin],
    ).fetchall()
    return {(row[0], row[1]): Deal(*row) for row in found}


def put(
    cursor: duckdb.DuckDBPyConnection, settings: Settings, given: Sequence[Deal], lines: Sequence[int], file: str,
    who: str,
) -> Change:  # fmt: skip
    """Writes deals in the place of those of the same origin and number, and puts them down to calls."""
    there, given = stored(cursor), _without_erased(cursor, given)
    fresh = [(one, line) for one, line in zip(given, lines, strict=True) if there.get((one.origin, one.id)) != one]
    changed = [one for one, _line in fresh if (one.origin, one.id) in there]
    now = datetime.now(UTC).replace(tzinfo=None)
    rows = [asdict(one) | {"file": file, "line": line, "who": who, "entered_at": now} for one, line in fresh]
    cursor.register("deals_given", pa.Table.from_pylist(rows, schema=_SCHEMA))
    cursor.execute(
        "DELETE FROM attributed WHERE deal_no IN (SELECT deal_no FROM deals SEMI JOIN deals_given USING (origin, id))"
    )
    cursor.execute("DELETE FROM deals WHERE (origin, id) IN (SELECT (origin, id) FROM deals_given)")
    cursor.execute("INSERT INTO deals BY NAME SELECT * FROM deals_given")
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE touched_deals AS "
        "SELECT deal_no FROM deals SEMI JOIN deals_given USING (origin, id)"
    )
    cursor.unregister("deals_given")
    _attribute(cursor, settings)
    _remember(cursor, settings)
    return Change(len(fresh) - len(changed), len(changed), len(given) - len(fresh))


def _without_erased(cursor: duckdb.DuckDBPyConnection, given: Sequence[Deal]) -> Sequence[Deal]:
    """Deals of clients that were erased since, without who they are."""
    known = erased.among(cursor, {one.client for one in given if one.client})
    return [
        replace(one, client=None, phone=None, title=None)
        if one.client in known and one.happened_at <= known[one.client]
        else one
        for one in given
    ]


def remove(cursor: duckdb.DuckDBPyConnection, origin: str, ids: Iterable[str] | None = None) -> None:
    """Removes the deals of an origin, or those of its numbers `ids`."""
    which = "origin = $1 AND ($2 IS NULL OR list_contains($2, id))"
    values = [origin, list(ids) if ids is not None else None]
    cursor.execute(f"DELETE FROM attributed WHERE deal_no IN (SELECT deal_no FROM deals WHERE {which})", values)
    cursor.execute(f"DELETE FROM deals WHERE {which}", values)


def follow(cursor: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Puts the deals of the clients in the temporary table `touched (client_id)` down to the calls there are now."""
    if not cursor.execute("SELECT 1 FROM deals WHERE client IS NOT NULL LIMIT 1").fetchone():
        return
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE touched_deals AS SELECT deal_no FROM deals WHERE client IN "
        "(SELECT client FROM clients WHERE client_id IN (SELECT client_id FROM touched))"
    )
    _attribute(cursor, settings)


def follow_sources(cursor: duckdb.DuckDBPyConnection) -> None:
    """What deals were put down to has the source that its calls have now."""
    if not cursor.execute("SELECT 1 FROM attributed LIMIT 1").fetchone():
        return
    differs = " OR ".join(f"c.{name} IS DISTINCT FROM attributed.{name}" for name in _SOURCE)
    cursor.execute(
        f"UPDATE attributed SET {', '.join(f'{name} = c.{name}' for name in _SOURCE)} FROM calls c "
        f"WHERE c.system = attributed.system AND c.id = attributed.id AND ({differs})"
    )


def keep_up(store: "Store") -> None:
    """Where the window has another length than deals were put down with, all of them are anew."""
    if not store.rows("SELECT 1 FROM deals LIMIT 1"):
        return
    held = store.rows("SELECT value FROM meta WHERE name = $1", [_WITHIN])
    if held == [(str(store.settings.attribution_window_days),)]:
        return
    with store.writing() as cursor:
        cursor.execute("CREATE OR REPLACE TEMP TABLE touched_deals AS SELECT deal_no FROM deals")
        _attribute(cursor, store.settings)
        _remember(cursor, store.settings)


def _attribute(cursor: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    sql.run(cursor, "attributed.sql", days=settings.attribution_window_days)
    cursor.execute("DROP TABLE touched_deals")


def _remember(cursor: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    cursor.execute("INSERT OR REPLACE INTO meta VALUES ($1, $2)", [_WITHIN, str(settings.attribution_window_days)])

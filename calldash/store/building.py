"""Which rows belong to one call, and building anew the calls that a batch touched from all their rows."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import timedelta

import duckdb
import pyarrow as pa

from calldash.providers import BuiltCall, Context, Leg, Provider, Row
from calldash.store import hanging
from calldash.store.ties import Ties
from calldash.store.writing import land

# Calls of one client this near to each other are built together: one may turn out to be part of the other.
_NEAR = timedelta(hours=6)
_CHUNK = 20_000
_LEGS = pa.schema(
    [
        ("id", pa.string()),
        ("leg_no", pa.int16()),
        ("leg_kind", pa.string()),
        ("employee", pa.string()),
        ("team", pa.string()),
        ("queue", pa.string()),
        ("started_at", pa.timestamp("us")),
        ("answered_at", pa.timestamp("us")),
        ("ended_at", pa.timestamp("us")),
        ("talk_s", pa.int32()),
        ("reason", pa.string()),
    ]
)


def tie(cursor: duckdb.DuckDBPyConnection, system: str) -> set[str]:
    """Gives each row of the batch its root, joins roots that turn out to be one; gives the roots touched."""
    sets = cursor.execute("SELECT DISTINCT refs FROM part_rows WHERE len(refs) > 0").fetchall()
    ties = Ties()
    for (refs,) in sets:
        ties.join(refs)
    cursor.execute("CREATE OR REPLACE TEMP TABLE batch_refs AS SELECT DISTINCT unnest(refs) AS ref FROM part_rows")
    known = cursor.execute(
        "SELECT r.ref, r.root FROM refs r JOIN batch_refs USING (ref) WHERE r.system = $system", {"system": system}
    ).fetchall()
    for ref, root in known:
        ties.join((root, ref))
    return _settle(cursor, system, ties, {root for _, root in known})


def _settle(cursor: duckdb.DuckDBPyConnection, system: str, ties: Ties, old_roots: set[str]) -> set[str]:
    """Writes each id's root to `refs` and `rows`."""
    pairs = [(ref, ties.root(ref)) for ref in ties.members()]
    moved = [(old, ties.root(old)) for old in old_roots if ties.root(old) != old]
    _replace_roots(cursor, system, moved)
    cursor.register("tied", _pairs(pairs))
    cursor.execute(
        "INSERT INTO refs SELECT $system, ref, root FROM tied "
        "WHERE ref NOT IN (SELECT ref FROM refs WHERE system = $system)",
        {"system": system},
    )
    cursor.execute(
        "UPDATE rows SET root = tied.root FROM tied WHERE rows.system = $system AND rows.root IS NULL "
        "AND rows.refs[1] = tied.ref",
        {"system": system},
    )
    cursor.unregister("tied")
    return {root for _, root in pairs}


def _pairs(pairs: list[tuple[str, str]]) -> pa.Table:
    schema = pa.schema([("ref", pa.string()), ("root", pa.string())])
    return pa.Table.from_pylist([{"ref": ref, "root": root} for ref, root in pairs], schema=schema)


def _replace_roots(cursor: duckdb.DuckDBPyConnection, system: str, moved: list[tuple[str, str]]) -> None:
    if not moved:
        return
    cursor.register("moved", _pairs(moved))
    for table in ("refs", "rows"):
        cursor.execute(
            f"UPDATE {table} SET root = moved.root FROM moved "
            f"WHERE {table}.system = $system AND {table}.root = moved.ref",
            {"system": system},
        )
    cursor.unregister("moved")


def build(
    cursor: duckdb.DuckDBPyConnection, system: str, provider: Provider, context: Context, touched: set[str]
) -> int:
    """Builds and lands the calls of the roots `touched` and of what lies near them; gives the number of calls.

    Calls stored under ids of these roots that are not built again are noted in `obsolete`.
    """
    assert provider.build is not None
    groups = _groups(cursor, system, touched)
    roots = {root for group in groups for root in group}
    root_of = _root_of(cursor, system, roots)
    ties, count = Ties(), 0
    hung, moved = hanging.ids(cursor, system), dict[str, str]()
    for some in _chunks(groups):
        calls = list(provider.build(_rows(cursor, system, some), context))
        for call in calls:
            ties.join({root_of[ref] for ref in call.refs if ref in root_of})
            moved |= dict.fromkeys(hung.intersection(call.refs) - {call.id}, call.id)
        land_built(cursor, calls)
        count += len(calls)
    _replace_roots(cursor, system, [(old, ties.root(old)) for old in ties.members() if ties.root(old) != old])
    hanging.follow(cursor, system, moved)
    cursor.register("known_refs", pa.table({"ref": pa.array(list(root_of), pa.string())}))
    cursor.execute("INSERT INTO obsolete SELECT ref FROM known_refs")
    cursor.unregister("known_refs")
    return count


def _groups(cursor: duckdb.DuckDBPyConnection, system: str, touched: set[str]) -> list[list[str]]:
    """The touched roots, each with the roots whose calls of the same client lie near."""
    cursor.register("touched_roots", pa.table({"root": pa.array(sorted(touched), pa.string())}))
    spans = cursor.execute(
        "SELECT client, root, min(happened_at), max(happened_at) FROM rows "
        "WHERE system = $system AND root IS NOT NULL AND happened_at IS NOT NULL "
        "AND client IN (SELECT client FROM rows JOIN touched_roots USING (root) WHERE system = $system) "
        "GROUP BY client, root ORDER BY client, min(happened_at), root",
        {"system": system},
    ).fetchall()
    cursor.unregister("touched_roots")
    ties = Ties()
    ties.join_each(touched)
    before = None
    for client, root, first, last in spans:
        ties.join([root])
        if before and before[0] == client and first - before[2] < _NEAR:
            ties.join([before[1], root])
            last = max(last, before[2])
        before = (client, root, last)
    return [group for group in ties.groups() if not touched.isdisjoint(group)]


def _root_of(cursor: duckdb.DuckDBPyConnection, system: str, roots: set[str]) -> dict[str, str]:
    cursor.register("some_roots", pa.table({"root": pa.array(sorted(roots), pa.string())}))
    found = cursor.execute(
        "SELECT ref, root FROM refs JOIN some_roots USING (root) WHERE system = $system", {"system": system}
    ).fetchall()
    cursor.unregister("some_roots")
    return dict(found)


def _chunks(groups: list[list[str]]) -> Iterator[list[str]]:
    """Groups put together into lists of some thousand roots; a group is never cut."""
    some: list[str] = []
    for group in groups:
        some += group
        if len(some) >= _CHUNK:
            yield some
            some = []
    if some:
        yield some


def _rows(cursor: duckdb.DuckDBPyConnection, system: str, roots: list[str]) -> list[Row]:
    cursor.register("some_roots", pa.table({"root": pa.array(roots, pa.string())}))
    found = cursor.execute(
        "SELECT part, key, line, refs, data, client, happened_at FROM rows JOIN some_roots USING (root) "
        "WHERE system = $system ORDER BY happened_at, part, key",
        {"system": system},
    ).fetchall()
    cursor.unregister("some_roots")
    return [
        Row(part, key, line, tuple(refs), json.loads(data), client, at)
        for part, key, line, refs, data, client, at in found
    ]


def land_built(cursor: duckdb.DuckDBPyConnection, calls: Iterable[BuiltCall]) -> None:
    """Lands built calls with their legs."""
    columns: dict[str, list[object]] = defaultdict(list)
    legs: list[dict[str, object]] = []
    calls = list(calls)
    names = sorted({name for call in calls for name in call.values} - {"id"})
    for call in calls:
        columns["id"].append(call.id)
        columns["_ended"].append(call.ended_at)
        columns["_legs"].append(repr(call.legs) if call.legs else None)
        for name in names:
            columns[name].append(call.values.get(name))
        legs += [_leg(call.id, number, leg) for number, leg in enumerate(call.legs, 1)]
    if not calls:
        return
    types = {"_ended": pa.timestamp("us")}
    texts = {name: pa.array(cells, types.get(name, pa.string())) for name, cells in columns.items()}
    land(cursor, pa.table(texts), "UTC")
    cursor.register("legs_part", pa.Table.from_pylist(legs, schema=_LEGS))
    cursor.execute("INSERT INTO landed_legs BY NAME SELECT * FROM legs_part")
    cursor.unregister("legs_part")


def _leg(call_id: str, number: int, leg: Leg) -> dict[str, object]:
    values = asdict(leg)
    return {"id": call_id, "leg_no": number, "leg_kind": values.pop("kind"), **values}

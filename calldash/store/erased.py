"""Clients that were erased, known by a keyed hash alone: what files say of them is left out when it comes again."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import duckdb
import pyarrow as pa

from calldash.numbers import phones
from calldash.problems import Reject

KEY = "privacy_key"  # in `meta`
_NUMBER = re.compile(r"\+?\d[\d \u00a0().-]{5,22}\d")
HIDDEN = "•••"
# The id that a call has in the place of one with a number in it, in SQL; $key is the store's.
NEW_ID = "'aged-' || left(sha256($key || {id}), 24)"


def key(cursor: duckdb.DuckDBPyConnection) -> bytes:
    """The store's own key of hashes and pseudonyms; made when it is first asked for, within the transaction."""
    found = cursor.execute("SELECT value FROM meta WHERE name = $1", [KEY]).fetchall()
    if not found:
        found = [(secrets.token_hex(32),)]
        cursor.execute("INSERT INTO meta VALUES ($1, $2)", [KEY, found[0][0]])
    return bytes.fromhex(str(found[0][0]))


def hashed(key_: bytes, number: str) -> str:
    """A number (as calls have it) under the key: 64 hexadecimal digits."""
    return hmac.new(key_, number.encode(), hashlib.sha256).hexdigest()


def remember(cursor: duckdb.DuckDBPyConnection, number: str) -> str:
    """Puts a number on the list as of now; gives its hash."""
    told = hashed(key(cursor), number)
    cursor.execute("DELETE FROM erased_numbers WHERE number_hmac = $1", [told])
    cursor.execute("INSERT INTO erased_numbers VALUES ($1, $2)", [told, datetime.now(UTC).replace(tzinfo=None)])
    return told


def listed(cursor: duckdb.DuckDBPyConnection) -> dict[str, datetime]:
    """When each hash was put on the list (UTC)."""
    return dict(cursor.execute("SELECT number_hmac, erased_at FROM erased_numbers").fetchall())


def among(cursor: duckdb.DuckDBPyConnection, numbers: Iterable[str]) -> dict[str, datetime]:
    """Those of the numbers (as calls have them) that are on the list, with their instants."""
    if not (hashes := listed(cursor)):
        return {}
    key_ = key(cursor)
    told = {number: hashed(key_, number) for number in numbers}
    return {number: hashes[found] for number, found in told.items() if found in hashes}


def leave_out(cursor: duckdb.DuckDBPyConnection, system: str) -> int:
    """Takes out of the batch the calls of erased clients up to their erasure, and those whose id has become another
    because a number was in it; gives how many. Needs `as_client`."""
    _name_known(cursor, system)
    if not cursor.execute("SELECT 1 FROM erased_ids LIMIT 1").fetchone():
        return 0
    count = len(cursor.execute("DELETE FROM typed WHERE v_id IN (FROM erased_ids) RETURNING 1").fetchall())
    for table, column in (("landed_legs", "id"), ("obsolete", "id")):
        cursor.execute(f"DELETE FROM {table} WHERE {column} IN (FROM erased_ids)")
    cursor.execute("DELETE FROM as_client WHERE text NOT IN (SELECT v_client FROM typed WHERE v_client IS NOT NULL)")
    forget_rows(cursor, "SELECT $system AS system, id FROM erased_ids", {"system": system})
    return count


def _name_known(cursor: duckdb.DuckDBPyConnection, system: str) -> None:
    """Temporary table `erased_ids`: the ids in the batch of calls that are left out."""
    cursor.execute("CREATE OR REPLACE TEMP TABLE erased_ids (id VARCHAR)")
    if cursor.execute("SELECT 1 FROM aged_calls WHERE system = $1 LIMIT 1", [system]).fetchone():
        cursor.execute(
            f"INSERT INTO erased_ids SELECT DISTINCT v_id FROM typed WHERE {NEW_ID.format(id='v_id')} IN "
            "(SELECT id FROM aged_calls WHERE system = $system)",
            {"system": system, "key": key(cursor).hex()},
        )
    numbers = cursor.execute("SELECT DISTINCT number FROM as_client WHERE number IS NOT NULL").fetchall()
    found = among(cursor, (number for (number,) in numbers))
    if not found:
        return
    table = {"number": pa.array(list(found), pa.string()), "erased_at": pa.array(found.values(), pa.timestamp("us"))}
    cursor.register("erased_found", pa.table(table))
    cursor.execute(
        "INSERT INTO erased_ids SELECT DISTINCT v_id FROM typed "
        "JOIN as_client c ON c.text = v_client JOIN erased_found e ON e.number = c.number "
        "WHERE v_started_at <= e.erased_at"
    )
    cursor.unregister("erased_found")


def forget_rows(cursor: duckdb.DuckDBPyConnection, calls: str, values: dict[str, object]) -> dict[str, int]:
    """Removes the rows and ids that the calls of a SELECT (system, id) were made of; gives how many of each."""
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE erased_roots AS WITH those AS ({calls}) SELECT system, id AS root FROM those "
        "UNION SELECT r.system, r.root FROM refs r JOIN those t ON t.system = r.system AND t.id = r.ref",
        values,
    )
    counts = {}
    for table in ("rows", "refs"):
        gone = cursor.execute(f"DELETE FROM {table} WHERE (system, root) IN (FROM erased_roots)").fetchall()
        counts[table] = int(gone[0][0])
    return counts


def without(cursor: duckdb.DuckDBPyConnection, text: str, region: str) -> str:
    """A text without the numbers that are on the list."""
    if not listed(cursor):
        return text
    told = phones.normalise(_NUMBER.findall(text), region)
    known = among(cursor, (number for number in told.values() if number))
    return _NUMBER.sub(lambda found: HIDDEN if told.get(found[0]) in known else found[0], text)


def without_all(cursor: duckdb.DuckDBPyConnection, rejects: Iterable[Reject], region: str) -> list[Reject]:
    """Rejected rows in which no number on the list stands."""
    if not listed(cursor):
        return list(rejects)
    return [
        replace(one, value=without(cursor, one.value, region), raw=without(cursor, one.raw, region)) for one in rejects
    ]

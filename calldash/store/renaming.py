"""Numbers inside what calls are called: ids get a keyed name, texts that hang on them dots, in every table.

All of it works on the temporary table `aged`: calls, their clients' digits, and the ids that they have from now on.
"""

import re
from collections import Counter

import duckdb
import pyarrow as pa

from calldash.store import erased
from calldash.store.erased import HIDDEN, NEW_ID
from calldash.store.erasing import SEPARATOR, SHORTEST, national

_BARE = "regexp_replace({text}, '[^0-9]', '', 'g')"
_AS_THEY_ARE = ("system", "id", "client", "recording", "sha256", "token_sha256")


def name_aged(cursor: duckdb.DuckDBPyConnection, calls: str) -> None:
    """Makes `aged` of a SELECT of call_no, system, id, client; clients with few digits are not among them."""
    clients = [client for (client,) in cursor.execute(f"SELECT DISTINCT client FROM ({calls})").fetchall()]
    known = {client: digits for client in clients if client and len(digits := national(client)) >= SHORTEST}
    cursor.register("aged_numbers", pa.table({"client": pa.array(known, pa.string()),
                                              "digits": pa.array(known.values(), pa.string())}))  # fmt: skip
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE aged AS SELECT call_no, system, id, client, digits, "
        f"if(contains({_BARE.format(text='id')}, digits), {NEW_ID.format(id='id')}, id) AS new_id "
        f"FROM ({calls}) JOIN aged_numbers USING (client)",
        {"key": erased.key(cursor).hex()},
    )
    cursor.unregister("aged_numbers")


def hide(cursor: duckdb.DuckDBPyConnection) -> Counter[str]:
    """Takes the numbers out of ids and texts; gives how many ids are others now, and how many texts by table."""
    counts: Counter[str] = Counter()
    for table, columns in _tables(cursor).items():
        tied = "t.call_no = a.call_no" if table == "calls" else "t.system = a.system AND t.id = a.id"
        for column in columns:
            counts[table] += _hide_in(cursor, table, column, tied)
        text = f'UPDATE "{table}" AS t SET id = a.new_id FROM aged a WHERE {tied} AND a.new_id <> a.id'
        moved = int(cursor.execute(text).fetchall()[0][0])
        counts["ids"] += moved if table == "calls" else 0
    cursor.execute("INSERT INTO aged_calls SELECT system, new_id FROM aged WHERE new_id <> id")
    return +counts


def rebind(cursor: duckdb.DuckDBPyConnection, moved: dict[int, str | None]) -> None:
    """Calls by their numbers have their recordings under other names; None: it lies at the provider and is forgotten.

    Other calls that have the same recording have it under the new name too.
    """
    columns = {"call_no": pa.array(moved, pa.int64()), "name": pa.array(moved.values(), pa.string())}
    cursor.register("moved_names", pa.table(columns))
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE moved AS SELECT c.call_no, c.system, c.id, c.recording AS old, m.name "
        "FROM calls c JOIN moved_names m USING (call_no)"
    )
    cursor.unregister("moved_names")
    cursor.execute(
        "INSERT INTO moved SELECT c.call_no, c.system, c.id, c.recording, m.name FROM calls c "
        "JOIN (SELECT DISTINCT old, name FROM moved) m ON m.old = c.recording "
        "WHERE c.call_no NOT IN (SELECT call_no FROM moved)"
    )
    cursor.execute("DELETE FROM fetched_recordings WHERE link_sha256 IN (SELECT sha256(old) FROM moved)")
    cursor.execute("UPDATE calls SET recording = m.name FROM moved m WHERE m.call_no = calls.call_no")
    tied = "m.system = talk_figures.system AND m.id = talk_figures.id"
    cursor.execute(f"UPDATE talk_figures SET recording = coalesce(m.name, '') FROM moved m WHERE {tied}")


def _tables(cursor: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The tables of what hangs on calls, and their columns of free text."""
    found = cursor.execute(
        "SELECT c.table_name, list(c.column_name ORDER BY c.column_name) FILTER (c.data_type = 'VARCHAR'), "
        "list(c.column_name) FROM duckdb_columns() c JOIN duckdb_tables() t USING (table_oid) "
        "WHERE NOT t.temporary AND NOT t.internal GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return {table: [name for name in texts if name not in _AS_THEY_ARE]
            for table, texts, every in found if {"system", "id"} <= set(every)}  # fmt: skip


def _hide_in(cursor: duckdb.DuckDBPyConnection, table: str, column: str, tied: str) -> int:
    named = f't."{column}"'
    found = cursor.execute(
        f'SELECT t.rowid, {named}, a.digits FROM "{table}" t JOIN aged a ON {tied} '
        f"WHERE contains({_BARE.format(text=named)}, a.digits)"
    ).fetchall()
    changed = [(row, clean) for row, text, digits in found if (clean := without(text, digits)) != text]
    for row, clean in changed:
        cursor.execute(f'UPDATE "{table}" SET "{column}" = $1 WHERE rowid = $2', [clean, row])
    return len(changed)


def without(text: str, digits: str) -> str:
    """A text of a client's call without their number, of which `digits` are those without the country's code."""
    return re.sub(rf"\+?[0-9]{{0,4}}{SEPARATOR}{SEPARATOR.join(digits)}", HIDDEN, text)

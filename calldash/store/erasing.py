"""Taking a client out of every table: the statements, within one transaction of whoever erases."""

import re
from collections import Counter
from contextlib import suppress

import duckdb
import phonenumbers

from calldash.settings import Settings
from calldash.store import busy, days, erased, facts, hanging
from calldash.store.duck import Store
from calldash.store.erased import HIDDEN

SEPARATOR = "[ \u00a0().-]*"
SHORTEST = 7  # digits: fewer stand in many texts that have nothing to do with the client
IDENTIFIERS = ("client", "client_id", "recording", "note", "gclid", "yclid", "ym_client_id")
# Tables that are looked through by columns of their own, or that must stay as they were written.
_NOT_SWEPT = ("audit", "meta", "erased_numbers", "erased_calls", "aged_calls", "sessions", "one_time_codes", "accounts")
_LAST_ID = "client_ids"  # in `meta`: ids up to this one are not given again


def national(number: str) -> str:
    """The digits of a number (as calls have it) without the country's code."""
    try:
        return str(phonenumbers.parse(number).national_number)
    except phonenumbers.NumberParseException:
        return re.sub(r"\D", "", number)


def erase(cursor: duckdb.DuckDBPyConnection, settings: Settings, number: str, with_calls: bool) -> Counter[str]:
    """Takes out all that tells of the client with `number`, or with `with_calls` the calls too; counts by table."""
    counts: Counter[str] = Counter()
    _name_calls(cursor, number)
    _touch(cursor)
    counts += erased.forget_rows(cursor, "SELECT system, id FROM gone", {})
    counts["rows"] += _count(cursor, "DELETE FROM rows WHERE client = $number", number=number)
    _hanging(cursor, counts, with_calls)
    _deals(cursor, counts, number)
    _client(cursor, counts, number)
    (_remove_calls if with_calls else _loosen_calls)(cursor, counts)
    if len(national(number)) >= SHORTEST:
        _sweep(cursor, counts, number)
    if with_calls:
        _busy(cursor, settings)
    return +counts


def _count(cursor: duckdb.DuckDBPyConnection, text: str, **values: object) -> int:
    return int(cursor.execute(text, values or None).fetchall()[0][0])


def _name_calls(cursor: duckdb.DuckDBPyConnection, number: str) -> None:
    """Puts the client's calls into the temporary table `gone`, with an id that tells nothing where theirs does."""
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE gone AS SELECT call_no, system, id, day, recording, "
        "if(contains(regexp_replace(id, '\\D', '', 'g'), $digits), 'erased-' || left(sha256($key || id), 24), id) "
        "AS new_id FROM calls WHERE client = $number",
        {"digits": national(number), "key": erased.key(cursor).hex(), "number": number},
    )


def _touch(cursor: duckdb.DuckDBPyConnection) -> None:
    """The days of the calls are added up anew; what was added up of them goes now."""
    touched = days.of(cursor, "SELECT DISTINCT day FROM gone")
    days.touch(cursor, touched)
    kept = cursor.execute("SELECT table_name FROM duckdb_columns() WHERE column_name = 'd_day'").fetchall()
    for (table,) in kept:
        cursor.execute(f"DELETE FROM {table} WHERE d_day IN (SELECT unnest($1))", [touched])


def _hanging(cursor: duckdb.DuckDBPyConnection, counts: Counter[str], with_calls: bool) -> None:
    """What people said of the calls goes; marks that figures are made of stay with calls that stay."""
    of_them = "(system, id) IN (SELECT (system, id) FROM gone)"
    for table in hanging.TABLES:
        stays = table in ("marks", "marked") and not with_calls
        notes = f"{of_them} AND what = 'note'" if table == "marks" else "FALSE"
        counts[table] += _count(cursor, f"DELETE FROM {table} WHERE {notes if stays else of_them}")
    counts["marked"] += _count(cursor, f"UPDATE marked SET note = NULL WHERE {of_them} AND note IS NOT NULL")
    counts["fetched_recordings"] += _count(
        cursor, "DELETE FROM fetched_recordings WHERE link_sha256 IN (SELECT sha256(recording) FROM gone)"
    )
    for table in ("marks", "marked"):
        cursor.execute(
            f"UPDATE {table} SET id = g.new_id FROM gone g "
            f"WHERE g.system = {table}.system AND g.id = {table}.id AND g.new_id <> g.id"
        )


def _deals(cursor: duckdb.DuckDBPyConnection, counts: Counter[str], number: str) -> None:
    """Deals keep their amounts, without the client and the title; no call has brought them any more."""
    named = "deal_no IN (SELECT deal_no FROM deals WHERE client = $number)"
    counts["attributed"] += _count(cursor, f"DELETE FROM attributed WHERE {named}", number=number)
    text = "UPDATE deals SET client = NULL, phone = NULL, title = NULL WHERE client = $number"
    counts["deals"] += _count(cursor, text, number=number)


def _client(cursor: duckdb.DuckDBPyConnection, counts: Counter[str], number: str) -> None:
    ids = "(SELECT client_id FROM clients WHERE client = $number)"
    counts["number_places"] += _count(cursor, f"DELETE FROM number_places WHERE of_client IN {ids}", number=number)
    cursor.execute(
        "INSERT OR REPLACE INTO meta SELECT $name, greatest(max(client_id), coalesce("
        "(SELECT CAST(value AS INTEGER) FROM meta WHERE name = $name), 0)) FROM clients HAVING count(*) > 0",
        {"name": _LAST_ID},
    )
    counts["clients"] += _count(cursor, "DELETE FROM clients WHERE client = $number", number=number)


def _remove_calls(cursor: duckdb.DuckDBPyConnection, counts: Counter[str]) -> None:
    for table in ("legs", "calls"):
        counts[table] += _count(cursor, f"DELETE FROM {table} WHERE call_no IN (SELECT call_no FROM gone)")


def _loosen_calls(cursor: duckdb.DuckDBPyConnection, counts: Counter[str]) -> None:
    """The calls stay as those of nobody known: no figure that needs a client's other calls speaks of them."""
    nothing = ", ".join(f"{name} = NULL" for name in (*IDENTIFIERS, *facts.FACTS))
    text = f"UPDATE calls SET {nothing}, id = g.new_id FROM gone g WHERE g.call_no = calls.call_no"
    counts["calls"] += _count(cursor, text)
    counts["ids"] += _count(cursor, "SELECT count(*) FROM gone WHERE new_id <> id")
    cursor.execute("INSERT INTO erased_calls SELECT system, new_id, timezone('UTC', now()) FROM gone")


def _busy(cursor: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    first, last = cursor.execute("SELECT min(day), max(day) FROM gone").fetchall()[0]
    if first:
        busy.refresh(cursor, settings, first, last)


def _sweep(cursor: duckdb.DuckDBPyConnection, counts: Counter[str], number: str) -> None:
    """Puts dots in the place of the number wherever else it stands in a text, in any spelling."""
    found = cursor.execute(
        "SELECT c.table_name, c.column_name FROM duckdb_columns() c JOIN duckdb_tables() t USING (table_oid) "
        "WHERE c.data_type = 'VARCHAR' AND NOT t.temporary AND NOT t.internal AND NOT list_contains($1, c.table_name) "
        "ORDER BY ALL",
        [list(_NOT_SWEPT)],
    ).fetchall()
    values = {"spelt": spelt(number), "dots": rf"\1{HIDDEN}\3"}
    for table, column in found:
        once = f"regexp_replace(\"{column}\", $spelt, $dots, 'g')"
        # Twice: what parts two numbers belongs to the first, and is then no longer there for the second.
        twice = f"regexp_replace({once}, $spelt, $dots, 'g')"
        where = f'regexp_matches("{column}", $spelt)'
        spoilt = {"spelt": values["spelt"]}
        if not cursor.execute(f'SELECT 1 FROM "{table}" WHERE {where} LIMIT 1', spoilt).fetchone():
            continue
        if table == "calls":
            days.touch(cursor, days.of(cursor, f"SELECT DISTINCT day FROM calls WHERE {where}", dict(spoilt)))
        text = f'UPDATE "{table}" SET "{column}" = {twice} WHERE {where}'
        counts[table] += _count(cursor, text, **values)


def spelt(number: str) -> str:
    """A regular expression of the number in any spelling, what stands before and after it as groups 1 and 3."""
    core = SEPARATOR.join(national(number))
    return rf"(^|[^0-9])(\+?[0-9]{{0,4}}{SEPARATOR}{core})($|[^0-9])"


def settle(store: Store) -> None:
    """Writes what was changed into the file itself, so that no line lies on in the log beside it; others may wait."""
    with store.cursor() as cursor, suppress(duckdb.Error):
        cursor.execute("CHECKPOINT")

"""What has outlived its time leaves the store: the statements by kind, within one transaction of whoever asks.

Each takes the first local day that stays, and gives how many lines went by table.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date

import duckdb

from calldash.settings import Settings
from calldash.store import busy, days, erased, facts, hanging, renaming
from calldash.store.erasing import IDENTIFIERS

_OLD = "SELECT call_no, system, id, day, client_id, client, recording FROM calls WHERE day < $first"
# Of clients who have not called since; whose numbers are gone already have none to lose.
OUTLIVED = (
    "client NOT LIKE 'gone-%' AND client_id NOT IN "
    "(SELECT client_id FROM calls WHERE day >= $first AND client_id IS NOT NULL)"
)
_LINKED = "(system, id) IN (SELECT (system, id) FROM old)"


def _name_old(cursor: duckdb.DuckDBPyConnection, first: date, more: str = "TRUE") -> None:
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE old AS {_OLD} AND {more}", {"first": first})
    days.touch(cursor, days.of(cursor, "SELECT DISTINCT day FROM old"))


def _gone(cursor: duckdb.DuckDBPyConnection, text: str) -> int:
    return int(cursor.execute(text).fetchall()[0][0])


def recordings(cursor: duckdb.DuckDBPyConnection, _settings: Settings, first: date) -> Counter[str]:
    """Calls no longer name a recording; the links by which it was forwarded end."""
    _name_old(cursor, first, "recording IS NOT NULL")
    fetched = "link_sha256 IN (SELECT sha256(recording) FROM old WHERE recording NOT IN "
    fetched += "(SELECT recording FROM calls WHERE recording IS NOT NULL AND call_no NOT IN (SELECT call_no FROM old)))"
    return Counter(
        fetched_recordings=_gone(cursor, f"DELETE FROM fetched_recordings WHERE {fetched}"),
        links=_gone(cursor, f"DELETE FROM links WHERE {_LINKED}"),
        calls=_gone(cursor, "UPDATE calls SET recording = NULL WHERE call_no IN (SELECT call_no FROM old)"),
    )


def transcripts(cursor: duckdb.DuckDBPyConnection, _settings: Settings, first: date) -> Counter[str]:
    """What was said goes; who talked how much stays."""
    _name_old(cursor, first, "(system, id) IN (SELECT (t.system, t.id) FROM transcripts t)")
    found = ("transcript_lines", "transcripts")
    return Counter({table: _gone(cursor, f"DELETE FROM {table} WHERE {_LINKED}") for table in found})


def numbers(cursor: duckdb.DuckDBPyConnection, _settings: Settings, first: date) -> Counter[str]:
    """Clients who have not called since get a pseudonym in place of the number: all figures stay as they were.

    Ids with the number in them become others, and what is written beside the calls has dots in its place.
    """
    _name_old(cursor, first, OUTLIVED)
    counts = Counter(erased.forget_rows(cursor, "SELECT system, id FROM old", {}))
    renaming.name_aged(cursor, "SELECT call_no, system, id, client FROM old")
    counts += renaming.hide(cursor)
    known = "client_id IN (SELECT client_id FROM old)"
    name = f"'gone-' || left(sha256('{erased.key(cursor).hex()}' || client), 20)"
    nothing = ", ".join(f"{one} = NULL" for one in IDENTIFIERS if one not in ("client", "client_id", "recording"))
    cursor.execute(f"UPDATE deals SET client = {name}, phone = NULL, title = NULL "
                   f"WHERE client IN (SELECT client FROM clients WHERE {known})")  # fmt: skip
    cursor.execute(
        f"UPDATE number_places SET of_number = (SELECT hash({name}) FROM clients WHERE client_id = of_client) "
        "WHERE of_client IN (SELECT client_id FROM old)"
    )
    counts["calls"] = _gone(cursor, f"UPDATE calls SET client = {name}, {nothing} WHERE {known}")
    counts["clients"] = _gone(cursor, f"UPDATE clients SET client = {name} WHERE {known}")
    old_imports = f"SELECT import_id FROM imports WHERE imported_at < DATE '{first.isoformat()}'"
    counts["rejects"] = _gone(cursor, f"DELETE FROM rejects WHERE import_id IN ({old_imports})")
    return counts


def calls(cursor: duckdb.DuckDBPyConnection, settings: Settings, first: date) -> Counter[str]:
    """Calls with all that hangs on them; what the others are to their clients is found anew."""
    _name_old(cursor, first)
    counts = Counter(erased.forget_rows(cursor, "SELECT system, id FROM old", {}))
    cursor.execute("CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT client_id FROM old WHERE client_id > 0")
    for table in (*hanging.TABLES, "erased_calls", "aged_calls"):
        counts[table] += _gone(cursor, f"DELETE FROM {table} WHERE {_LINKED}")
    for table in ("legs", "calls"):
        counts[table] += _gone(cursor, f"DELETE FROM {table} WHERE call_no IN (SELECT call_no FROM old)")
    if counts["calls"]:
        facts.refresh(cursor, settings)
        busy.refresh_all(cursor, settings)
    left = "SELECT client_id FROM calls WHERE client_id IS NOT NULL"
    counts["clients"] += _gone(cursor, f"DELETE FROM clients WHERE client_id NOT IN ({left})")
    return counts


Ageing = Callable[[duckdb.DuckDBPyConnection, Settings, date], Counter[str]]
KINDS: dict[str, Ageing] = {"recordings": recordings, "transcripts": transcripts, "numbers": numbers, "calls": calls}

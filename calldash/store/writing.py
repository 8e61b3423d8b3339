"""From landed text to stored calls: typed, made unique, compared with what is there, written. One batch, one cursor."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from calldash.problems import Reject
from calldash.providers.plain import NAMES
from calldash.reading.tables import trimmed
from calldash.settings import Settings
from calldash.store import batch, busy, days, deals, facts, landing, marks, rules

_ODDITIES = {
    "starts_in_the_future": "v_started_at > timezone('UTC', now())",
    "answered_without_talk": "v_answered AND v_talk_s = 0 AND coalesce(v_kind, 'voice') = 'voice'",
    "talk_but_not_answered": "NOT v_answered AND v_talk_s > 0 AND coalesce(v_kind, 'voice') = 'voice'",
    "longer_than_four_hours": "v_talk_s > 14400 OR v_wait_s > 14400",
    "ends_before_it_starts": "_ended < v_started_at",
}


@dataclass
class Written:
    """What a batch did to the calls: numbers of calls by what became of them, rejects, oddities, the period."""

    new: int = 0
    changed: int = 0
    same: int = 0
    written: int = 0  # calls, where the others count rows
    rejects: list[Reject] = field(default_factory=list)
    oddities: Counter[str] = field(default_factory=Counter)
    first_at: datetime | None = None
    last_at: datetime | None = None


def begin(cursor: duckdb.DuckDBPyConnection) -> None:
    """Makes empty temporary tables for a batch: `typed`, `landed_legs` and `obsolete` (ids of calls to be removed)."""
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE typed ({landing.definition()})")
    cursor.execute("CREATE OR REPLACE TEMP TABLE landed_legs AS SELECT NULL::VARCHAR AS id, * FROM legs LIMIT 0")
    cursor.execute("CREATE OR REPLACE TEMP TABLE obsolete (id VARCHAR)")


def land(cursor: duckdb.DuckDBPyConnection, rows: pa.Table, zone: str) -> None:
    """Types a table of text columns, local times being those of `zone`; columns of no name known are left out."""
    known = [name for name in rows.column_names if name in (*NAMES, *landing.EXTRAS)]
    texts = trimmed(rows.select(known))
    # DuckDB holds on to what is registered until its transaction ends; of a stream nothing is left to hold.
    cursor.register("landing_part", pa.RecordBatchReader.from_batches(texts.schema, iter(texts.to_batches())))
    cursor.execute(f"INSERT INTO typed {landing.landed(known)}", {"zone": zone})
    cursor.unregister("landing_part")


def write(cursor: duckdb.DuckDBPyConnection, settings: Settings, system: str, provider: str, import_id: int) -> Written:
    """Turns what has landed into calls of `system` and brings every fact up to date.

    What was written stays in the temporary table `incoming`, with the calls' numbers.
    """
    done = Written(rejects=_rejects(cursor), oddities=_oddities(cursor))
    seen = batch.make_unique(cursor)
    done.same, done.changed = seen["same"], seen["changed"]
    if seen.total():
        done.oddities["rows_with_an_id_seen_before"] += seen.total()
    if left := batch.prepare(cursor, settings, system, provider, import_id):
        done.oddities["erased_client"] += left
    marks.keep_given(cursor)
    _compare(cursor, system, done)
    spoken_of = busy.days_of(cursor)
    _replace(cursor, settings)
    deals.follow(cursor, settings)
    rules.follow_batch(cursor, settings)
    if spoken_of:
        busy.refresh(cursor, settings, *spoken_of)
    return done


def one(cursor: duckdb.DuckDBPyConnection, text: str, values: Any = None) -> tuple[Any, ...]:
    """The only row of a SELECT that has just one."""
    row = cursor.execute(text, values).fetchone()
    assert row is not None
    return row


def _rejects(cursor: duckdb.DuckDBPyConnection) -> list[Reject]:
    found = cursor.execute(
        "SELECT _line, _wrong, _value, coalesce(_raw, v_id) FROM typed WHERE _wrong IS NOT NULL ORDER BY _line"
    ).fetchall()
    if found:
        cursor.execute("DELETE FROM typed WHERE _wrong IS NOT NULL")
    rejects = []
    for line, column, text, raw in found:
        message, values = landing.reason(column, text)
        rejects.append(Reject(line or 0, column, text or "", message, raw or "", values))
    return rejects


def _oddities(cursor: duckdb.DuckDBPyConnection) -> Counter[str]:
    counts = ", ".join(f"count(*) FILTER ({condition})" for condition in _ODDITIES.values())
    found = one(cursor, f"SELECT {counts} FROM typed")
    return Counter({name: count for name, count in zip(_ODDITIES, found, strict=True) if count})


def _compare(cursor: duckdb.DuckDBPyConnection, system: str, done: Written) -> None:
    """Leaves in `typed` what is new or changed, and in `met` the stored calls that the batch speaks of."""
    found = one(cursor, "SELECT count(*), min(v_started_at), max(v_started_at) FROM typed")
    incoming, done.first_at, done.last_at = found
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE met AS "
        "SELECT c.call_no, i.id, c.client_id, c.content = i.content AS same "
        "FROM calls c JOIN incoming i ON c.id = i.id WHERE c.system = $system",
        {"system": system},
    )
    met, same = one(cursor, "SELECT count(*), count(*) FILTER (same) FROM met")
    done.written = incoming - same
    done.new += incoming - met
    done.changed += met - same
    done.same += same
    cursor.execute(
        "INSERT INTO met SELECT c.call_no, c.id, c.client_id, FALSE FROM calls c "
        "WHERE c.system = $system AND c.id IN (SELECT id FROM obsolete) AND c.id NOT IN (SELECT v_id FROM typed)",
        {"system": system},
    )
    if same:
        cursor.execute("DELETE FROM typed USING met m WHERE typed.v_id = m.id AND m.same")


def _replace(cursor: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Writes `incoming` with its facts and legs, and the facts of other calls that may differ now."""
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT client_id FROM ("
        "SELECT client_id FROM as_client SEMI JOIN typed ON v_client = text "
        "UNION ALL SELECT client_id FROM met WHERE NOT same) WHERE client_id IS NOT NULL"
    )
    if one(cursor, "SELECT count(*) FROM met WHERE NOT same")[0]:
        gone = "SELECT day FROM calls WHERE call_no IN (SELECT call_no FROM met WHERE NOT same)"
        days.touch(cursor, days.of(cursor, gone))
        for table in ("calls", "legs"):
            cursor.execute(f"DELETE FROM {table} WHERE call_no IN (SELECT call_no FROM met WHERE NOT same)")
    facts.find(cursor, settings, of=("calls", "incoming"))
    facts.update(cursor)
    cursor.execute(
        "INSERT INTO calls BY NAME SELECT i.call_no, system, provider, id, import_id, content, ended_at, client_id, "
        "CAST(local_at AS DATE) AS day, hour(local_at) AS hour, isodow(local_at) AS weekday, "
        f"{', '.join(batch.VALUES)}, {', '.join(batch.BESIDE)}, "
        f"_legs IS NOT NULL AS has_legs, {', '.join(facts.FACTS)} "
        "FROM incoming i LEFT JOIN facts f ON f.call_no = i.call_no"
    )
    written = "SELECT DISTINCT day FROM calls WHERE call_no >= getvariable('batch_first')"
    days.touch(cursor, days.of(cursor, written))
    cursor.execute(
        "INSERT INTO legs BY NAME SELECT l.* EXCLUDE (id, call_no, reached), i.call_no, "
        "bool_or(l.answered_at IS NOT NULL) OVER (PARTITION BY l.id, l.employee) AS reached "
        "FROM landed_legs l JOIN incoming i USING (id)"
    )


def record_rows(cursor: duckdb.DuckDBPyConnection, part: str) -> None:
    """Keeps the lines of the batch's calls as they stood in the file, under the calls' ids."""
    if one(cursor, "SELECT count(*) FROM met WHERE NOT same")[0]:
        cursor.execute(
            "DELETE FROM rows WHERE part = $part AND system IN (SELECT system FROM incoming) "
            "AND key IN (SELECT id FROM met WHERE NOT same)",
            {"part": part},
        )
    cursor.execute(
        "INSERT INTO rows BY NAME SELECT getvariable('batch_system') AS system, $part AS part, v_id AS key, "
        "v_id AS root, getvariable('batch_import_id') AS import_id, _line AS line, coalesce(_raw, '') AS data "
        "FROM typed",
        {"part": part},
    )


def remove_calls(cursor: duckdb.DuckDBPyConnection, settings: Settings, system: str) -> int:
    """Removes the calls of `system`, and what they were to their clients' other calls; gives their number."""
    removed = one(cursor, "SELECT count(*) FROM calls WHERE system = $1", [system])[0]
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT client_id FROM calls "
        "WHERE system = $1 AND client_id IS NOT NULL",
        [system],
    )
    days.touch(cursor, days.of(cursor, "SELECT DISTINCT day FROM calls WHERE system = $system", {"system": system}))
    first, last = one(cursor, "SELECT min(day), max(day) FROM calls WHERE system = $1", [system])
    cursor.execute("DELETE FROM legs WHERE call_no IN (SELECT call_no FROM calls WHERE system = $1)", [system])
    cursor.execute("DELETE FROM calls WHERE system = $1", [system])
    facts.refresh(cursor, settings)
    rules.follow_batch(cursor, settings)
    if first:
        busy.refresh(cursor, settings, first, last)
    return int(removed)

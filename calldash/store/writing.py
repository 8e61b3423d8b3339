"""From landed text to stored calls: typed, made unique, compared with what is there, written. One batch, one cursor."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from calldash import phones
from calldash.problems import Reject
from calldash.providers.plain import NAMES
from calldash.reading.tables import trimmed
from calldash.settings import Settings
from calldash.store import facts, landing

_PHONES = ("client", "line")
# The values of a call that come from its rows.
_VALUES = tuple(name for name in NAMES if name != "id")
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
    cursor.register("landing_part", trimmed(rows.select(known)))
    cursor.execute(f"INSERT INTO typed {landing.landed(known)}", {"zone": zone})
    cursor.unregister("landing_part")


def write(
    cursor: duckdb.DuckDBPyConnection, settings: Settings, system: str, provider: str, import_id: int
) -> Written:
    """Turns what has landed into calls of `system` and brings every fact up to date.

    What was written stays in the temporary table `incoming`, with the calls' numbers.
    """
    done = Written(rejects=_rejects(cursor), oddities=_oddities(cursor))
    _make_unique(cursor, done)
    for name in _PHONES:
        _normalise(cursor, name, settings.region)
    _number_clients(cursor)
    _prepare(cursor, settings, system, provider, import_id)
    _compare(cursor, system, done)
    _replace(cursor)
    facts.refresh(cursor, settings)
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
    rejects = []
    for line, column, text, raw in found:
        message, values = landing.reason(column, text)
        rejects.append(Reject(line or 0, column, text or "", message, raw or "", values))
    return rejects


def _oddities(cursor: duckdb.DuckDBPyConnection) -> Counter[str]:
    counts = ", ".join(f"count(*) FILTER ({condition})" for condition in _ODDITIES.values())
    found = one(cursor, f"SELECT {counts} FROM typed WHERE _wrong IS NULL")
    return Counter({name: count for name, count in zip(_ODDITIES, found, strict=True) if count})


def _make_unique(cursor: duckdb.DuckDBPyConnection, done: Written) -> None:
    """Of several rows with one id the last counts; the others are told as same or changed ones."""
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE last_rows AS SELECT v_id, max(_line) AS _line FROM typed "
        "WHERE _wrong IS NULL GROUP BY v_id HAVING count(*) > 1"
    )
    same = " AND ".join(f"t.v_{name} IS NOT DISTINCT FROM w.v_{name}" for name in _VALUES)
    earlier, equal = one(
        cursor,
        f"SELECT count(*), count(*) FILTER ({same}) FROM last_rows l "
        "JOIN typed t ON t.v_id = l.v_id AND t._line < l._line AND t._wrong IS NULL "
        "JOIN typed w ON w.v_id = l.v_id AND w._line = l._line AND w._wrong IS NULL",
    )
    if not earlier:
        return
    done.same += equal
    done.changed += earlier - equal
    done.oddities["rows_with_an_id_seen_before"] += earlier
    cursor.execute("DELETE FROM typed USING last_rows l WHERE typed.v_id = l.v_id AND typed._line < l._line")


def _normalise(cursor: duckdb.DuckDBPyConnection, name: str, region: str) -> None:
    """Table `as_<name>`: each text of a phone column and what it stands for."""
    texts = cursor.execute(f"SELECT DISTINCT v_{name} FROM typed WHERE v_{name} IS NOT NULL").fetchall()
    known = phones.normalise((row[0] for row in texts), region)
    pairs = {"text": pa.array(list(known), pa.string()), "number": pa.array(list(known.values()), pa.string())}
    cursor.register("known_phones", pa.table(pairs))
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE as_{name} AS SELECT * FROM known_phones")
    cursor.unregister("known_phones")


def _number_clients(cursor: duckdb.DuckDBPyConnection) -> None:
    cursor.execute(
        "INSERT INTO clients SELECT (SELECT coalesce(max(client_id), 0) FROM clients) + row_number() OVER (), number "
        "FROM (SELECT DISTINCT number FROM as_client WHERE number IS NOT NULL "
        "AND number NOT IN (SELECT client FROM clients))"
    )


def _prepare(
    cursor: duckdb.DuckDBPyConnection, settings: Settings, system: str, provider: str, import_id: int
) -> None:
    """Table `incoming`: the batch's calls in the columns of `calls`, without facts."""
    voice = "coalesce(v_kind, 'voice') = 'voice'"
    told = "coalesce(v_miss_reason, if(v_wait_s IS NULL, 'unknown', 'abandoned'))"
    given = {
        "client": "c.number",
        "line": "l.number",
        "kind": "coalesce(v_kind, 'voice')",
        "answered": "coalesce(v_answered, FALSE)",
        "spam": "coalesce(v_spam, FALSE)",
        "miss_reason": f"CASE WHEN v_direction = 'inbound' AND NOT v_answered AND {voice} THEN {told} END",
        "currency": "if(v_cost IS NULL AND v_sale_amount IS NULL, NULL, upper(coalesce(v_currency, $currency)))",
    }
    values = ", ".join(f"{given.get(name, f'v_{name}')} AS {name}" for name in _VALUES)
    spans = "to_seconds(coalesce(v_wait_s, 0) + coalesce(v_talk_s, 0))"
    ended = f"CASE WHEN _ended >= v_started_at THEN _ended ELSE v_started_at + {spans} END"
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE incoming AS SELECT *, hash({', '.join(_VALUES)}, ended_at, _legs) AS content FROM ("
        "SELECT nextval('numbers') AS call_no, v_id AS id, $system AS system, $provider AS provider, "
        f"CAST($import_id AS BIGINT) AS import_id, _line, _raw, _legs, k.client_id, {ended} AS ended_at, "
        f"timezone($zone, timezone('UTC', v_started_at)) AS local_at, {values} "
        "FROM typed LEFT JOIN as_client c ON c.text = v_client LEFT JOIN as_line l ON l.text = v_line "
        "LEFT JOIN clients k ON k.client = c.number WHERE _wrong IS NULL)",
        {
            "system": system,
            "provider": provider,
            "import_id": import_id,
            "zone": settings.zone,
            "currency": settings.currency,
        },
    )
    cursor.execute("DROP TABLE typed")


def _compare(cursor: duckdb.DuckDBPyConnection, system: str, done: Written) -> None:
    """Leaves in `incoming` what is new or changed, and in `met` the stored calls that the batch speaks of."""
    done.first_at, done.last_at = one(cursor, "SELECT min(started_at), max(started_at) FROM incoming")
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE met AS "
        "SELECT c.call_no, i.id, c.client_id, c.content = i.content AS same "
        "FROM calls c JOIN incoming i ON c.id = i.id WHERE c.system = $system",
        {"system": system},
    )
    incoming, met, same = one(
        cursor, "SELECT (SELECT count(*) FROM incoming), count(*), count(*) FILTER (same) FROM met"
    )
    done.new += incoming - met
    done.changed += met - same
    done.same += same
    cursor.execute(
        "INSERT INTO met SELECT c.call_no, c.id, c.client_id, FALSE FROM calls c "
        "WHERE c.system = $system AND c.id IN (SELECT id FROM obsolete) AND c.id NOT IN (SELECT id FROM incoming)",
        {"system": system},
    )
    if same:
        cursor.execute("DELETE FROM incoming USING met m WHERE incoming.id = m.id AND m.same")


def _replace(cursor: duckdb.DuckDBPyConnection) -> None:
    """Writes `incoming` with its legs; table `touched` gets the clients whose facts may differ now."""
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT client_id FROM ("
        "SELECT client_id FROM incoming UNION ALL SELECT client_id FROM met WHERE NOT same) WHERE client_id IS NOT NULL"
    )
    if one(cursor, "SELECT count(*) FROM met WHERE NOT same")[0]:
        for table in ("calls", "legs"):
            cursor.execute(f"DELETE FROM {table} WHERE call_no IN (SELECT call_no FROM met WHERE NOT same)")
    cursor.execute(
        "INSERT INTO calls BY NAME SELECT call_no, system, provider, id, import_id, content, ended_at, client_id, "
        "CAST(local_at AS DATE) AS day, hour(local_at) AS hour, isodow(local_at) AS weekday, "
        f"{', '.join(_VALUES)}, _legs IS NOT NULL AS has_legs FROM incoming"
    )
    cursor.execute(
        "INSERT INTO legs BY NAME SELECT l.* EXCLUDE (id, call_no), i.call_no FROM landed_legs l JOIN incoming i USING (id)"
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
        "INSERT INTO rows BY NAME SELECT system, $part AS part, id AS key, id AS root, import_id, _line AS line, "
        "coalesce(_raw, '') AS data FROM incoming",
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
    cursor.execute("DELETE FROM legs WHERE call_no IN (SELECT call_no FROM calls WHERE system = $1)", [system])
    cursor.execute("DELETE FROM calls WHERE system = $1", [system])
    facts.refresh(cursor, settings)
    return int(removed)

"""From landed text to stored calls: typed, made unique, compared with what is there, written. One batch, one cursor."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

import duckdb
import pyarrow as pa

from calldash import phones
from calldash.problems import Reject
from calldash.providers.plain import NAMES
from calldash.settings import Settings
from calldash.store import facts, landing

_PHONES = ("client", "line")
# The values of a call that come from its rows, in the order of the table.
_VALUES = tuple(name for name in NAMES if name != "id")
# What comes with the text of a row: where it stood, how, when the call ended if known, its legs as text.
_EXTRA = "_line BIGINT, _raw VARCHAR, _ended TIMESTAMP, _legs VARCHAR"
_EXTRAS = tuple(part.split()[0] for part in _EXTRA.split(", "))
_ODDITIES = {
    "starts_in_the_future": "v_started_at > $clock",
    "answered_without_talk": "v_answered AND v_talk_s = 0 AND coalesce(v_kind, 'voice') = 'voice'",
    "talk_but_not_answered": "NOT v_answered AND v_talk_s > 0 AND coalesce(v_kind, 'voice') = 'voice'",
    "longer_than_four_hours": "v_talk_s > 14400 OR v_wait_s > 14400",
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
    """Makes empty temporary tables for a batch: `landing` (text of plain rows) and `landed_legs`."""
    columns = ", ".join(f"{name} VARCHAR" for name in NAMES)
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE landing ({columns}, {_EXTRA})")
    cursor.execute("CREATE OR REPLACE TEMP TABLE landed_legs AS SELECT NULL::VARCHAR AS id, * FROM legs LIMIT 0")
    cursor.execute("CREATE OR REPLACE TEMP TABLE obsolete (id VARCHAR)")


def land(cursor: duckdb.DuckDBPyConnection, rows: pa.Table) -> None:
    """Adds a table of text columns; columns of no name known are left out."""
    known = [name for name in rows.column_names if name in (*NAMES, *_EXTRAS)]
    cursor.register("landing_part", rows.select(known))
    cursor.execute(f"INSERT INTO landing ({', '.join(known)}) SELECT {', '.join(known)} FROM landing_part")
    cursor.unregister("landing_part")


def write(
    cursor: duckdb.DuckDBPyConnection, settings: Settings, zone: str, system: str, provider: str, import_id: int
) -> Written:
    """Turns what has landed into calls of `system` and brings every fact up to date."""
    _type(cursor, zone)
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


def _type(cursor: duckdb.DuckDBPyConnection, zone: str) -> None:
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE typed AS SELECT *, {landing.wrong()} AS _wrong FROM ("
        f"SELECT *, {landing.typed()} FROM (SELECT {landing.trimmed()}, {', '.join(_EXTRAS)} FROM landing))",
        {"zone": zone},
    )
    cursor.execute("DROP TABLE landing")


def _rejects(cursor: duckdb.DuckDBPyConnection) -> list[Reject]:
    texts = " ".join(f"WHEN '{name}' THEN {name}" for name in NAMES)
    found = cursor.execute(
        f"SELECT _line, _wrong, CASE _wrong {texts} END, _raw FROM typed WHERE _wrong IS NOT NULL ORDER BY _line"
    ).fetchall()
    rejects = []
    for line, column, text, raw in found:
        message, values = landing.reason(column, text)
        rejects.append(Reject(line or 0, column, text or "", message, raw or "", values))
    return rejects


def _oddities(cursor: duckdb.DuckDBPyConnection) -> Counter[str]:
    counts = ", ".join(f"count(*) FILTER ({condition}) AS {name}" for name, condition in _ODDITIES.items())
    text = f"SELECT {counts} FROM typed WHERE _wrong IS NULL"
    row = cursor.execute(text.replace("$clock", "timezone('UTC', now())")).fetchone()
    return Counter({name: count for name, count in zip(_ODDITIES, row or (), strict=True) if count})


def _make_unique(cursor: duckdb.DuckDBPyConnection, done: Written) -> None:
    """Of several rows with one id the last counts; the others are told as same or changed ones."""
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE last_rows AS SELECT id, max(_line) AS _line, count(*) AS times "
        "FROM typed WHERE _wrong IS NULL GROUP BY id HAVING count(*) > 1"
    )
    if not cursor.execute("SELECT count(*) FROM last_rows").fetchone()[0]:  # type: ignore[index]
        return
    same = " AND ".join(f"t.v_{name} IS NOT DISTINCT FROM w.v_{name}" for name in _VALUES)
    found = cursor.execute(
        f"SELECT count(*), count(*) FILTER ({same}) FROM typed t JOIN last_rows l ON l.id = t.id "
        "JOIN typed w ON w.id = l.id AND w._line = l._line "
        "WHERE t._line < l._line AND t._wrong IS NULL AND w._wrong IS NULL"
    ).fetchone()
    earlier, equal = found or (0, 0)
    done.same += equal
    done.changed += earlier - equal
    done.oddities["rows_with_an_id_seen_before"] += earlier
    cursor.execute("DELETE FROM typed USING last_rows l WHERE typed.id = l.id AND typed._line < l._line")


def _normalise(cursor: duckdb.DuckDBPyConnection, name: str, region: str) -> None:
    """Table `as_<name>`: each text of a phone column and what it stands for."""
    texts = [
        row[0]
        for row in cursor.execute(f"SELECT DISTINCT {name} FROM typed WHERE {name} IS NOT NULL").fetchall()
    ]
    known = phones.normalise(texts, region)
    pairs = pa.table({"text": pa.array(list(known), pa.string()), "number": pa.array(list(known.values()), pa.string())})
    cursor.register("known_phones", pairs)
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
    """Table `incoming`: the batch's calls in the columns of `calls`, without facts and numbers."""
    given = {"client": "c.number", "line": "l.number", "kind": "coalesce(t.v_kind, 'voice')"}
    given |= {"answered": "coalesce(t.v_answered, FALSE)", "spam": "coalesce(t.v_spam, FALSE)"}
    missed = "t.v_direction = 'inbound' AND NOT t.v_answered AND coalesce(t.v_kind, 'voice') = 'voice'"
    told = "coalesce(t.v_miss_reason, if(t.v_wait_s IS NULL, 'unknown', 'abandoned'))"
    given["miss_reason"] = f"CASE WHEN {missed} THEN {told} END"
    money = "t.v_cost IS NOT NULL OR t.v_sale_amount IS NOT NULL"
    given["currency"] = f"CASE WHEN {money} THEN upper(coalesce(t.v_currency, $currency)) END"
    values = ", ".join(f"{given.get(name, f't.v_{name}')} AS {name}" for name in _VALUES)
    spans = "to_seconds(coalesce(t.v_wait_s, 0) + coalesce(t.v_talk_s, 0))"
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE incoming AS "
        f"SELECT *, hash({', '.join(_VALUES)}, ended_at, _legs) AS content FROM ("
        f"SELECT t.id, $system AS system, $provider AS provider, $import_id AS import_id, t._line, t._raw, t._legs, "
        f"coalesce(t._ended, t.v_started_at + {spans}) AS ended_at, k.client_id, "
        f"timezone($zone, timezone('UTC', t.v_started_at)) AS local_at, {values} "
        "FROM typed t LEFT JOIN as_client c ON c.text = t.client LEFT JOIN as_line l ON l.text = t.line "
        "LEFT JOIN clients k ON k.client = c.number WHERE t._wrong IS NULL)",
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
    """Leaves in `incoming` what is new or changed, and in `stale` the numbers of the calls it replaces."""
    row = cursor.execute("SELECT min(started_at), max(started_at) FROM incoming").fetchone()
    done.first_at, done.last_at = row or (None, None)
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE met AS "
        "SELECT c.call_no, i.id, c.client_id, c.content = i.content AS same "
        "FROM calls c JOIN incoming i ON c.id = i.id WHERE c.system = $system",
        {"system": system},
    )
    total = cursor.execute("SELECT (SELECT count(*) FROM incoming), count(*), count(*) FILTER (same) FROM met").fetchone()
    cursor.execute(
        "INSERT INTO met SELECT c.call_no, c.id, c.client_id, FALSE FROM calls c "
        "WHERE c.system = $system AND c.id IN (SELECT id FROM obsolete) AND c.id NOT IN (SELECT id FROM incoming)",
        {"system": system},
    )
    incoming, met, same = total or (0, 0, 0)
    done.new += incoming - met
    done.changed += met - same
    done.same += same
    if same:
        cursor.execute("DELETE FROM incoming USING met m WHERE incoming.id = m.id AND m.same")


def _replace(cursor: duckdb.DuckDBPyConnection) -> None:
    """Writes `incoming` with its legs; table `touched` gets the clients whose facts may differ now."""
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT client_id FROM ("
        "SELECT client_id FROM incoming UNION ALL SELECT client_id FROM met WHERE NOT same) WHERE client_id IS NOT NULL"
    )
    if cursor.execute("SELECT count(*) FROM met WHERE NOT same").fetchone()[0]:  # type: ignore[index]
        for table in ("calls", "legs"):
            cursor.execute(f"DELETE FROM {table} WHERE call_no IN (SELECT call_no FROM met WHERE NOT same)")
    cursor.execute("CREATE OR REPLACE TEMP TABLE numbered AS SELECT nextval('numbers') AS call_no, * FROM incoming")
    names = ", ".join(_VALUES)
    cursor.execute(
        f"INSERT INTO calls BY NAME SELECT call_no, system, provider, id, import_id, content, ended_at, client_id, "
        f"CAST(local_at AS DATE) AS day, hour(local_at) AS hour, isodow(local_at) AS weekday, {names}, "
        "id IN (SELECT id FROM landed_legs) AS has_legs FROM numbered ORDER BY started_at"
    )
    cursor.execute(
        "INSERT INTO legs BY NAME SELECT l.* EXCLUDE (id, call_no), n.call_no FROM landed_legs l JOIN numbered n USING (id)"
    )


def record_rows(cursor: duckdb.DuckDBPyConnection, part: str) -> None:
    """Keeps the lines of the batch's calls as they stood in the file, under the calls' ids."""
    cursor.execute(
        "DELETE FROM rows WHERE part = $part AND EXISTS "
        "(SELECT 1 FROM numbered n WHERE n.system = rows.system AND n.id = rows.key)",
        {"part": part},
    )
    cursor.execute(
        "INSERT INTO rows BY NAME SELECT system, $part AS part, id AS key, id AS root, import_id, _line AS line, "
        "coalesce(_raw, '') AS data FROM numbered",
        {"part": part},
    )


def remove_calls(cursor: duckdb.DuckDBPyConnection, settings: Settings, system: str) -> int:
    """Removes the calls of `system`, and what they were to their clients' other calls; gives their number."""
    found = cursor.execute("SELECT count(*) FROM calls WHERE system = $1", [system]).fetchone()
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT client_id FROM calls "
        "WHERE system = $1 AND client_id IS NOT NULL",
        [system],
    )
    cursor.execute("DELETE FROM legs WHERE call_no IN (SELECT call_no FROM calls WHERE system = $1)", [system])
    cursor.execute("DELETE FROM calls WHERE system = $1", [system])
    facts.refresh(cursor, settings)
    return int(found[0]) if found else 0

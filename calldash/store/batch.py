"""The calls of a batch, out of its landed rows: each id once, numbers in one spelling, clients and calls numbered."""

from collections import Counter
from collections.abc import Mapping

import duckdb
import pyarrow as pa

from calldash.numbers import phones
from calldash.providers.plain import LATER, NAMES
from calldash.settings import Settings
from calldash.store import erased, sources
from calldash.store.marks import IN_FORCE

# The values of a call that come from its rows.
VALUES = tuple(name for name in NAMES if name != "id")
_VOICE = "coalesce(v_kind, 'voice') = 'voice'"
_TOLD = "coalesce(v_miss_reason, if(v_wait_s IS NULL, 'unknown', 'abandoned'))"
_SPANS = "to_seconds(coalesce(v_wait_s, 0) + coalesce(v_talk_s, 0))"
# Values that are not what the row says.
_GIVEN = {
    "client": "c.number",
    "line": "l.number",
    "kind": "coalesce(v_kind, 'voice')",
    "answered": "coalesce(v_answered, FALSE)",
    "spam": "coalesce(v_spam, FALSE)",
    "miss_reason": f"CASE WHEN v_direction = 'inbound' AND NOT v_answered AND {_VOICE} THEN {_TOLD} END",
    "currency": (
        "if(v_cost IS NULL AND v_sale_amount IS NULL, NULL, upper(coalesce(v_currency, getvariable('batch_currency'))))"
    ),
}
_SELECTED = ", ".join(f"{_GIVEN.get(name, 'v_' + name)} AS {name}" for name in VALUES)
# What marks stand in the place of, and what they add.
_OF_ROWS = {name: sql for name, sql in IN_FORCE.items() if name in VALUES}
_HERE = "m.system IS NOT NULL"
_MARKED = {name: f"if({_HERE}, {sql.replace('m.given_', 'i.')}, i.{name})" for name, sql in _OF_ROWS.items()}
# What stands on a call beside the values of its rows and its facts.
BESIDE = tuple(name for name in (*IN_FORCE, *sources.IN_FORCE) if name not in VALUES)
# Calls stored before the later columns have a hash without them: it stays as long as none of them says anything.
_FIRST = ", ".join([*(f"i.{name}" for name in VALUES if name not in LATER), "ended_at", "_legs"])
_LATER = ", ".join(f"i.{name}" for name in LATER)
_SILENT = " AND ".join(f"i.{name} IS NULL" for name in LATER)
_CONTENT = f"if({_SILENT}, hash({_FIRST}), hash({_FIRST}, {_LATER}))"
_AS_GIVEN = (
    "SELECT getvariable('batch_first') + typed.rowid AS call_no, v_id AS id, getvariable('batch_system') AS system, "
    "getvariable('batch_provider') AS provider, getvariable('batch_import_id') AS import_id, _line, _raw, _legs, "
    f"c.client_id, CASE WHEN _ended >= v_started_at THEN _ended ELSE v_started_at + {_SPANS} END AS ended_at, "
    "timezone(getvariable('batch_zone'), make_timestamptz(epoch_us(v_started_at))) AS local_at, "
    f"{_SELECTED} FROM typed LEFT JOIN as_client c ON c.text = v_client LEFT JOIN as_line l ON l.text = v_line"
)


def _incoming(told: Mapping[str, str], joins: str) -> str:
    """The SELECT of `incoming`, with the columns that sources decide as `told`, which needs `joins`."""
    said = {**IN_FORCE, **_MARKED, **told}
    replaced = ", ".join(f"{said[name]} AS {name}" for name in said if name in VALUES)
    beside = ", ".join(f"{said[name]} AS {name}" for name in BESIDE)
    return (
        f"SELECT i.* REPLACE ({replaced}), i.outcome AS given_outcome, i.spam AS given_spam, i.tags AS given_tags, "
        f"i.sale_amount AS given_sale_amount, i.currency AS given_currency, {beside}, {_CONTENT} AS content "
        f"FROM ({_AS_GIVEN}) i LEFT JOIN marked m ON m.system = i.system AND m.id = i.id {joins}"
    )


def make_unique(cursor: duckdb.DuckDBPyConnection) -> Counter[str]:
    """Of several rows with one id the last stays in `typed`; gives how many of the others were same and changed."""
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE last_rows AS SELECT v_id, max(_line) AS _line FROM typed "
        "GROUP BY v_id HAVING count(*) > 1"
    )
    same = " AND ".join(f"t.v_{name} IS NOT DISTINCT FROM w.v_{name}" for name in VALUES)
    row = cursor.execute(
        f"SELECT count(*), count(*) FILTER ({same}) FROM last_rows l "
        "JOIN typed t ON t.v_id = l.v_id AND t._line < l._line "
        "JOIN typed w ON w.v_id = l.v_id AND w._line = l._line"
    ).fetchone()
    earlier, equal = row or (0, 0)
    if earlier:
        cursor.execute("DELETE FROM typed USING last_rows l WHERE typed.v_id = l.v_id AND typed._line < l._line")
    return Counter(same=equal, changed=earlier - equal)


def prepare(cursor: duckdb.DuckDBPyConnection, settings: Settings, system: str, provider: str, import_id: int) -> int:
    """Makes the view `incoming`: what is in `typed`, in the columns of `calls` without facts.

    Calls of clients that were erased are left out; gives their number.
    """
    _normalise(cursor, "line", settings.region)
    _normalise(cursor, "client", settings.region)
    left = erased.leave_out(cursor, system)
    _number_clients(cursor)
    constants = {
        "system": system,
        "provider": provider,
        "import_id": import_id,
        "zone": settings.zone,
        "currency": settings.currency,
        "first": _first_number(cursor),
    }
    for name, value in constants.items():
        cursor.execute(f"SET VARIABLE batch_{name} = $1", [value])
    told = sources.told(cursor, "CAST(i.local_at AS DATE)")
    cursor.execute(f"CREATE OR REPLACE TEMP VIEW incoming AS {_incoming(*told)}")
    return left


def _normalise(cursor: duckdb.DuckDBPyConnection, name: str, region: str) -> None:
    """Table `as_<name>`: each text of a phone column and what it stands for.

    The usual forms are told by the database, on all its threads; what it does not know is asked one by one.
    """
    pattern, prefix = phones.plain_forms(region)
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE as_{name} AS SELECT text, "
        "$prefix || nullif(regexp_extract(translate(text, $marks, ''), $pattern, 1), '') AS number "
        f"FROM (SELECT DISTINCT v_{name} AS text FROM typed WHERE v_{name} IS NOT NULL)",
        {"prefix": prefix, "marks": phones.MARKS, "pattern": f"^(?:{pattern.pattern})$" if prefix else "()"},
    )
    texts = cursor.execute(f"SELECT text FROM as_{name} WHERE number IS NULL").fetchall()
    known = phones.normalise((row[0] for row in texts), region)
    pairs = {"text": pa.array(list(known), pa.string()), "number": pa.array(list(known.values()), pa.string())}
    cursor.register("known_phones", pa.table(pairs))
    cursor.execute(f"DELETE FROM as_{name} WHERE number IS NULL")
    cursor.execute(f"INSERT INTO as_{name} SELECT * FROM known_phones")
    cursor.unregister("known_phones")


def _number_clients(cursor: duckdb.DuckDBPyConnection) -> None:
    """Gives new clients their numbers, and `as_client` the numbers of all its clients."""
    known = "FROM clients WHERE client IN (SELECT number FROM as_client)"
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE known_clients AS SELECT client, client_id {known}")
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE new_clients AS "
        "SELECT number AS client, "
        "(SELECT coalesce(max(client_id), 0) FROM (SELECT client_id FROM clients UNION ALL "
        "SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'client_ids')) + row_number() OVER () AS client_id "
        "FROM (SELECT DISTINCT number FROM as_client WHERE number IS NOT NULL) "
        "ANTI JOIN known_clients ON client = number"
    )
    cursor.execute("INSERT INTO clients BY NAME FROM new_clients")
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE as_client AS SELECT c.text, c.number, k.client_id FROM as_client c "
        "LEFT JOIN (FROM known_clients UNION ALL FROM new_clients) k ON k.client = c.number"
    )


def _first_number(cursor: duckdb.DuckDBPyConnection) -> int:
    """What to add to a row's place in `typed` (its rowid) to get the number of its call; takes all those numbers.

    Taking a number row by row would keep the whole SELECT on one thread.
    """
    row = cursor.execute("SELECT min(rowid), max(rowid) FROM typed").fetchone()
    first, last = row if row and row[0] is not None else (0, 0)
    taken = cursor.execute("SELECT min(nextval('numbers')) FROM range($1)", [last - first + 1]).fetchone()
    return int(taken[0]) - int(first) if taken else 0

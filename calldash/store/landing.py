"""Text columns of plain rows -> typed values, or the reason why not; one SELECT made from the column types."""

from collections.abc import Iterable

from calldash.providers.plain import COLUMNS, Column

_ZONED = r"'.*[T ]\d{1,2}:\d{2}.*(Z|z|[+-]\d{2}(:?\d{2})?)$'"
_DATED = r"'\d{4}-\d{1,2}-\d{1,2}[T ]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?\s*(Z|z|[+-]\d{2}(:?\d{2})?)?'"
_SECONDS = r"'\d+([.,]\d+)?'"
_CLOCK = r"'\d+:[0-5]?\d:[0-5]?\d'"
_MONEY = r"'[+-]?\d+([.,]\d+)?'"
_YES, _NO = "('true', '1', 'yes', 'y', 't', 'да')", "('false', '0', 'no', 'n', 'f', 'нет')"

# What comes with the text of a row: where it stood, how, when the call ended if known, its legs as text.
EXTRAS = {"_line": "BIGINT", "_raw": "VARCHAR", "_ended": "TIMESTAMP", "_legs": "VARCHAR"}
REASONS = {
    "instant": "is not a date and time such as 2026-01-31T09:30:00",
    "choice": "is not one of: {choices}",
    "flag": "is not yes or no (true, false, 1, 0, да, нет)",
    "seconds": "is not a number of seconds, 0 or more",
    "money": "is not a number",
}
MISSING = "is missing"


def instant(name: str) -> str:
    """SQL of the UTC instant of text `name`: with an offset as it says, else in the zone $zone.

    Of the two readings of an hour that the clock repeats, the one near the epoch that the id begins with, else the
    first. DuckDB gives the second.
    """
    stamp = f"TRY_CAST({name} AS TIMESTAMP)"
    later = f"make_timestamp(epoch_us(timezone($zone, {stamp})))"
    earlier = f"({later} - INTERVAL 1 HOUR)"
    twice = f"timezone($zone, make_timestamptz(epoch_us({earlier}))) = {stamp}"
    epoch = r"to_timestamp(TRY_CAST(regexp_extract(id, '^(?:.*-)?(\d{10})\.\d+$', 1) AS BIGINT))"
    near = f"coalesce(abs(epoch(timezone('UTC', {epoch})) - epoch({later})) < 1800, FALSE)"
    local = f"CASE WHEN {twice} AND NOT {near} THEN {earlier} ELSE {later} END"
    offset = rf"regexp_replace({name}, '\s+([+-])', '\1')"
    return (
        f"CASE WHEN {name} IS NULL THEN NULL "
        f"WHEN length({name}) = 19 AND {name}[5] = '-' AND {name}[17] = ':' AND {stamp} IS NOT NULL THEN {local} "
        f"WHEN NOT regexp_full_match({name}, {_DATED}) THEN NULL "
        f"WHEN regexp_full_match({name}, {_ZONED}) THEN timezone('UTC', TRY_CAST({offset} AS TIMESTAMPTZ)) "
        f"WHEN {stamp} IS NOT NULL THEN {local} END"
    )


def value(column: Column) -> str:
    """SQL of the typed value of a column's text; NULL where it is empty or cannot be understood."""
    name = column.name
    dotted = f"replace(replace(replace({name}, ' ', ''), '\u00a0', ''), ',', '.')"
    match column.type:
        case "instant":
            return f"date_trunc('second', {instant(name)})"
        case "choice":
            listed = ", ".join(f"'{choice}'" for choice in column.choices)
            return f"CASE WHEN lower({name}) IN ({listed}) THEN lower({name}) END"
        case "flag":
            return f"CASE WHEN lower({name}) IN {_YES} THEN TRUE WHEN lower({name}) IN {_NO} THEN FALSE END"
        case "seconds":
            return f"coalesce(TRY_CAST(TRY_CAST({name} AS UINTEGER) AS INTEGER), {_odd_seconds(name, dotted)})"
        case "money":
            return f"coalesce(TRY_CAST({name} AS DECIMAL(18, 6)), {_odd_money(dotted)})"
        case _:
            return name


def _odd_seconds(name: str, dotted: str) -> str:
    clock = f"CAST(epoch(TRY_CAST({name} AS INTERVAL)) AS INTEGER)"
    whole = f"TRY_CAST(floor(TRY_CAST({dotted} AS DECIMAL(18, 3)) + 0.5) AS INTEGER)"
    return (
        f"CASE WHEN {name} IS NULL THEN NULL WHEN regexp_full_match({name}, {_SECONDS}) THEN {whole} "
        f"WHEN regexp_full_match({name}, {_CLOCK}) THEN {clock} END"
    )


def _odd_money(dotted: str) -> str:
    return f"CASE WHEN regexp_full_match({dotted}, {_MONEY}) THEN TRY_CAST({dotted} AS DECIMAL(18, 6)) END"


def landed(known: Iterable[str]) -> str:
    """SELECT of a part's rows, table `landing_part` with the text columns `known`: typed columns v_…, what is wrong.

    `_wrong` names the first column that is missing or cannot be understood, `_value` is its text.
    """
    known = set(known)
    given = {name: f"nullif({name}, '')" for name in known}
    texts = ", ".join(f"{given.get(column.name, 'NULL::VARCHAR')} AS {column.name}" for column in COLUMNS)
    extras = ", ".join(f"{name if name in known else 'NULL'} AS {name}" for name in EXTRAS)
    typed = ", ".join(f"{value(column)} AS v_{column.name}" for column in COLUMNS)
    wrong_text = " ".join(f"WHEN '{column.name}' THEN {column.name}" for column in COLUMNS)
    kept = ", ".join([*(f"v_{column.name}" for column in COLUMNS), *EXTRAS])
    return (
        f"SELECT {kept}, _wrong, CASE _wrong {wrong_text} END AS _value FROM (SELECT *, {_wrong()} AS _wrong "
        f"FROM (SELECT *, {typed} FROM (SELECT {texts}, {extras} FROM landing_part)))"
    )


def _wrong() -> str:
    cases = []
    for column in COLUMNS:
        if column.required:
            cases.append(f"WHEN {column.name} IS NULL THEN '{column.name}'")
        if column.type in REASONS:
            cases.append(f"WHEN {column.name} IS NOT NULL AND v_{column.name} IS NULL THEN '{column.name}'")
    cases.append("WHEN v_started_at NOT BETWEEN TIMESTAMP '1970-01-02' AND TIMESTAMP '2100-01-01' THEN 'started_at'")
    cases.append("WHEN coalesce(v_kind, 'voice') = 'voice' AND v_answered IS NULL THEN 'answered'")
    return f"CASE {' '.join(cases)} END"


def definition() -> str:
    """The columns of the table that `landed` fills."""
    types = {"instant": "TIMESTAMP", "flag": "BOOLEAN", "seconds": "INTEGER", "money": "DECIMAL(18, 6)"}
    typed = [f"v_{column.name} {types.get(column.type, 'VARCHAR')}" for column in COLUMNS]
    extras = [f"{name} {kind}" for name, kind in EXTRAS.items()]
    return ", ".join([*typed, *extras, "_wrong VARCHAR", "_value VARCHAR"])


def reason(name: str, text: str | None) -> tuple[str, dict[str, str]]:
    """Why a row was rejected for column `name` with `text`: an English msgid and the values of its places."""
    column = next(column for column in COLUMNS if column.name == name)
    if not text:
        return MISSING, {}
    return REASONS[column.type], {"choices": ", ".join(column.choices)} if column.choices else {}

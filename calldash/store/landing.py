"""Text columns of plain rows -> typed values, or the reason why not; one SELECT made from the column types."""

from calldash.providers.plain import COLUMNS, Column

_ZONED = r"'.*[T ]\d{1,2}:\d{2}.*(Z|z|[+-]\d{2}(:?\d{2})?)$'"
_DATED = r"'\d{4}-\d{1,2}-\d{1,2}[T ]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?\s*(Z|z|[+-]\d{2}(:?\d{2})?)?'"
_SECONDS = r"'\d+([.,]\d+)?'"
_CLOCK = r"'\d+:[0-5]?\d:[0-5]?\d'"
_MONEY = r"'[+-]?\d+([.,]\d+)?'"
_YES, _NO = "('true', '1', 'yes', 'y', 't', 'да')", "('false', '0', 'no', 'n', 'f', 'нет')"

REASONS = {
    "instant": "is not a date and time such as 2026-01-31T09:30:00",
    "choice": "is not one of: {choices}",
    "flag": "is not yes or no (true, false, 1, 0, да, нет)",
    "seconds": "is not a number of seconds, 0 or more",
    "money": "is not a number",
}
MISSING = "is missing"


def _text(name: str) -> str:
    return f"nullif(trim({name}, ' \t\u00a0\n'), '')"


def instant(name: str) -> str:
    """SQL of the UTC instant of text `name`: with an offset as it says, else in the zone $zone.

    Of the two readings of an hour that the clock repeats, the one near the epoch that the id begins with, else the
    first. DuckDB gives the second.
    """
    later = f"timezone('UTC', timezone($zone, CAST({name} AS TIMESTAMP)))"
    earlier = f"({later} - INTERVAL 1 HOUR)"
    twice = f"timezone($zone, timezone('UTC', {earlier})) = CAST({name} AS TIMESTAMP)"
    epoch = r"to_timestamp(TRY_CAST(regexp_extract(id, '^(?:.*-)?(\d{10})\.\d+$', 1) AS BIGINT))"
    near = f"coalesce(abs(epoch(timezone('UTC', {epoch}) - {later})) < 1800, FALSE)"
    return (
        f"CASE WHEN NOT regexp_full_match({name}, {_DATED}) THEN NULL "
        f"WHEN regexp_full_match({name}, {_ZONED}) "
        f"THEN timezone('UTC', TRY_CAST(regexp_replace({name}, '\\s+([+-])', '\\1') AS TIMESTAMPTZ)) "
        f"WHEN TRY_CAST({name} AS TIMESTAMP) IS NULL THEN NULL "
        f"WHEN {twice} AND NOT {near} THEN {earlier} ELSE {later} END"
    )


def value(column: Column) -> str:
    """SQL of the typed value of a column's text; NULL where it is empty or cannot be understood."""
    name = column.name
    dotted = f"replace(replace(replace({name}, ' ', ''), '\u00a0', ''), ',', '.')"
    clock = f"CAST(epoch(TRY_CAST({name} AS INTERVAL)) AS INTEGER)"
    whole = f"TRY_CAST(floor(TRY_CAST({dotted} AS DECIMAL(18, 3)) + 0.5) AS INTEGER)"
    match column.type:
        case "instant":
            return f"date_trunc('second', {instant(name)})"
        case "choice":
            listed = ", ".join(f"'{choice}'" for choice in column.choices)
            return f"CASE WHEN lower({name}) IN ({listed}) THEN lower({name}) END"
        case "flag":
            return f"CASE WHEN lower({name}) IN {_YES} THEN TRUE WHEN lower({name}) IN {_NO} THEN FALSE END"
        case "seconds":
            return (
                f"CASE WHEN regexp_full_match({name}, {_SECONDS}) THEN {whole} "
                f"WHEN regexp_full_match({name}, {_CLOCK}) THEN {clock} END"
            )
        case "money":
            return (
                f"CASE WHEN regexp_full_match({dotted}, {_MONEY}) THEN TRY_CAST({dotted} AS DECIMAL(18, 6)) END"
            )
        case _:
            return name


def trimmed() -> str:
    """SQL list that trims each text column; empty text is NULL."""
    return ", ".join(f"{_text(column.name)} AS {column.name}" for column in COLUMNS)


def typed() -> str:
    """SQL list of typed columns named v_…"""
    return ", ".join(f"{value(column)} AS v_{column.name}" for column in COLUMNS)


def wrong() -> str:
    """SQL of the name of the first column that is missing or cannot be understood; NULL for a good row."""
    cases = []
    for column in COLUMNS:
        if column.required:
            cases.append(f"WHEN {column.name} IS NULL THEN '{column.name}'")
        if column.type in REASONS:
            cases.append(f"WHEN {column.name} IS NOT NULL AND v_{column.name} IS NULL THEN '{column.name}'")
    cases.append("WHEN v_started_at NOT BETWEEN TIMESTAMP '1970-01-02' AND TIMESTAMP '2100-01-01' THEN 'started_at'")
    cases.append("WHEN coalesce(v_kind, 'voice') = 'voice' AND v_answered IS NULL THEN 'answered'")
    return f"CASE {' '.join(cases)} END"


def reason(name: str, text: str | None) -> tuple[str, dict[str, str]]:
    """Why a row was rejected for column `name` with `text`: an English msgid and the values of its places."""
    column = next(column for column in COLUMNS if column.name == name)
    if text is None:
        return MISSING, {}
    return REASONS[column.type], {"choices": ", ".join(column.choices)} if column.choices else {}

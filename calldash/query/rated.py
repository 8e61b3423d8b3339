"""Calls with what they cost by a tariff, as one SELECT over millions of them; amounts are whole millionths."""

from calldash.filters import CallFilter
from calldash.query.conditions import conditions, where
from calldash.query.days import spanning
from calldash.query.terms import Moment, Question

_LINES = """
lines AS (
    SELECT
        l.tariff_no, l.line_no, l.kind, l.direction, l.roaming, l.prefix, l.first_s, l.step_s, l.free_s, l.threshold_s,
        l.billed, l.package, CAST(l.connection * 1000000 AS BIGINT) AS connection,
        CAST(l.price * 1000000 AS BIGINT) AS price,
        t.tariff, t.currency AS charged_in, CAST(10 ** (6 - t.decimals) AS BIGINT) AS grain,
        p.size * 60 AS size_s
    FROM tariff_lines l JOIN tariffs t USING (tariff_no) LEFT JOIN tariff_packages p USING (tariff_no, package)
)"""
_OF_CALLS = (
    "call_no, system, id, started_at, day, kind, direction, coalesce(roaming, FALSE) AS roams, answered, talk_s, "
    "date_diff('second', started_at, ended_at) AS whole_s, line AS of_line, cost, currency"
)
# Prefixes are compared once for all numbers that begin alike, as far as prefixes go.
_START = "left(ltrim(coalesce(client, ''), '+'), (SELECT max(length(prefix)) FROM tariff_lines))"
# A tariff of the call's own line goes before one of its system, that before one of all.
_IN_FORCE = """
in_force AS (
    SELECT
        p.system, p.line, p.day,
        arg_max(t.tariff_no, if(t.line IS NULL, 0, 2) + if(t.system IS NULL, 0, 1)) AS tariff_no
    FROM (SELECT DISTINCT system, line, day FROM calls{where}) p
    JOIN tariffs t ON t.own AND t.since <= p.day AND coalesce(t.until >= p.day, TRUE)
        AND (t.system IS NULL OR t.system = p.system) AND (t.line IS NULL OR t.line = p.line)
    GROUP BY ALL
),
under AS (
    SELECT b.*, f.tariff_no FROM based b LEFT JOIN in_force f
    ON f.system = b.system AND f.line IS NOT DISTINCT FROM b.of_line AND f.day = b.day
)"""
_AS_IF = """
under AS (
    SELECT b.*, if((t.system IS NULL OR t.system = b.system)
        AND (t.line IS NULL OR coalesce(t.line = b.of_line, FALSE)), t.tariff_no, NULL) AS tariff_no
    FROM based b, (SELECT * FROM tariffs WHERE tariff_no = {tariff_no}) t
)"""
_MEASURED = """
widths AS (SELECT DISTINCT tariff_no, kind, direction, roaming, length(prefix) AS width FROM lines),
matched AS (
    SELECT s.start, l.tariff_no, l.kind, l.direction, l.roaming, arg_max(l.line_no, w.width) AS line_no
    FROM (SELECT DISTINCT {start} AS start FROM clients UNION SELECT '') s
    CROSS JOIN widths w
    JOIN lines l ON l.tariff_no = w.tariff_no AND l.kind = w.kind AND l.direction = w.direction
        AND l.roaming = w.roaming AND l.prefix = left(s.start, w.width) AND length(l.prefix) = w.width
    GROUP BY ALL
),
told AS (
    SELECT
        u.*, l.* EXCLUDE (tariff_no, kind, direction, roaming),
        CASE WHEN u.kind <> 'voice' THEN 60 WHEN NOT u.answered THEN 0
            WHEN l.billed = 'call' THEN u.whole_s ELSE u.talk_s END AS told_s
    FROM under u
    LEFT JOIN matched m ON m.tariff_no = u.tariff_no AND m.start = u.start
        AND m.kind = u.kind AND m.direction = u.direction AND m.roaming = u.roams
    LEFT JOIN lines l ON l.tariff_no = m.tariff_no AND l.line_no = m.line_no
),
measured AS NOT MATERIALIZED (
    SELECT
        *, kind <> 'voice' OR told_s > threshold_s AS connected,
        CASE WHEN kind <> 'voice' THEN 60 WHEN told_s <= threshold_s THEN 0
            ELSE charged_seconds(told_s - free_s, first_s, step_s) END AS secs
    FROM told
)"""
_COVERED = """
covered AS (
    SELECT *, CAST(0 AS BIGINT) AS covered_s FROM measured WHERE package IS NULL
    UNION ALL
    SELECT *, CAST(greatest(0, least(secs, size_s - coalesce(sum(secs) OVER (
        PARTITION BY tariff_no, package, date_trunc('month', day) ORDER BY started_at, system, id
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))) AS BIGINT) AS covered_s
    FROM measured WHERE package IS NOT NULL
)"""
_NOT_COVERED = "\ncovered AS (SELECT *, CAST(0 AS BIGINT) AS covered_s FROM measured)"
_RATED = """
rated AS (
    SELECT
        *, CAST(cost * 1000000 AS BIGINT) AS charged_u,
        CASE WHEN line_no IS NULL OR told_s IS NULL THEN NULL
            WHEN NOT connected OR (secs > 0 AND covered_s = secs) THEN 0
            ELSE charged_amount(connection, price, secs - covered_s, grain) END AS due_u
    FROM covered WHERE wanted
)"""


def rated(chosen: CallFilter, moment: Moment, asked: Question, packages: bool, tariff_no: int | None = None) -> str:
    """The CTEs up to `rated`: the filter's calls with `due_u` by the tariffs in force, or as if by `tariff_no`.

    NULL is what cannot be told. With `packages` the rest of each month is read too, for it uses them up.
    """
    limits = conditions(chosen, moment, asked)
    wanted = " AND ".join(f"({limit})" for limit in limits) or "TRUE"
    wider = limits
    if packages:
        month = chosen.since.replace(day=1) if chosen.since else None
        wider = spanning(month, chosen.until, "day", asked)
    based = f"SELECT {_OF_CALLS}, {_START} AS start, coalesce({wanted}, FALSE) AS wanted FROM calls{where(wider)}"
    under = _AS_IF.format(tariff_no=asked.value(tariff_no)) if tariff_no else _IN_FORCE.format(where=where(wider))
    measured = _MEASURED.format(start=_START)
    parts = [_LINES, f"\nbased AS ({based})", under, measured, _COVERED if packages else _NOT_COVERED, _RATED]
    return f"WITH {','.join(parts)}"

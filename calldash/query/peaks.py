"""The most talks at one moment: counted over moments, and kept for each day so that days need not be read again."""

from collections.abc import Sequence
from datetime import date, timedelta

from calldash.query.asked import Asked
from calldash.query.conditions import conditions, of_kept, where
from calldash.query.days import within
from calldash.query.picking import picked
from calldash.query.terms import Moment, Question

_DAY = timedelta(days=1)
_TALKS = "SELECT * FROM ({rows}) WHERE f_took AND leg_ended_at > leg_answered_at"

# Talks of the day before stand beside a day's own where they go on after its first one began.
_KEPT = """
WITH talks AS MATERIALIZED (SELECT {group}, day, leg_answered_at, leg_ended_at FROM ({talks})),
around AS (
    SELECT *, 1 AS own FROM talks
    UNION ALL
    SELECT t.* REPLACE (d_day + 1 AS d_day), 0
    FROM talks t JOIN (SELECT d_day - 1 AS before, min(leg_answered_at) AS first FROM talks GROUP BY d_day)
        ON d_day = before
    WHERE leg_ended_at > first
),
steps AS (
    SELECT {group}, leg_answered_at AS instant, 1 AS step, own, leg_ended_at > day + INTERVAL 2 DAY AS lasting
    FROM around
    UNION ALL
    SELECT {group}, leg_ended_at, -1, own, FALSE FROM around
)
SELECT {group}, max(own_at_once) AS own, max(at_once) AS with_before, count(*) FILTER (lasting AND own = 1) AS lasting
FROM (
    SELECT *, sum(step * own) OVER moments AS own_at_once, sum(step) OVER moments AS at_once FROM steps
    WINDOW moments AS (PARTITION BY {group} ORDER BY instant, step)
)
WHERE d_day IN (SELECT unnest({days}))
GROUP BY {group}
"""


def moments(talks: str, group: str = "") -> str:
    """The SELECT of how many of `talks` (leg_answered_at, leg_ended_at) run at each of their moments, as `at_once`."""
    head, apart = (f"{group}, ", f"PARTITION BY {group} ") if group else ("", "")
    return (
        f"SELECT {head}sum(step) OVER ({apart}ORDER BY instant, step) AS at_once FROM ("
        f"SELECT {head}leg_answered_at AS instant, 1 AS step FROM {talks} "
        f"UNION ALL SELECT {head}leg_ended_at, -1 FROM {talks})"
    )


def filling(moment: Moment, days: Sequence[date], by: Sequence[str]) -> Question:
    """The SELECT of the peaks of `days` by the dimensions `by`, one of them the day: of its own talks as `own`, and
    together with those that go on from the day before.

    `lasting` counts talks that go on for longer: with one of them, peaks of days say nothing of peaks of periods.
    """
    asked = Question()
    needed = sorted({*days, *(day - _DAY for day in days)})
    rows = picked("leg_rows", ["{took}"], by, within(needed, "day", asked), moment, asked)
    group, value = ", ".join(f"d_{key}" for key in by), asked.value(list(days))
    asked.sql = _KEPT.format(talks=_TALKS.format(rows=rows), group=group, days=value)
    return asked


def from_kept(key: str, table: str, asking: Asked, loose: Sequence[date]) -> Question:
    """The peak over all the calls of a period, as column `key`: of its days, the loose ones read with those before.

    The first day's is that of its own talks: those of the day before are not asked about.
    """
    asked, chosen, group = Question(), asking.chosen, asking.group
    head, apart = (f"{group}, ", f" GROUP BY {group}") if group else ("", "")
    limits = of_kept(chosen, asking.moment, asked)
    if loose:
        limits.append(f"d_day NOT IN (SELECT unnest({asked.value(list(loose))}))")
    first = f"d_day = {asked.value(chosen.since)}" if chosen.since else "FALSE"
    parts = [f"SELECT {head}max(if({first}, own, with_before)) AS peak FROM {table}{where(limits)}{apart}"]
    if loose:
        read = sorted({*loose, *(day - _DAY for day in loose)})
        limits = [*conditions(chosen, asking.moment, asked, "leg_rows"), *within(read, "day", asked)]
        talks = _TALKS.format(rows=picked("leg_rows", ["{took}"], asking.by, limits, asking.moment, asked))
        parts.append(f"SELECT {head}max(at_once) FROM (WITH talks AS ({talks}) {moments('talks', group)}){apart}")
    found = f"SELECT * FROM ({' UNION ALL '.join(parts)}){' WHERE peak > 0' if group else ''}"
    asked.sql = asking.grouped([f"coalesce(max(peak), 0) AS {key}"], f"({found})")
    return asked

"""The most talks at one moment: counted over moments, and kept for each day so that days need not be read again."""

from collections.abc import Sequence
from datetime import date, timedelta

from calldash.query.asked import Asked
from calldash.query.conditions import conditions, where
from calldash.query.days import spanning, within
from calldash.query.picking import picked
from calldash.query.terms import Moment, Question

KEPT = "rollup_peaks"
_DAY = timedelta(days=1)
_TALKS = "SELECT * FROM ({rows}) WHERE f_took AND leg_ended_at > leg_answered_at"
# Wherever the company is, its day ends later than at ten in the morning of that day in UTC.
_MAY_GO_ON = "leg_ended_at > CAST(day AS TIMESTAMP) + INTERVAL 10 HOUR"


def moments(talks: str, group: str = "") -> str:
    """The SELECT of how many of `talks` (leg_answered_at, leg_ended_at) run at each of their moments, as `at_once`."""
    head, apart = (f"{group}, ", f"PARTITION BY {group} ") if group else ("", "")
    return (
        f"SELECT {head}sum(step) OVER ({apart}ORDER BY instant, step) AS at_once FROM ("
        f"SELECT {head}leg_answered_at AS instant, 1 AS step FROM {talks} "
        f"UNION ALL SELECT {head}leg_ended_at, -1 FROM {talks})"
    )


def filling(moment: Moment, days: Sequence[date]) -> Question:
    """The SELECT of the peaks of `days`: of the day's own talks, and with those that go on from the day before.

    `lasting` counts talks that go on for longer: with one of them, peaks of days say nothing of peaks of periods.
    """
    asked = Question()
    needed = sorted({*days, *(day - _DAY for day in days)})
    rows = picked("leg_rows", ["{took}"], [], within(needed, "day", asked), moment, asked)
    around = f"SELECT day AS d_day, * FROM talks UNION ALL SELECT day + 1, * FROM talks WHERE {_MAY_GO_ON}"
    asked.sql = (
        f"WITH talks AS ({_TALKS.format(rows=rows)}), around AS ({around}), "
        f"own AS (SELECT day AS d_day, max(at_once) AS own FROM ({moments('talks', 'day')}) GROUP BY day), "
        f"joint AS (SELECT d_day, max(at_once) AS with_before FROM ({moments('around', 'd_day')}) GROUP BY d_day), "
        "long AS (SELECT day AS d_day, count(*) FILTER (leg_ended_at > day + INTERVAL 2 DAY) AS lasting "
        "FROM talks GROUP BY day) "
        "SELECT d_day, coalesce(own, 0) AS own, with_before, coalesce(lasting, 0) AS lasting "
        "FROM joint LEFT JOIN own USING (d_day) LEFT JOIN long USING (d_day) "
        f"WHERE d_day IN (SELECT unnest({asked.value(list(days))}))"
    )
    return asked


def from_kept(key: str, asking: Asked, loose: Sequence[date]) -> Question:
    """The peak over all the calls of a period, as column `key`: of its days, the loose ones read with those before.

    The first day's is that of its own talks: those of the day before are not asked about.
    """
    asked, chosen = Question(), asking.chosen
    limits = spanning(chosen.since, chosen.until, "d_day", asked)
    if loose:
        limits.append(f"d_day NOT IN (SELECT unnest({asked.value(list(loose))}))")
    first = f"d_day = {asked.value(chosen.since)}" if chosen.since else "FALSE"
    parts = [f"SELECT max(if({first}, own, with_before)) AS peak FROM {KEPT}{where(limits)}"]
    if loose:
        read = sorted({*loose, *(day - _DAY for day in loose)})
        limits = [*conditions(chosen, asking.moment, asked, "leg_rows"), *within(read, "day", asked)]
        talks = _TALKS.format(rows=picked("leg_rows", ["{took}"], [], limits, asking.moment, asked))
        parts.append(f"SELECT max(at_once) FROM (WITH talks AS ({talks}) {moments('talks')})")
    asked.sql = f"SELECT coalesce(max(peak), 0) AS {key} FROM ({' UNION ALL '.join(parts)})"
    return asked

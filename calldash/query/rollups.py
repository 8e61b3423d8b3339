"""What is kept added up for each day: the tables, and the SQL that fills them from the calls."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from calldash.metrics import METRICS
from calldash.metrics.lengths import LENGTHS
from calldash.metrics.parts import Part, Spread, merged, spread
from calldash.query import peaks
from calldash.query.ad_parts import CALLED, bought, kept_of_calls
from calldash.query.days import within
from calldash.query.gaps import gaps
from calldash.query.picking import NEEDED, SOURCES, picked, with_flags
from calldash.query.terms import Moment, Question, expand
from calldash.settings import Settings


@dataclass(frozen=True)
class Rollup:
    """The parts of the figures over `table` for each combination of the dimensions `by`, columns d_… of the table.

    With `spread`, a key of `SPREADS`, it holds how many rows have each value. A pair of call and employee may stand in
    several cells that differ in the dimensions `shared`. `rows` is the condition of the rows that are kept. With
    `clients` it holds how many different ones there are in each cell, which adds up over none.
    """

    name: str
    table: str
    by: tuple[str, ...]
    spread: str = ""
    shared: tuple[str, ...] = ()
    rows: str = ""
    clients: bool = False


_DAY = ("day", "week", "month", "weekday")
# Those with fewer cells first: the first that has every dimension asked for is taken.
ROLLUPS = (
    Rollup("rollup_hours", "calls", (*_DAY, "direction", "hour")),
    Rollup("rollup_states", "calls", (*_DAY, "direction", "miss_reason", "miss_cause", "callback", "promptness")),
    Rollup("rollup_queues", "calls", (*_DAY, "direction", "line", "queue")),
    Rollup("rollup_people", "calls", (*_DAY, "direction", "team", "employee")),
    Rollup("rollup_sources", "calls", (*_DAY, "direction", "source", "medium", "campaign", "source_by")),
    Rollup("rollup_ad_sources", "ads", (*_DAY, "source"), clients=True),
    Rollup("rollup_ads", "ads", (*_DAY, "source", "medium", "campaign")),
    Rollup("rollup_buyers", "buyers", (*_DAY, "direction", "source", "medium", "campaign", "client_id"), rows="{sold}"),
    Rollup("rollup_callers", "callers", (*_DAY, "source", "medium", "campaign", "client_id"), rows=CALLED),
    Rollup("rollup_leg_queues", "legs", (*_DAY, "direction", "queue"), shared=("queue",)),
    Rollup("rollup_leg_people", "legs", (*_DAY, "direction", "employee")),
    Rollup("rollup_leg_teams", "legs", (*_DAY, "direction", "team", "employee"), shared=("team",)),
    Rollup("rollup_leg_hours", "legs", (*_DAY, "direction", "hour", "employee")),
    Rollup("rollup_gaps", "gaps", (*_DAY, "employee")),
    Rollup("rollup_peaks", "moments", ("day",)),
    Rollup("rollup_team_peaks", "moments", ("day", "team")),
    Rollup("rollup_line_peaks", "moments", ("day", "line")),
    Rollup("spread_days", "calls", (*_DAY, "direction"), spread="quantiles"),
    Rollup("spread_queues", "calls", (*_DAY, "direction", "queue"), spread="quantiles"),
    Rollup("spread_hours", "calls", (*_DAY, "direction", "hour"), spread="quantiles"),
    Rollup("spread_lengths", "calls", (*_DAY, "direction"), spread="lengths"),
)
# What people's shares of the talk are made of: whether they talked, and how long.
TOOK, TALK = "count(*) FILTER ({took})", "coalesce(sum(leg_talk_s) FILTER ({took}), 0)"


@cache
def parts(table: str, clients: bool = False) -> tuple[Part, ...]:
    """The parts that the rollups of `table` keep: those of all its figures that add up."""
    if table == "ads":
        return kept_of_calls(clients)
    if table in ("buyers", "callers"):
        return bought() if table == "buyers" else ()
    sqls = [sql for metric in METRICS.values() if metric.table == table for sql in (metric.sql, metric.cases) if sql]
    sqls += [TOOK, TALK] if table == "legs" else []
    wholes = [merged(sql) for sql in sqls]
    return tuple({part.name: part for whole in wholes if whole for part in whole.parts}.values())


def _quantiles() -> tuple[Spread, ...]:
    """The quantiles over calls, one for each kind of value."""
    found = [spread(metric.sql) for metric in METRICS.values() if metric.table == "calls"]
    return tuple({one.name: one for one in found if one}.values())


SPREADS = {
    "quantiles": _quantiles(),
    "lengths": tuple(one for lengths in LENGTHS.values() for one in lengths.counts.values()),
}


def filling(rollup: Rollup, moment: Moment, days: Sequence[date]) -> Question:
    """The SELECT of a rollup's rows for `days`."""
    if rollup.table == "moments":
        return peaks.filling(moment, days, rollup.by)
    asked = Question()
    found, kept = SPREADS.get(rollup.spread, ()), parts(rollup.table, rollup.clients)
    texts = texts_of(found) if found else [*(part.sql for part in kept), NEEDED.get(rollup.table, "")]
    limits = [*within(days, "day", asked), *only(rollup, moment, asked)]
    rows = picked(SOURCES[rollup.table], texts, rollup.by, limits, moment, asked)
    select = counted(found, rollup.by) if found else cells(kept, rollup.by, rollup.table)
    asked.sql = f"WITH picked AS ({rows}) {select}"
    return asked


def only(rollup: Rollup, moment: Moment, asked: Question) -> list[str]:
    """The SQL conditions of the rows that a rollup keeps."""
    return [expand(rollup.rows, moment, asked)] if rollup.rows else []


def cells(kept: Iterable[Part], by: Sequence[str], table: str) -> str:
    """The SELECT of parts over what `table` makes of the rows `picked`, by dimensions."""
    groups = [f"d_{key}" for key in by]
    listed = [*groups, *(f"{with_flags(part.sql)} AS {part.name}" for part in kept)]
    over = f"({gaps(', '.join(groups))})" if table == "gaps" else "picked"
    return f"SELECT {', '.join(listed)} FROM {over}{_grouped(groups)}"


def counted(found: Sequence[Spread], by: Sequence[str]) -> str:
    """The SELECT of how many rows `picked` have each value of each spread; NULL stands for rows that do not count."""
    groups = [f"d_{key}" for key in by]
    values = {
        f"value_{at}": f"CAST(CASE WHEN {with_flags(one.rows)} THEN {with_flags(one.value)} END AS INTEGER)"
        for at, one in enumerate(found)
    }
    listed = [*groups, *(f"{sql} AS {name}" for name, sql in values.items()), "count(*) AS n"]
    once = f"SELECT {', '.join(listed)} FROM picked{_grouped([*groups, *values])}"
    names = ", ".join(f"'{one.name}'" for one in found)
    apart = f"unnest([{names}]) AS spread, unnest([{', '.join(values)}]) AS value"
    each = f"SELECT {', '.join([*groups, apart, 'n'])} FROM ({once})"
    columns = [*groups, "spread", "value"]
    return f"SELECT {', '.join(columns)}, CAST(sum(n) AS BIGINT) AS n FROM ({each}){_grouped(columns)}"


def _grouped(columns: Sequence[str]) -> str:
    return f" GROUP BY {', '.join(columns)}" if columns else ""


def texts_of(found: Iterable[Spread]) -> list[str]:
    """What spreads name."""
    return [text for one in found for text in (one.value, one.rows)]


_ANY = date(2000, 1, 1)


def signature(settings: Settings) -> str:
    """What the content of the rollups follows from besides the calls, in short: another one means other tables."""
    texts = [filling(one, Moment(settings), [_ANY]).sql for one in ROLLUPS]
    return hashlib.sha256(" ".join(texts).encode()).hexdigest()

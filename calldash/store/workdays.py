"""The stretches in which the company and its teams work, as a table for the facts that count working time only."""

from datetime import timedelta

import duckdb
import pyarrow as pa

from calldash.hours.worktime import stretches
from calldash.settings import Settings

_AHEAD = timedelta(days=31)  # no time off is longer
_AROUND = timedelta(days=1)  # local days differ from UTC's


def spans(cursor: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Makes the temporary table `work_spans` about the time of the calls in `events`: team ('' is the company), begins,
    ends, and the working seconds before and until the end of each stretch.
    """
    found = cursor.execute("SELECT min(started_at), max(ended_at) FROM events").fetchall()
    rows: list[tuple[str, object, object]] = []
    if found[0][0]:
        since, until = (found[0][0] - _AROUND).date(), (found[0][1] + _AHEAD).date()
        for team in ("", *dict(settings.team_hours)):
            known = stretches(settings.schedule, settings.zone, team or None, since, until)
            rows += [(team, begins, ends) for begins, ends in known]
    columns = dict(zip(("team", "begins", "ends"), zip(*rows, strict=True), strict=True)) if rows else {}
    instant = pa.timestamp("us")
    schema = pa.schema([("team", pa.string()), ("begins", instant), ("ends", instant)])
    cursor.register("given_spans", pa.table({name: columns.get(name, ()) for name in schema.names}, schema=schema))
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE work_spans AS SELECT *, until_s - date_diff('second', begins, ends) AS before_s "
        "FROM (SELECT *, sum(date_diff('second', begins, ends)) OVER (PARTITION BY team ORDER BY begins) AS until_s "
        "FROM given_spans)"
    )
    cursor.unregister("given_spans")

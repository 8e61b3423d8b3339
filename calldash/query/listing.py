"""Pages of the journal: calls one by one."""

from collections.abc import Sequence

from calldash.filters import CallFilter
from calldash.metrics import CALL_COLUMNS, METRICS, PERSONAL
from calldash.people import masking
from calldash.query.conditions import conditions, where
from calldash.query.terms import Moment, Question, expand


def listing(
    keys: Sequence[str],
    chosen: CallFilter,
    moment: Moment,
    sort: str,
    descending: bool,
    limit: int,
    offset: int,
    listed: int | None = None,
) -> Question:
    """A page of calls: `call_no` and the journal columns `keys`, ordered by column `sort`; instants are local.

    Who knows how many calls are `listed` gets the last pages as fast as the first.
    """
    asked = Question()
    inner = conditions(chosen, moment, asked)
    by = _told(sort, moment, asked)  # the order tells no more than is shown
    columns = [f"{_shown(key, moment, asked)} AS {key}" for key in keys]
    order = near = _order(by, descending)
    if listed is not None and listed - offset - limit < offset < listed:
        # Counted from the nearer end: all that a LIMIT passes over has to be kept and sorted.
        near = _order(by, descending, back=True)
        limit, offset = min(limit, listed - offset), max(0, listed - offset - limit)
    limits = f"LIMIT {asked.value(limit)} OFFSET {asked.value(offset)}"
    # First which calls: else every column would be computed for every call of the filter.
    page = f"SELECT call_no FROM calls{where(inner)} {near} {limits}"
    asked.sql = f"SELECT {', '.join(['call_no', *columns])} FROM calls WHERE call_no IN ({page}) {order}"
    return asked


def _order(by: str, descending: bool, back: bool = False) -> str:
    """The order of a list, in which what is not known comes last; `back` is exactly the other way round."""
    way = "DESC" if descending != back else "ASC"
    return f"ORDER BY ({by}) {way} NULLS {'FIRST' if back else 'LAST'}, call_no {'ASC' if back else 'DESC'}"


# What a list says in sum, and the number of the catalogue that says it.
_SUMS = {
    "talk_s": "sum(talk_s)",
    "cost": METRICS["total_cost"].sql,
    "answered_calls": METRICS["answered_calls"].sql,
    "missed_calls": METRICS["missed_calls"].sql,
    "avg_wait_s": METRICS["avg_wait_s"].sql,
}


def count_of(chosen: CallFilter, moment: Moment) -> Question:
    """One row over all the calls that a listing has: `listed`, then what it says in sum; NULL is not known."""
    asked = Question()
    limits = conditions(chosen, moment, asked)
    sums = ", ".join(f"{expand(sql, moment, asked)} AS {name}" for name, sql in _SUMS.items())
    asked.sql = f"SELECT count(*) AS listed, {sums} FROM calls{where(limits)}"
    return asked


def _shown(key: str, moment: Moment, asked: Question) -> str:
    sql = _told(key, moment, asked)
    if CALL_COLUMNS[key].unit == "instant":
        return f"timezone({asked.value(moment.settings.zone)}, timezone('UTC', {sql}))"
    return f"({sql})"


def _told(key: str, moment: Moment, asked: Question) -> str:
    """The SQL of a column as whoever asks may know it."""
    sql = expand(CALL_COLUMNS[key].expression, moment, asked)
    if key not in PERSONAL or not moment.masked:
        return sql
    return masking.in_sql(sql, moment.key) if key == "client" else masking.beside_sql(sql)


def numbers_of(chosen: CallFilter, moment: Moment) -> Question:
    """The numbers of all the calls that a listing has, as column `call_no`."""
    asked = Question()
    asked.sql = f"SELECT call_no FROM calls{where(conditions(chosen, moment, asked))}"
    return asked

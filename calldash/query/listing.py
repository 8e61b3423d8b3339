"""Pages of the journal: calls one by one."""

from collections.abc import Sequence

from calldash.filters import CallFilter
from calldash.metrics import CALL_COLUMNS, METRICS
from calldash.query.conditions import conditions, where
from calldash.query.terms import Moment, Question, expand


def listing(
    keys: Sequence[str], chosen: CallFilter, moment: Moment, sort: str, descending: bool, limit: int, offset: int
) -> Question:
    """A page of calls: `call_no` and the journal columns `keys`, ordered by column `sort`; instants are local."""
    asked = Question()
    inner = conditions(chosen, moment, asked)
    by = expand(CALL_COLUMNS[sort].expression, moment, asked)
    order = f"ORDER BY ({by}) {'DESC' if descending else 'ASC'} NULLS LAST, call_no DESC"
    columns = [f"{_shown(key, moment, asked)} AS {key}" for key in keys]
    limits = f"LIMIT {asked.value(limit)} OFFSET {asked.value(offset)}"
    # First which calls: else every column would be computed for every call of the filter.
    page = f"SELECT call_no FROM calls{where(inner)} {order} {limits}"
    asked.sql = f"SELECT {', '.join(['call_no', *columns])} FROM calls WHERE call_no IN ({page}) {order}"
    return asked


def count_of(chosen: CallFilter, moment: Moment) -> Question:
    """One row over all the calls that a listing has: `listed`, `talk_s` (NULL: none known) and `cost`."""
    asked = Question()
    limits = conditions(chosen, moment, asked)
    cost = METRICS["total_cost"].sql
    asked.sql = f"SELECT count(*) AS listed, sum(talk_s) AS talk_s, {cost} AS cost FROM calls{where(limits)}"
    return asked


def _shown(key: str, moment: Moment, asked: Question) -> str:
    column = CALL_COLUMNS[key]
    sql = expand(column.expression, moment, asked)
    if column.unit == "instant":
        return f"timezone({asked.value(moment.settings.zone)}, timezone('UTC', {sql}))"
    return f"({sql})"

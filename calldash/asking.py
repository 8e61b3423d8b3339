"""Questions to the store: a metric list, dimensions and a filter in; a frame out."""

import pandas as pd

from calldash.filters import CallFilter
from calldash.metrics import DIMENSIONS, METRICS
from calldash.query import Moment, Question, questions, visible
from calldash.query import lengths as asked_lengths
from calldash.rollups import moment
from calldash.store import Store


def ask(
    store: Store, keys: list[str], by: list[str] | None = None, chosen: CallFilter | None = None, cases: bool = False
) -> pd.DataFrame:
    """A frame with the columns `by` and `keys` (with `cases` also `<key>_cases`), a row a combination of `by`.

    Without `by` it has one row. What cannot be known is missing (NA).
    """
    by = by or []
    asked = questions(keys, by, chosen or CallFilter(), moment(store), cases)
    return _joined([store.frame(one.sql, one.values) for one in asked], keys, by)


def ask_with_total(
    store: Store, keys: list[str], by: list[str], chosen: CallFilter | None = None, cases: bool = False
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What `ask` gives by `by`, and what it gives without, for little more than the price of one."""
    chosen = chosen or CallFilter()
    at_once = [key for key in keys if METRICS[key].one_scan]
    apart = [key for key in keys if key not in at_once]
    groups, totals = [], []
    if at_once:
        for asked in questions(at_once, by, chosen, moment(store), cases, totals=True):
            found = store.frame(asked.sql, asked.values)
            groups.append(found[~found["total"]].drop(columns="total").reset_index(drop=True))
            totals.append(found[found["total"]].drop(columns=["total", *by]).reset_index(drop=True))
    if apart:
        groups.append(ask(store, apart, by, chosen, cases))
        totals.append(ask(store, apart, [], chosen, cases))
    return _joined(groups, keys, by), _joined(totals, keys, [])


def lengths(store: Store, name: str, chosen: CallFilter | None = None) -> pd.DataFrame:
    """How many calls have each length: `metrics.lengths` names the columns. A row a number of seconds, by these."""
    asked = asked_lengths(name, chosen or CallFilter(), moment(store))
    return store.frame(asked.sql, asked.values)


def _joined(frames: list[pd.DataFrame], keys: list[str], by: list[str]) -> pd.DataFrame:
    found = frames[0]
    for frame in frames[1:]:
        found = _beside(found, frame, by)
    return found[[*by, *(key for name in keys for key in (name, f"{name}_cases") if key in found.columns)]]


def _beside(left: pd.DataFrame, right: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Both in one; where one side has no such group its counts are 0, what is not known stays so."""
    if not by:
        return pd.concat([left, right], axis=1)
    found = left.merge(right, on=by, how="outer", sort=True, indicator="_side")
    for frame, absent in ((left, "right_only"), (right, "left_only")):
        for key in frame.columns.difference(by):
            nothing = METRICS[key].of_nothing if key in METRICS else 0
            if nothing is not None:
                found.loc[found["_side"] == absent, key] = nothing
    return found.drop(columns="_side")


def sees(store: Store, call_no: int) -> bool:
    """Whether who is asking may open this call."""
    asked = Question()
    theirs = visible(Moment(store.settings), asked)
    asked.sql = f"SELECT 1 FROM calls WHERE call_no = {asked.value(call_no)} AND ({theirs})"
    return bool(store.rows(asked.sql, asked.values))


def value_text(dimension: str, value: object) -> str:
    """A dimension's value as commands write it: ISO dates, plain numbers, "" for not known."""
    if pd.isna(value):  # type: ignore[call-overload]
        return ""
    if DIMENSIONS[dimension].type == "date":
        return pd.Timestamp(value).date().isoformat()  # type: ignore[arg-type]
    if DIMENSIONS[dimension].type == "number":
        return str(int(value))  # type: ignore[call-overload]
    return str(value)

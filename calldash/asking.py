"""Questions to the store: a metric list, dimensions and a filter in; a frame out."""

import pandas as pd

from calldash.filters import CallFilter
from calldash.metrics import DIMENSIONS, METRICS
from calldash.query import Moment, questions
from calldash.store import Store


def ask(
    store: Store, keys: list[str], by: list[str] | None = None, chosen: CallFilter | None = None, cases: bool = False
) -> pd.DataFrame:
    """A frame with the columns `by` and `keys` (with `cases` also `<key>_cases`), a row a combination of `by`.

    Without `by` it has one row. What cannot be known is missing (NA).
    """
    by = by or []
    moment = Moment(store.settings, store.now())
    frames = [
        store.frame(asked.sql, asked.values) for asked in questions(keys, by, chosen or CallFilter(), moment, cases)
    ]
    found = frames[0]
    for frame in frames[1:]:
        found = _beside(found, frame, by)
    wanted = [*by, *(key for name in keys for key in (name, f"{name}_cases") if key in found.columns)]
    return found[wanted]


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


def value_text(dimension: str, value: object) -> str:
    """A dimension's value as commands write it: ISO dates, plain numbers, "" for not known."""
    if pd.isna(value):  # type: ignore[call-overload]
        return ""
    if DIMENSIONS[dimension].type == "date":
        return pd.Timestamp(value).date().isoformat()  # type: ignore[arg-type]
    if DIMENSIONS[dimension].type == "number":
        return str(int(value))  # type: ignore[call-overload]
    return str(value)

"""What kind of day a day is: an ordinary weekday, or a holiday, or a weekend worked as another weekday."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calldash.hours.schedule import HOLIDAY, Schedule

Kinds = NDArray[np.int64]


def kinds(days: Iterable[pd.Timestamp], schedule: Schedule) -> Kinds:
    """The kind of each day: 1 to 7 as its weekday, HOLIDAY for holidays, days moved there and days off of one's own.

    A day with hours of one's own counts as its weekday.
    """
    return np.array([_kind(day, schedule) for day in days], dtype=np.int64)


def _kind(day: pd.Timestamp, schedule: Schedule) -> int:
    known = schedule.special.get(day.date(), day.isoweekday())
    if isinstance(known, int):
        return known
    return day.isoweekday() if known else HOLIDAY

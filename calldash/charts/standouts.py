"""What stands out in a frame, as words for a chart's title; empty when nothing does."""

import pandas as pd

from calldash import labels
from calldash.charts.categories import LIMIT
from calldash.formats import number, show
from calldash.i18n import gettext as _

_MUCH = 2  # times the median


def peak_hour(frame: pd.DataFrame, metric: str) -> str:
    """The weekday and hour with the most, of a frame by weekday and hour."""
    found = frame.dropna(subset=["weekday", "hour", metric])
    if found.empty or not found[metric].max():
        return ""
    top = found.iloc[int(found[metric].argmax())]
    hour = int(top["hour"])
    return _("peak: {weekday}, {hour}:00–{next}:00").format(
        weekday=labels.weekday(int(top["weekday"])), hour=hour, next=hour + 1
    )


def worst_day(frame: pd.DataFrame, metric: str, grain: str = "day") -> str:
    """The day (week, month) with far more than usual."""
    found = frame.dropna(subset=[grain, metric])
    if len(found) < 5 or found[metric].max() < _MUCH * max(float(found[metric].median()), 1):
        return ""
    top = found.iloc[int(found[metric].argmax())]
    return _("most on {day}: {value}").format(
        day=labels.day_short(pd.Timestamp(top[grain]).date(), grain), value=show(metric, top[metric])
    )


def first_of(frame: pd.DataFrame, limit: int = LIMIT) -> str:
    """How many of the rows bars show, where they cannot show all."""
    whole = len(frame)
    return (
        "" if whole <= limit else _("the first {number} of {whole}").format(number=number(limit), whole=number(whole))
    )

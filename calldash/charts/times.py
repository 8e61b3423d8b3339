"""Numbers over days, weeks or months: bars and lines, with a target."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from calldash import labels
from calldash.charts import look
from calldash.colours import colour
from calldash.metrics import METRICS

_TICKS = 5  # as many dates as fit a phone


@dataclass(frozen=True)
class Series:
    """A number to draw: its key, the meaning its colour has, and its shape (bar or line)."""

    metric: str
    meaning: str
    shape: str = "bar"


def over_time(
    frame: pd.DataFrame, series: Sequence[Series], grain: str = "day", target: float | None = None, goal: str = ""
) -> go.Figure | None:
    """Series of one unit over column `grain` (day, week or month); bars lie over each other, the larger first.

    `target` draws a line labelled `goal`. Clicks carry (grain, "behind"): the metric too.
    """
    found = frame.dropna(subset=[grain])
    if found.empty or found[[one.metric for one in series]].isna().all(axis=None):
        return None
    instants = [pd.Timestamp(value).date() for value in found[grain]]
    unit = METRICS[series[0].metric].unit
    top = max(float(found[one.metric].max(skipna=True) or 0) for one in series)
    named = marks(instants)
    days = {"type": "date", "tickvals": named, "ticktext": [labels.day_short(day, grain) for day in named]}
    return look.drawn(
        [_trace(one, found, instants, grain) for one in series],
        look.value_axis("yaxis", max(top, target or 0), unit),
        {"xaxis": days, "hovermode": "closest"},
        {} if target is None else look.marked("y", target, goal, x=0, xanchor="left", yanchor="bottom"),
        legend=len(series) > 1,
    )


def _trace(one: Series, frame: pd.DataFrame, instants: list[date], grain: str) -> look.Trace:
    values = [look.number(value) for value in frame[one.metric]]
    words = [
        look.said(labels.day_label(day, grain), one.metric, value) for day, value in zip(instants, values, strict=True)
    ]
    drawn = {
        "x": instants, "y": values, "name": look.text(labels.title(one.metric)), "hovertext": words,
        "hoverinfo": "text", "customdata": [[day.isoformat(), one.metric] for day in instants],
    }  # fmt: skip
    if one.shape == "bar":
        return {**drawn, "type": "bar", "marker": {"color": colour(one.meaning), "cornerradius": 2}}
    mode = "lines+markers" if len(instants) <= 62 else "lines"
    line = {"color": colour(one.meaning), "width": 2.5}
    how = {"type": "scatter", "mode": mode, "line": line, "marker": {"size": 6}, "connectgaps": False}
    return drawn | how


def marks(instants: list[date]) -> list[date]:
    """The days of an axis that are named: as many as fit a phone, the last one among them."""
    if len(instants) <= _TICKS:
        return instants
    step = -(-(len(instants) - 1) // (_TICKS - 1)) if len(instants) > 1 else 1
    return instants[::-1][::step][::-1]

"""Weekday by hour: when there is much of something, and where it is bad."""

import pandas as pd
import plotly.graph_objects as go

from calldash import labels
from calldash.charts import look
from calldash.charts.few import few_marks, said_of
from calldash.colours import colour, sequence
from calldash.metrics import METRICS

Cells = dict[tuple[int, int], float]
_EDGES = range(9, 18)  # hours shown even when nothing happened in them


def weekday_hour(frame: pd.DataFrame, metric: str, meaning: str = "answered") -> go.Figure | None:
    """`metric` by the columns weekday and hour, in the hue of `meaning`. Clicks carry (weekday, hour).

    Cells of few cases (column `<metric>_cases`) are marked.
    """
    found = frame.dropna(subset=["weekday", "hour", metric])
    if found.empty:
        return None
    hours = range(min(int(found["hour"].min()), _EDGES[0]), max(int(found["hour"].max()), _EDGES[-1]) + 1)
    cells = {(int(w), int(h)): float(v) for w, h, v in zip(found["weekday"], found["hour"], found[metric], strict=True)}
    traces = [_cells(cells, hours, metric, meaning), _touch(found, metric)]
    if f"{metric}_cases" in found:
        traces.append(few_marks(found, metric, _spots(found)))
    named = [hour for hour in hours if hour % 3 == 0]
    across = {"tickvals": named, "tickformat": "d", "range": [hours[0] - 0.5, hours[-1] + 0.5]}
    names = [labels.weekday(day) for day in range(1, 8)]
    down = {"autorange": "reversed", "showgrid": False, "categoryorder": "array", "categoryarray": names}
    return look.drawn(traces, {"xaxis": across, "yaxis": down | {"type": "category"}})


def _spots(frame: pd.DataFrame) -> list[tuple[int, str]]:
    return [(int(h), labels.weekday(int(w))) for w, h in zip(frame["weekday"], frame["hour"], strict=True)]


def _cells(cells: Cells, hours: range, metric: str, meaning: str) -> look.Trace:
    grid = [[cells.get((day, hour)) for hour in hours] for day in range(1, 8)]
    top = max(cells.values()) or 1
    return {
        "type": "heatmap", "z": grid, "x": list(hours), "y": [labels.weekday(day) for day in range(1, 8)],
        "colorscale": sequence(meaning), "zmin": 0, "zmax": top, "xgap": 2, "ygap": 2, "hoverinfo": "skip",
        "colorbar": _scale(top, METRICS[metric].unit),
    }  # fmt: skip


def _touch(frame: pd.DataFrame, metric: str) -> look.Trace:
    """Unseen squares over the cells: heat maps tell nobody that they were clicked, points do."""
    rows = frame.to_dict("records")
    places = [(int(row["weekday"]), int(row["hour"])) for row in rows]
    words = [
        said_of(f"{labels.weekday(day, 'wide')}, {hour}:00–{hour + 1}:00", metric, row)
        for (day, hour), row in zip(places, rows, strict=True)
    ]
    return {
        "type": "scatter", "x": [hour for _, hour in places], "y": [labels.weekday(day) for day, _ in places],
        "mode": "markers", "marker": {"symbol": "square", "size": 22, "color": colour("text"), "opacity": 0},
        "selected": {"marker": {"opacity": 0}}, "unselected": {"marker": {"opacity": 0}},
        "hovertext": words, "hoverinfo": "text", "customdata": [[str(day), str(hour)] for day, hour in places],
    }  # fmt: skip


def _scale(top: float, unit: str) -> dict[str, object]:
    marks = [mark for mark in look.ticks(top, unit) if mark <= top]
    return {
        "thickness": 8, "len": 0.9, "outlinewidth": 0, "x": 1.01, "xpad": 4,
        "tickvals": marks, "ticktext": [look.axis_text(mark, unit) for mark in marks], "tickfont": {"size": 11},
    }  # fmt: skip

"""A number by two breakdowns as a grid: a row each of the first, a column each of the second."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from calldash import labels
from calldash.charts import look
from calldash.charts.few import few_marks, said_of
from calldash.colours import colour, sequence
from calldash.metrics import METRICS

_ROW, _NAME = 26, 24  # pixels, letters
_COLUMNS = 31  # as many as the last of the days, weeks or months that are shown


def matrix(frame: pd.DataFrame, rows: str, columns: str, metric: str, meaning: str = "answered") -> go.Figure | None:
    """`metric` by the dimensions `rows` and `columns` (hour, weekday, day, week, month), rows as they come first.

    Of days the last 31 that have something are shown. Cells of few cases (column `<metric>_cases`) are marked. Clicks
    carry (rows, columns).
    """
    found = frame.dropna(subset=[rows, columns, metric])
    if found.empty:
        return None
    places = sorted(found[columns].unique())[-_COLUMNS:]
    found = found[found[columns].isin(places)]
    if columns == "hour":
        places = list(range(int(places[0]), int(places[-1]) + 1))
    names = [str(name) for name in dict.fromkeys(found[rows])]
    figure = look.plain(56 + _ROW * len(names))
    figure.add_trace(_cells(found, (rows, names), (columns, places), metric, meaning))
    at = {name: row for row, name in enumerate(names)}, {place: column for column, place in enumerate(places)}
    spots = [(at[1][place], at[0][str(name)]) for name, place in zip(found[rows], found[columns], strict=True)]
    figure.add_trace(_touch(found, rows, columns, metric, spots))
    figure.add_trace(few_marks(found, metric, spots))
    _axes(figure, names, columns, places)
    return figure


def _cells(
    frame: pd.DataFrame, rows: tuple[str, list[str]], columns: tuple[str, list[Any]], metric: str, meaning: str
) -> go.Heatmap:
    grid = frame.pivot_table(index=rows[0], columns=columns[0], values=metric, aggfunc="first", sort=False)
    grid = grid.reindex(index=rows[1], columns=columns[1]).astype("float64")
    top = float(frame[metric].max()) or 1.0
    unit = METRICS[metric].unit
    marks = [mark for mark in look.ticks(top, unit, about=3) if mark <= top]
    scale = {
        "thickness": 8, "len": 1, "outlinewidth": 0, "x": 1.01, "xpad": 4, "tickfont": {"size": 11},
        "tickvals": marks, "ticktext": [look.axis_text(mark, unit) for mark in marks],
    }  # fmt: skip
    return go.Heatmap(
        z=[[look.number(value) for value in row] for row in grid.to_numpy()], xgap=2, ygap=2, zmin=0, zmax=top,
        colorscale=sequence(meaning), hoverinfo="skip", colorbar=scale,
    )  # fmt: skip


def _touch(frame: pd.DataFrame, rows: str, columns: str, metric: str, spots: list[tuple[int, int]]) -> go.Scatter:
    """Unseen squares over the cells: heat maps tell nobody that they were clicked, points do."""
    words = [
        said_of(f"{labels.value_label(rows, row[rows])}, {_when(columns, row[columns])}", metric, row)
        for row in frame.to_dict("records")
    ]
    pairs = zip(frame[rows], frame[columns], strict=True)
    unseen = {"marker": {"opacity": 0}}
    return go.Scatter(
        x=[x for x, _y in spots], y=[y for _x, y in spots], mode="markers", selected=unseen, unselected=unseen,
        marker={"symbol": "square", "size": 20, "color": colour("text"), "opacity": 0},
        hovertext=words, hoverinfo="text",
        customdata=[[labels.value_code(rows, one), labels.value_code(columns, other)] for one, other in pairs],
    )  # fmt: skip


def _when(columns: str, value: Any) -> str:
    if columns == "hour":
        return f"{int(value)}:00–{int(value) + 1}:00"
    return labels.weekday(int(value), "wide") if columns == "weekday" else labels.value_label(columns, value)


def _axes(figure: go.Figure, names: list[str], columns: str, places: list[Any]) -> None:
    """Every weekday is named; of hours every third, of days as many as fit a phone."""
    step = {"weekday": 1, "hour": 3}.get(columns) or -(-len(places) // 5)
    marked = [at for at, place in enumerate(places) if (int(place) if columns == "hour" else at) % step == 0]
    texts = [_short(columns, places[at]) for at in marked]
    figure.update_xaxes(tickvals=marked, ticktext=texts, tickangle=0, range=[-0.5, len(places) - 0.5])
    shown = [look.text(name, _NAME) for name in names]
    figure.update_yaxes(
        tickvals=list(range(len(names))), ticktext=shown, range=[len(names) - 0.5, -0.5], showgrid=False
    )


def _short(columns: str, value: Any) -> str:
    if columns in ("hour", "weekday"):
        return str(int(value)) if columns == "hour" else labels.weekday(int(value))
    return labels.day_short(pd.Timestamp(value).date(), columns)

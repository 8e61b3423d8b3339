"""Money by campaign and hour as a grid, with what each row comes to beside it."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from calldash import labels
from calldash.charts import look
from calldash.charts.few import said_of
from calldash.colours import colour, sequence
from calldash.formats import show

_ROW, _NAME = 30, 24  # pixels, letters
LIMIT = 15


def losses(frame: pd.DataFrame, metric: str) -> go.Figure | None:
    """`metric` by the columns source, campaign and hour, rows as they come first.

    Clicks carry (source, campaign, hour).
    """
    if frame.empty:
        return None
    pairs = list(dict.fromkeys(_pair(row) for row in frame.to_dict("records")))[:LIMIT]
    rows = [row for row in frame.to_dict("records") if _pair(row) in pairs]
    hours = range(min(int(row["hour"]) for row in rows), max(int(row["hour"]) for row in rows) + 1)
    sums = {pair: sum(float(row[metric]) for row in rows if _pair(row) == pair) for pair in pairs}
    figure = look.plain(56 + _ROW * len(pairs))
    figure.add_trace(_cells(rows, pairs, hours, metric))
    figure.add_trace(_touch(rows, pairs, metric))
    names = [f"{look.text(_name(pair), _NAME)}<br><b>{show(metric, sums[pair])}</b>" for pair in pairs]
    figure.update_yaxes(
        tickvals=list(range(len(pairs))), ticktext=names, range=[len(pairs) - 0.5, -0.5], showgrid=False,
        tickfont={"size": 11},
    )  # fmt: skip
    marked = [hour for hour in hours if hour % 3 == 0]
    figure.update_xaxes(tickvals=marked, tickangle=0, range=[hours[0] - 0.5, hours[-1] + 0.5])
    return figure


def _pair(row: dict[Any, Any]) -> tuple[str | None, str | None]:
    source, campaign = (labels.value_code(name, row[name]) for name in ("source", "campaign"))
    return source, campaign


def _name(pair: tuple[str | None, str | None]) -> str:
    return pair[1] or labels.value_label("source", pair[0])


def _cells(rows: list[dict[Any, Any]], pairs: list[Any], hours: range, metric: str) -> go.Heatmap:
    cells = {(_pair(row), int(row["hour"])): float(row[metric]) for row in rows}
    return go.Heatmap(
        z=[[cells.get((pair, hour)) for hour in hours] for pair in pairs], x=list(hours), y=list(range(len(pairs))),
        colorscale=sequence("missed"), zmin=0, zmax=max(cells.values()) or 1, xgap=2, ygap=2, hoverinfo="skip",
        showscale=False,
    )  # fmt: skip


def _touch(rows: list[dict[Any, Any]], pairs: list[Any], metric: str) -> go.Scatter:
    """Unseen squares over the cells: heat maps tell nobody that they were clicked, points do."""
    unseen = {"marker": {"opacity": 0}}
    words = []
    for row in rows:
        source, campaign = (labels.value_label(name, row[name]) for name in ("source", "campaign"))
        hour = int(row["hour"])
        words.append(said_of(f"{source} · {campaign}, {hour}:00–{hour + 1}:00", metric, row))
    return go.Scatter(
        x=[int(row["hour"]) for row in rows], y=[pairs.index(_pair(row)) for row in rows], mode="markers",
        marker={"symbol": "square", "size": 20, "color": colour("text"), "opacity": 0}, selected=unseen,
        unselected=unseen, hovertext=words, hoverinfo="text",
        customdata=[[*_pair(row), str(int(row["hour"]))] for row in rows],
    )  # fmt: skip

"""A number by category, as horizontal bars."""

import pandas as pd
import plotly.graph_objects as go

from calldash import labels
from calldash.charts import look
from calldash.colours import colour
from calldash.formats import show

_NAME = 24  # letters of a name that fit beside the bars on a phone
_ROW = 30  # pixels
LIMIT = 12


def bars(
    frame: pd.DataFrame, dimension: str, metric: str, meaning: str = "answered", limit: int = LIMIT
) -> go.Figure | None:
    """`metric` by column `dimension`, the largest first, each bar with its value. Clicks carry (dimension,)."""
    found = frame.dropna(subset=[metric]).sort_values(metric, ascending=False, kind="stable").head(limit)
    if found.empty:
        return None
    names = [labels.value_label(dimension, value) for value in found[dimension]]
    values = [float(value) for value in found[metric]]
    shown = [show(metric, value, short=True) for value in found[metric]]
    words = [look.said(name, metric, value) for name, value in zip(names, found[metric], strict=True)]
    figure = look.plain(_height(len(names)))
    figure.add_trace(
        go.Bar(
            y=list(range(len(names))), x=values, orientation="h", marker={"color": colour(meaning), "cornerradius": 2},
            text=shown, textposition="outside", cliponaxis=False, hovertext=words, hoverinfo="text",
            customdata=[[labels.value_code(dimension, value)] for value in found[dimension]],
        )
    )  # fmt: skip
    _rows(figure, names)
    figure.update_xaxes(visible=False, range=[0, (max(values) or 1) * 1.22])
    return figure


def _height(rows: int) -> int:
    return 24 + _ROW * rows


def _rows(figure: go.Figure, names: list[str]) -> None:
    shown = [look.text(name, _NAME) for name in names]
    figure.update_yaxes(
        tickvals=list(range(len(names))), ticktext=shown, showgrid=False, range=[len(names) - 0.5, -0.5]
    )

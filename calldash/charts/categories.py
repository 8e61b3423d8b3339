"""Numbers by category, as horizontal bars: one number each, or the parts of a whole."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from calldash import labels
from calldash.charts import look
from calldash.colours import colour
from calldash.formats import show
from calldash.metrics import DIMENSIONS

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


def stacked(frame: pd.DataFrame, parts: str, metric: str, by: str | None = None) -> go.Figure | None:
    """A bar of counts (or one a value of column `by`) in parts of column `parts`. Clicks carry (parts, by)."""
    found = frame.dropna(subset=[metric])
    found = found[found[metric] > 0]
    if found.empty:
        return None
    groups = list(dict.fromkeys(None if pd.isna(one) else one for one in found[by])) if by else [None]
    figure = look.plain(_height(max(len(groups), 2)) + 30, legend=True)
    for value in _order(parts, found[parts]):
        same = found[parts].isna() if value is None else found[parts] == value
        figure.add_trace(_part(found[same], parts, value, metric, by, groups))
    names = [labels.value_label(by, group) if by else "" for group in groups]
    _rows(figure, names)
    figure.update_layout(barmode="stack", legend={"traceorder": "normal"})
    figure.update_xaxes(visible=False)
    return figure


def _part(
    frame: pd.DataFrame, parts: str, value: str | None, metric: str, by: str | None, groups: Sequence[object]
) -> go.Bar:
    at = [groups.index(None if pd.isna(one) else one) if by else 0 for one in (frame[by] if by else frame[metric])]
    amounts = [float(amount) for amount in frame[metric]]
    name = labels.value_label(parts, value)
    codes = [[labels.value_code(parts, value), labels.value_code(by, groups[place]) if by else None] for place in at]
    return go.Bar(
        y=at, x=amounts, orientation="h", name=look.text(name, _NAME), marker={"color": colour(value or "other")},
        text=[show(metric, amount) for amount in amounts], textposition="inside", insidetextanchor="middle",
        textangle=0, hovertext=[f"{look.text(name)}: <b>{show(metric, amount)}</b>" for amount in amounts],
        hoverinfo="text", customdata=codes,
    )  # fmt: skip


def _order(parts: str, values: pd.Series) -> list[str | None]:
    present = {None if pd.isna(value) else str(value) for value in values}
    known = [value for value in DIMENSIONS[parts].values if value in present]
    return [*known, *sorted(value for value in present - set(known) if value), *([None] if None in present else [])]


def _height(rows: int) -> int:
    return 24 + _ROW * rows


def _rows(figure: go.Figure, names: list[str]) -> None:
    shown = [look.text(name, _NAME) for name in names]
    figure.update_yaxes(
        tickvals=list(range(len(names))), ticktext=shown, showgrid=False, range=[len(names) - 0.5, -0.5]
    )

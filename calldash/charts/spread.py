"""How alike the members of groups are: a row each group, a dot each member."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from calldash import labels
from calldash.charts import look
from calldash.colours import colour
from calldash.metrics import METRICS

_NAME = 24
_ROW = 56  # pixels
_UNSEEN = {"marker": {"opacity": 0}}


def spread(
    frame: pd.DataFrame, group: str, member: str, metric: str, notes: Mapping[str | None, str]
) -> go.Figure | None:
    """`metric` of each `member` as a dot in the row of its `group`; `notes`, by group, stand above the dots.

    Clicks on a dot carry (group, member), on a note (group,).
    """
    found = frame.dropna(subset=[metric])
    if found.empty:
        return None
    groups = list(dict.fromkeys(labels.value_code(group, value) for value in found[group]))
    top = max(float(found[metric].max()), 1)
    figure = look.plain(50 + _ROW * len(groups))
    figure.add_trace(_dots(found, group, member, metric, groups))
    figure.add_trace(_notes([notes.get(one, "") for one in groups], groups))
    shown = [look.text(labels.value_label(group, one), _NAME) for one in groups]
    unit = METRICS[metric].unit
    marks = [mark for mark in look.ticks(top, unit, about=3) if mark <= top]
    texts = [look.axis_text(mark, unit) for mark in marks]
    figure.update_xaxes(tickvals=marks, ticktext=texts, tickangle=0, range=[-0.04 * top, top * 1.06], showgrid=True)
    figure.update_yaxes(tickvals=list(range(len(groups))), ticktext=shown, range=[len(groups) - 0.5, -0.5])
    return figure


def _dots(frame: pd.DataFrame, group: str, member: str, metric: str, groups: list[str | None]) -> go.Scatter:
    codes = [labels.value_code(group, value) for value in frame[group]]
    names = [labels.value_code(member, name) for name in frame[member]]
    line = {"width": 1, "color": colour("ground")}
    return go.Scatter(
        x=[float(value) for value in frame[metric]], y=[groups.index(code) for code in codes], mode="markers",
        marker={"size": 13, "color": colour("answered"), "opacity": 0.75, "line": line}, cliponaxis=False,
        hovertext=[
            look.said(labels.value_label(member, name), metric, value)
            for name, value in zip(names, frame[metric], strict=True)
        ],
        hoverinfo="text", customdata=[list(pair) for pair in zip(codes, names, strict=True)],
    )  # fmt: skip


def _notes(texts: list[str], groups: list[str | None]) -> go.Scatter:
    """Words above the dots, each upon an unseen point: points tell when they were clicked, words do not."""
    return go.Scatter(
        x=[0] * len(groups), y=[row - 0.32 for row in range(len(groups))], mode="markers+text", cliponaxis=False,
        text=[look.text(text) for text in texts], textposition="middle right", hoverinfo="none",
        textfont={"color": colour("text")},
        marker={"size": 14, "opacity": 0}, selected=_UNSEEN, unselected=_UNSEEN, customdata=[[one] for one in groups],
    )  # fmt: skip

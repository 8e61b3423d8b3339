"""Parts of a count by category, as bars laid end to end."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from calldash import labels
from calldash.charts import look
from calldash.charts.categories import LIMIT
from calldash.charts.fading import faded
from calldash.formats import number, share

_NAME, _ROW = 24, 30
_NARROW = 0.15  # of the longest bar: below it a share would not fit on a phone


@dataclass(frozen=True)
class Layer:
    """A part: its column in the frame, its name, its colour's meaning and strength, the code that a click gives."""

    column: str
    name: str
    meaning: str
    strength: float
    code: str | list[str]


def stacked(frame: pd.DataFrame, dimension: str, parts: Sequence[Layer]) -> go.Figure | None:
    """The columns of `parts` by column `dimension`, the largest sum first. Clicks carry (dimension, a part's code)."""
    columns = [part.column for part in parts]
    found = frame.assign(whole=frame[columns].sum(axis=1))
    found = found[found["whole"] > 0].sort_values("whole", ascending=False, kind="stable").head(LIMIT)
    if found.empty:
        return None
    names = [labels.value_label(dimension, value) for value in found[dimension]]
    codes = [labels.value_code(dimension, value) for value in found[dimension]]
    figure = look.plain(60 + _ROW * len(names), legend=True)
    for part in parts:
        values = [float(value) for value in found[part.column]]
        figure.add_trace(_bar(part, names, codes, values, [float(whole) for whole in found["whole"]]))
    shown = [look.text(name, _NAME) for name in names]
    figure.update_layout(barmode="stack")
    figure.update_yaxes(
        tickvals=list(range(len(names))), ticktext=shown, showgrid=False, range=[len(names) - 0.5, -0.5]
    )
    figure.update_xaxes(visible=False)
    return figure


def _bar(part: Layer, names: list[str], codes: list[str | None], values: list[float], wholes: list[float]) -> go.Bar:
    shares = [share(value / whole) for value, whole in zip(values, wholes, strict=True)]
    words = [
        f"{look.text(name)}<br>{look.text(part.name)}: <b>{number(value)}</b> · {of}"
        for name, value, of in zip(names, values, shares, strict=True)
    ]
    wide = [value > _NARROW * max(wholes) for value in values]
    return go.Bar(
        y=list(range(len(names))), x=values, orientation="h", name=look.text(part.name), width=0.7,
        marker={"color": faded(part.meaning, part.strength)}, hovertext=words, hoverinfo="text",
        text=[of if fits else "" for of, fits in zip(shares, wide, strict=True)], textposition="inside",
        insidetextanchor="middle", textangle=0, constraintext="none", textfont={"size": 11},
        customdata=[[code, part.code] for code in codes],
    )  # fmt: skip

"""A count over time in layers: the largest values of a breakdown one upon the other, the rest as one."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go
from plotly.colors import sample_colorscale

from calldash import labels
from calldash.charts import look, times
from calldash.colours import colour, sequence
from calldash.i18n import gettext as _
from calldash.metrics import METRICS

LIMIT = 6
_NAME = 14  # letters of a name in the legend
_LIGHTEST = 0.3  # of the scale: below it a layer would not stand out from the ground


def layers(
    frame: pd.DataFrame, grain: str, dimension: str, metric: str, meaning: str = "answered", limit: int = LIMIT
) -> go.Figure | None:
    """`metric` by column `grain` (day, week, month) in layers of column `dimension`, in the hue of `meaning`.

    The `limit` largest values come first, then the rest together, then "not known". Clicks carry (grain, dimension); of
    the rest the list of its values.
    """
    found = frame.dropna(subset=[grain, metric])
    if not found[metric].sum():
        return None
    figure = look.plain(look.HEIGHT + 40, legend=True)
    for values, name, shade in _parts(found, dimension, metric, meaning, limit):
        rows = found[found[dimension].isin(values)] if values != [None] else found[found[dimension].isna()]
        figure.add_trace(_layer(rows, values, name, shade, grain, metric))
    _axes(figure, found, grain, metric)
    return figure


def _parts(
    frame: pd.DataFrame, dimension: str, metric: str, meaning: str, limit: int
) -> list[tuple[list[str | None], str, str]]:
    """The values of each layer, its name and its colour."""
    totals = frame.groupby(dimension)[metric].sum().sort_values(ascending=False, kind="stable")
    ranked: list[str | None] = [str(value) for value in totals.index[totals > 0]]
    first, rest = ranked[:limit], ranked[limit:]
    found = [
        ([value], labels.value_label(dimension, value), shade)
        for value, shade in zip(first, _shades(len(first), meaning), strict=True)
    ]
    if rest:
        found.append((rest, _("the other {number}").format(number=len(rest)), colour("other")))
    if frame.loc[frame[dimension].isna(), metric].sum():
        found.append(([None], labels.value_label(dimension, None), colour("border")))
    return found


def _layer(frame: pd.DataFrame, values: Sequence[str | None], name: str, shade: str, grain: str, metric: str) -> go.Bar:
    sums = frame.groupby(grain)[metric].sum()
    days = [pd.Timestamp(day).date() for day in sums.index]
    value = list(values) if len(values) > 1 else values[0]
    return go.Bar(
        x=days, y=[float(one) for one in sums], name=look.text(name, _NAME), hoverinfo="text",
        hovertext=[
            f"{look.text(labels.day_label(day, grain))}<br>{look.said(name, metric, one)}"
            for day, one in zip(days, sums, strict=True)
        ],
        marker={"color": shade, "line": {"width": 0.5, "color": colour("ground")}},
        customdata=[[day.isoformat(), value] for day in days],
    )  # fmt: skip


def _shades(count: int, meaning: str) -> list[str]:
    """So many colours of one hue, the strongest first."""
    scale = [list(step) for step in sequence(meaning)]
    step = (1 - _LIGHTEST) / max(count - 1, 1)
    return list(sample_colorscale(scale, [1 - step * at for at in range(count)])) if count else []


def _axes(figure: go.Figure, frame: pd.DataFrame, grain: str, metric: str) -> None:
    sums = frame.groupby(grain)[metric].sum()
    days = [pd.Timestamp(day).date() for day in sums.index]
    named = times.marks(days)
    figure.update_layout(look.value_axis("yaxis", float(sums.max()), METRICS[metric].unit))
    figure.update_layout(barmode="stack", hovermode="closest", legend={"traceorder": "normal", "entrywidth": 105})
    figure.update_xaxes(type="date", tickvals=named, ticktext=[labels.day_short(day, grain) for day in named])

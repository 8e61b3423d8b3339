"""How often each length of time occurs."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from calldash.charts import look
from calldash.colours import colour
from calldash.formats import duration, number
from calldash.i18n import gettext as _

# Upper edges in seconds: narrow where decisions are made, wide where it only matters that it was long.
EDGES = (5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600)


def histogram(
    frame: pd.DataFrame, seconds: str, count: str, edges: Sequence[int] = EDGES, target: int | None = None
) -> go.Figure | None:
    """Column `count` by column `seconds`, in classes that end at `edges` (inclusive); within `target` is blue."""
    found = frame.dropna(subset=[seconds])
    if found.empty or not found[count].sum():
        return None
    lows = [0, *(edge + 1 for edge in edges)]
    highs: list[int | None] = [*edges, None]
    totals = [_between(found, seconds, count, low, high) for low, high in zip(lows, highs, strict=True)]
    while len(totals) > 2 and not totals[-1]:
        totals.pop()
    words = [_span(low, high) for low, high in zip(lows, highs, strict=True)][: len(totals)]
    codes = [[f"{low}-{'' if high is None else high}"] for low, high in zip(lows, highs, strict=True)]
    figure = look.plain()
    inside = [target is None or (high is not None and high <= target) for high in highs][: len(totals)]
    figure.add_trace(
        go.Bar(
            x=list(range(len(totals))), y=totals, text=[number(total) for total in totals], textposition="outside",
            cliponaxis=False, marker={"color": [colour("answered" if good else "waiting") for good in inside]},
            hovertext=[f"{word}: <b>{number(total)}</b>" for word, total in zip(words, totals, strict=True)],
            hoverinfo="text", customdata=codes,
        )
    )  # fmt: skip
    figure.update_xaxes(tickvals=list(range(len(totals))), ticktext=words, tickfont={"size": 11})
    figure.update_layout(look.value_axis("yaxis", max(totals) * 1.08, "count"))
    return figure


def _between(frame: pd.DataFrame, seconds: str, count: str, low: int, high: int | None) -> int:
    inside = frame[seconds] >= low
    if high is not None:
        inside &= frame[seconds] <= high
    return int(frame.loc[inside, count].sum())


def _span(low: int, high: int | None) -> str:
    if high is None:
        return _("over {time}").format(time=duration(low - 1))
    return _("to {time}").format(time=duration(high))

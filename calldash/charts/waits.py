"""How long clients waited, those who were answered beside those who were missed, with the threshold between."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from calldash import labels
from calldash.charts import look
from calldash.colours import colour
from calldash.formats import duration, number

# Upper edges in seconds: narrow where decisions are made, wide where it only matters that it was long.
EDGES = (5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600)
KINDS = ("answered", "missed")
PATTERNS: dict[str, dict[str, Any]] = {
    "answered": {"shape": ""},
    "missed": {"shape": "/", "fillmode": "overlay", "size": 5, "solidity": 0.2},
}


def waits(frame: pd.DataFrame, threshold: int, words: str, edges: Sequence[int] = EDGES) -> go.Figure | None:
    """Columns `answered` and `missed` (calls) by column `wait_s`, in classes ending at `edges` (inclusive).

    `threshold` (seconds) is an edge too, marked by a line with `words`. Clicks carry (wait_s, status).
    """
    if frame.empty or not frame[list(KINDS)].to_numpy().sum():
        return None
    highs = sorted({*edges, threshold})
    classes = [bisect_left(highs, int(wait)) for wait in frame["wait_s"]]
    totals = frame.groupby(classes)[list(KINDS)].sum().reindex(range(len(highs) + 1), fill_value=0)
    shown = max(int(totals.index[totals.sum(axis=1) > 0].max()), highs.index(threshold) + 1) + 1
    return look.drawn(
        [_bars(kind, [int(count) for count in totals[kind][:shown]], highs) for kind in KINDS],
        {"xaxis": _scale(highs[: shown - 1], shown), "barmode": "group"},
        look.value_axis("yaxis", float(totals.to_numpy().max()) * 1.1, "count"),
        mark_threshold(highs.index(threshold) + 0.5, words),
        legend=True,
    )


def _bars(kind: str, counts: list[int], highs: list[int]) -> look.Trace:
    lows = [0, *(high + 1 for high in highs)]
    spans = list(zip(lows, [*highs, None], strict=True))[: len(counts)]
    name = look.text(labels.value_label("status", kind))
    said = [f"{duration(low)}–{duration(high)}" if high is not None else f"≥ {duration(low)}" for low, high in spans]
    return {
        "type": "bar", "x": list(range(len(counts))), "y": counts, "name": name, "hoverinfo": "text",
        "marker": {"color": colour(kind), "cornerradius": 2, "pattern": PATTERNS[kind] | {"fgcolor": colour("ground")}},
        "hovertext": [f"{span}<br>{name}: <b>{number(count)}</b>" for span, count in zip(said, counts, strict=True)],
        "customdata": [[f"{low}-{'' if high is None else high}", kind] for low, high in spans],
    }  # fmt: skip


def _scale(edges: Sequence[int], classes: int) -> look.Layout:
    """The times stand where one class ends and the next begins."""
    places, words = [at + 0.5 for at in range(len(edges))], [duration(edge) for edge in edges]
    return {"tickvals": places, "ticktext": words, "tickfont": {"size": 11}, "range": [-0.5, classes - 0.5]}


def mark_threshold(place: float, words: str) -> look.Layout:
    """Layout of a dashed line at `place` of the axis of times, with `words` beside it."""
    return look.marked("x", place, words, xanchor="left", y=1, yanchor="top", xshift=3)

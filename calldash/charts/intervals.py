"""Differences with their intervals, a row each, beside the line of no difference."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from calldash.charts import look
from calldash.colours import colour
from calldash.formats import signed_in_unit

_ROW, _NAME = 30, 24


@dataclass(frozen=True)
class Difference:
    """A row: its name, the difference and its interval, the meaning of its colour, what hovering says, its code."""

    name: str
    value: float
    low: float
    high: float
    meaning: str
    words: str
    code: str


def signed_ticks(low: float, high: float, unit: str) -> dict[float, str]:
    """Round values from `low` to `high` with 0 among them, and their texts: differences of the unit."""
    steps = look.ticks(max(abs(low), abs(high)), unit, about=3)
    places = sorted({sign * step for step in steps for sign in (-1, 1) if low <= sign * step <= high} | {0.0})
    return {place: signed_in_unit(unit, place) for place in places}


def intervals(found: Sequence[Difference], ticks: dict[float, str]) -> go.Figure | None:
    """Each difference as a point upon its interval; `ticks` are the places of the axis and their texts.

    Clicks carry (code,).
    """
    if not found:
        return None
    figure = look.plain(40 + _ROW * len(found))
    for meaning in dict.fromkeys(one.meaning for one in found):
        figure.add_trace(_points([(at, one) for at, one in enumerate(found) if one.meaning == meaning], meaning))
    figure.add_vline(x=0, line={"color": colour("muted"), "width": 1.5})
    ends = [*(one.low for one in found), *(one.high for one in found), 0]
    room = (max(ends) - min(ends)) * 0.04 or 1
    shown = [look.text(one.name, _NAME) for one in found]
    figure.update_yaxes(
        tickvals=list(range(len(found))), ticktext=shown, range=[len(found) - 0.5, -0.5], showgrid=False
    )
    figure.update_xaxes(
        tickvals=list(ticks), ticktext=list(ticks.values()), tickangle=0, showgrid=True,
        range=[min(ends) - room, max(ends) + room],
    )  # fmt: skip
    return figure


def _points(rows: Sequence[tuple[int, Difference]], meaning: str) -> go.Scatter:
    ink = colour(meaning)
    hollow = colour("card") if meaning == "other" else ink
    return go.Scatter(
        x=[one.value for _at, one in rows], y=[at for at, _one in rows], mode="markers",
        marker={"size": 10, "color": hollow, "line": {"color": ink, "width": 2}},
        error_x={
            "type": "data", "symmetric": False, "color": ink, "thickness": 2, "width": 4,
            "array": [one.high - one.value for _at, one in rows],
            "arrayminus": [one.value - one.low for _at, one in rows],
        },
        hovertext=[look.text(one.words).replace("\n", "<br>") for _at, one in rows], hoverinfo="text",
        customdata=[[one.code] for _at, one in rows],
    )  # fmt: skip

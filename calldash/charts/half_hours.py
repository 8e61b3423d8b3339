"""A day by half hours: the calls that come, and the people they take beside those who were there."""

from collections.abc import Iterable
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from calldash.charts import look
from calldash.colours import colour
from calldash.formats import NOTHING, number
from calldash.staffing.days import span

_WIDTH = 0.42  # of a bar, in hours
_BAND = {"shape": "/", "fillmode": "overlay", "size": 5, "solidity": 0.2}


def calls_by_half(frame: pd.DataFrame, mean: str, many: str) -> go.Figure | None:
    """Columns `calls` (mean) and `p90` by `half`; the band reaches up to p90. `mean`, `many`: what they are called.

    Clicks carry (hour,).
    """
    if frame.empty or not frame["calls"].sum():
        return None
    figure = look.plain(legend=True)
    ink = {"color": colour("answered"), "cornerradius": 2}
    over = [max(0.0, most - usual) for usual, most in zip(frame["calls"], frame["p90"], strict=True)]
    figure.add_trace(_bars(frame, frame["calls"].tolist(), mean, _said(frame, "calls", mean), ink))
    band = {"color": colour("waiting"), "pattern": _BAND | {"fgcolor": colour("ground")}}
    figure.add_trace(_bars(frame, over, many, _said(frame, "p90", many), band))
    _axes(figure, frame, float(frame[["calls", "p90"]].max().max()))
    return figure


def people_by_half(frame: pd.DataFrame, there: str, agents: str, scheduled: str) -> go.Figure | None:
    """Columns `there`, `agents` (needed) and `scheduled` (on the roster for them) by `half`, with what they are called.

    Clicks carry (hour,).
    """
    columns = ["there", "agents", "scheduled"]
    if frame.empty or frame[columns].isna().all(axis=None):
        return None
    figure = look.plain(legend=True)
    ink = {"color": colour("answered"), "cornerradius": 2, "opacity": 0.75}
    if frame["there"].notna().any():
        present = [look.number(value) for value in frame["there"]]
        figure.add_trace(_bars(frame, present, there, _said(frame, "there", there), ink))
    figure.add_trace(_steps(frame, "scheduled", scheduled, {"color": colour("text"), "width": 2, "dash": "dot"}))
    figure.add_trace(_steps(frame, "agents", agents, {"color": colour("missed"), "width": 3}))
    _axes(figure, frame, float(frame[columns].astype("float64").max().max()))
    return figure


def _middle(frame: pd.DataFrame) -> list[float]:
    return [half / 2 + 0.25 for half in frame["half"]]


def _said(frame: pd.DataFrame, column: str, name: str) -> Iterable[str]:
    for half, value in zip(frame["half"], frame[column], strict=True):
        shown = NOTHING if pd.isna(value) else number(round(float(value), 1))
        yield f"{span(int(half))}<br>{look.text(name)}: <b>{shown}</b>"


def _bars(frame: pd.DataFrame, values: list[Any], name: str, words: Iterable[str], marker: dict[str, Any]) -> go.Bar:
    return go.Bar(
        x=_middle(frame), y=values, name=look.text(name), width=_WIDTH, marker=marker, hoverinfo="text",
        hovertext=list(words), customdata=[[str(int(half) // 2)] for half in frame["half"]],
    )  # fmt: skip


def _steps(frame: pd.DataFrame, column: str, name: str, line: dict[str, Any]) -> go.Scatter:
    """A line in steps that breaks where half hours are left out."""
    every = range(int(frame["half"].min()), int(frame["half"].max()) + 1)
    whole = frame.set_index("half").reindex(every).reset_index()
    return go.Scatter(
        x=_middle(whole), y=[look.number(value) for value in whole[column]], name=look.text(name), mode="lines",
        line=line | {"shape": "hvh"}, connectgaps=False, hoverinfo="text", hovertext=list(_said(whole, column, name)),
        customdata=[[str(int(half) // 2)] for half in whole["half"]],
    )  # fmt: skip


def _axes(figure: go.Figure, frame: pd.DataFrame, top: float) -> None:
    first, last = int(frame["half"].min()) / 2, (int(frame["half"].max()) + 1) / 2
    step = 3 if last - first > 7 else 1
    marks = [hour for hour in range(int(first), int(last) + 1) if hour % step == 0]
    figure.update_xaxes(
        tickvals=marks, ticktext=[f"{hour}:00" for hour in marks], range=[first - 0.4, last + 0.1], tickangle=0
    )
    figure.update_layout(look.value_axis("yaxis", top, "count"), barmode="stack", hovermode="closest")

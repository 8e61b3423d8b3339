"""Calls that came beside those that were expected: bars of days, a line within its band, and days by hours."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from calldash import labels
from calldash.charts import look, times
from calldash.colours import colour, sequence
from calldash.formats import NOTHING, number

Row = Mapping[Any, Any]
_ROW, _EDGES = 26, range(9, 18)  # pixels; hours shown even when nothing is expected in them


def come_and_expected(come: pd.DataFrame, said: pd.DataFrame, names: tuple[str, str, str]) -> go.Figure | None:
    """`come` has columns day and calls, `said` day, calls, low and high; what bars, line and band are called.

    Bars carry (day,).
    """
    if come.empty and said["calls"].isna().all():
        return None
    figure = look.plain(legend=True)
    bars = {"color": colour("answered"), "cornerradius": 2}
    figure.add_trace(
        go.Bar(
            x=come["day"].tolist(), y=come["calls"].tolist(), name=look.text(names[0]), marker=bars, hoverinfo="text",
            hovertext=[_said(row, names[0]) for row in come.to_dict("records")],
            customdata=[[day.date().isoformat()] for day in come["day"]],
        )
    )  # fmt: skip
    figure.add_trace(_band(said, names[2]))
    figure.add_trace(_line(said, names[1]))
    days = sorted({day.date() for frame in (come, said) for day in frame["day"]})
    _axes(figure, days, float(pd.concat([come["calls"], said["calls"], said["high"]]).max()))
    return figure


def _said(row: Row, name: str) -> str:
    day = pd.Timestamp(row["day"]).date()
    return f"{_day(day)}<br>{look.text(name)}: <b>{_whole(row['calls'])}</b>{_between(row)}"


def _between(row: Row) -> str:
    return f" ({_whole(row['low'])}–{_whole(row['high'])})" if "low" in row and not pd.isna(row["low"]) else ""


def _whole(value: Any) -> str:
    return NOTHING if pd.isna(value) else number(round(float(value), 1))


def _day(day: date) -> str:
    return f"{labels.weekday(day.isoweekday())}, {labels.day_label(day)}"


def _band(said: pd.DataFrame, name: str) -> go.Scatter:
    known = said.dropna(subset=["low", "high"])
    days, back = known["day"].tolist(), known["day"].tolist()[::-1]
    red, green, blue = (int(colour("waiting")[at : at + 2], 16) for at in (1, 3, 5))
    return go.Scatter(
        x=days + back, y=known["high"].tolist() + known["low"].tolist()[::-1], mode="lines", fill="toself",
        fillcolor=f"rgba({red},{green},{blue},0.35)", line={"color": colour("waiting"), "width": 1},
        name=look.text(name), hoverinfo="skip",
    )  # fmt: skip


def _line(said: pd.DataFrame, name: str) -> go.Scatter:
    return go.Scatter(
        x=said["day"].tolist(), y=[look.number(value) for value in said["calls"]], name=look.text(name),
        mode="lines+markers", line={"color": colour("text"), "width": 2}, marker={"size": 6}, connectgaps=False,
        hoverinfo="text", hovertext=[_said(row, name) for row in said.to_dict("records")],
    )  # fmt: skip


def _axes(figure: go.Figure, days: list[date], top: float) -> None:
    figure.update_layout(look.value_axis("yaxis", top, "count"), hovermode="closest")
    named = times.marks(days)
    figure.update_xaxes(type="date", tickvals=named, ticktext=[labels.day_short(day) for day in named])


def expected_hours(hours: pd.DataFrame, name: str) -> go.Figure | None:
    """Columns day, hour, calls, low, high as a grid, a row a day; `name`: what the numbers are."""
    told = hours.dropna(subset=["calls"])
    busy = told[told["calls"] >= 0.5]["hour"]
    if busy.empty:
        return None
    shown = range(min(int(busy.min()), _EDGES[0]), max(int(busy.max()), _EDGES[-1]) + 1)
    rows = [day.date() for day in sorted(set(hours["day"]))]
    found = {(row["day"].date(), int(row["hour"])): row for row in hours.to_dict("records")}
    cells = [[found[day, hour] for hour in shown] for day in rows]
    figure = look.plain(56 + _ROW * len(rows))
    figure.add_trace(
        go.Heatmap(
            z=[[look.number(cell["calls"]) for cell in row] for row in cells], x=list(shown), xgap=2, ygap=2, zmin=0,
            colorscale=sequence("answered"), hoverinfo="text",
            text=[[_cell(cell, name) for cell in row] for row in cells],
            colorbar={"thickness": 8, "len": 1, "outlinewidth": 0, "x": 1.01, "xpad": 4, "tickfont": {"size": 11}},
        )
    )  # fmt: skip
    named = [f"{labels.weekday(day.isoweekday())} {labels.day_short(day)}" for day in rows]
    figure.update_yaxes(tickvals=list(range(len(rows))), ticktext=named, range=[len(rows) - 0.5, -0.5], showgrid=False)
    marks = [hour for hour in shown if hour % 3 == 0]
    figure.update_xaxes(tickvals=marks, range=[shown[0] - 0.5, shown[-1] + 0.5], tickangle=0)
    return figure


def _cell(cell: Row, name: str) -> str:
    day, hour = pd.Timestamp(cell["day"]).date(), int(cell["hour"])
    return f"{_day(day)}, {hour}:00–{hour + 1}:00<br>{look.text(name)}: <b>{_whole(cell['calls'])}</b>{_between(cell)}"

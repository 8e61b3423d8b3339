"""Two numbers over the same days or hours, one above the other: a line, and below it bars with a scale of their own."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from calldash import labels
from calldash.charts import look, times
from calldash.colours import colour, of_number
from calldash.formats import FEW, number
from calldash.i18n import ngettext
from calldash.metrics import METRICS

_OFFICE = (9, 18)  # hours shown even when nothing happened in them
_UPPER, _LOWER = (0.46, 0.93), (0.0, 0.30)  # what each takes of the height; titles stand above them


def panels(
    frame: pd.DataFrame, by: str, line: str, bars: str, target: float | None = None, goal: str = ""
) -> go.Figure | None:
    """Number `line` above number `bars`, over column `by`: hour, or day, week, month. `target` is a line named `goal`.

    Points of few cases (column `<line>_cases`) are hollow. Clicks carry (by, behind): the value and the number's key.
    """
    found = _hours(frame, line, bars) if by == "hour" else frame.dropna(subset=[by])
    if found.empty or found[[line, bars]].isna().all(axis=None):
        return None
    figure = look.plain()
    at = _places(found, by)
    figure.add_trace(_line(found, by, line, at))
    figure.add_trace(_bars(found, by, bars, at))
    _axes(figure, found, line, bars, target)
    figure.update_xaxes(_hour_axis(at) if by == "hour" else _day_axis(at, by), anchor="y2")
    if target is not None:
        figure.add_hline(y=target, line={"color": colour("muted"), "width": 1.5, "dash": "dash"})
        figure.add_annotation(_words(f"– – {goal}", x=1, xanchor="right", y=_UPPER[1], yref="paper", yanchor="bottom"))
    return figure


def _hours(frame: pd.DataFrame, line: str, bars: str) -> pd.DataFrame:
    """From the first hour with something in it to the last, quiet ones too, so that the line breaks there."""
    busy = frame[frame["hour"].notna() & (frame[line].notna() | (frame[bars] > 0))]
    if busy.empty:
        return busy
    hours = pd.RangeIndex(int(busy["hour"].min()), int(busy["hour"].max()) + 1, name="hour")
    return busy.astype({"hour": "int64"}).set_index("hour").reindex(hours).reset_index()


def _hour_axis(hours: list[Any]) -> dict[str, Any]:
    first, last = min(hours[0], _OFFICE[0]), max(hours[-1], _OFFICE[1])
    marks = [hour for hour in range(first, last + 1) if hour % 3 == 0]
    return {"tickvals": marks, "ticktext": [f"{hour}:00" for hour in marks], "range": [first - 0.5, last + 0.5]}


def _day_axis(days: list[Any], grain: str) -> dict[str, Any]:
    marks = times.marks(days)
    return {"tickvals": marks, "ticktext": [labels.day_short(day, grain) for day in marks], "type": "date"}


def _places(frame: pd.DataFrame, by: str) -> list[Any]:
    """Where the rows stand on the axis: hours as numbers, the rest as days."""
    return [int(value) if by == "hour" else pd.Timestamp(value).date() for value in frame[by]]


def _line(frame: pd.DataFrame, by: str, key: str, at: list[Any]) -> go.Scatter:
    cases = list(frame[f"{key}_cases"]) if f"{key}_cases" in frame else [None] * len(frame)
    few = [count is not None and not pd.isna(count) and count < FEW for count in cases]
    shade = colour(of_number(key))
    filled = [colour("card") if one else shade for one in few]
    return go.Scatter(
        x=at, y=[look.number(value) for value in frame[key]], connectgaps=False, cliponaxis=False,
        mode="lines+markers" if len(at) <= 62 else "lines", line={"color": shade, "width": 2.5},
        marker={"size": 7, "color": filled, "line": {"color": shade, "width": 2}},
        hovertext=list(_hover(frame, by, key, cases)), hoverinfo="text", customdata=_codes(frame, by, key),
    )  # fmt: skip


def _bars(frame: pd.DataFrame, by: str, key: str, at: list[Any]) -> go.Bar:
    words = list(_hover(frame, by, key, [None] * len(frame)))
    return go.Bar(
        x=at, y=[look.number(value) for value in frame[key]], yaxis="y2", width=0.75 if by == "hour" else None,
        marker={"color": colour(of_number(key)), "cornerradius": 2},
        hovertext=words, hoverinfo="text", customdata=_codes(frame, by, key),
    )  # fmt: skip


def _hover(frame: pd.DataFrame, by: str, key: str, cases: list[Any]) -> Iterator[str]:
    for value, amount, count in zip(frame[by], frame[key], cases, strict=True):
        words = look.said(_when(by, value), key, amount)
        if count is not None and not pd.isna(count):
            of_all = ngettext("of {number} case", "of {number} cases", int(count))
            words += "<br>" + of_all.format(number=number(int(count)))
        yield words


def _when(by: str, value: Any) -> str:
    return f"{int(value)}:00–{int(value) + 1}:00" if by == "hour" else labels.value_label(by, value)


def _codes(frame: pd.DataFrame, by: str, key: str) -> list[list[str | None]]:
    return [[labels.value_code(by, value), key] for value in frame[by]]


def _axes(figure: go.Figure, frame: pd.DataFrame, line: str, bars: str, target: float | None) -> None:
    figure.layout.yaxis2 = figure.layout.yaxis
    for axis, key, domain, least in (("yaxis", line, _UPPER, target or 0), ("yaxis2", bars, _LOWER, 0)):
        top = max(float(frame[key].max(skipna=True) or 0) if frame[key].notna().any() else 0.0, least)
        figure.update_layout(look.value_axis(axis, top, METRICS[key].unit))
        figure.layout[axis].update(domain=domain, anchor="x")
        figure.add_annotation(_words(labels.title(key), y=domain[1], yref="paper", yanchor="bottom"))


def _words(text: str, **place: Any) -> dict[str, Any]:
    font = {"color": colour("muted"), "size": 12}
    return {
        "text": look.text(text),
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "showarrow": False,
        "font": font,
    } | place

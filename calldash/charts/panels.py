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
    at = _places(found, by)
    across = _hour_axis(at) if by == "hour" else _day_axis(at, by)
    return look.drawn(
        [_line(found, by, line, at), _bars(found, by, bars, at)],
        {"xaxis": across | {"anchor": "y2"}},
        _panel(found, "yaxis", line, _UPPER, target or 0),
        _panel(found, "yaxis2", bars, _LOWER),
        {} if target is None else look.marked("y", target) | _words(f"– – {goal}", _UPPER[1], x=1, xanchor="right"),
    )


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


def _line(frame: pd.DataFrame, by: str, key: str, at: list[Any]) -> look.Trace:
    cases = list(frame[f"{key}_cases"]) if f"{key}_cases" in frame else [None] * len(frame)
    few = [count is not None and not pd.isna(count) and count < FEW for count in cases]
    shade = colour(of_number(key))
    filled = [colour("card") if one else shade for one in few]
    return {
        "type": "scatter", "x": at, "y": [look.number(value) for value in frame[key]], "connectgaps": False,
        "cliponaxis": False, "mode": "lines+markers" if len(at) <= 62 else "lines",
        "line": {"color": shade, "width": 2.5},
        "marker": {"size": 7, "color": filled, "line": {"color": shade, "width": 2}},
        "hovertext": list(_hover(frame, by, key, cases)), "hoverinfo": "text", "customdata": _codes(frame, by, key),
    }  # fmt: skip


def _bars(frame: pd.DataFrame, by: str, key: str, at: list[Any]) -> look.Trace:
    words = list(_hover(frame, by, key, [None] * len(frame)))
    return {
        "type": "bar", "x": at, "y": [look.number(value) for value in frame[key]], "yaxis": "y2",
        "width": 0.75 if by == "hour" else None, "marker": {"color": colour(of_number(key)), "cornerradius": 2},
        "hovertext": words, "hoverinfo": "text", "customdata": _codes(frame, by, key),
    }  # fmt: skip


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


def _panel(frame: pd.DataFrame, axis: str, key: str, domain: tuple[float, float], least: float = 0) -> look.Layout:
    """Layout of the axis of one number, which takes `domain` of the height, with its title above it."""
    top = max(float(frame[key].max(skipna=True) or 0) if frame[key].notna().any() else 0.0, least)
    values = look.value_axis(axis, top, METRICS[key].unit)[axis]
    return {axis: {**look.upright(), **values, "domain": domain, "anchor": "x"}, **_words(labels.title(key), domain[1])}


def _words(text: str, y: float, **place: Any) -> look.Layout:
    """Layout of words above a panel that ends at `y`."""
    font = {"color": colour("muted"), "size": 12}
    where = {"x": 0, "xref": "paper", "xanchor": "left", "y": y, "yref": "paper", "yanchor": "bottom"}
    return {"annotations": [{"text": look.text(text), "showarrow": False, "font": font} | where | place]}

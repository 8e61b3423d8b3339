"""What all charts share: the plain ground, axes that begin at zero with few round ticks, and text that stays text."""

import html
from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from calldash.colours import colour
from calldash.formats import in_unit, show
from calldash.labels import title

HEIGHT = 300
FONT = '"Source Sans", sans-serif'
# Dragging a chart would swallow the scrolling of a phone; numbers are said by labels and by hovering.
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}
Trace = dict[str, Any]  # what Plotly calls so, its `type` among the names
Layout = dict[str, Any]
_STEPS = {
    "seconds": (1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 36000),
    "share": (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0),
}


def text(value: str, limit: int | None = None) -> str:
    """`value` as plain text in a figure: Plotly would read tags in it; longer than `limit` it is shortened."""
    if limit and len(value) > limit:
        value = value[: limit - 1].rstrip() + "…"
    return html.escape(value, quote=False)


def said(name: str, metric: str, value: object) -> str:
    """What hovering says: a name, and below it a number with its title."""
    return f"{text(name)}<br>{text(title(metric))}: <b>{show(metric, value)}</b>"


def plain(height: int = HEIGHT, legend: bool = False) -> go.Figure:
    """An empty figure in the house's look; with `legend` the page names its traces above it, where words can wrap."""
    return drawn([], height=height, legend=legend)


def drawn(traces: Sequence[Trace], *layouts: Layout, height: int = HEIGHT, legend: bool = False) -> go.Figure:
    """A figure of `traces` in the house's look, to which `layouts` add what is their own.

    Plotly checks what a figure is made of; each change of one that is there already costs more than all of it at once.
    """
    whole = _ground(height, legend)
    for layout in layouts:
        whole = _added(whole, layout)
    return go.Figure(data=list(traces), layout=whole)


def _ground(height: int, legend: bool) -> Layout:
    ink = {"color": colour("text"), "family": FONT}
    return {
        "template": "none",
        "height": height,
        "margin": {"l": 8, "r": 18, "t": 10, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {**ink, "size": 13},
        "showlegend": legend,
        "hoverlabel": {"bgcolor": colour("card"), "bordercolor": colour("border"), "font": ink},
        "dragmode": False,
        "barmode": "overlay",
        "bargap": 0.25,
        "xaxis": {**_axis(), "showgrid": False, "ticklabeloverflow": "hide past div"},
        "yaxis": upright(),
    }


def upright() -> Layout:
    """How an upright axis looks, a second one too."""
    return {**_axis(), "showgrid": True, "gridwidth": 1}


def _axis() -> Layout:
    return {"fixedrange": True, "automargin": True, "zeroline": False, "gridcolor": colour("grid"), "ticks": ""}


def _added(layout: Layout, more: Layout) -> Layout:
    """Both in one: names within names come together, lines and words follow each other, else `more` is in force."""
    both = dict(layout)
    for name, value in more.items():
        if isinstance(value, dict):
            both[name] = _added(both.get(name, {}), value)
        elif name in ("shapes", "annotations"):
            both[name] = [*both.get(name, ()), *value]
        else:
            both[name] = value
    return both


def marked(axis: str, at: float, words: str = "", **place: Any) -> Layout:
    """Layout of a dashed line across the picture at `at` of the axis "x" or "y", with `words` at a `place` by it."""
    other = "y" if axis == "x" else "x"
    refs = {f"{axis}ref": axis, f"{other}ref": f"{other} domain"}
    line = {"color": colour("muted"), "width": 1.5, "dash": "dash"}
    ends = {f"{axis}0": at, f"{axis}1": at, f"{other}0": 0, f"{other}1": 1}
    found: Layout = {"shapes": [{"type": "line", "line": line, **refs, **ends}]}
    if words:
        font = {"color": colour("muted"), "size": 12}
        beside = {"text": text(words), axis: at, "showarrow": False, "font": font, "bgcolor": colour("ground")}
        found["annotations"] = [{**refs, **beside, **place}]
    return found


def level(*figures: go.Figure | None) -> tuple[go.Figure | None, ...]:
    """The figures of one row, all as high as the highest."""
    there = [figure for figure in figures if figure is not None]
    height = max((figure.layout.height for figure in there), default=HEIGHT)
    for figure in there:
        figure.update_layout(height=height)
    return figures


def ticks(top: float, unit: str, about: int = 4) -> list[float]:
    """Round values from 0 to at least `top`, about so many steps, as the unit is counted."""
    top = max(top, 0.01 if unit == "share" else 1)
    step = next((step for step in _steps(unit, top) if top / step <= about), top)
    count = int(-(-top // step))
    return [round(step * at, 6) for at in range(count + 1)]


def _steps(unit: str, top: float) -> list[float]:
    known = [step for step in _STEPS.get(unit, ()) if step * 4 >= top]
    if known:
        return known
    one = 3600 if unit == "seconds" else 1
    size = one * 10 ** max(0, len(str(int(top / one))) - 2)
    return [size * step for step in (1, 2, 5, 10, 20, 50)]


def value_axis(axis: str, top: float, unit: str) -> Layout:
    """Layout of the axis ("xaxis" or "yaxis") of values from zero up to `top`, ticks written in the unit."""
    found = ticks(top, unit)
    labels = [axis_text(value, unit) for value in found]
    return {axis: {"tickvals": found, "ticktext": labels, "range": [0, top * 1.06 or 1]}}


def axis_text(value: float, unit: str) -> str:
    """A tick's label: whole per cent, whole units."""
    shown = in_unit(unit, value, short=True)
    return shown.replace(",0", "").replace(".0", "") if unit == "share" else shown


def number(value: Any) -> float | None:
    """A cell as a float; None when it is missing."""
    return None if pd.isna(value) else float(value)

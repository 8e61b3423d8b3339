"""The share of clients called back by the delay, with its interval, and the target marked."""

from collections.abc import Sequence

import plotly.graph_objects as go

from calldash.charts import look
from calldash.charts.fading import faded
from calldash.colours import colour
from calldash.formats import duration, number, share
from calldash.i18n import gettext as _
from calldash.missed.curve import Step

_SHADE = 0.2


def callback_curve(steps: Sequence[Step], until_s: float, target_s: float, words: str) -> go.Figure | None:
    """Steps of the share called back over the delay up to `until_s`; `target_s` is a line with `words`."""
    if not steps:
        return None
    shown = [step for step in steps if step.at <= until_s]
    at = [0.0, *(step.at for step in shown), until_s]
    high, low, risen = (
        [0.0, *values, values[-1] if values else 0.0]
        for values in ([getattr(step, name) for step in shown] for name in ("high", "low", "share"))
    )
    return look.drawn(
        [_edge(at, high, None), _edge(at, low, "tonexty"), _line(at, risen, shown)],
        look.value_axis("yaxis", 1.0, "share"),
        {"xaxis": _delays(until_s), "hovermode": "closest"},
        look.marked("x", target_s, words, xanchor="left", y=0.02, yanchor="bottom", xshift=3),
    )


def _edge(at: list[float], values: list[float], fill: str | None) -> look.Trace:
    return {
        "type": "scatter", "x": at, "y": values, "mode": "lines", "line": {"width": 0, "shape": "hv"}, "fill": fill,
        "hoverinfo": "skip", "fillcolor": faded("called_back", _SHADE),
    }  # fmt: skip


def _line(at: list[float], values: list[float], steps: Sequence[Step]) -> look.Trace:
    words = [""]
    for step in steps:
        said = _("{share} called back within {time}").format(share=share(step.share), time=duration(step.at))
        left = _("{number} still waited").format(number=number(step.at_risk))
        words.append(f"{said}<br>{share(step.low)} – {share(step.high)}<br>{left}")
    return {
        "type": "scatter", "x": at, "y": values, "mode": "lines",
        "line": {"color": colour("called_back"), "width": 2.5, "shape": "hv"},
        "hovertext": [*words, words[-1]], "hoverinfo": "text",
    }  # fmt: skip


def _delays(until_s: float) -> look.Layout:
    marks = look.ticks(until_s, "seconds")
    return {"tickvals": marks, "ticktext": [duration(mark) for mark in marks], "range": [0, until_s]}

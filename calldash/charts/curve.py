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
    figure = look.plain()
    at = [0.0, *(step.at for step in shown), until_s]
    for name, fill in (("high", None), ("low", "tonexty")):
        edge = [0.0, *(getattr(step, name) for step in shown)]
        figure.add_trace(_edge(at, [*edge, edge[-1]], fill))
    risen = [0.0, *(step.share for step in shown)]
    figure.add_trace(_line(at, [*risen, risen[-1]], shown))
    _axes(figure, until_s)
    figure.add_vline(
        x=target_s, line={"color": colour("muted"), "width": 1.5, "dash": "dash"},
        annotation={
            "text": look.text(words), "xanchor": "left", "y": 0.02, "yanchor": "bottom", "showarrow": False,
            "font": {"color": colour("muted"), "size": 12}, "bgcolor": colour("ground"), "xshift": 3,
        },
    )  # fmt: skip
    return figure


def _edge(at: list[float], values: list[float], fill: str | None) -> go.Scatter:
    return go.Scatter(
        x=at, y=values, mode="lines", line={"width": 0, "shape": "hv"}, fill=fill, hoverinfo="skip",
        fillcolor=faded("called_back", _SHADE),
    )  # fmt: skip


def _line(at: list[float], values: list[float], steps: Sequence[Step]) -> go.Scatter:
    words = [""]
    for step in steps:
        said = _("{share} called back within {time}").format(share=share(step.share), time=duration(step.at))
        left = _("{number} still waited").format(number=number(step.at_risk))
        words.append(f"{said}<br>{share(step.low)} – {share(step.high)}<br>{left}")
    return go.Scatter(
        x=at, y=values, mode="lines", line={"color": colour("called_back"), "width": 2.5, "shape": "hv"},
        hovertext=[*words, words[-1]], hoverinfo="text",
    )  # fmt: skip


def _axes(figure: go.Figure, until_s: float) -> None:
    figure.update_layout(look.value_axis("yaxis", 1.0, "share"), hovermode="closest")
    marks = look.ticks(until_s, "seconds")
    figure.update_xaxes(tickvals=marks, ticktext=[duration(mark) for mark in marks], range=[0, until_s])

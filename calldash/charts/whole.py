"""What a whole is made of: one bar in parts, each with its count and its share."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from calldash.charts import look
from calldash.colours import colour
from calldash.formats import number, share

_HEIGHT = 76


@dataclass(frozen=True)
class Part:
    """A part: its name, how many it has, the meaning its colour has, the codes a click carries; striped or plain."""

    name: str
    count: int
    meaning: str
    codes: tuple[str, ...]
    striped: bool = False


def whole(parts: Sequence[Part]) -> go.Figure | None:
    """The parts beside each other in their order; one of nothing is left out. Clicks carry the part's codes."""
    total = sum(part.count for part in parts)
    if not total:
        return None
    return look.drawn(
        [_bar(part, part.count / total) for part in parts if part.count],
        {"barmode": "stack", "uniformtext": {"minsize": 12, "mode": "hide"}, "bargap": 0, "margin": {"l": 0, "r": 0}},
        {"xaxis": {"visible": False, "range": [0, total]}, "yaxis": {"visible": False}},
        height=_HEIGHT,
    )


def _bar(part: Part, of_all: float) -> look.Trace:
    pattern = {"shape": "/" if part.striped else "", "fillmode": "overlay", "fgcolor": colour("ground"), "size": 7}
    return {
        "type": "bar", "x": [part.count], "y": [""], "orientation": "h", "name": look.text(part.name),
        "customdata": [list(part.codes)],
        "marker": {"color": colour(part.meaning), "pattern": pattern, "line": {"color": colour("ground"), "width": 1}},
        "text": "" if part.striped else number(part.count), "textposition": "inside", "insidetextanchor": "middle",
        "textangle": 0, "insidetextfont": {"color": colour("ground")}, "hoverinfo": "text",
        "hovertext": f"{look.text(part.name)}: <b>{number(part.count)}</b> ({share(of_all)})",
    }  # fmt: skip

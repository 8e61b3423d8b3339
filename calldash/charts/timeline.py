"""A day of phones: who was ringing, talking or waiting when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import plotly.graph_objects as go

from calldash.charts import look
from calldash.colours import colour

_ROW = 26
_NAME = 24
_BAR = 0.72  # of a row's height


@dataclass(frozen=True)
class Span:
    """Something that lasted: whose row it is in, from when to when (local time), what it means, what hovering says."""

    row: str
    begins: datetime
    ends: datetime
    meaning: str
    words: str
    key: str = ""


def timeline(spans: Sequence[Span], names: dict[str, str] | None = None, lanes: Sequence[str] = ()) -> go.Figure | None:
    """Spans as bars on one row each name, in the order of first appearance. `names` puts meanings into the legend.

    Meanings of `lanes` have each a part of the row of their own. Clicks carry the span's key.
    """
    if not spans:
        return None
    rows = list(dict.fromkeys(span.row for span in spans))
    figure = look.plain(60 + _ROW * len(rows), legend=bool(names))
    for meaning in dict.fromkeys((*lanes, *(span.meaning for span in spans))):
        same = [span for span in spans if span.meaning == meaning]
        figure.add_trace(_bars(same, rows, meaning, names or {}, _lane(meaning, lanes)))
    shown = [look.text(row, _NAME) for row in rows]
    figure.update_yaxes(tickvals=list(range(len(rows))), ticktext=shown, range=[len(rows) - 0.5, -0.5], showgrid=True)
    figure.update_xaxes(type="date", tickformat="%H:%M", nticks=6, tickangle=0, showgrid=True)
    return figure


def _lane(meaning: str, lanes: Sequence[str]) -> dict[str, float]:
    """Where in a row the bars of a meaning lie, as a part of the row's height."""
    if meaning not in lanes:
        return {"width": _BAR}
    width = _BAR / len(lanes)
    return {"width": width, "offset": width * lanes.index(meaning) - _BAR / 2}


def _bars(spans: list[Span], rows: list[str], meaning: str, names: dict[str, str], lane: dict[str, float]) -> go.Bar:
    return go.Bar(
        y=[rows.index(span.row) for span in spans], base=[span.begins for span in spans], orientation="h", **lane,
        x=[max((span.ends - span.begins).total_seconds(), 1) * 1000 for span in spans],
        marker={"color": colour(meaning), "line": {"color": colour(meaning), "width": 1}},
        name=look.text(names.get(meaning, meaning)),
        hovertext=[look.text(span.words).replace("\n", "<br>") for span in spans], hoverinfo="text",
        customdata=[[span.key] for span in spans],
    )  # fmt: skip

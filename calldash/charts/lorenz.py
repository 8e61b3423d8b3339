"""How evenly something is shared out, as a curve below the line of evenness."""

from collections.abc import Sequence

import plotly.graph_objects as go

from calldash.charts import look
from calldash.colours import colour
from calldash.formats import share

Point = tuple[float, float]


def lorenz(points: Sequence[Point], words: Sequence[str], even: str, drawn: str) -> go.Figure | None:
    """The curve through `points` (parts of people, of work), hovering says `words`; `even` and `drawn` name the lines.

    With fewer than two people there is nothing to compare.
    """
    if len(points) < 3:
        return None
    figure = look.plain(legend=True)
    figure.add_trace(
        go.Scatter(
            x=[0, 1], y=[0, 1], mode="lines", name=look.text(even), hoverinfo="skip",
            line={"color": colour("muted"), "width": 1.5, "dash": "dash"},
        )
    )  # fmt: skip
    figure.add_trace(
        go.Scatter(
            x=[x for x, _y in points], y=[y for _x, y in points], mode="lines+markers", name=look.text(drawn),
            line={"color": colour("answered"), "width": 2.5}, marker={"size": 5}, cliponaxis=False,
            hovertext=[look.text(one).replace("\n", "<br>") for one in words], hoverinfo="text",
        )
    )  # fmt: skip
    marks = [0, 0.25, 0.5, 0.75, 1]
    texts = [share(mark).replace(",0", "").replace(".0", "") for mark in marks]
    figure.update_xaxes(tickvals=marks[1:], ticktext=texts[1:], range=[-0.02, 1.02], showgrid=True)
    figure.update_yaxes(tickvals=marks, ticktext=texts, range=[0, 1.02])
    return figure

"""A whole in groups and their parts: a row each, the group first, with count and share of the whole."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from calldash.charts import look
from calldash.charts.fading import faded
from calldash.formats import number, share

_ROW = 27  # pixels
_NAME = 26
_LEAF = 0.55  # opacity


@dataclass(frozen=True)
class Branch:
    """A group or, with one code, a part of one: its name, how many it has, its codes, its colour's meaning."""

    name: str
    count: int
    codes: tuple[str, ...]
    meaning: str
    leaf: bool = True


def tree(branches: Sequence[Branch], total: int) -> go.Figure | None:
    """The branches from top to bottom. Clicks carry the list of a branch's codes."""
    shown = [branch for branch in branches if branch.count]
    if not shown:
        return None
    figure = look.plain(20 + _ROW * len(shown))
    figure.add_trace(_bars(shown, total))
    names = [
        f"   {look.text(one.name, _NAME)}" if one.leaf else f"<b>{look.text(one.name, _NAME)}</b>" for one in shown
    ]
    figure.update_yaxes(
        tickvals=list(range(len(shown))), ticktext=names, showgrid=False, range=[len(shown) - 0.5, -0.5],
        ticklabelposition="outside",
    )  # fmt: skip
    figure.update_xaxes(visible=False, range=[0, max(one.count for one in shown) * 1.45])
    return figure


def _bars(branches: list[Branch], total: int) -> go.Bar:
    words = [f"{number(one.count)}  {share(one.count / total)}" for one in branches]
    return go.Bar(
        y=list(range(len(branches))), x=[one.count for one in branches], orientation="h", cliponaxis=False,
        width=[0.6 if one.leaf else 0.85 for one in branches],
        marker={
            "color": [faded(one.meaning, _LEAF if one.leaf else 1) for one in branches], "cornerradius": 2,
        },
        text=words, textposition="outside", hoverinfo="text",
        hovertext=[f"{look.text(one.name)}: <b>{text}</b>" for one, text in zip(branches, words, strict=True)],
        customdata=[[list(one.codes)] if len(one.codes) > 1 else list(one.codes) for one in branches],
    )  # fmt: skip

"""A count by two breakdowns, one within the other, as areas."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.colors import sample_colorscale

from calldash import labels
from calldash.charts import look
from calldash.colours import colour, sequence
from calldash.formats import share, show

_NAME = 30


def treemap(
    frame: pd.DataFrame, outer: str, inner: str, metric: str, meaning: str = "answered", height: int = 380
) -> go.Figure | None:
    """`metric` by the dimensions `outer` and `inner` within it: the more, the larger and the stronger the hue.

    Clicks carry (outer,) or (outer, inner).
    """
    found = frame[frame[metric].fillna(0) > 0]
    if found.empty:
        return None
    whole = float(found[metric].sum())
    nodes = [_outer(name, rows, outer, metric) for name, rows in found.groupby(outer, dropna=False, sort=False)]
    told = found[found.groupby(outer, dropna=False)[inner].transform("count") > 0]
    nodes += [_inner(row, outer, inner, metric) for row in told.to_dict("records")]
    words = [
        f"{node['said']}<br><b>{show(metric, node['value'])}</b> · {share(node['value'] / whole)}" for node in nodes
    ]
    figure, ground = look.plain(height), colour("ground")
    figure.add_trace(
        go.Treemap(
            ids=[node["id"] for node in nodes], parents=[node["parent"] for node in nodes], branchvalues="total",
            labels=[node["label"] for node in nodes], values=[node["value"] for node in nodes],
            text=[show(metric, node["value"]) for node in nodes], texttemplate="%{label}<br>%{text}",
            hovertext=words, hoverinfo="text", customdata=[node["codes"] for node in nodes],
            marker={"colors": _colours(nodes, meaning), "line": {"width": 1, "color": ground}, "cornerradius": 3},
            tiling={"pad": 2}, pathbar={"visible": False}, root={"color": ground},
        )
    )  # fmt: skip
    figure.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0})
    return figure


def _colours(nodes: list[dict[str, Any]], meaning: str) -> list[str]:
    """The hue of each node by its size; what is not known is grey."""
    top = max((node["value"] for node in nodes if node["codes"][0] is not None), default=1)
    scale = [list(step) for step in sequence(meaning)]
    shades = sample_colorscale(scale, [min(node["value"] / top, 1.0) for node in nodes])
    return [colour("border") if node["codes"][0] is None else shade for node, shade in zip(nodes, shades, strict=True)]


def _outer(name: Any, rows: pd.DataFrame, outer: str, metric: str) -> dict[str, Any]:
    code = labels.value_code(outer, name)
    label = labels.value_label(outer, name)
    return {
        "id": f"{outer}:{code}", "parent": "", "label": look.text(label, _NAME), "said": look.text(label),
        "value": float(rows[metric].sum()), "codes": [code],
    }  # fmt: skip


def _inner(row: dict[Any, Any], outer: str, inner: str, metric: str) -> dict[str, Any]:
    codes = [labels.value_code(outer, row[outer]), labels.value_code(inner, row[inner])]
    label = labels.value_label(inner, row[inner])
    return {
        "id": f"{outer}:{codes[0]}/{inner}:{codes[1]}", "parent": f"{outer}:{codes[0]}",
        "label": look.text(label, _NAME), "said": look.text(f"{labels.value_label(outer, row[outer])} · {label}"),
        "value": float(row[metric]), "codes": codes,
    }  # fmt: skip

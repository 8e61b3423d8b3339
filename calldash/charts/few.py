"""Cells of a grid that speak of few cases: a ring in them, and their number in what hovering says."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from calldash.charts import look
from calldash.colours import colour
from calldash.formats import FEW, number
from calldash.i18n import ngettext


def said_of(name: str, metric: str, row: Mapping[Any, Any]) -> str:
    """What hovering says of a cell: its name, its number, and of how many cases where `row` has them."""
    words = look.said(name, metric, row[metric])
    cases = row.get(f"{metric}_cases")
    if cases is None or pd.isna(cases):
        return words
    of_all = ngettext("of {number} case", "of {number} cases", int(cases)).format(number=number(int(cases)))
    return f"{words}<br>{of_all}"


def few_marks(frame: pd.DataFrame, metric: str, spots: Sequence[tuple[Any, Any]]) -> look.Trace:
    """A ring at the spot (x, y) of each row of `frame` with fewer than 30 cases (column `<metric>_cases`)."""
    counts = frame[f"{metric}_cases"] if f"{metric}_cases" in frame else [FEW] * len(frame)
    there = [spot for spot, count in zip(spots, counts, strict=True) if count < FEW]
    return {
        "type": "scatter", "x": [x for x, _y in there], "y": [y for _x, y in there], "mode": "markers",
        "hoverinfo": "skip",
        "marker": {"symbol": "circle-open", "size": 7, "color": colour("muted"), "line": {"width": 1.5}},
    }  # fmt: skip

"""Figures by rows and columns: each cell and each total is asked for itself, for shares do not add up."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from calldash.asking import ask
from calldash.filters import CallFilter
from calldash.labels import value_code, value_label
from calldash.metrics import DIMENSIONS, METRICS
from calldash.store import Store
from calldash.templates.content import Content

Codes = tuple[str | None, ...]
Figures = tuple[Any, ...]


@dataclass
class Pivot:
    """`lines` and `heads` are codes of the rows' and columns' values in their order; figures stand in the order of the
    metrics, None where nothing can be known.

    `heads` without columns is one empty tuple, `lines` without rows too. Totals are there when they were asked for:
    of a line over all columns, of a head over all rows, and the grand one.
    """

    content: Content
    lines: list[Codes] = field(default_factory=list)
    heads: list[Codes] = field(default_factory=list)
    cells: dict[tuple[Codes, Codes], Figures] = field(default_factory=dict)
    of_lines: dict[Codes, Figures] = field(default_factory=dict)
    of_heads: dict[Codes, Figures] = field(default_factory=dict)
    grand: Figures | None = None
    left_out: int = 0

    def figures(self, line: Codes, head: Codes) -> Figures:
        """The figures of a cell; where there are no calls, counts are 0 and the rest is not known."""
        return self.cells.get((line, head)) or tuple(METRICS[key].of_nothing for key in self.content.metrics)


def pivot(store: Store, content: Content, chosen: CallFilter, most: int) -> Pivot:
    """The figures of a content over a filter, with at most `most` columns of figures; `left_out` says how many went.

    A line or column of what is not known is there only where it says something.
    """
    rows, across, metrics = list(content.rows), list(content.across), list(content.metrics)
    found = Pivot(content)
    cells = _by_codes(ask(store, metrics, rows + across, chosen), rows + across, metrics)
    found.cells = {(codes[: len(rows)], codes[len(rows) :]): figures for codes, figures in cells.items()}
    told = {key for key, figures in found.cells.items() if any(figures) or None not in (*key[0], *key[1])}
    found.lines = _ordered({line for line, _head in told}, rows)
    heads = _ordered({head for _line, head in told}, across)
    found.heads = heads[: max(1, most // len(metrics))]
    found.left_out = (len(heads) - len(found.heads)) * len(metrics)
    if across and (content.totals or content.sort):
        found.of_lines = _by_codes(ask(store, metrics, rows, chosen), rows, metrics)
    if content.totals and rows:
        found.grand = _by_codes(ask(store, metrics, [], chosen), [], metrics)[()]
        found.of_heads = _by_codes(ask(store, metrics, across, chosen), across, metrics) if across else {}
    if content.sort:
        found.lines.sort(key=lambda line: _rank(_whole(found, line), content))
    return found


def _whole(found: Pivot, line: Codes) -> Figures:
    """The figures of a line over all columns."""
    return found.of_lines.get(line) or found.figures(line, ())


def _rank(figures: Figures, content: Content) -> tuple[bool, float]:
    """Where a line stands among the others, those about which nothing is known last."""
    value = figures[content.metrics.index(content.sort)]
    return value is None, 0.0 if value is None else float(-value if content.descending else value)


def _by_codes(frame: pd.DataFrame, by: Sequence[str], metrics: Sequence[str]) -> dict[Codes, Figures]:
    codes = [[value_code(name, value) for value in frame[name]] for name in by]
    figures = [[_known(key, value) for value in frame[key]] for key in metrics]
    keys = zip(*codes, strict=True) if by else [()]
    return dict(zip(keys, zip(*figures, strict=True), strict=True))


def _known(metric: str, value: Any) -> Any:
    if pd.isna(value):
        return None
    if METRICS[metric].unit == "count":
        return int(value)
    return value.item() if hasattr(value, "item") else value


def _ordered(codes: set[Codes], by: Sequence[str]) -> list[Codes]:
    return sorted(codes, key=lambda found: [_place(*one) for one in zip(by, found, strict=True)])


def _place(dimension: str, code: str | None) -> tuple[bool, float, str]:
    """Where a value stands in its natural order: as listed, as a number, a day or a word; not known comes last."""
    values = DIMENSIONS[dimension].values
    if code is None:
        return True, 0, ""
    if code in values:
        return False, values.index(code), ""
    if DIMENSIONS[dimension].type == "number":
        return False, int(code), ""
    text = code if DIMENSIONS[dimension].type == "date" else value_label(dimension, code).casefold()
    return False, len(values), f"{text}\0{code}"

"""A report as cells of a table: heads over heads, names, numbers in the reader's language, totals. Pure."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import pandas as pd

from calldash import formats
from calldash.colours import of_number
from calldash.i18n import gettext as _
from calldash.labels import definition, dimension_title, title, value_label
from calldash.metrics import METRICS
from calldash.telling.values import cell, column_title, is_numeric, records
from calldash.templates.pivot import Codes, Figures, Pivot

LINES = 500  # shown on a page; the file has all
Cell = dict[str, Any]
Scale = tuple[float, float]


def groups(found: Pivot) -> list[Codes | None]:
    """The heads of the columns as they are shown, None for the one over all columns."""
    return [*found.heads, *([None] if found.content.across and found.content.totals else [])]


def of_pivot(found: Pivot) -> dict[str, Any]:
    """The table of a pivot: `heads` as rows of cells, `names` (how many cells of a row name it), `rows`."""
    heads = groups(found)
    scales = _scales(found)
    rows = []
    for line in found.lines[:LINES]:
        names = [value_label(key, code) for key, code in zip(found.content.rows, line, strict=True)]
        cells = [_number(found, at, value, scales) for head in heads for at, value in _placed(found, line, head)]
        rows.append({"names": names, "cells": cells})
    if found.grand is not None:
        names = [_("Total"), *[""] * (len(found.content.rows) - 1)]
        cells = [_number(found, at, value) for head in heads for at, value in enumerate(_of_head(found, head))]
        rows.append({"names": names, "cells": cells, "total": True})
    return {"heads": _heads(found, heads), "names": len(found.content.rows), "rows": rows}


def _placed(found: Pivot, line: Codes, head: Codes | None) -> list[tuple[int, Any]]:
    """The figures of a line under a head, those over all columns with places that tell them apart."""
    if head is not None:
        return list(enumerate(found.figures(line, head)))
    return [(-1 - at, value) for at, value in enumerate(found.of_lines.get(line) or _nothing(found))]


def _of_head(found: Pivot, head: Codes | None) -> Figures:
    if head is None or not found.content.across:
        return found.grand or _nothing(found)
    return found.of_heads.get(head) or _nothing(found)


def _nothing(found: Pivot) -> Figures:
    return tuple(METRICS[key].of_nothing for key in found.content.metrics)


def _scales(found: Pivot) -> Sequence[Scale]:
    """What no colour and a full one stand for, by metric; none where there are no columns to compare.

    Sums are seen against nothing, shares and means against the least of them.
    """
    if not found.content.across:
        return ()
    scales = []
    for at, key in enumerate(found.content.metrics):
        known = [float(one[at]) for one in found.cells.values() if one[at] is not None]
        low = 0.0 if METRICS[key].of_nothing == 0 else min(known, default=0.0)
        scales.append((low, max(known, default=0.0)))
    return scales


def _number(found: Pivot, at: int, value: Any, scales: Sequence[Scale] = ()) -> Cell:
    key = found.content.metrics[at if at >= 0 else -1 - at]
    shown: Cell = {"text": formats.show(key, value), "opens": bool(value)}
    if scales and at >= 0 and value is not None:
        low, high = scales[at]
        heat = (float(value) - low) / (high - low) if high > low else 0
        shown |= {"heat": round(max(heat, 0), 2), "hue": of_number(key)}
    return shown


def _heads(found: Pivot, heads: Sequence[Codes | None]) -> list[list[Cell]]:
    """The rows of the head: one for each dimension across, and one for the metrics where there are several."""
    content = found.content
    names = [{"text": dimension_title(key), "name": True} for key in content.rows]
    metrics = [{"text": title(key), "help": definition(key)} for key in content.metrics]
    if not content.across:
        return [[*names, *metrics]]
    levels = [_level(heads, depth, found) for depth in range(len(content.across))]
    if len(metrics) > 1:
        levels.append([metric for _head in heads for metric in metrics])
    return [[*({**name, "rows": len(levels)} for name in names), *levels[0]], *levels[1:]]


def _level(heads: Sequence[Codes | None], depth: int, found: Pivot) -> list[Cell]:
    """The heads of one dimension; neighbours that are the same so far share one."""
    across, width = found.content.across, len(found.content.metrics)
    cells: list[Cell] = []
    for codes, same in groupby(heads, key=lambda head: None if head is None else head[: depth + 1]):
        span = len(list(same)) * width
        if codes is not None:
            cells.append({"text": value_label(across[depth], codes[depth]), "span": span})
        elif depth == 0:
            cells.append({"text": _("Total"), "span": span, "rows": len(across)})
    return cells


def of_calls(frame: pd.DataFrame, columns: Sequence[str]) -> dict[str, Any]:
    """The table of calls of a listing: the first column names the call."""
    heads = [{"text": column_title(key), "name": not is_numeric(key)} for key in columns]
    rows = []
    for call in records(frame):
        words = [cell(key, call[key], call.get("currency") or None).text for key in columns]
        cells = [{"text": text, "words": not is_numeric(key)} for key, text in zip(columns[1:], words[1:], strict=True)]
        rows.append({"names": words[:1], "cells": cells})
    return {"heads": [heads], "names": 1, "rows": rows}

"""What became of clients second by second of their wait: how many were answered and missed, or had been up to it."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from calldash import labels
from calldash.charts import look
from calldash.charts.waits import KINDS, PATTERNS, mark_threshold
from calldash.colours import colour
from calldash.formats import duration, number, share

_MOST, _PART = 300, 0.95  # the axis ends where so many of the waits have, and at five minutes at the latest

_DASHES = {"answered": "solid", "missed": "dot"}


def seconds(frame: pd.DataFrame, threshold: int, words: str) -> go.Figure | None:
    """Columns `answered` and `missed` (calls) by column `wait_s`, a bar each second, those missed downwards.

    Longer waits than nearly all are left out. `threshold` is marked with `words`. Clicks carry (wait_s, status).
    """
    if not _counted(frame):
        return None
    shown = _each(frame, threshold)
    top, bottom = float(shown["answered"].max()), float(shown["missed"].max())
    marks = look.ticks(max(top, bottom), "count", about=3)
    held = [-mark for mark in reversed(marks[1:]) if mark <= bottom] + [mark for mark in marks if mark <= top]
    ends = [-bottom * 1.1, top * 1.1]
    axis = {"yaxis": {"tickvals": held, "ticktext": [number(abs(mark)) for mark in held], "range": ends}}
    bars = [_bars(shown, kind, sign) for kind, sign in zip(KINDS, (1, -1), strict=True)]
    return look.drawn(bars, axis, _times(shown, threshold, words), legend=True)


def cumulated(frame: pd.DataFrame, threshold: int, words: str) -> go.Figure | None:
    """The same frame as two lines: what part of all these calls had been answered, and missed, up to each second."""
    total = _counted(frame)
    if not total:
        return None
    shown = _each(frame, threshold)
    lines = [_line(shown, kind, total) for kind in KINDS]
    return look.drawn(lines, look.value_axis("yaxis", 1.0, "share"), _times(shown, threshold, words), legend=True)


def _line(shown: pd.DataFrame, kind: str, total: float) -> look.Trace:
    name = look.text(labels.value_label("status", kind))
    parts = [float(value) / total for value in shown[kind].cumsum()]
    said = [f"≤ {duration(at)}<br>{name}: <b>{share(part)}</b>" for at, part in zip(shown.index, parts, strict=True)]
    return {
        "type": "scatter", "x": list(shown.index), "y": parts, "mode": "lines", "name": name, "hovertext": said,
        "hoverinfo": "text", "line": {"color": colour(kind), "width": 2.5, "shape": "hv", "dash": _DASHES[kind]},
    }  # fmt: skip


def _counted(frame: pd.DataFrame) -> float:
    return float(frame[list(KINDS)].to_numpy().sum()) if len(frame) else 0.0


def _each(frame: pd.DataFrame, threshold: int) -> pd.DataFrame:
    """Every second up to where nearly all waits have ended, quiet ones too."""
    sums = frame.astype({"wait_s": "int64"}).groupby("wait_s")[list(KINDS)].sum().astype("float64")
    parts = sums.sum(axis=1).cumsum() / sums.to_numpy().sum()
    last = min(max(int(parts.index[parts >= _PART][0]), 2 * threshold, 10), _MOST)
    return sums.reindex(range(last + 1), fill_value=0.0)


def _bars(shown: pd.DataFrame, kind: str, sign: int) -> look.Trace:
    name = look.text(labels.value_label("status", kind))
    return {
        "type": "bar", "x": list(shown.index), "y": [sign * value for value in shown[kind]], "name": name,
        "hoverinfo": "text", "width": 0.9,
        "marker": {"color": colour(kind), "pattern": PATTERNS[kind] | {"fgcolor": colour("ground")}},
        "hovertext": [
            f"{duration(at)}<br>{name}: <b>{number(int(count))}</b>"
            for at, count in zip(shown.index, shown[kind], strict=True)
        ],
        "customdata": [[f"{at}-{at}", kind] for at in shown.index],
    }  # fmt: skip


def _times(shown: pd.DataFrame, threshold: int, words: str) -> look.Layout:
    """Layout of the axis of times, with the threshold where it lies on it."""
    last = int(shown.index[-1])
    marks: list[Any] = [int(mark) for mark in look.ticks(last, "seconds", about=6) if mark <= last]
    texts = [duration(mark) for mark in marks]
    axis = {"tickvals": marks, "ticktext": texts, "tickfont": {"size": 11}, "range": [-1, last + 1]}
    return {"xaxis": axis} | (mark_threshold(threshold + 0.5, words) if threshold <= last else {})

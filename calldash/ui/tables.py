"""A table of numbers by a breakdown: written in the reader's language, sorted as numbers, each cell opens its calls."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from calldash import formats
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.labels import definition, dimension_title, short_title, title, value_code, value_label
from calldash.metrics import METRICS
from calldash.ui import asking, drill, menu
from calldash.ui.safe import as_markdown

_ROWS = 12  # shown before the table scrolls
_ROW_PX = 35
_LONG, _NAMES_PX = 26, 200  # letters from which a column of names is held to this width
_SMALL = 0.5
_NONE: Mapping[str, str] = {}


def by_dimension(
    dimension: str | Sequence[str],
    keys: Sequence[str],
    chosen: CallFilter,
    key: str,
    sort: str | None = None,
    bars: Sequence[str] = (),
) -> None:
    """Shows `keys` by `dimension` (or several), the largest `sort` (else first key) first; shares in `bars` as bars.

    A click on a number opens the calls behind it, one on a name all calls of it.
    """
    found = asking.ask(keys, _names(dimension), chosen, cases=True)
    show(found, dimension, keys, chosen, key, sort, bars)


def show(
    found: pd.DataFrame,
    dimension: str | Sequence[str],
    keys: Sequence[str],
    chosen: CallFilter,
    key: str,
    sort: str | None = None,
    bars: Sequence[str] = (),
    beside: Mapping[str, str] = _NONE,
) -> None:
    """The same for a frame that is there already; `beside` are its columns of plain text, with their titles."""
    if found.empty:
        st.info(_("Nothing to show here: choose a longer period or fewer filters."), icon=":material/search_off:")
        return
    by = _names(dimension)
    rows = found.sort_values(sort or keys[0], ascending=False, kind="stable", na_position="last").reset_index(drop=True)
    shown = _shown(rows, by, keys, bars, beside)
    few = _few(rows, keys, bars)
    texts = {name: st.column_config.TextColumn(beside[name]) for name in beside}
    alt = ", ".join(dimension_title(name) for name in by)
    picked = _drawn(_styled(shown, keys, few), _columns(by, shown, keys, bars) | texts, len(shown), alt, key)
    if any(len(at) for at in few.values()):
        st.caption(_("A share with a number in brackets comes from only so many cases."))
    for at, column in picked:
        values = [value_code(name, rows[name].iloc[at]) for name in by]
        behind = column if column in METRICS else None
        drill.open_calls(drill.narrowed(replace(chosen, behind=behind), by, values))


def _shown(
    rows: pd.DataFrame, by: Sequence[str], keys: Sequence[str], bars: Sequence[str], beside: Mapping[str, str]
) -> pd.DataFrame:
    shown = pd.DataFrame({name: [value_label(name, value) for value in rows[name]] for name in by})
    shown[list(beside)] = rows[list(beside)]
    shown[list(keys)] = rows[list(keys)].astype("float64")
    shown[list(bars)] = shown[list(bars)].round(3)
    return shown


def _drawn(style: Any, columns: dict[str, Any], rows: int, alt: str, key: str) -> list[tuple[int, str]]:
    """Draws the table; the cell that was clicked, as (row, column)."""
    drawn: dict[str, Any] = {
        "column_config": columns,
        "hide_index": True,
        "height": min(rows, _ROWS) * _ROW_PX + _ROW_PX + 3,
        "alt": alt,
        "placeholder": formats.NOTHING,
    }
    if not menu.exists("calls"):
        st.dataframe(style, **drawn)
        return []
    picked = st.dataframe(style, key=key, on_select="rerun", selection_mode="single-cell", **drawn)
    return [(at, column) for at, column in picked["selection"]["cells"][:1]]


def _names(dimension: str | Sequence[str]) -> list[str]:
    return [dimension] if isinstance(dimension, str) else list(dimension)


def _few(rows: pd.DataFrame, keys: Sequence[str], bars: Sequence[str]) -> dict[str, pd.Series]:
    """The cases of the shares that have few of them, by key; index is the row."""
    counted = [name for name in keys if f"{name}_cases" in rows and name not in bars]
    cases = {name: rows.loc[rows[name].notna(), f"{name}_cases"] for name in counted}
    return {name: found[found < formats.FEW].astype(int) for name, found in cases.items()}


def _styled(shown: pd.DataFrame, keys: Sequence[str], few: Mapping[str, pd.Series]) -> Any:
    """Text of every number in the reader's language; the numbers themselves stay, to be sorted by."""
    style = shown.style.format({name: _writer(name) for name in keys}, na_rep=formats.NOTHING)
    for name, cases in few.items():
        for at, number in cases.items():
            style = style.format(_writer(name, f" ({number})"), subset=([at], [name]))
    return style


def _writer(metric: str, after: str = "") -> Any:
    return lambda value: formats.show(metric, value) + after


def _width(names: "pd.Series[str]") -> int | None:
    """What names may take: a pinned column of very long ones would hide the numbers."""
    return _NAMES_PX if names.str.len().max() > _LONG else None


def _columns(by: Sequence[str], shown: pd.DataFrame, keys: Sequence[str], bars: Sequence[str]) -> dict[str, Any]:
    columns: dict[str, Any] = {
        name: st.column_config.TextColumn(dimension_title(name), pinned=at == 0, width=_width(shown[name]))
        for at, name in enumerate(by)
    }
    for name in keys:
        head, more = short_title(name), as_markdown(f"{title(name)}: {definition(name)}")
        if name in bars:
            top = _full(shown[name])
            columns[name] = st.column_config.ProgressColumn(
                head, help=more, min_value=0, max_value=top, format="percent"
            )
        else:
            columns[name] = st.column_config.NumberColumn(head, help=more, alignment="right")
    return columns


def _full(shares: pd.Series) -> float:
    """What fills a bar: the whole, but the largest share where all are small, as parts of many are."""
    largest = shares.max()
    return float(largest) if 0 < largest < _SMALL else 1.0

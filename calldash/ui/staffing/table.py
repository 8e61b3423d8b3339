"""The table by half hours: history, needed people, what is expected with them, and who was there."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from calldash import formats
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.staffing.columns import COLUMNS, Column, shown
from calldash.staffing.days import span
from calldash.staffing.erlang import UNSTABLE
from calldash.staffing.study import Study
from calldash.ui import drill
from calldash.ui import terms as glossary_terms
from calldash.ui.safe import as_markdown

_ROW_PX, _ROWS = 35, 16
_BELOW_ALL = -1.0  # what stands for "unstable" in a column of shares, so that it sorts below them


def draw(found: Study, levels: pd.DataFrame | None, chosen: CallFilter) -> None:
    """Draws it; a click opens the inbound calls of the hour. `levels` has the column `replayed` by `half`."""
    rows = found.halves.assign(replayed=None) if levels is None else found.halves.merge(levels, on="half", how="left")
    left_out = set() if found.model == "a" else {"abandoned"}
    columns = [one for one in COLUMNS if one.key in rows and one.key not in left_out]
    cells = pd.DataFrame({"half": [span(int(half)) for half in rows["half"]]})
    for one in columns:
        cells[one.key] = pd.to_numeric(rows[one.key].replace({UNSTABLE: _BELOW_ALL})).astype("float64")
    style = cells.style.format({one.key: _writer(one) for one in columns}, na_rep=formats.NOTHING)
    titles = {"half": st.column_config.TextColumn(_("Half hour"), pinned=True)} | {
        one.key: st.column_config.NumberColumn(_(one.title), help=as_markdown(_(one.words)), alignment="right")
        for one in columns
    }
    picked = st.dataframe(
        style, key="staffing_table", column_config=titles, hide_index=True, placeholder=formats.NOTHING,
        height=(min(len(cells), _ROWS) + 1) * _ROW_PX + 3, on_select="rerun", selection_mode="single-cell",
        alt=_("Half hour"),
    )  # fmt: skip
    for at, _column in picked["selection"]["cells"][:1]:
        hour = str(int(rows["half"].iloc[at]) // 2)
        drill.open_calls(drill.narrowed(chosen, ["hour", "behind"], [hour, "inbound_calls"]))


def _writer(column: Column) -> Callable[[object], str]:
    return lambda value: shown(column.unit, UNSTABLE if column.unit == "share" and value == _BELOW_ALL else value)


def terms(asked: str) -> None:
    """For the glossary: what each column means in whose name, key or meaning `asked` occurs."""
    words = [(_(one.title), one.key, _(one.words)) for one in COLUMNS]
    glossary_terms.draw(_("Staffing by half hours"), words, asked)

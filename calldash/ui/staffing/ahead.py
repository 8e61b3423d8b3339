"""The dates to come: how many people each of their half hours needs, or what else is planned for them."""

import pandas as pd
import streamlit as st

from calldash import formats, labels
from calldash.filters import CallFilter
from calldash.forecast.outlook import Outlook
from calldash.i18n import gettext as _
from calldash.i18n import mark
from calldash.staffing.days import span
from calldash.staffing.study import Study
from calldash.ui import address, drill, menu
from calldash.ui.forecast import page as forecast
from calldash.ui.safe import as_markdown

_KEY, _ROW_PX, _ROWS = "staffing_ahead", 35, 24
# What can be shown of a half hour: its column and its name.
_SHOWN = {
    "agents": mark("Needed"),
    "agents_high": mark("Needed on a busy day"),
    "scheduled": mark("On the roster"),
    "calls": mark("Expected calls"),
}


def draw(found: Study, chosen: CallFilter) -> None:
    """Draws a row a half hour and a column a date; nothing where staffing does not rest on a forecast."""
    if found.ahead is None:
        return
    drill.heading(_("The next two weeks, half hour by half hour"))
    if found.ahead.empty:
        st.info(_("Nothing to show here: choose a longer period or fewer filters."), icon=":material/search_off:")
        return
    names = {code: _(word) for code, word in _SHOWN.items()}
    picked = st.segmented_control(
        _("Show"), list(names), format_func=names.__getitem__, key=_KEY, default="agents", required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    _grid(found.ahead, picked)
    st.caption(as_markdown(_error(chosen)))
    if menu.exists("forecast"):
        st.page_link(menu.page("forecast"), label=_("To the forecast"), query_params=address.page_params("forecast"))


def _grid(ahead: pd.DataFrame, column: str) -> None:
    rows = ahead.assign(value=pd.to_numeric(ahead[column]).astype("float64"))
    table = rows.pivot_table(index="half", columns="day", values="value", dropna=False).dropna(how="all")
    days = [pd.Timestamp(str(day)).date() for day in table.columns]
    table.columns = pd.Index([day.isoformat() for day in days])
    digits = 1 if column == "calls" else 0
    cells = table.round(digits).reset_index(drop=True)
    cells.insert(0, "half", [span(int(half)) for half in table.index])
    style = cells.style.format(dict.fromkeys(table.columns, formats.number), na_rep=formats.NOTHING)
    titles = {"half": st.column_config.TextColumn(_("Half hour"), pinned=True)} | {
        day.isoformat(): st.column_config.NumberColumn(
            f"{labels.weekday(day.isoweekday())} {labels.day_short(day)}", alignment="right"
        )
        for day in days
    }
    st.dataframe(
        style, key=f"{_KEY}_table", column_config=titles, hide_index=True, placeholder=formats.NOTHING,
        height=(min(len(cells), _ROWS) + 1) * _ROW_PX + 3, alt=_("The next two weeks, half hour by half hour"),
    )  # fmt: skip


def _error(chosen: CallFilter) -> str:
    """How far off the forecast was, and what stands for a busy day."""
    found = forecast.asked(chosen)
    busy = _("A busy day: one of ten has more calls in the hour than that.")
    return f"{forecast.error(found)} {busy}" if isinstance(found, Outlook) else busy

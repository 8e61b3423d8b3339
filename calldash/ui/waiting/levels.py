"""The service level by weekday and hour, and the same one by the other usual definitions, the one in use marked."""

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from calldash import charts, formats, labels
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import ngettext
from calldash.labels import definition, title
from calldash.metrics import LEVEL_KEYS
from calldash.ui import address, asking, drill, menu
from calldash.ui.safe import as_html, as_markdown

_LEVEL = LEVEL_KEYS[0]


def heat(chosen: CallFilter) -> None:
    """Draws the service level by weekday and hour; hours of few calls are marked, and never called the worst."""
    found = asking.ask([_LEVEL], ["weekday", "hour"], chosen, cases=True)
    found = found[found[f"{_LEVEL}_cases"] > 0]
    drill.heading(_("Service level by weekday and hour"), worst(found))
    drill.chart(charts.weekday_hour(found, _LEVEL), "level_heat", chosen, ["weekday", "hour"], _LEVEL)
    if (found[f"{_LEVEL}_cases"] < formats.FEW).any():
        st.caption(_("A ring: fewer than {number} calls in that hour.").format(number=formats.FEW))


def worst(found: pd.DataFrame) -> str:
    """The hour of a week with the lowest service level among those with enough calls, as words."""
    known = found[found[f"{_LEVEL}_cases"] >= formats.FEW].dropna(subset=["hour", _LEVEL])
    if known[_LEVEL].nunique() < 2:
        return ""
    low = known.iloc[int(known[_LEVEL].argmin())]
    hour = int(low["hour"])
    return _("lowest: {weekday}, {hour}:00–{next}:00, {share}").format(
        weekday=labels.weekday(int(low["weekday"])), hour=hour, next=hour + 1, share=formats.share(low[_LEVEL])
    )


def side_by_side(chosen: CallFilter) -> None:
    """Draws a tile for each definition: its value, what it counts, and the calls behind it."""
    found = asking.one(LEVEL_KEYS, chosen, cases=True)
    drill.heading(_("Other definitions of the service level"), _("the same calls, counted otherwise"))
    with st.grid(2, min_column_width=220):
        for key in LEVEL_KEYS:
            with st.container(key=f"card-level-{key}", gap=None):
                st.html(markup(key, found[key], found[f"{key}_cases"]))
                if menu.exists("calls"):
                    label = as_markdown(_("{name}: open the calls").format(name=title(key)))
                    where = address.params(replace(chosen, behind=key))
                    st.page_link(menu.page("calls"), label=label, query_params=where)


def markup(key: str, value: Any, cases: Any) -> str:
    """A tile's HTML."""
    count = 0 if pd.isna(cases) else int(cases)
    of_all = ngettext("of {number} case", "of {number} cases", count).format(number=formats.number(count))
    used = f' <span class="cd-note">✓ {as_html(_("in use"))}</span>' if key == _LEVEL else ""
    few = ""
    if 0 < count < formats.FEW and pd.notna(value):
        words = _("few: probably {interval}").format(interval=formats.interval(float(value), count))
        few = f'<div class="cd-note cd-few">{as_html(words)}</div>'
    edge = "border:2px solid var(--cd-answered)" if key == _LEVEL else ""
    return (
        f'<div class="cd-card" style="{edge}"><div class="cd-label">{as_html(title(key))}{used}</div>'
        f'<div class="cd-value">{as_html(formats.show(key, value))}</div>'
        f'<div class="cd-note">{as_html(of_all)}</div>{few}<div class="cd-note">{as_html(definition(key))}</div></div>'
    )

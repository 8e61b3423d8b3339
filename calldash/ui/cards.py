"""Cards: a number, how it changed, its course by day; each opens the calls behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from calldash import colours, formats
from calldash.charts import sparkline
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import mark, ngettext
from calldash.labels import definition, title
from calldash.metrics import METRICS
from calldash.ui import address, asking, menu
from calldash.ui.safe import as_html, as_markdown

_ARROWS = {1: "▲", -1: "▼", 0: "="}
# Why a number is not known, by its unit.
_REASONS = {
    "count": mark("Not known from these data"),
    "share": mark("No such calls in this selection"),
    "seconds": mark("No time known in this selection"),
    "money": mark("No amount known, or several currencies"),
    "rate": mark("No such calls in this selection"),
}


def row(
    keys: Sequence[str], chosen: CallFilter, before: CallFilter | None, known: Mapping[str, Any] | None = None
) -> None:
    """A card for each metric of `keys`, with the change against the filter `before` (None: without).

    `known` are the numbers of the filter where they have been asked for already.
    """
    # Sorting all moments of every day, for a line a thumb wide, would take most of the page's time.
    quick = [key for key in keys if METRICS[key].table != "moments"]
    if known is None:
        course, now = asking.course_and_one(quick, chosen)
    else:
        course, now = asking.course(quick, chosen, cases=True)[0], pd.Series(known)
    if slow := [key for key in keys if key not in now]:
        now = pd.concat([now, asking.one(slow, chosen)])
    then = asking.one(keys, before) if before else None
    with st.grid(4, min_column_width=150):
        for key in keys:
            _card(key, now, then, course, chosen)


def _card(key: str, now: pd.Series, then: pd.Series | None, course: pd.DataFrame, chosen: CallFilter) -> None:
    with st.container(key=f"card-{key}", gap=None):
        st.html(markup(key, now[key], _cases(key, now), None if then is None else then[key], list(course.get(key, ()))))
        if menu.exists("calls"):
            label = _("{name}: open the calls").format(name=title(key))
            where = address.params(replace(chosen, behind=key))
            st.page_link(
                menu.page("calls"), label=as_markdown(label), query_params=where, help=as_markdown(definition(key))
            )


def _cases(key: str, now: pd.Series) -> int | None:
    found = now.get(f"{key}_cases")
    return None if found is None or pd.isna(found) else int(found)


def markup(key: str, value: Any, cases: int | None, before: Any, course: Sequence[Any]) -> str:
    """A card's HTML."""
    known = [None if pd.isna(one) else float(one) for one in course]
    line = sparkline(known, colours.colour(colours.of_number(key)))
    return (
        f'<div class="cd-card" title="{as_html(definition(key))}"><div class="cd-label">{as_html(title(key))}</div>'
        f'<div class="cd-value">{as_html(formats.show(key, value, short=True))}</div>'
        f"{_change(key, value, before)}{_note(key, value, cases)}{line}</div>"
    )


def _change(key: str, value: Any, before: Any) -> str:
    found = formats.change(key, value, before)
    if found is None:
        return ""
    kind = {True: " cd-good", False: " cd-bad", None: ""}[found.good]
    was = _("before: {value}").format(value=formats.show(key, before))
    return f'<div class="cd-change{kind}" title="{as_html(was)}">{_ARROWS[found.direction]} {as_html(found.text)}</div>'


def _note(key: str, value: Any, cases: int | None) -> str:
    if pd.isna(value):
        return f'<div class="cd-note">{as_html(_(_REASONS[METRICS[key].unit]))}</div>'
    if cases is None:
        return ""
    text = ngettext("of {number} case", "of {number} cases", cases).format(number=formats.number(cases))
    if cases < formats.FEW:
        few = _("few: probably {interval}").format(interval=formats.interval(float(value), cases))
        return f'<div class="cd-note">{as_html(text)}</div><div class="cd-note cd-few">{as_html(few)}</div>'
    return f'<div class="cd-note">{as_html(text)}</div>'

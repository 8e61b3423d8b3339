"""What became of the clients who were missed: the parts of a whole, each of which opens its calls."""

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from calldash import charts, formats
from calldash.charts import Part
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import mark
from calldash.labels import value_label
from calldash.server.running import store
from calldash.ui import address, asking, drill, menu
from calldash.ui.safe import as_html, as_markdown

_NUMBER = "missed_clients"
_BY = ("callback", "promptness")


@dataclass(frozen=True)
class Outcome:
    """A part: the values of the breakdowns that make it, its colour's meaning; a title where the value's is not all."""

    codes: tuple[str, ...]
    meaning: str
    title: str = ""
    striped: bool = False


OUTCOMES = (
    Outcome(("called_back", "timely"), "called_back", mark("Called back in time")),
    Outcome(("called_back", "late"), "called_back", mark("Called back late"), striped=True),
    Outcome(("got_through",), "answered"),
    Outcome(("tried",), "other"),
    Outcome(("lost",), "missed"),
    Outcome(("pending",), "waiting"),
)


def parts(chosen: CallFilter) -> list[Part]:
    """The parts with their counts; together they are the missed clients of the filter."""
    found = asking.ask([_NUMBER], _BY, chosen)
    return [
        Part(
            _(outcome.title) if outcome.title else value_label("callback", outcome.codes[0]),
            int(found.loc[_is(found, outcome.codes), _NUMBER].sum()),
            outcome.meaning,
            outcome.codes,
            outcome.striped,
        )
        for outcome in OUTCOMES
    ]


def _is(found: pd.DataFrame, codes: tuple[str, ...]) -> "pd.Series[bool]":
    fits = found[_BY[0]] == codes[0]
    return fits & (found[_BY[1]] == codes[1]) if len(codes) > 1 else fits


def draw(chosen: CallFilter) -> None:
    """Draws the bar and below it a tile for each part."""
    found = parts(chosen)
    total = sum(part.count for part in found)
    drill.chart(charts.whole(found), "outcome", chosen, _BY, _NUMBER)
    if not total:
        return
    with st.grid(3, min_column_width=150):
        for part in found:
            _tile(part, total, chosen)
    minutes = formats.number(store().settings.callback_target_min)
    text = _("Shares of all missed clients. In time: first attempt within {minutes} min after the client left.")
    st.caption(text.format(minutes=minutes))


def _tile(part: Part, total: int, chosen: CallFilter) -> None:
    name = "-".join(part.codes)
    with st.container(key=f"card-outcome-{name}", gap=None):
        st.html(markup(part, total))
        if menu.exists("calls"):
            narrowed = replace(chosen, behind=_NUMBER)
            for dimension, code in zip(_BY, part.codes, strict=False):
                narrowed = narrowed.choose(dimension, [code])
            label = as_markdown(_("{name}: open the calls").format(name=part.name))
            st.page_link(menu.page("calls"), label=label, query_params=address.params(narrowed))


def markup(part: Part, total: int) -> str:
    """A tile's HTML: the part's colour and pattern, name, count and share."""
    shade = f"var(--cd-{part.meaning})"
    stripes = f"repeating-linear-gradient(135deg, {shade} 0 4px, transparent 4px 7px)"
    swatch = f"flex:none;width:.7rem;height:.7rem;background:{stripes if part.striped else shade}"
    return (
        '<div class="cd-card" style="min-height:5.2rem">'
        f'<div class="cd-label" style="display:flex;gap:.4rem"><span style="{swatch};margin-top:.15rem"></span>'
        f"<span>{as_html(part.name)}</span></div>"
        f'<div style="font-weight:600">{as_html(formats.number(part.count))}'
        f' <span class="cd-note" style="font-weight:400">{as_html(formats.share(part.count / total))}</span>'
        "</div></div>"
    )

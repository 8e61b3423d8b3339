"""Charts on the page, and from any of their points, or from a number anywhere, to the calls behind it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NoReturn

import streamlit as st

from calldash.charts import CONFIG
from calldash.filters import RANGES, Bound, CallFilter, bounds_of
from calldash.i18n import gettext as _
from calldash.labels import title
from calldash.ui import address, menu
from calldash.ui.safe import as_html

_LEGEND_PX = 28  # so that charts with and without one are equally high


def open_calls(chosen: CallFilter) -> NoReturn:
    """Leaves the page for Calls, showing `chosen`."""
    st.switch_page(menu.page("calls"), query_params=address.params(chosen))


def heading(text: str, standout: str = "") -> None:
    """A chart's title: what it shows and, when something stands out, what that is."""
    st.html(f'<h3 class="cd-heading">{as_html(text)}<small>{as_html(standout)}</small></h3>')


def choice(key: str, metrics: Sequence[str]) -> str:
    """A switch between numbers, by their titles; gives the key of the one picked, the first to begin with."""
    names = {metric: title(metric) for metric in metrics}
    return st.segmented_control(
        _("Show"),
        metrics,
        format_func=names.__getitem__,
        key=key,
        default=metrics[0],
        required=True,
        label_visibility="collapsed",
    )


def chart(
    figure: Any, key: str, chosen: CallFilter, by: Sequence[str] = (), behind: str | None = None, alt: str | None = None
) -> None:
    """Shows a figure of `calldash.charts` (None: says how to get one). A click on a point opens the calls behind it.

    `by` names the dimensions (or seconds columns) whose values a point carries; "behind" among them is the metric
    it stands for. `behind` is the metric where all points stand for the same.
    """
    if figure is None:
        st.info(_("Nothing to show here: choose a longer period or fewer filters."), icon=":material/search_off:")
        return
    if figure.layout.showlegend:
        st.html(_legend(figure))
        figure.layout.showlegend, figure.layout.height = False, figure.layout.height - _LEGEND_PX
    if not by or not menu.exists("calls"):
        st.plotly_chart(figure, key=key, config=CONFIG, theme=None, alt=alt)
        return
    picked = st.plotly_chart(
        figure, key=key, config=CONFIG, theme=None, alt=alt, on_select="rerun", selection_mode="points"
    )
    points = picked["selection"]["points"]
    if points and (values := _carried(figure, points[0])):
        open_calls(narrowed(replace(chosen, behind=behind or chosen.behind), by, values))


def _carried(figure: Any, point: dict[str, Any]) -> Any:
    """What a point carries; areas of a treemap tell only which they are."""
    trace = figure.data[point.get("curve_number", 0)]
    return trace.customdata[point["point_number"]] if trace.type == "treemap" else point.get("customdata")


def _legend(figure: Any) -> str:
    """The names of a figure's traces beside their colours; a striped trace has a striped mark."""
    found = []
    for trace in figure.data:
        line = getattr(trace, "line", None)
        ink = (line.color if line else None) or trace.marker.color
        striped = trace.type == "bar" and trace.marker.pattern.shape
        if isinstance(ink, str):
            mark = f'<i class="{"cd-striped" if striped else ""}" style="background-color:{ink}"></i>'
            found.append(f"<span>{mark}{trace.name}</span>")
    return f'<div class="cd-legend">{"".join(found)}</div>'


def narrowed(chosen: CallFilter, by: Sequence[str], values: Sequence[Any]) -> CallFilter:
    """The filter limited to what a point with `values` of the breakdowns `by` stands for."""
    for name, value in zip(by, values, strict=False):
        if name in ("day", "week", "month"):
            chosen = _within(chosen, name, date.fromisoformat(str(value)))
        elif name == "behind":
            chosen = replace(chosen, behind=value)
        elif name in RANGES:
            chosen = _between(chosen, name, *bounds_of(str(value), RANGES[name].unit))
        else:
            # Several values of one point: Streamlit gives a list within `customdata` as a dict.
            chosen = chosen.choose(name, value.values() if isinstance(value, dict) else [value])
    return chosen


def _between(chosen: CallFilter, name: str, low: Bound, high: Bound) -> CallFilter:
    """The filter with the quantity `name` limited to what its own bounds leave of [low, high]."""
    least, most = chosen.bounds(name)
    lows = [bound for bound in (low, least) if bound is not None]
    highs = [bound for bound in (high, most) if bound is not None]
    return chosen.between(name, max(lows, default=None), min(highs, default=None))


def _within(chosen: CallFilter, grain: str, first: date) -> CallFilter:
    """The filter's period cut to the day, week or month that begins with `first`."""
    last = {"day": first, "week": first + timedelta(days=6)}.get(grain)
    last = last or (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    since = max(first, chosen.since) if chosen.since else first
    until = min(last, chosen.until) if chosen.until else last
    return replace(chosen, since=since, until=until)

"""What needs somebody today: sentences from the numbers, each with the calls it speaks of; none when nothing does.

They look at the days up to the newest one, whatever period the page shows, within its other filters.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from math import ceil
from typing import Any

import pandas as pd
import streamlit as st

from calldash.changes.found import Change
from calldash.filters import CallFilter
from calldash.formats import FEW, number, show, wilson
from calldash.i18n import gettext as _
from calldash.i18n import ngettext
from calldash.labels import dimension_title, title, value_code, value_label
from calldash.metrics import METRICS
from calldash.server.running import store
from calldash.ui import address, asking, menu
from calldash.ui.safe import as_markdown

_LATELY, _BEFORE = 7, 28  # days: the last week against the four before it
_POINTS = 0.05  # a share must be this much worse, and surely so, to be told
# The breakdowns looked at, each by the share that tells.
_WATCHED = (("queue", "missed_share"), ("hour", "missed_share"), ("employee", "pickup_share"))


@dataclass(frozen=True)
class Notice:
    """A sentence, its icon, and the calls it speaks of."""

    icon: str
    text: str
    calls: CallFilter


def draw(chosen: CallFilter, told: Sequence[Change] = ()) -> None:
    """Draws the notices under a heading, but for what is `told` elsewhere; nothing when there are none."""
    if found := notices(chosen, told):
        listed("attention", _("What needs attention"), found)


def listed(key: str, heading: str, found: Sequence[Notice]) -> None:
    """Draws notices under a heading, each a link to its calls."""
    with st.container(border=True, gap="xsmall", key=key):
        st.markdown(f"**{heading}**")
        for notice in found:
            label, icon = as_markdown(notice.text), f":material/{notice.icon}:"
            if menu.exists("calls"):
                where = address.params(notice.calls)
                st.page_link(menu.page("calls"), label=label, icon=icon, query_params=where)
            else:
                st.markdown(f"{icon} {label}")


def notices(chosen: CallFilter, told: Sequence[Change] = ()) -> list[Notice]:
    """What there is to say within the filter's people, queues and lines, but for what is `told` elsewhere."""
    scope = replace(chosen, since=None, until=None, behind=None)
    return [*_pending(scope), *_lost(scope), *_worse(scope, told)]


def _days(scope: CallFilter, first: int, last: int) -> CallFilter:
    """The filter over the days from `first` to `last` days ago."""
    today = asking.today()
    return replace(scope, since=today - timedelta(days=first), until=today - timedelta(days=last))


def _pending(scope: CallFilter) -> Iterator[Notice]:
    window = _days(scope, ceil(store().settings.callback_window_h / 24) + 1, 0)
    count = int(asking.one(["pending_callbacks"], window)["pending_callbacks"])
    if count:
        text = ngettext(
            "{number} missed client is waiting for a callback.",
            "{number} missed clients are waiting for a callback.",
            count,
        )
        yield Notice("phone_callback", text.format(number=number(count)), replace(window, behind="pending_callbacks"))


def _lost(scope: CallFilter) -> Iterator[Notice]:
    lately = _days(scope, _LATELY - 1, 0).choose("callback", ["lost"])
    count = int(asking.one(["missed_clients"], lately)["missed_clients"])
    if count:
        text = ngettext(
            "{number} client was lost in the last 7 days: missed, and nobody called back.",
            "{number} clients were lost in the last 7 days: missed, and nobody called back.",
            count,
        )
        yield Notice("person_off", text.format(number=number(count)), replace(lately, behind="missed_clients"))


def _worse(scope: CallFilter, told: Sequence[Change]) -> Iterator[Notice]:
    """Per watched breakdown the value that got worst, if its interval lies wholly beyond the one before."""
    lately, before = _days(scope, _LATELY - 1, 0), _days(scope, _LATELY + _BEFORE - 1, _LATELY)
    for dimension, metric in _WATCHED:
        now, then = (asking.ask([metric], [dimension], one, cases=True) for one in (lately, before))
        both = now.merge(then, on=dimension, suffixes=("", "_then")).dropna(
            subset=[dimension, metric, f"{metric}_then"]
        )
        new = [not any(_tells(one, dimension, value, metric) for one in told) for value in both[dimension]]
        if (worst := _worst(both[new], metric)) is None:
            continue
        text = _("{breakdown} {value}: {metric} {now} in the last 7 days, {then} in the four weeks before.").format(
            breakdown=dimension_title(dimension), value=value_label(dimension, worst[dimension]), metric=title(metric),
            now=show(metric, worst[metric]), then=show(metric, worst[f"{metric}_then"]),
        )  # fmt: skip
        calls = lately.choose(dimension, [value_code(dimension, worst[dimension])])
        yield Notice("trending_down", text, replace(calls, behind=metric))


def _tells(change: Change, dimension: str, value: Any, metric: str) -> bool:
    """Whether a change says that this figure got worse there."""
    place = change.place
    worse = (change.now - change.before) * (-1 if METRICS[metric].better == "higher" else 1) > 0
    if place is None or change.measure.key != metric or not worse:
        return False
    if dimension == "hour" and place.breakdown is None and place.hours:
        return place.hours[0] <= int(value) < place.hours[1]
    return place.breakdown == dimension and bool(place.value == value)


def _worst(both: pd.DataFrame, metric: str) -> "pd.Series[float] | None":
    sign = -1 if METRICS[metric].better == "higher" else 1
    found = [
        (sign * (row[metric] - row[f"{metric}_then"]), row) for _, row in both.iterrows() if _surely(row, metric, sign)
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _surely(row: "pd.Series[float]", metric: str, sign: int) -> bool:
    """Whether a share is worse than before by more than chance would do."""
    now, then = row[metric], row[f"{metric}_then"]
    cases, cases_then = int(row[f"{metric}_cases"]), int(row[f"{metric}_cases_then"])
    if min(cases, cases_then) < FEW or sign * (now - then) < _POINTS:
        return False
    better, worse = (wilson(now, cases), wilson(then, cases_then))
    return better[0] > worse[1] if sign > 0 else better[1] < worse[0]

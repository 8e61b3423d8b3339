"""Who was signed in for how long, in which queues, on breaks of which reasons; only where phone systems report it."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from calldash import formats
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.labels import title
from calldash.ui import asking, drill, tables

_KEYS = ("signed_in_s", "break_s", "occupancy", "handled_talk_s")
_BY = ("employee", "weekday", "system")  # what presence is known by, besides days
_ROWS = 12  # shown before a table scrolls


def draw(chosen: CallFilter) -> None:
    """Draws the tables; where nobody reports who is signed in, says so."""
    seen = reduced(chosen)
    found = asking.ask(_KEYS, ["employee"], seen).dropna(subset=["employee", "signed_in_s"])
    drill.heading(_("Signed in and on breaks"))
    if found.empty:
        st.info(
            _("The phone systems of this selection do not report who is signed in: there is no occupancy."),
            icon=":material/person_off:",
        )
        return
    tables.show(found, "employee", _KEYS, seen, "signed", "signed_in_s")
    left, right = st.columns(2)
    with left:
        drill.heading(_("Signed in by queue"), _("several queues at once count in each"))
        _table(_queues(asking.report("signed_queues", seen)), "signed_queues")
    with right:
        drill.heading(_("Breaks by reason"), _("of breaks at once the first counts"))
        _table(_reasons(asking.report("break_reasons", seen)), "break_reasons")
    if seen != chosen:
        st.caption(_("Presence is known by employee and day only: the other filters do not apply here."))


def reduced(chosen: CallFilter) -> CallFilter:
    """The parts of a filter that can be asked of presence."""
    kept = tuple(pair for pair in chosen.chosen if pair[0] in _BY)
    return CallFilter(chosen.since, chosen.until, kept)


def _queues(found: pd.DataFrame) -> pd.DataFrame:
    named = [_("all queues, once") if pd.isna(queue) else str(queue) for queue in found["queue"]]
    return _titled(found.assign(queue=named), ["employee", "queue"], ["signed_s", "break_s"])


def _reasons(found: pd.DataFrame) -> pd.DataFrame:
    named = [_("no reason given") if pd.isna(reason) else str(reason) for reason in found["reason"]]
    return _titled(found.assign(reason=named), ["employee", "reason"], ["break_s"])


def _titled(found: pd.DataFrame, names: Sequence[str], times: Sequence[str]) -> pd.DataFrame:
    heads = {
        "employee": _("Employee"),
        "queue": _("Queue"),
        "reason": _("Reason"),
        "signed_s": title("signed_in_s"),
        "break_s": title("break_s"),
    }
    return found[[*names, *times]].astype(dict.fromkeys(times, "float64")).rename(columns=heads)


def _table(found: pd.DataFrame, key: str) -> None:
    """A table of names and times; its numbers stay numbers, to be sorted by."""
    times = [str(name) for name in found.select_dtypes("number")]
    columns = {name: st.column_config.NumberColumn(name, alignment="right") for name in times}
    style = found.style.format(dict.fromkeys(times, lambda seconds: formats.in_unit("seconds", seconds)))
    height = min(len(found), _ROWS) * 35 + 38
    st.dataframe(style, key=key, hide_index=True, column_config=columns, height=height)

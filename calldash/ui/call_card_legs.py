"""The legs of a call as a list with bars on one scale of time: who rang or waited, how long, who talked. HTML."""

from typing import Any

import pandas as pd

from calldash.formats import duration
from calldash.i18n import gettext as _
from calldash.i18n import mark
from calldash.labels import value_label
from calldash.ui.journal_cells import records
from calldash.ui.safe import as_html

_KINDS = {"ring": mark("rang"), "dial": mark("dialled"), "queue": mark("in the queue")}
# Why a leg ended; what a system says in other words is shown as it stands.
_ENDS = {
    "completed": mark("talk ended"),
    "transferred": mark("transferred"),
    "abandoned": mark("client hung up"),
    "timeout": mark("time ran out"),
    "empty": mark("nobody signed in"),
    "key": mark("client pressed a key"),
}
_WAITING, _TALKING = "waiting", "answered"


def markup(legs: pd.DataFrame) -> str:
    """The HTML of a frame of report `call_legs`; it has rows."""
    ends = legs["ends"].fillna(legs["picked_up"]).fillna(legs["begins"])
    first, last = legs["begins"].min(), ends.max()
    scale = max((last - first).total_seconds(), 1.0)
    items = "".join(
        f"<li>{_words(leg)}{_bar(leg, end, first, scale)}</li>" for leg, end in zip(records(legs), ends, strict=True)
    )
    return f"{_legend()}<ol class='cd-legs'>{items}</ol>"


def _legend() -> str:
    names = ((_WAITING, _("ringing or waiting")), (_TALKING, _("talking")))
    keys = "".join(
        f"<span><i style='background:var(--cd-{meaning})'></i>{as_html(name)}</span>" for meaning, name in names
    )
    return f"<div class='cd-key'>{keys}</div>"


def _words(leg: dict[str, Any]) -> str:
    who = value_label("employee", leg["queue"] if leg["leg_kind"] == "queue" else leg["employee"])
    kind = _KINDS.get(leg["leg_kind"])
    parts = [f"{leg['begins']:%H:%M:%S}", _(kind) if kind else leg["leg_kind"], *_times(leg)]
    if reason := None if pd.isna(leg["reason"]) else str(leg["reason"]):
        parts.append(_(_ENDS[reason]) if reason in _ENDS else reason)
    return f"<b>{as_html(who)}</b> <small>{as_html(' · '.join(parts))}</small>"


def _times(leg: dict[str, Any]) -> list[str]:
    if pd.isna(leg["picked_up"]):
        if pd.isna(leg["ends"]):
            return [_("not answered")]
        return [_("{time} without an answer").format(time=_span(leg["begins"], leg["ends"]))]
    found = [_("answered after {time}").format(time=_span(leg["begins"], leg["picked_up"]))]
    if not pd.isna(leg["talk_s"]):
        found.append(_("talked {time}").format(time=duration(leg["talk_s"])))
    return found


def _span(begins: pd.Timestamp, ends: pd.Timestamp) -> str:
    return duration((ends - begins).total_seconds())


def _bar(leg: dict[str, Any], end: pd.Timestamp, first: pd.Timestamp, scale: float) -> str:
    picked = end if pd.isna(leg["picked_up"]) else leg["picked_up"]
    spans = ((leg["begins"], picked, _WAITING), (picked, end, _TALKING))
    bars = "".join(
        f"<i style='left:{100 * (begins - first).total_seconds() / scale:.2f}%;"
        f"width:{100 * (ends - begins).total_seconds() / scale:.2f}%;background:var(--cd-{meaning})'></i>"
        for begins, ends, meaning in spans
        if ends > begins
    )
    return f"<div class='cd-track' aria-hidden='true'>{bars}</div>"

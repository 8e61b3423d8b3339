"""The legs of a call in words: who rang or waited, how long, who talked. Rows are those of report `call_legs`."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from calldash.formats import duration
from calldash.i18n import gettext as _
from calldash.i18n import mark
from calldash.labels import value_label

Leg = dict[str, Any]
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


def told(legs: Sequence[Leg]) -> list[tuple[str, str]]:
    """Each leg of a call: who, and what became of it."""
    return [(_who(leg), _words(leg, _taker(leg, legs))) for leg in legs]


def _words(leg: Leg, taker: str) -> str:
    kind = _KINDS.get(leg["leg_kind"])
    parts = [f"{leg['begins']:%H:%M:%S}", _(kind) if kind else leg["leg_kind"], *_times(leg)]
    if taker:
        parts.append(_("transferred to {name}").format(name=taker))
    elif not pd.isna(leg["reason"]) and leg["reason"]:
        reason = str(leg["reason"])
        parts.append(_(_ENDS[reason]) if reason in _ENDS else reason)
    return " · ".join(parts)


def _who(leg: Leg) -> str:
    return value_label("employee", leg["queue"] if leg["leg_kind"] == "queue" else leg["employee"])


def _taker(leg: Leg, legs: Sequence[Leg]) -> str:
    """Whom a leg that ended with a transfer led to: the next leg of somebody else; empty when none is known."""
    if leg["reason"] != "transferred" or pd.isna(leg["ends"]):
        return ""
    return next((_who(one) for one in legs if one["begins"] >= leg["ends"] and _who(one) != _who(leg)), "")


def _times(leg: Leg) -> list[str]:
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

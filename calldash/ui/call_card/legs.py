"""The legs of a call as a list with bars on one scale of time: who rang or waited, how long, who talked. HTML."""

from typing import Any

import pandas as pd

from calldash.i18n import gettext as _
from calldash.telling.legs import told
from calldash.telling.values import records
from calldash.ui.safe import as_html

_WAITING, _TALKING = "waiting", "answered"


def markup(legs: pd.DataFrame) -> str:
    """The HTML of a frame of report `call_legs`; it has rows."""
    ends = legs["ends"].fillna(legs["picked_up"]).fillna(legs["begins"])
    first, last = legs["begins"].min(), ends.max()
    scale = max((last - first).total_seconds(), 1.0)
    rows = records(legs)
    items = "".join(
        f"<li><b>{as_html(who)}</b> <small>{as_html(words)}</small>{_bar(leg, end, first, scale)}</li>"
        for (who, words), leg, end in zip(told(rows), rows, ends, strict=True)
    )
    return f"{_legend()}<ol class='cd-legs'>{items}</ol>"


def _legend() -> str:
    names = ((_WAITING, _("ringing or waiting")), (_TALKING, _("talking")))
    keys = "".join(
        f"<span><i style='background:var(--cd-{meaning})'></i>{as_html(name)}</span>" for meaning, name in names
    )
    return f"<div class='cd-key'>{keys}</div>"


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

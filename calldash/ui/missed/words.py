"""What the ledger of missed clients says in its cells, and of what people did."""

from collections.abc import Callable
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import pandas as pd
from babel.dates import format_skeleton

from calldash import formats
from calldash.i18n import gettext as _
from calldash.i18n import locale, mark, ngettext
from calldash.missed import callbacks
from calldash.server.running import store
from calldash.telling.marks import who as who_is
from calldash.telling.phones import shown as as_phone
from calldash.ui.safe import as_markdown

Cell = dict[str, str]
Row: TypeAlias = "pd.Series[Any]"
_STATES = {"pending": mark("Pending"), "late": mark("Late"), "due": mark("Due again")}
_STEPS = {
    "taken": mark("{who} took {client}"),
    "released": mark("{who} released {client}"),
    "closed": mark("{who} closed {client}: {reason}"),
    "reopened": mark("{who} reopened {client}"),
}


def state(code: str) -> str:
    """The name of a state of an item."""
    return _(_STATES[code])


def local(instant: Any) -> pd.Timestamp:
    """An instant (UTC) in the company's time."""
    return pd.Timestamp(instant).tz_localize("UTC").tz_convert(ZoneInfo(store().settings.zone)).tz_localize(None)


def moment(instant: Any) -> str:
    """An instant (UTC) in words: the day and the time, in the company's time."""
    found = local(instant)
    return f"{format_skeleton('MMMd', found, locale=locale())}, {found:%H:%M}"


def step(row: Row, who: str) -> str:
    """A step in a sentence, as Markdown."""
    reason = callbacks.REASONS.get(str(row["reason"]), "")
    text = _(_STEPS[str(row["what"])]).format(
        who=who, client=as_phone(row["client"]), reason=_(reason) if reason else ""
    )
    note: str = f" — {row['note']}" if not pd.isna(row["note"]) else ""
    return as_markdown(f"{moment(row['done_at'])}: {text}{note}")


def _state(row: Row) -> Cell:
    left = float(row["left_s"])
    found = {"text": state(row["state"]), "kind": str(row["state"])}
    if row["state"] == "pending":
        return found | {"more": _("{time} left").format(time=formats.duration(left))}
    return found | ({"more": _("window over")} if row["over"] else {})


def _waiting(row: Row) -> Cell:
    working = _("working time {time}").format(time=formats.duration(float(row["working_s"])))
    return {"text": formats.duration(float(row["waiting_s"])), "more": working}


def _times(row: Row) -> Cell:
    every = "\n".join(moment(one) for one in row["moments"])
    return {"text": formats.number(int(row["times"])), "more": moment(row["last_at"]), "title": every}


def _wait(row: Row) -> Cell:
    return {"text": formats.in_unit("seconds", row["wait_s"])}


def _tries(row: Row) -> Cell:
    tries = int(row["tries"])
    if not tries:
        return {"text": formats.number(0)}
    by: str = _("by {name}").format(name=row["tried_by"]) if not pd.isna(row["tried_by"]) else ""
    rang = _("the longest rang {time}").format(time=formats.duration(float(row["rang_s"])))
    return {"text": formats.number(tries), "more": f"{moment(row['last_try_at'])} {by}".strip(), "title": rang}


def _worth(row: Row) -> Cell:
    if pd.isna(row["expected"]):
        return {"text": formats.NOTHING, "title": _("No sale of the client or of the source is known.")}
    text = formats.money(float(row["expected"]))
    if not row["sales"]:
        name = row["source"] if not pd.isna(row["source"]) else _("all sources")
        return {"text": text, "title": _("As an answered call of {source} brings.").format(source=name)}
    sold = formats.money(float(row["sold"])) if not pd.isna(row["sold"]) else formats.NOTHING
    words = ngettext("{number} sale for {sum}", "{number} sales for {sum}", int(row["sales"]))
    return {"text": text, "more": words.format(number=formats.number(int(row["sales"])), sum=sold)}


def _place(row: Row) -> Cell:
    lines = ", ".join(as_phone(str(line)).replace(" ", "\u00a0") for line in _listed(row["lines"]))
    return {"text": _known(row["queue"]), "more": lines}


def _taken(row: Row) -> Cell:
    if pd.isna(row["taken_by"]):
        return {"text": formats.NOTHING}
    return {"text": who_is(row["taken_by"]), "more": moment(row["taken_at"])}


def _listed(values: Any) -> list[Any]:
    """A list of the report; one of nothing is missing."""
    return [] if values is None or values is pd.NA or isinstance(values, float) else list(values)


def _known(value: Any) -> str:
    return formats.NOTHING if pd.isna(value) else str(value)


CELLS: dict[str, Callable[[Row], Cell]] = {
    "state": _state,
    "waiting": _waiting,
    "times": _times,
    "wait_s": _wait,
    "tries": _tries,
    "worth": _worth,
    "place": _place,
    "taken": _taken,
}

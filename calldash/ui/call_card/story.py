"""One client, one story: all calls and messages of a client over lines and phone systems, as a list in time's order."""

from typing import Any

import pandas as pd
import streamlit as st

from calldash import formats
from calldash.colours import colour
from calldash.filters import CallFilter
from calldash.formats import duration, money
from calldash.i18n import gettext as _
from calldash.i18n import mark, ngettext
from calldash.labels import day_label
from calldash.people import viewer
from calldash.server.running import store
from calldash.telling.phones import shown
from calldash.telling.values import records
from calldash.ui import address, asking, component, evidence
from calldash.ui.journal import state
from calldash.ui.safe import as_html

_ENTRIES = 50  # of a page
# What a call was to the client: a mark, the colour of a meaning, words.
_EVENTS = {
    "missed": ("✕", "missed", mark("called, missed")),
    "called": ("●", "answered", mark("called, talked")),
    "called_back": ("✓", "called_back", mark("we called back, talked")),
    "tried": ("…", "waiting", mark("we called back in vain")),
    "reached": ("↗", "outbound", mark("we called, talked")),
    "unreached": ("○", "outbound", mark("we called in vain")),
    "message": ("✉", "other", mark("message")),
    "spam": ("⊘", "other", mark("marked as spam")),
}
_draw = component.listing("calldash_story", "call_card/story", "story")


def draw(call: dict[str, Any]) -> None:
    """Draws the story of the client of a call, that call lit; an entry opens its call. An internal call has none."""
    if call["direction"] == "internal":
        return
    st.subheader(_("The client's story"), anchor=False)
    if pd.isna(call["client_id"]):
        st.caption(_("The number is hidden or not known, so other calls of the client cannot be found."))
        return
    client, number, zone = int(call["client_id"]), int(call["call_no"]), store().settings.zone
    sums = records(asking.report("client_sums", client_id=client, call_no=number, zone=zone))[0]
    st.html(f"<div class='cd-key'>{''.join(f'<span>{part}</span>' for part in _sums(sums))}</div>")
    skipped = _ENTRIES * (_page(number, sums) - 1)
    found = asking.report("client_story", client_id=client, zone=zone, most=_ENTRIES, skipped=skipped)
    entries = _entries(records(found), number, skipped == 0, sums)
    labels = {"list": _("The client's story"), "open": _("Open the call")}
    key = f"story_{number}"
    opened = _draw(
        key=key,
        data={"entries": entries, "labels": labels},
        on_open_change=lambda: state.put_call(int(st.session_state[key]["open"])),
    )
    if opened["open"] is not None:
        st.rerun()
    if sums["entries"] > 1:
        _all_calls(client, int(sums["entries"]))
    if viewer.current().may("evidence"):
        evidence.draw(client)


def _page(number: int, sums: dict[str, Any]) -> int:
    """The page to show: to begin with the one that has the call."""
    pages = -(-int(sums["entries"]) // _ENTRIES)
    if pages < 2:
        return 1
    first = int(sums["earlier"]) // _ENTRIES + 1
    return int(st.pagination(pages, default=first, key=f"story_page_{number}", max_visible_pages=5))


def _sums(sums: dict[str, Any]) -> list[str]:
    """What the history is in sum, as HTML."""
    found = [
        (_("since {day}"), {"day": day_label(sums["first_local"].date())}),
        (_("calls: {number}"), {"number": formats.number(sums["calls"])}),
        (_("missed: {number}"), {"number": formats.number(sums["missed"])}),
        (
            _("talked: {number}, {time}"),
            {"number": formats.number(sums["talked"]), "time": formats.in_unit("seconds", sums["talk_s"])},
        ),
    ]
    if sums["messages"]:
        found.append((_("messages: {number}"), {"number": formats.number(sums["messages"])}))
    amount = formats.NOTHING if pd.isna(sums["sale_amount"]) else money(sums["sale_amount"], currency=sums["currency"])
    sales = {"number": formats.number(sums["sales"]), "amount": amount}
    found.append((_("sales: {number}, {amount}") if sums["sales"] else _("no sales"), sales))
    for name, words in (("lines", _("lines: {number}")), ("systems", _("phone systems: {number}"))):
        if sums[name] > 1:
            found.append((words, {"number": formats.number(sums[name])}))
    return [as_html(words.format(**values)) for words, values in found]


def _entries(calls: list[dict[str, Any]], number: int, from_first: bool, sums: dict[str, Any]) -> list[dict[str, Any]]:
    """The entries as the browser gets them; the first of a day has the day."""
    found: list[dict[str, Any]] = []
    links = state.links(int(call["call_no"]) for call in calls)
    day = None
    for call in calls:
        sign, meaning, words = _EVENTS[call["event"]]
        began = call["started_local"]
        parts = [_("first contact")] if from_first and not found else []
        found.append(
            {
                "call_no": int(call["call_no"]),
                "href": links[int(call["call_no"])][0],
                "day": "" if began.date() == day else day_label(began.date()),
                "time": f"{began:%H:%M}",
                "mark": sign,
                "colour": colour(meaning),
                "what": _(words),
                "details": " · ".join([*parts, *_details(call, sums)]),
                "lit": int(call["call_no"]) == number,
            }
        )
        day = began.date()
    return found


def _details(call: dict[str, Any], sums: dict[str, Any]) -> list[str]:
    """How long, with whom, what came of it, and where, as far as it is known and tells something."""
    found = []
    if call["event"] == "missed" and not pd.isna(call["wait_s"]):
        found.append(_("waited {time}").format(time=duration(call["wait_s"])))
    elif not pd.isna(call["talk_s"]) and call["talk_s"]:
        found.append(duration(call["talk_s"]))
    # Who a missed call rang last did not talk: the queue says more.
    who = ("queue", "employee") if call["event"] == "missed" else ("employee", "queue")
    found += [str(call[name]) for name in who if not pd.isna(call[name])][:1]
    if call["is_sold"]:
        sold = "" if pd.isna(call["sale_amount"]) else money(call["sale_amount"], currency=call["currency"] or None)
        found.append(f"{_('sale')} {sold}".strip())
    found += [_("recording")] if call["recorded"] else []
    if sums["lines"] > 1 and not pd.isna(call["line"]):
        found.append(shown(str(call["line"])))
    return found + ([str(call["system"])] if sums["systems"] > 1 else [])


def _all_calls(client: int, every: int) -> None:
    """A button to the journal of the client's calls alone."""
    since, until = asking.days() or (None, None)
    chosen = CallFilter(since, until).choose("client_id", [str(client)])
    label = ngettext("All {number} call", "All {number} calls", every).format(number=formats.number(every))
    # A link from a page to itself leaves the address of the browser as it was; a button sets it.
    if st.button(label, icon=":material/call_log:", on_click=st.query_params.from_dict, args=(address.params(chosen),)):
        st.rerun()

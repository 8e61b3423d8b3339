"""The card of a call: what it was, its recording, why it counts so, its legs, its client, and where it comes from."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from calldash.i18n import gettext as _
from calldash.people import viewer
from calldash.server.running import store
from calldash.telling.reasons import reasons
from calldash.telling.values import moment, records
from calldash.ui import asking, run, style
from calldash.ui.call_card import facts, legs, marks, number, story
from calldash.ui.journal import state
from calldash.ui.journal.pages import Around, Step
from calldash.ui.player import player
from calldash.ui.safe import as_markdown
from calldash.ui.talks import figures, transcript

_WIDTH = 760
_ROWS = 50


def show(number: int | None, around: Callable[[int], Around]) -> None:
    """Opens the card of the call that the URL names, None: nobody knows it; `around` tells a call's neighbours."""
    found = None if number is None else asking.report("call", calls=[number], zone=store().settings.zone)
    if found is None or found.empty:
        st.warning(_("This link names no call that you can see: it was removed, or is not among those of your role."))
        return
    call = records(found)[0]
    title = _("Call of {time}").format(time=moment(call["started_local"]))
    card = st.dialog(as_markdown(title), width=_WIDTH, position="right", on_dismiss=_close)
    card(_draw)(call, around(int(call["call_no"])))


def _close() -> None:
    state.put_call(None)


def _draw(call: dict[str, Any], around: Around) -> None:
    run.begin()
    run.begin_with_store()
    values: dict[str, Any] = {"calls": [int(call["call_no"])], "zone": store().settings.zone}
    style.also("call_card/card")
    _steps(around)
    st.html(facts.markup(call))
    number.draw(call)
    call_no, recording = int(call["call_no"]), None if pd.isna(call["recording"]) else str(call["recording"])
    reader = viewer.current()
    if reader.may("recordings") and (recording or player.is_there(call_no)):
        reads = reader.may("transcripts")
        said = transcript.lines(str(call["system"]), str(call["id"])) if reads else []
        player.draw(call_no, recording, str(call["system"]), around.recorded, said)
    if reader.may("recordings"):
        number.consent(call)
        figures.draw(call)
    if reader.may("marks"):
        marks.draw(call)
    st.subheader(_("Why it counts as it does"), anchor=False)
    st.markdown("\n".join(f"- {as_markdown(one)}" for one in reasons(call, store().settings)))
    st.subheader(_("Legs"), anchor=False)
    found = asking.report("call_legs", **values)
    if found.empty:
        st.caption(_("The phone system tells nothing about the legs of this call."))
    else:
        st.html(legs.markup(found))
    story.draw(call)
    if reader.may("numbers"):  # rows as the phone system wrote them hold numbers
        facts.origin(asking.report("call_rows", most=_ROWS, **values), bool(call["is_erased"]))


def _steps(around: Around) -> None:
    """Buttons to the calls before and after in the list; none for a call that the list does not show."""
    sides = (
        ("call_before", _("Previous"), ":material/arrow_upward:", "Alt+Up", around.before),
        ("call_after", _("Next"), ":material/arrow_downward:", "Alt+Down", around.after),
    )
    if not (around.before or around.after):
        return
    with st.container(horizontal=True, gap="small", key="call-steps"):
        for key, label, icon, keys, step in sides:
            act = partial(_go, step) if step else None
            if st.button(label, icon=icon, key=key, shortcut=keys, disabled=step is None, on_click=act):
                st.rerun()


def _go(step: Step) -> None:
    state.put_step(step.call_no, step.page)

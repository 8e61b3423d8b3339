"""The card of a call: what it was, its recording, why it counts so, its legs, its client, and where it comes from."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from calldash.i18n import gettext as _
from calldash.people import viewer
from calldash.server.running import store
from calldash.telling.reasons import reasons
from calldash.telling.values import moment, records
from calldash.ui import (
    asking,
    call_card_facts,
    call_card_legs,
    call_card_marks,
    call_card_number,
    call_card_story,
    journal_state,
    player,
    run,
    talk_figures,
    talks_transcript,
)
from calldash.ui.journal_pages import Around, Step
from calldash.ui.safe import as_markdown

_WIDTH = 760
_ROWS = 50
_CSS = Path(__file__).with_suffix(".css")


def show(text: str, around: Callable[[int], Around]) -> None:
    """Opens the card of the call whose number `text` is, as the URL has it; `around` tells a call's neighbours."""
    number = journal_state.number(text)
    found = None if number is None else asking.report("call", calls=[number], zone=store().settings.zone)
    if found is None or found.empty:
        st.warning(_("There is no such call any more; it may have been imported anew."))
        return
    call = records(found)[0]
    title = _("Call of {time}").format(time=moment(call["started_local"]))
    card = st.dialog(as_markdown(title), width=_WIDTH, position="right", on_dismiss=_close)
    card(_draw)(call, around(int(call["call_no"])))


def _close() -> None:
    journal_state.put_call(None)


def _draw(call: dict[str, Any], around: Around) -> None:
    run.begin()
    run.begin_with_store()
    values: dict[str, Any] = {"calls": [int(call["call_no"])], "zone": store().settings.zone}
    st.html(_CSS)
    _steps(around)
    st.html(call_card_facts.markup(call))
    call_card_number.draw(call)
    number, recording = int(call["call_no"]), None if pd.isna(call["recording"]) else str(call["recording"])
    reader = viewer.current()
    if reader.may("recordings") and (recording or player.is_there(number)):
        reads = reader.may("transcripts")
        said = talks_transcript.lines(str(call["system"]), str(call["id"])) if reads else []
        player.draw(number, recording, str(call["system"]), around.recorded, said)
    if reader.may("recordings"):
        call_card_number.consent(call)
        talk_figures.draw(call)
    if reader.may("marks"):
        call_card_marks.draw(call)
    st.subheader(_("Why it counts as it does"), anchor=False)
    st.markdown("\n".join(f"- {as_markdown(one)}" for one in reasons(call, store().settings)))
    st.subheader(_("Legs"), anchor=False)
    legs = asking.report("call_legs", **values)
    if legs.empty:
        st.caption(_("The phone system tells nothing about the legs of this call."))
    else:
        st.html(call_card_legs.markup(legs))
    call_card_story.draw(call)
    if reader.may("numbers"):  # rows as the phone system wrote them hold numbers
        call_card_facts.origin(asking.report("call_rows", most=_ROWS, **values), bool(call["is_erased"]))


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
    journal_state.put_step(step.call_no, step.page)

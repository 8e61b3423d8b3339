"""What the recording of a call says of the talk, in a line under the player, or why it says nothing."""

from typing import Any

import streamlit as st

from calldash import formats
from calldash.i18n import gettext as _
from calldash.i18n import mark, ngettext
from calldash.people import viewer
from calldash.server.running import store
from calldash.talk import kept
from calldash.ui.safe import as_html
from calldash.ui.talks import transcript

# Why a recording says nothing of the talk, by the code in the store.
REASONS = {
    "mono": mark("one channel, the sides cannot be told apart"),
    "same": mark("both channels carry the same sound"),
    "channels": mark("more than two channels"),
    "no_speech": mark("no speech is heard"),
    "unreadable": mark("the recording cannot be read"),
    "missing": mark("the recording is not here"),
}


def draw(call: dict[str, Any]) -> None:
    """What stands under the player of a call (a row of the report `call`): the figures, and the transcript's files."""
    if not call["answered"] or call["kind"] != "voice":
        return
    system, call_id = str(call["system"]), str(call["id"])
    found = kept.of_call(store(), system, call_id)
    if found or isinstance(call["recording"], str):
        st.html(f'<p style="margin:0">{as_html(words(found))}</p>')
    if viewer.current().may("transcripts"):
        transcript.draw(int(call["call_no"]), system, call_id)


def words(found: dict[str, Any] | None) -> str:
    """The figures of a call as a sentence; "—" with the reason where they are not known."""
    name = _("Talk analytics")
    if found is None:
        return f"{name}: {formats.NOTHING} ({_('the recording has not been analysed yet')})"
    if found["why"]:
        return f"{name}: {formats.NOTHING} ({_(REASONS[found['why']])})"
    cuts = found["interruptions_by_agent"]
    parts = [
        _("the employee talked {share}").format(share=formats.in_unit("share", found["agent_share"])),
        _("silence {share}").format(share=formats.in_unit("share", found["silence_share"])),
        ngettext("interrupted {number} time", "interrupted {number} times", cuts).format(number=formats.number(cuts)),
        _("longest monologue {time}").format(time=formats.duration(found["longest_monologue_agent_s"])),
    ]
    return f"{name}: {', '.join(parts)}"

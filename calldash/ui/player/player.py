"""The player of a recording: two sides drawn apart, speeds, silences skipped; the sound comes from our own routes."""

from pathlib import Path
from typing import Any

import streamlit as st

from calldash import audit, colours, recordings
from calldash.i18n import gettext as _
from calldash.i18n import language, say
from calldash.people import viewer
from calldash.problems import Problem
from calldash.recordings import Call, checking
from calldash.server.running import store
from calldash.store import named
from calldash.ui import component
from calldash.ui.journal import state
from calldash.ui.player import links
from calldash.ui.player.words import labels
from calldash.ui.safe import as_markdown

# One text of plain functions; the last file has what Streamlit calls.
_PARTS = ("clock", "sides", "heard", "lines", "keys", "words", "picture", "player")
_draw = component.made(
    "calldash_player",
    html=Path(__file__).with_name("player.html").read_text(encoding="utf-8"),
    css="player/player",
    js=" ".join(f"player/{name}" for name in _PARTS),
)
_START, _SEEN = "t", "player_start"  # the second that the URL begins at, and the call it was meant for
_SIDES = {"agent": "answered", "client": "muted"}

Neighbours = tuple[int | None, int | None]


def is_there(call_no: int) -> bool:
    """Whether a call whose record names no recording has one all the same: a file whose name tells of it."""
    return recordings.is_there(store(), recordings.call_of(store(), call_no))


def draw(
    call_no: int,
    recording: str | None,
    system: str,
    neighbours: Neighbours = (None, None),
    lines: list[dict[str, Any]] | None = None,
) -> None:
    """Draws the player of a call's recording, or says in a sentence why it cannot be played here.

    `neighbours` are the previous and the next call of the list; `lines` what was said: start_s, end_s, who, text.
    """
    try:
        call = recordings.call_of(store(), call_no)
        if recording and recordings.is_link(recording) and not recordings.is_fetched(store(), recording):
            _at_provider(call, recording)
            return
        checking.check(recordings.find(store(), call))
    except Problem as problem:
        st.warning(as_markdown(say(problem)), icon=":material/volume_off:")
        return
    _play(call, recordings.agent_channel(store().settings, system), neighbours, lines)
    if viewer.current().may("forward"):
        links.draw(call)


def _play(call: Call, agent: int, neighbours: Neighbours, lines: list[dict[str, Any]] | None) -> None:
    name = named.name(store(), call.call_no)
    found = _draw(
        key=f"player_{call.call_no}",
        data={
            "source": f"recording/{name}",
            "call": name,
            "agent": agent,
            "start": _start(call.call_no),
            "taken": viewer.current().may("export"),
            "moves": [one is not None for one in neighbours],
            "lines": lines or [],
            "labels": labels(),
            "language": language(),
            "colours": _colours(),
        },
        on_move_change=lambda: None,
    )
    if found.move in (-1, 1):
        st.query_params.pop(_START, None)
        state.put_call(neighbours[0 if found.move < 0 else 1])
        st.rerun()


def _start(call_no: int) -> int:
    """The second that a link to this call begins at; one left in the URL from another call counts no more."""
    text = st.query_params.get(_START)
    second = state.number(text)
    if second is None:
        return 0
    meant = st.session_state.get(_SEEN)
    if meant is None or meant[0] != text:
        meant = st.session_state[_SEEN] = (text, call_no)
    return second if meant[1] == call_no else 0


def _colours() -> dict[str, str]:
    """Colours of the picture: each side as it was heard and as it lies ahead."""
    found = {side: colours.colour(meaning) for side, meaning in _SIDES.items()}
    return found | {f"{side}_ahead": f"{code}77" for side, code in found.items()} | {"text": colours.colour("text")}


def _at_provider(call: Call, link: str) -> None:
    """Offers to fetch a recording: nothing is asked of the provider before somebody wants to listen."""
    st.caption(_("The recording lies at the provider."))
    with st.container(horizontal=True):
        if st.button(_("Fetch it to listen here"), icon=":material/cloud_download:", key=f"fetch_{call.call_no}"):
            with st.spinner(_("Fetching the recording…")):
                recordings.find(store(), call, fetch=True)
            audit.record(store(), viewer.current().login, "fetch", call.subject)
            st.rerun()
        st.link_button(_("Open at the provider"), link, icon=":material/open_in_new:")

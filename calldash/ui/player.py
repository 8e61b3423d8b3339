"""The player of a recording: a browser's own, with steps of ten seconds and speeds; audio comes from our own route."""

from pathlib import Path

import streamlit as st

from calldash.i18n import gettext as _
from calldash.i18n import language, say
from calldash.problems import Problem
from calldash.server import recordings
from calldash.server.running import store
from calldash.ui.safe import as_markdown

_HERE = Path(__file__).parent / "player"
_draw = st.components.v2.component(
    "calldash_player",
    html=(_HERE / "player.html").read_text(encoding="utf-8"),
    css=(_HERE / "player.css").read_text(encoding="utf-8"),
    js=(_HERE / "player.js").read_text(encoding="utf-8"),
)


def draw(call_no: int, recording: str, system: str) -> None:
    """Draws the player of a call's recording, or says in a sentence why it cannot be played here."""
    if recordings.is_link(recording):
        st.link_button(_("Recording at the provider"), recording, icon=":material/open_in_new:")
        st.caption(_("The recording lies at the provider; it opens there."))
        return
    try:
        recordings.of_call(recording, system, store().settings)
    except Problem as problem:
        st.warning(as_markdown(say(problem)), icon=":material/volume_off:")
        return
    _draw(
        key=f"player_{call_no}",
        data={
            "source": f"recording/{call_no}",
            "labels": _labels(),
            "language": language(),
            "scheme": st.context.theme.type or "light",
        },
    )


def _labels() -> dict[str, str]:
    return {
        "name": _("Recording of the call"),
        "back": _("10 seconds back"),
        "on": _("10 seconds on"),
        "less": _("−10 s"),
        "more": _("+10 s"),
        "speed": _("Speed"),
        "trouble": _("The recording could not be played: the file is damaged or is no longer there."),
    }

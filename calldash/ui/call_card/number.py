"""What of a call's card is about personal data: uncovering a masked number, and what callers of the line are told."""

from typing import Any

import pandas as pd
import streamlit as st

from calldash.i18n import gettext as _
from calldash.privacy import revealing
from calldash.server.running import store
from calldash.telling.notices import told
from calldash.telling.phones import shown
from calldash.ui.safe import as_markdown


def draw(call: dict[str, Any]) -> None:
    """Draws the button for whom numbers are masked and who may uncover one; the number once it was clicked."""
    if pd.isna(call["client"]) or not revealing.may():
        return
    number = int(call["call_no"])
    help_ = _("That you have seen it stands in the audit trail.")
    if st.button(_("Show the number"), icon=":material/visibility:", key=f"reveal_{number}", help=help_):
        st.markdown(f"**{as_markdown(shown(revealing.reveal(store(), number)))}**")


def consent(call: dict[str, Any]) -> None:
    """Draws what callers of the call's line are told about recording, where somebody has said it."""
    if words := told(call):
        st.caption(as_markdown(words))

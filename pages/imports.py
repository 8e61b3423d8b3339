"""How calls get in: a file, what became of its rows, and the formats of one's own."""

import streamlit as st

from calldash.i18n import gettext as _
from calldash.ui import imports, ledger, mapping

imports.words()
imports.upload()
imports.progress()
st.subheader(_("What was imported"), anchor=False)
ledger.draw()
st.subheader(_("A file of another kind"), anchor=False)
mapping.draw()

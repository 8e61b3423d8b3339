"""To call back: who waits for a call, the most urgent first, and what was done about it. Opened every morning."""

import streamlit as st

from calldash import formats
from calldash.i18n import gettext as _
from calldash.server.running import store
from calldash.ui import filter_bar
from calldash.ui.missed import ledger, states

chosen, _before = filter_bar.current()
found = ledger.items(chosen)
states.draw(found)
days = formats.days(round(store().settings.ledger_days))
text = _("Clients missed in the last {days} and not reached since, one line each.")
st.caption(text.format(days=days))
ledger.draw(found)
ledger.lately()

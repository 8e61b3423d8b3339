"""Who works how much: calls and talk, missed rings, the balance of the teams, and a comparison that is fair."""

import streamlit as st

from calldash.i18n import gettext as _
from calldash.i18n import mark
from calldash.ui import cards, filter_bar, parts
from calldash.ui.employees import fair
from calldash.ui.employees import page as employees

CARDS = (
    "handled_calls",
    "handled_talk_s",
    "avg_handled_talk_s",
    "load_balance",
    "rings",
    "missed_rings",
    "pickup_share",
    "peak_parallel",
)
PARTS = {"each": mark("Each employee"), "fair": mark("Fair comparison")}

chosen, before = filter_bar.current()
cards.row(CARDS, chosen, before)
st.caption(_("A transferred call counts for everyone who talked: handled calls do not add up to the company's calls."))

if parts.switch("employees", PARTS) == "fair":
    fair.draw(chosen)
else:
    employees.draw(chosen)

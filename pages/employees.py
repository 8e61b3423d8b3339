"""Who works how much: calls and talk, missed rings, the balance of the teams, and a comparison that is fair."""

import streamlit as st

from calldash import charts
from calldash.i18n import gettext as _
from calldash.ui import cards, drill, employees, employees_fair, filter_bar

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

chosen, before = filter_bar.current()
cards.row(CARDS, chosen, before)
st.caption(_("A transferred call counts for everyone who talked: handled calls do not add up to the company's calls."))

people = employees.people(chosen)
talk, balance = charts.level(charts.bars(people, "employee", "handled_talk_s"), employees.balance(chosen))
left, right = st.columns(2)
with left:
    drill.heading(_("Talk by employee"), charts.first_of(people))
    drill.chart(talk, "talk", chosen, ["employee"], "handled_talk_s")
with right:
    drill.heading(_("Balance of the teams"), _("a dot is an employee"))
    drill.chart(balance, "balance", chosen, ["team", "employee"], "handled_talk_s")

drill.heading(_("Each employee"))
employees.table(people, chosen)

employees_fair.draw(chosen)

"""Missed calls: how many, when, why and where; and what became of the clients."""

import streamlit as st

from calldash import charts
from calldash.i18n import gettext as _
from calldash.ui import asking, cards, drill, filter_bar, tables
from calldash.ui.missed import curve, outcome, why

CARDS = (
    "missed_share",
    "open_missed_share",
    "missed_calls",
    "off_hours_missed",
    "missed_clients",
    "timely_callback_share",
    "timely_callback_work_share",
    "lost_share",
)
PAIR = ["missed_share", "missed_calls"]
TABLE = ("missed_calls", "inbound_calls", "missed_share")

chosen, before = filter_bar.current()
cards.row(CARDS, chosen, before)
course, grain = asking.course_and_one(CARDS, chosen)[0], asking.grain(chosen)  # which the cards have asked for

left, right = st.columns(2)
with left:
    drill.heading(_("Missed over time"), charts.worst_day(course, "missed_calls", grain))
    drill.chart(charts.panels(course, grain, *PAIR), "course", chosen, [grain, "behind"])
with right:
    hours = asking.ask(PAIR, ["hour"], chosen, cases=True)
    drill.heading(_("Missed by hour"))
    drill.chart(charts.panels(hours, "hour", *PAIR), "hours", chosen, ["hour", "behind"])

left, right = st.columns(2)
with left:
    drill.heading(_("Why calls were missed"))
    why.draw(chosen)
with right:
    drill.heading(_("What became of missed clients"))
    outcome.draw(chosen)
    drill.heading(_("What would have helped"))
    why.helped(chosen)

drill.heading(_("How soon missed clients are called back"))
clock = curve.clock()
left, right = st.columns(2)
with left:
    curve.draw(chosen, clock)
with right:
    curve.results(chosen, clock)

left, right = st.columns(2)
with left:
    drill.heading(_("Missed by queue"))
    tables.by_dimension("queue", TABLE, chosen, "by_queue")
    st.caption(_("The queue a call was answered in, or the last one it entered."))
with right:
    drill.heading(_("Missed by employee"))
    tables.by_dimension("employee", TABLE, chosen, "by_employee")
    st.caption(_("Of a missed call the last one who was rung, of an answered one who talked."))

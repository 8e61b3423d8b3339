"""How are we doing: the numbers a head looks at first, what needs somebody, and when the calls came."""

import streamlit as st

from calldash import charts
from calldash.charts import Series
from calldash.i18n import gettext as _
from calldash.ui import asking, attention, cards, changes, drill, filter_bar

CARDS = (
    "inbound_calls",
    "missed_share",
    "service_level",
    "avg_wait_s",
    "timely_callback_share",
    "outbound_calls",
    "sale_calls",
    "revenue",
)
HEATS = {"inbound_calls": "answered", "missed_share": "missed"}

chosen, before = filter_bar.current()
cards.row(CARDS, chosen, before)
attention.draw(chosen, changes.around_now(chosen).changes)
changes.draw(chosen)

left, right = st.columns(2)
with left:
    course, grain = asking.course(["inbound_calls", "missed_calls"], chosen)
    drill.heading(_("Inbound and missed calls"), charts.worst_day(course, "missed_calls", grain))
    lines = [Series("inbound_calls", "answered"), Series("missed_calls", "missed")]
    drill.chart(charts.over_time(course, lines, grain), "course", chosen, [grain, "behind"])
with right:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        place = st.container()
        heat = drill.choice("heat", list(HEATS))
    by_hour = asking.ask([heat], ["weekday", "hour"], chosen)
    with place:
        drill.heading(_("Weekdays and hours"), charts.peak_hour(by_hour, heat) if heat == "inbound_calls" else "")
    drill.chart(charts.weekday_hour(by_hour, heat, HEATS[heat]), "hours", chosen, ["weekday", "hour"], heat)

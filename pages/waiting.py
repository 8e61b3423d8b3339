"""Waiting: how long, how it was meant to be, when, in which queue and on which line."""

import streamlit as st

from calldash import charts
from calldash.charts import Series
from calldash.i18n import gettext as _
from calldash.ui import asking, cards, drill, filter_bar
from calldash.ui.waiting import levels
from calldash.ui.waiting import page as waiting

CARDS = (
    "service_level",
    "avg_wait_s",
    "median_wait_s",
    "p90_wait_s",
    "max_wait_s",
    "avg_missed_wait_s",
    "short_abandons",
    "abandoned_share",
)
LEVEL = ["service_level", "avg_wait_s"]

chosen, before = filter_bar.current()
cards.row(CARDS, chosen, before)
course, grain = asking.course_and_one(CARDS, chosen)[0], asking.grain(chosen)  # which the cards have asked for
target, goal = waiting.target()

left, right = st.columns(2)
with left:
    levels.heat(chosen)
with right:
    levels.side_by_side(chosen)

left, right = st.columns(2)
with left:
    drill.heading(_("Service level over time"))
    drill.chart(charts.panels(course, grain, *LEVEL, target, goal), "level", chosen, [grain, "behind"])
    waiting.definition()
with right:
    hours = asking.ask(LEVEL, ["hour"], chosen, cases=True)
    drill.heading(_("Service level by hour"))
    drill.chart(charts.panels(hours, "hour", *LEVEL, target, goal), "hours", chosen, ["hour", "behind"])

left, right = st.columns(2)
with left:
    drill.heading(_("How long clients waited"))
    waiting.distribution(chosen)
with right:
    drill.heading(_("Median and 90th percentile of waits"))
    lines = [Series("p90_wait_s", "waiting", "line"), Series("median_wait_s", "answered", "line")]
    drill.chart(charts.over_time(course, lines, grain), "waits_course", chosen, [grain, "behind"])

drill.heading(_("By queue"))
waiting.by_queue(chosen)
drill.heading(_("By line"))
waiting.by_line(chosen)

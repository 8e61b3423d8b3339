"""What advertising brings: calls, new clients, target calls and sales by source and campaign."""

import streamlit as st

from calldash import charts
from calldash.i18n import gettext as _
from calldash.ui import asking, cards, drill, filter_bar, sources, tables

CARDS = (
    "inbound_calls",
    "unique_calls",
    "target_calls",
    "unique_target_calls",
    "repeat_calls",
    "missed_share",
    "sale_calls",
    "known_source_share",
)
COLUMNS = (
    "inbound_calls",
    "clients",
    "unique_calls",
    "target_calls",
    "unique_target_calls",
    "repeat_calls",
    "missed_calls",
    "missed_share",
    "sale_calls",
    "revenue",
)

chosen, before = filter_bar.current()
cards.row(CARDS, chosen, before)
sources.notes(chosen)

drill.heading(_("Inbound calls by source over time"))
grain = asking.grain(chosen)
by_time = asking.ask(["inbound_calls"], [grain, "source"], chosen)
course = charts.layers(by_time, grain, "source", "inbound_calls")
drill.chart(course, "course", chosen, [grain, "source"], "inbound_calls")

found = sources.by_source(COLUMNS, chosen)
calls, targets = charts.level(*(charts.bars(found, "source", key) for key in ("inbound_calls", "unique_target_calls")))
left, right = st.columns(2)
with left:
    drill.heading(_("Inbound calls by source"), charts.first_of(found))
    drill.chart(calls, "calls", chosen, ["source"], "inbound_calls")
with right:
    drill.heading(_("Unique target calls by source"), charts.first_of(found))
    drill.chart(targets, "targets", chosen, ["source"], "unique_target_calls")

drill.heading(_("Each source"))
tables.show(found, "source", COLUMNS, chosen, "sources")

drill.heading(_("Each campaign"))
columns = [key for key in COLUMNS if key != "clients"]
tables.show(sources.by_campaign(columns, chosen), ["campaign", "source"], columns, chosen, "campaigns")

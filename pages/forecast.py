"""Forecast: the calls of the next two weeks by day and hour, and how far off such forecasts were."""

import streamlit as st

from calldash.forecast.outlook import Short
from calldash.i18n import gettext as _
from calldash.ui import drill, filter_bar
from calldash.ui.forecast import page as forecast
from calldash.ui.forecast import tried

chosen, _before = filter_bar.current()
found = forecast.asked(chosen)

if isinstance(found, Short):
    forecast.short(found)
else:
    forecast.sentences(found)
    forecast.by_days(found, chosen)
    hours, days = st.columns([3, 2], gap="large")
    with hours:
        forecast.by_hours(found, chosen)
    with days:
        drill.heading(_("The next two weeks, day by day"))
        tried.table(found)

    drill.heading(_("How far off it was"), _("real days beside what was said of them a week before"))
    tried.draw(found, chosen)

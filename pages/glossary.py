"""What every number means: its definition, its SQL, its settings, its value now; and every breakdown."""

import streamlit as st

from calldash.ui import changes, forecast_tried, glossary, staffing_table

left, right = st.columns(2, vertical_alignment="bottom")
with left:
    asked = glossary.search()
with right:
    chosen = glossary.scope()
glossary.numbers(chosen, asked)
staffing_table.terms(asked)
forecast_tried.terms(asked)
changes.terms(asked)
glossary.settings(asked)
glossary.breakdowns(asked)

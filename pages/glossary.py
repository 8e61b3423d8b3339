"""What every number means: its definition, its SQL, its settings, its value now; and every breakdown."""

import streamlit as st

from calldash.ui import changes, glossary
from calldash.ui.forecast import tried
from calldash.ui.staffing import table

left, right = st.columns(2, vertical_alignment="bottom")
with left:
    asked = glossary.search()
with right:
    chosen = glossary.scope()
glossary.numbers(chosen, asked)
table.terms(asked)
tried.terms(asked)
changes.terms(asked)
glossary.settings(asked)
glossary.breakdowns(asked)

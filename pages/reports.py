"""Reports: those there are, and the one that is open with its filter in force."""

from calldash.ui.reports import keep, kept, state
from calldash.ui.reports import page as reports_page

found = keep.shelf()
opened = state.current(found)
if opened:
    reports_page.draw(opened)
else:
    kept.draw(found)

"""Reports: those there are, and the one that is open with its filter in force."""

from calldash.ui import reports_keep, reports_list, reports_page, reports_state

found = reports_keep.shelf()
opened = reports_state.current(found)
if opened:
    reports_page.draw(opened)
else:
    reports_list.draw(found)

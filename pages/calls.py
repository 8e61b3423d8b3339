"""Which calls: the journal of what is filtered; a row opens the call with its legs and its recording."""

from calldash.ui import filter_bar
from calldash.ui.journal import page as journal

chosen, _before = filter_bar.current()
journal.draw(chosen)

"""One's own account."""

from calldash.ui.people import own

own.draw()

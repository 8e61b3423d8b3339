"""One's own account."""

from calldash.ui import people_own

people_own.draw()

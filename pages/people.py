"""Who may use calldash, and as what."""

from calldash.ui.people import accounts

accounts.draw()

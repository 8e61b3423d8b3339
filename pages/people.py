"""Who may use calldash, and as what."""

from calldash.ui import people_accounts

people_accounts.draw()

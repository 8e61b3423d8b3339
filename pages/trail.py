"""Who did what, and when."""

from calldash.ui import trail

trail.draw()

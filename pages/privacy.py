"""Personal data: how long it is kept, erasing a client, what callers are told."""

from calldash.ui import privacy

privacy.draw()

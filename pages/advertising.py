"""What advertising is told by: lines and their sources, and whatever else people enter about it."""

from collections.abc import Callable

from calldash.i18n import mark
from calldash.ui import parts
from calldash.ui.advertising import deals, names, numbers, rules, spend

# Each part: its title, and what draws it.
PARTS: dict[str, tuple[str, Callable[[], None]]] = {
    "numbers": (mark("Tracking numbers"), numbers.draw),
    "rules": (mark("Rules"), rules.draw),
    "spend": (mark("Ad spend"), spend.draw),
    "names": (mark("Campaign names"), names.draw),
    "deals": (mark("Deals"), deals.draw),
}

part = parts.switch("advertising", {code: title for code, (title, _draw) in PARTS.items()})
PARTS[part][1]()

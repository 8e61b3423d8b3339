"""What advertising is told by: lines and their sources, and whatever else people enter about it."""

from collections.abc import Callable

from calldash.i18n import mark
from calldash.ui import advertising_deals, advertising_numbers, advertising_rules, advertising_spend, parts

# Each part: its title, and what draws it.
PARTS: dict[str, tuple[str, Callable[[], None]]] = {
    "numbers": (mark("Tracking numbers"), advertising_numbers.draw),
    "rules": (mark("Rules"), advertising_rules.draw),
    "spend": (mark("Ad spend"), advertising_spend.draw),
    "deals": (mark("Deals"), advertising_deals.draw),
}

part = parts.switch("advertising", {code: title for code, (title, _draw) in PARTS.items()})
PARTS[part][1]()

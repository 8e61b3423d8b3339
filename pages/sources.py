"""What advertising brings: calls, new clients, target calls, sales by source, campaign, keyword and advertisement."""

from calldash.i18n import mark
from calldash.ui import cards, filter_bar, parts, sources, sources_parts

CARDS = (
    "inbound_calls",
    "unique_calls",
    "target_calls",
    "unique_target_calls",
    "repeat_calls",
    "missed_share",
    "sale_calls",
    "known_source_share",
)
# Each part: its title, and what draws it.
PARTS = {
    "": (mark("All sources"), sources_parts.overview),
    "time": (mark("Over time"), sources_parts.over_time),
    "clients": (mark("Clients and regions"), sources_parts.clients),
    "hours": (mark("By hour"), sources_parts.hours),
}

chosen, before = filter_bar.current()
cards.row(CARDS, chosen, before)
sources.notes(chosen)
part = parts.switch("sources", {code: title for code, (title, _draw) in PARTS.items()})
PARTS[part][1](chosen, before)

"""What advertising brings: calls, new clients, target calls, sales by source, campaign, keyword and advertisement."""

from calldash.i18n import mark
from calldash.ui import cards, filter_bar, parts
from calldash.ui.sources import page as sources
from calldash.ui.sources import panes

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
    "": (mark("All sources"), panes.overview),
    "time": (mark("Over time"), panes.over_time),
    "clients": (mark("Clients and regions"), panes.clients),
    "hours": (mark("By hour"), panes.hours),
}

chosen, before = filter_bar.current()
cards.row(CARDS, chosen, before)
sources.notes(chosen)
part = parts.switch("sources", {code: title for code, (title, _draw) in PARTS.items()})
PARTS[part][1](chosen, before)

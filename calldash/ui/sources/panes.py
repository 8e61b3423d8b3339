"""The parts of the page about sources: all of them at a glance, over time, who is new, from where, at which hour."""

import streamlit as st

from calldash import charts
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.ui import asking, drill
from calldash.ui.sources import page as sources
from calldash.ui.sources import tree

_CALLS = "inbound_calls"
_OFTEN = ["target", "repeat", "other"]  # classes of calls of clients who had called before


def overview(chosen: CallFilter, before: CallFilter | None) -> None:
    """Sources and campaigns as areas, and as a table that opens."""
    found = asking.ask([_CALLS], ["source", "campaign"], chosen)
    drill.heading(_("Inbound calls by source and campaign"), charts.first_of(sources.by_source([_CALLS], chosen)))
    figure = charts.treemap(found, "source", "campaign", _CALLS)
    drill.chart(figure, "areas", chosen, ["source", "campaign"], _CALLS)
    drill.heading(_("Each source"), _("a row opens into media, campaigns, keywords and advertisements"))
    tree.draw(chosen, before)


def over_time(chosen: CallFilter, _before: CallFilter | None) -> None:
    """Calls by source over time, all and those that count most."""
    grain = asking.grain(chosen)
    found = asking.ask([_CALLS, "unique_target_calls"], [grain, "source"], chosen)
    for key, words in ((_CALLS, _("Inbound calls by source over time")),
                       ("unique_target_calls", _("Unique target calls by source over time"))):  # fmt: skip
        drill.heading(words)
        drill.chart(charts.layers(found, grain, "source", key), f"course_{key}", chosen, [grain, "source"], key)


def clients(chosen: CallFilter, _before: CallFilter | None) -> None:
    """Who calls for the first time and who has called before, by source, and from which regions they are."""
    found = asking.ask([_CALLS, "unique_calls"], ["source"], chosen)
    found["returning"] = found[_CALLS] - found["unique_calls"]
    parts = (
        charts.Layer("unique_calls", _("New clients"), "answered", 1, "unique"),
        charts.Layer("returning", _("Returning clients"), "answered", 0.4, _OFTEN),
    )
    drill.heading(_("New against returning clients"), _("inbound calls by source"))
    figure = charts.stacked(found, "source", parts)
    drill.chart(figure, "new_clients", chosen.choose("direction", ["inbound"]), ["source", "nature"])
    drill.heading(_("Inbound calls by region of the number"))
    regions = asking.ask([_CALLS], ["region"], chosen)
    drill.chart(charts.bars(regions[regions[_CALLS] > 0], "region", _CALLS), "regions", chosen, ["region"], _CALLS)
    st.caption(_("The numbering plans tell no region of a mobile number: such calls stand under “not known”."))


def hours(chosen: CallFilter, _before: CallFilter | None) -> None:
    """When each source makes the phone ring."""
    found = asking.ask([_CALLS], ["source", "hour"], chosen)
    found = found[found[_CALLS] > 0].dropna(subset=["source"])
    order = found.groupby("source")[_CALLS].sum().sort_values(ascending=False).index[: charts.categories.LIMIT]
    shown = found[found["source"].isin(order)].sort_values("source", key=lambda names: names.map(list(order).index))
    drill.heading(_("Inbound calls by source and hour"))
    drill.chart(charts.matrix(shown, "source", "hour", _CALLS), "hours", chosen, ["source", "hour"], _CALLS)

"""Results of advertising: what it cost and brought, what the models say, cohorts, lost money, the next budget."""

from calldash.advertising import ad_results
from calldash.filters import CallFilter
from calldash.i18n import mark
from calldash.ui import cards, filter_bar, parts
from calldash.ui.results import cohorts, missed, models, planner, table, upload
from calldash.ui.results import page as results
from calldash.ui.sources import trust

CARDS = (
    "ad_cost",
    "cost_per_target",
    "cac",
    "missed_ad_cost",
    "sales_revenue",
    "gross_profit",
    "romi",
    "roas",
)
# Each part but the first: its title, and what draws it.
PARTS = {
    "models": (mark("Models"), models.draw),
    "cohorts": (mark("Cohorts"), cohorts.draw),
    "missed": (mark("Burned by misses"), missed.draw),
    "planner": (mark("Next budget"), planner.draw),
    "upload": (mark("Upload back"), upload.draw),
}


def sources_and_campaigns(chosen: CallFilter, before: CallFilter | None) -> None:
    """The figures of all together, how far they can be trusted, and each source."""
    found = results.asked(ad_results.results, chosen)
    cards.row(CARDS, chosen, before, {key: found.whole.figures[key].value for key in CARDS})
    trust.draw(chosen)
    results.trust(found.moved)
    if found.sources:
        table.draw(found, chosen)
    else:
        results.nothing()


now, then = filter_bar.current()
chosen = results.narrowed(now)
results.in_force()
titles = {code: title for code, (title, _draw) in PARTS.items()}
part = parts.switch("results", {"": mark("Sources and campaigns")} | titles)
if part in PARTS:
    PARTS[part][1](chosen)
else:
    sources_and_campaigns(chosen, ad_results.narrowed(then) if then else None)

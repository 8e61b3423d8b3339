"""Telephony cost: what it is spent on, what is unusual, budgets, tariffs, and the audit of the bill."""

from calldash.i18n import mark
from calldash.ui import cards, filter_bar, parts
from calldash.ui.costs import audit, budgets, tariffs, unusual
from calldash.ui.costs import page as costs

PARTS = {
    "cost": mark("Spending"),
    "unusual": mark("Unusual"),
    "budgets": mark("Budgets"),
    "tariffs": mark("Tariffs"),
    "audit": mark("Bill audit"),
}

chosen, before = filter_bar.current()
part = parts.switch("costs", PARTS)
if part == "cost":
    cards.row(costs.CARDS, chosen, before)
    costs.draw(chosen)
elif part == "unusual":
    unusual.draw(chosen)
elif part == "budgets":
    budgets.draw()
elif part == "tariffs":
    tariffs.draw()
else:
    audit.draw(chosen)

"""Telephony cost: what it is spent on, what is unusual, budgets, tariffs, and the audit of the bill."""

from calldash.i18n import mark
from calldash.ui import cards, costs, costs_audit, costs_budgets, costs_tariffs, costs_unusual, filter_bar, parts

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
    costs_unusual.draw(chosen)
elif part == "budgets":
    costs_budgets.draw()
elif part == "tariffs":
    costs_tariffs.draw()
else:
    costs_audit.draw(chosen)

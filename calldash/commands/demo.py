"""`demo`: an invented company's calls, to see the dashboard with."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from calldash import audit, demo
from calldash.advertising import tracking
from calldash.costs import budgets
from calldash.costs.tariffs import keeping
from calldash.demo import bills, classing
from calldash.demo.company import CURRENCY
from calldash.given import demo as advertising
from calldash.i18n import gettext as _
from calldash.importing import DEMO, import_built
from calldash.marking import rules
from calldash.numbers import places
from calldash.problems import Problem
from calldash.store import Store
from calldash.store.rule_conditions import Condition, Rule
from calldash.transcripts.demo import attach_all


def run(store: Store, arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """Writes the demo calls up to `day` (ISO; default today). With `if_empty` only into a store without calls."""
    systems = {row[0] for row in store.rows("SELECT system FROM systems")}
    if systems - {DEMO}:
        if arguments.get("if_empty"):
            return _("The store has calls of its own; no demo data were added.")
        raise Problem("The store has calls of its own; demo data would mix with them.")
    if systems and arguments.get("if_empty"):
        return _("The store has demo data already.")
    zone = ZoneInfo(store.settings.zone)
    day = arguments.get("day")
    try:
        last = date.fromisoformat(day) if day else datetime.now(zone).date()
    except ValueError as error:
        raise Problem("{text} is not a day such as 2026-01-31.", text=day) from error
    receipt = import_built(store, demo.calls(last, zone), DEMO, DEMO)
    attach_all(store)
    advertising.attach(store, last, audit.LOCAL)
    _class(store, last)
    _bill(store, last)
    return _("{count} demo calls, from {first} to {last} (UTC).").format(
        count=receipt.rows_read, first=receipt.first_at, last=receipt.last_at
    )


def _class(store: Store, last: date) -> None:
    """What the invented company entered about its lines and calls."""
    tracking.save(store, DEMO, enumerate(classing.lines(last), 1))
    rules.save(
        store,
        DEMO,
        [
            Rule(name, does, tuple(Condition(*one) for one in conditions), tag, calls, minutes)
            for name, does, tag, conditions, calls, minutes in classing.RULES
        ],
    )


def _bill(store: Store, last: date) -> None:
    """Tariffs and the month's budgets of the invented company."""
    keeping.keep(store, audit.LOCAL, bills.tariffs(last))
    month = last.replace(day=1)
    rows = [{"team": team, "amount": amount} for team, amount in bills.BUDGETS]
    budgets.keep(store, audit.LOCAL, month, budgets.read(rows, month, CURRENCY)[0])
    places.fill(store)

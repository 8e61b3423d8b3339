"""Ad spend of the big store: what each campaign of each source cost on each day."""

from datetime import date, timedelta
from decimal import Decimal

from calldash.store import Store, spend
from calldash.store.spend import Spend


def put(store: Store) -> None:
    """Adds it where there is none; the same each time."""
    if store.rows("SELECT 1 FROM spend LIMIT 1"):
        return
    first, last = store.rows("SELECT min(day), max(day) FROM calls")[0]
    campaigns = store.rows(
        "SELECT DISTINCT source, medium, campaign FROM calls "
        "WHERE campaign IS NOT NULL AND source <> 'site' ORDER BY ALL"
    )
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    given = [_of_day(day, at, campaign) for day in days for at, campaign in enumerate(campaigns)]
    with store.writing() as cursor:
        spend.add(cursor, given, range(1, len(given) + 1), "spend.csv", "bench")


def _of_day(day: date, at: int, campaign: tuple[str, str, str]) -> Spend:
    amount = Decimal(1000 + 37 * ((day.toordinal() * 7 + at) % 50))
    return Spend("", *campaign, None, None, day, day, amount, "RUB")

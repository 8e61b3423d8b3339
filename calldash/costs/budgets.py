"""Budgets of telephony: what a team may spend in a month, what it has, and where the month will end."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from calldash import audit
from calldash.costs.tariffs.columns import WrongError, currency_of, money_of
from calldash.filters import CallFilter
from calldash.problems import Reject
from calldash.query import questions
from calldash.rollups import moment
from calldash.store import Store

COMPANY = ""  # the team that stands for all of them
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Budget:
    """What a team (empty: the company) may spend in the month that begins with `month`."""

    team: str
    month: date
    amount: Decimal
    currency: str


@dataclass(frozen=True)
class State:
    """A budget and how far it is used: `spent` (None: nothing known, or in other currencies: `mixed`), working days
    of the month `done` and `left`, `projected` at its end (None: cannot be told)."""

    budget: Budget
    spent: Decimal | None
    mixed: bool
    done: int
    left: int
    projected: Decimal | None

    @property
    def alarm(self) -> str:
        """`over`: more is spent already; `ahead`: it will be; `` otherwise."""
        if self.spent is not None and self.spent > self.budget.amount:
            return "over"
        return "ahead" if self.projected is not None and self.projected > self.budget.amount else ""

    @property
    def used(self) -> float | None:
        """The share of the budget that is spent; None where one of them is not known or nothing may be spent."""
        return float(self.spent / self.budget.amount) if self.spent is not None and self.budget.amount else None


def end_of(month: date) -> date:
    """The last day of the month that begins with `month`."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def budgets(store: Store, month: date) -> list[Budget]:
    """The budgets of a month, the company's first."""
    text = "SELECT team, month, amount, currency FROM budgets WHERE month = $1 ORDER BY team"
    return [Budget(*row) for row in store.rows(text, [month])]


def read(rows: Iterable[Mapping[str, Any]], month: date, currency: str) -> tuple[list[Budget], list[Reject]]:
    """Budgets of rows of text (team, amount, currency), or what is wrong with each; then there are none."""
    found: dict[str, Budget] = {}
    wrong = []
    for number, row in enumerate(rows, 1):
        team = str(row.get("team") or "").strip()
        try:
            amount = money_of(str(row.get("amount") or "").strip())
            code = currency_of(str(row.get("currency") or "").strip() or currency)
        except WrongError as error:
            wrong.append(Reject(number, "amount", str(row.get("amount") or ""), str(error), values=error.values))
            continue
        if team in found:
            wrong.append(Reject(number, "team", team, "stands twice"))
        found[team] = Budget(team, month, amount, code)
    return ([] if wrong else list(found.values())), wrong


def keep(store: Store, who: str, month: date, given: Sequence[Budget]) -> None:
    """Puts the budgets of a month in the place of those there were."""
    now = datetime.now(UTC).replace(tzinfo=None)
    with store.noting() as cursor:
        cursor.execute("DELETE FROM budgets WHERE month = $1", [month])
        for one in given:
            values = [one.team, one.month, one.amount, one.currency, who, now]
            cursor.execute("INSERT INTO budgets VALUES ($1, $2, $3, $4, $5, $6)", values)
    told = {one.team or "*": f"{one.amount:f} {one.currency}" for one in given}
    audit.record(store, who, "budget", month.isoformat()[:7], **{"budgets": told})


def today(store: Store) -> date:
    """The newest local day of the data: the clock's where calls come in live."""
    zone = ZoneInfo(store.settings.zone)
    known = [now.replace(tzinfo=UTC).astimezone(zone).date() for now in store.now().values()]
    return max(known, default=datetime.now(zone).date())


def states(store: Store, month: date) -> list[State]:
    """How far each budget of a month is used."""
    (asked,) = questions(["total_cost"], ["team", "currency"], CallFilter(month, end_of(month)), moment(store))
    rows = store.rows(asked.sql, asked.values)
    usual = store.settings.currency
    costs = [(team, code or usual, cost) for team, code, cost in rows if cost is not None]
    return [_state(store, one, costs, today(store)) for one in budgets(store, month)]


def _state(store: Store, one: Budget, costs: Sequence[tuple[str | None, str, Decimal]], now: date) -> State:
    own = [(code, cost) for team, code, cost in costs if one.team in (COMPANY, team)]
    mixed = any(code != one.currency and cost for code, cost in own)
    spent = sum((cost for code, cost in own if code == one.currency), Decimal(0)) if own and not mixed else None
    days = [one.month + timedelta(days=step) for step in range((end_of(one.month) - one.month).days + 1)]
    working = [day for day in days if store.settings.schedule.hours(day, one.team or None)]
    done = sum(day <= now for day in working)
    left = len(working) - done
    return State(one, spent, mixed, done, left, projected(spent, done, left))


def projected(spent: Decimal | None, done: int, left: int) -> Decimal | None:
    """What a month will have cost: what is spent, and for each working day left the mean of those so far."""
    if spent is None or (left and not done):
        return None
    return (spent + (spent / done * left if left else 0)).quantize(_CENT, ROUND_HALF_UP)

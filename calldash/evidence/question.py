"""What an evidence pack is asked for: a client, a period, and the moment as of which its calls are counted."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from calldash.filters import CallFilter
from calldash.numbers.client_search import client_numbers, find_clients
from calldash.problems import Problem
from calldash.query import Moment, conditions
from calldash.query import Question as Asked
from calldash.store import Store

_LAST = 4  # digits of the number that the name of the pack has
_SETTLES = timedelta(days=7)  # until when calls count as solved at first contact


@dataclass(frozen=True)
class Question:
    """Whose calls, of which local days (both within; None is open).

    With `fetch`, recordings that still lie at the provider are fetched.
    """

    client_id: int
    client: str
    since: date | None = None
    until: date | None = None
    fetch: bool = False

    @property
    def chosen(self) -> CallFilter:
        """The calls meant, as a filter."""
        return CallFilter(self.since, self.until).choose("client_id", [str(self.client_id)])

    @property
    def file_name(self) -> str:
        """The name of the pack, with no more of the number than its end."""
        last = re.sub(r"\D", "", self.client)[-_LAST:] or "client"
        days = [day.isoformat() for day in (self.since, self.until) if day]
        return f"{'_'.join(['evidence', last, *days])}.zip"


def of_client(
    store: Store, client_id: int, since: date | None = None, until: date | None = None, fetch: bool = False
) -> Question:
    """The question about a client by id. Raises Problem when there is none."""
    number = client_numbers(store, [client_id]).get(client_id)
    if number is None:
        raise Problem("There is no such client.")
    return Question(client_id, number, since, until, fetch)


def of_number(
    store: Store, text: str, since: date | None = None, until: date | None = None, fetch: bool = False
) -> Question:
    """The question about the client whose number is `text` in any spelling. Raises Problem for none or several."""
    found = find_clients(store, text)
    if not found:
        raise Problem("There is no client with the number {number}.", number=text)
    if len(found) > 1:
        numbers = ", ".join(number for _client, number in found)
        raise Problem("{number} stands in the numbers of several clients: {numbers}.", number=text, numbers=numbers)
    return Question(*found[0], since, until, fetch)


def moment_of(store: Store, question: Question) -> Moment:
    """The moment as of which the calls count: now, but no later than everything about them is settled.

    So a pack of settled calls stays the same while time goes by, and while other clients call.
    """
    settings, asked = store.settings, Asked()
    where = " AND ".join(f"({one})" for one in conditions(question.chosen, Moment(settings), asked))
    ends = store.rows(
        f"SELECT system, max(ended_at) FROM calls WHERE {where} GROUP BY system ORDER BY system", asked.values
    )
    window = timedelta(hours=settings.callback_window_h) + timedelta(minutes=settings.callback_target_min)
    now, settled = store.now(), max(_SETTLES, window)
    return Moment(settings, {system: min(now[system], last + settled) for system, last in ends if system in now})

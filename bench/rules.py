"""What row rules cost: the same questions over the big store by who sees all calls and by who sees some, in turn."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from time import perf_counter

from bench.scratch import Scratch
from bench.table import TIMES, Line
from calldash import rollups
from calldash.asking import ask
from calldash.filters import CallFilter
from calldash.people import LOCAL, Person, viewer
from calldash.store import Store, open_store

_AIM = 1.2  # times the same question without a rule
_CARDS = ("calls", "missed_calls", "missed_share", "avg_wait_s", "avg_talk_s", "service_level", "clients")
# Questions as pages ask them: what they are called, figures, dimensions. The last cannot be added up.
_QUESTIONS: tuple[tuple[str, Sequence[str], Sequence[str]], ...] = (
    ("cards", _CARDS, ()),
    ("by day", _CARDS[:6], ("day",)),
    ("by employee", _CARDS[:6], ("employee",)),
    ("clients by team", ("clients",), ("team",)),
)


def rules(scratch: Scratch) -> list[Line]:
    """A lead of one team and an employee beside who sees everything, 90 days and all days."""
    store = open_store(scratch.big_store())
    try:
        rollups.refresh(store)
        first, last = store.rows("SELECT min(day), max(day) FROM calls")[0]
        people = _people(store)
        lines: list[Line] = []
        for name, since in (("90 days", last - timedelta(days=89)), ("everything", first)):
            lines += _lines(store, people, name, CallFilter(since, last))
        return lines
    finally:
        store.close()


def _people(store: Store) -> tuple[Person, ...]:
    """Of the largest team, and the busiest employee."""
    found = [
        store.rows(f"SELECT {column} FROM calls WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")
        for column in ("team", "employee")
    ]
    team, employee = (str(rows[0][0]) if rows else None for rows in found)
    some = (Person("lead", "", "lead", (team,)) if team else None, Person("own", "", "employee", (), employee))
    return tuple(one for one in some if one)


def _lines(store: Store, people: Sequence[Person], period: str, chosen: CallFilter) -> list[Line]:
    lines = []
    for name, figures, by in _QUESTIONS:
        asked = {str(person.role): _asked(store, person, figures, by, chosen) for person in (LOCAL, *people)}
        best = in_turn(asked)
        free = best.pop(str(LOCAL.role))
        for role in best:
            share = best[role] / free
            text = f"{share:.2f} ({best[role] * 1000:.1f} ms, without a rule {free * 1000:.1f} ms)"
            lines.append(Line(f"{role}: {name}, {period}", text, share, _AIM))
    return lines


def _asked(
    store: Store, person: Person, figures: Sequence[str], by: Sequence[str], chosen: CallFilter
) -> Callable[[], object]:
    def asked() -> object:
        with viewer.acting(person):
            return ask(store, list(figures), list(by), chosen)

    return asked


def in_turn(actions: dict[str, Callable[[], object]], times: int = 2 * TIMES) -> dict[str, float]:
    """The shortest time of each action, one after the other again and again: others' work falls on all alike."""
    best = dict.fromkeys(actions, float("inf"))
    for _ in range(times):
        for key, action in actions.items():
            started = perf_counter()
            action()
            best[key] = min(best[key], perf_counter() - started)
    return best

"""Facts that need a call's neighbours, against a plain reading of their definitions over random small histories."""

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from calldash.asking import ask
from calldash.store import Store
from tests.conftest import Opener
from tests.drawn import DAY, as_csv, draw, figures, known, take

# Small ones, all multiples of the grid of five minutes, so that events often fall on their very edges.
WINDOW, REPEAT, MEMORY, TARGET = (timedelta(minutes=minutes) for minutes in (30, 45, 90, 10))
SETTINGS = {"callback_window_h": 0.5, "repeat_days": 0.03125, "unique_memory_days": 0.0625, "callback_target_min": 10}
ZONE = timedelta(hours=3)


@dataclass(frozen=True)
class Call:
    """A call as drawn; `at` is UTC."""

    system: str
    id: str
    at: datetime
    direction: str
    client: str
    answered: bool
    wait_s: int | None = None
    talk_s: int | None = None
    kind: str = "voice"
    spam: bool = False

    @property
    def place(self) -> tuple[datetime, str, str]:
        """Order of time; of one instant, of ids as text."""
        return self.at, self.id, self.system

    @property
    def end(self) -> datetime:
        return self.at + timedelta(seconds=(self.wait_s or 0) + (self.talk_s or 0))


@dataclass(frozen=True)
class Episode:
    """A missed client: from the first missed call to what closed it."""

    opener: Call
    closer: Call | None
    attempt: Call | None

    def covers(self, call: Call) -> bool:
        before_closing = self.closer is None or call.place < self.closer.place
        return before_closing and call.at <= self.opener.end + WINDOW

    def state(self, now: datetime) -> str:
        if self.closer:
            return "got_through" if self.closer.direction == "inbound" else "called_back"
        if self.attempt:
            return "tried"
        return "pending" if now < self.opener.end + WINDOW else "lost"

    def delay(self) -> timedelta | None:
        return self.attempt.at - self.opener.end if self.attempt else None

    def timely(self) -> bool:
        delay = self.delay()
        return delay is not None and delay <= TARGET

    def due(self, now: datetime) -> bool:
        himself = self.closer is not None and self.closer.direction == "inbound"
        in_time = himself and self.closer is not None and self.closer.at - self.opener.end <= TARGET
        return self.attempt is not None or (not in_time and now - self.opener.end >= TARGET)


def first(calls: Iterable[Call]) -> Call | None:
    return min(calls, key=lambda call: call.place, default=None)


def episode_of(opener: Call, others: list[Call]) -> Episode:
    """The episode that a missed call opens among the other voice calls of its client."""
    inside = [call for call in others if opener.end <= call.at <= opener.end + WINDOW]
    closer = first(call for call in inside if call.answered)
    tries = (call for call in inside if call.direction == "outbound")
    return Episode(opener, closer, first(call for call in tries if closer is None or call.place <= closer.place))


def episodes(calls: list[Call]) -> list[Episode]:
    """The episodes of one client's voice calls."""
    found: list[Episode] = []
    for call in sorted(calls, key=lambda call: call.place):
        missed = call.direction == "inbound" and not call.answered
        if missed and not any(episode.covers(call) for episode in found):
            found.append(episode_of(call, calls))
    return found


def neighbours(calls: list[Call]) -> dict[str, list[Call]]:
    """Voice calls between clients and the company, without spam, by client."""
    found = defaultdict(list)
    for call in calls:
        if call.client and call.kind == "voice" and not call.spam and call.direction != "internal":
            found[call.client].append(call)
    return found


Facts = dict[tuple[str, str], tuple[Any, ...]]
NOTHING = (None, None, None, None, None, None, None)


def facts(calls: list[Call]) -> Facts:
    """By (system, id): unique, repeat, next inbound call, episode, first attempt, closed at and by."""
    found: Facts = {(call.system, call.id): NOTHING for call in calls}
    for some in neighbours(calls).values():
        opened = {episode.opener: episode for episode in episodes(some)}
        inbound = [call for call in some if call.direction == "inbound"]
        for call in inbound:
            earlier = [call.at - other.at for other in inbound if other.place < call.place]
            later = first(other for other in inbound if other.place > call.place)
            episode = opened.get(call)
            closer = episode.closer if episode else None
            found[call.system, call.id] = (
                not any(ago <= MEMORY for ago in earlier),
                any(ago <= REPEAT for ago in earlier),
                later.at if later else None,
                episode is not None,
                episode.attempt.at if episode and episode.attempt else None,
                closer.at if closer else None,
                episode.state(call.at) if episode and closer else None,
            )
    return found


def stored(store: Store) -> Facts:
    rows = store.rows(
        "SELECT system, id, is_unique, is_repeat, next_inbound_at, is_episode, first_attempt_at, closed_at, closed_by FROM calls"
    )
    return {row[:2]: row[2:] for row in rows}


def history(seed: int, clients: int = 150) -> list[Call]:
    """Random calls of many clients in two systems on a grid of five minutes."""
    dice = random.Random(seed)
    found = []
    for client in range(clients):
        span = dice.choice([6, 12, 30, 60])
        for number in range(dice.randint(1, 9)):
            system = dice.choice(["north", "north", "south"])
            found.append(
                Call(
                    system=system,
                    id=f"{dice.randint(0, 20)}.{client}.{number}",
                    at=DAY + timedelta(minutes=5 * dice.randrange(span) + (20 if system == "south" else 0)),
                    direction=dice.choice(["inbound"] * 6 + ["outbound"] * 4 + ["internal"]),
                    client=f"+7900{client:07}",
                    answered=dice.random() < 0.35,
                    wait_s=dice.choice([None, 0, 0, 60, 300, 600]),
                    talk_s=dice.choice([None, 0, 0, 300]),
                    kind=dice.choice(["voice"] * 9 + ["sms"]),
                    spam=dice.random() < 0.07,
                )
            )
    # Rows of other kinds and of nobody set the clock of each system too.
    found.append(Call("north", "now", DAY + timedelta(minutes=dice.randrange(310)), "inbound", "", False, kind="data"))
    found.append(Call("south", "now", DAY + timedelta(minutes=dice.randrange(330)), "inbound", "", True, spam=True))
    return found


def plain(call: Call) -> dict[str, str]:
    row = {name: "" if value is None else str(value) for name, value in asdict(call).items()}
    return row | {"started_at": row.pop("at").replace(" ", "T") + "Z", "answered": row["answered"], "spam": row["spam"]}


def put(store: Store, calls: list[Call]) -> None:
    for system in sorted({call.system for call in calls}):
        rows = [plain(call) for call in calls if call.system == system]
        for row in rows:
            del row["system"]
        take(store, as_csv(rows), system=system)


def table(calls: Iterable[Call]) -> str:
    """Calls drawn, to see what a failure is about."""
    return "\n".join(
        f"{call.system} {call.id:10} {call.at:%H:%M} end {call.end:%H:%M} {call.kind} {call.direction:8} "
        f"{'answered' if call.answered else 'not'}{' spam' if call.spam else ''}"
        for call in sorted(calls, key=lambda call: call.place)
    )


def assert_same(found: Facts, calls: list[Call]) -> None:
    """The stored facts are those read; a failure shows the shortest history that differs."""
    wanted = facts(calls)
    assert set(found) == set(wanted)
    wrong = {key for key in wanted if found[key] != wanted[key]}
    clients = {call.client for call in calls if (call.system, call.id) in wrong}
    histories = [[call for call in calls if call.client == client] for client in clients]
    if histories:
        shortest = min(histories, key=len)
        keys = [(call.system, call.id) for call in shortest if (call.system, call.id) in wrong]
        told = "\n".join(f"{key}\n  stored {found[key]}\n  wanted {wanted[key]}" for key in keys)
        pytest.fail(f"{len(clients)} clients differ, one of them:\n{table(shortest)}\n{told}")


@pytest.mark.parametrize("seed", range(4))
def test_facts_are_those_of_the_definitions(open_here: Opener, seed: int) -> None:
    store = open_here(**SETTINGS)
    calls = history(seed)
    put(store, calls)
    assert_same(stored(store), calls)


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_files_gives_the_same_facts(open_here: Opener, seed: int) -> None:
    """Rows come in random parts, some of them first in a wrong version that a later file corrects."""
    store = open_here(**SETTINGS)
    calls = history(100 + seed)
    dice = random.Random(seed)
    stale = [wrong_version(call, dice) for call in dice.sample(calls, len(calls) // 5)]
    put(store, stale)
    shuffled = dice.sample(calls, len(calls))
    cuts = sorted(dice.sample(range(len(calls)), 3))
    for start, end in zip([0, *cuts], [*cuts, len(calls)], strict=True):
        put(store, shuffled[start:end])
    assert_same(stored(store), calls)
    assert store.rows("SELECT count(DISTINCT call_no) FROM calls") == [(len(calls),)]


def wrong_version(call: Call, dice: random.Random) -> Call:
    return dice.choice(
        [
            replace(call, at=call.at + timedelta(minutes=5 * dice.randint(-9, 9))),
            replace(call, client=f"+7900{dice.randrange(150):07}"),
            replace(call, answered=not call.answered),
            replace(call, spam=not call.spam, kind="voice"),
            replace(call, direction="outbound" if call.direction == "inbound" else "inbound"),
        ]
    )


def test_other_settings_over_a_stored_history(open_here: Opener) -> None:
    """Facts made anew when a store is opened with other thresholds are those of a first import."""
    calls = history(7)
    put(open_here(), calls)
    assert_same(stored(open_here(**SETTINGS)), calls)


def test_ever_before_is_the_default_memory(open_here: Opener) -> None:
    store = open_here()
    calls = history(8)
    put(store, calls)
    firsts = {first(call for call in some if call.direction == "inbound") for some in neighbours(calls).values()} - {
        None
    }
    found = store.rows("SELECT system, id FROM calls WHERE is_unique")
    assert sorted(found) == sorted((call.system, call.id) for call in firsts if call)


@pytest.mark.parametrize("seed", range(3))
def test_states_of_the_moment(open_here: Opener, seed: int) -> None:
    """What depends on "now": each episode by the clock of the system of its opening call."""
    store = open_here(**SETTINGS)
    calls = history(200 + seed)
    put(store, calls)
    now = {system: max(call.at for call in calls if call.system == system) for system in ("north", "south")}
    assert store.now() == now
    assert now["north"] != now["south"]
    found = [episode for some in neighbours(calls).values() for episode in episodes(some)]
    states = [episode.state(now[episode.opener.system]) for episode in found]
    due = sum(episode.due(now[episode.opener.system]) for episode in found)
    delays = sorted(delay.total_seconds() for episode in found if (delay := episode.delay()) is not None)
    settled = len(states) - states.count("pending")
    assert figures(
        store,
        "missed_clients pending_callbacks timely_callback_share lost_share tried_share got_through_share called_back_share "
        "avg_callback_delay_s median_callback_delay_s",
    ) == pytest.approx(
        {
            "missed_clients": len(found),
            "pending_callbacks": states.count("pending"),
            "timely_callback_share": sum(episode.timely() for episode in found) / due,
            "lost_share": states.count("lost") / settled,
            "tried_share": states.count("tried") / settled,
            "got_through_share": states.count("got_through") / settled,
            "called_back_share": states.count("called_back") / settled,
            "avg_callback_delay_s": sum(delays) / len(delays),
            "median_callback_delay_s": delays[(len(delays) + 1) // 2 - 1],
        }
    )
    assert {"pending", "lost", "tried", "got_through", "called_back"} == set(states)
    by_state = {
        row["callback"]: row["missed_clients"]
        for row in ask(store, ["missed_clients"], ["callback"]).to_dict("records")
    }
    assert {known(key): value for key, value in by_state.items() if known(key)} == {s: states.count(s) for s in states}


def test_first_contact(open_here: Opener) -> None:
    """Only answered calls a week old count; a call again exactly a week later is no success."""
    store = open_here()
    draw(
        store,
        """
        started_at | direction | client | answered | wait_s | talk_s
        10:00      | in        | A      | yes      | 5      | 40
        +7 10:00   | in        | A      | no       | 5      | 0
        10:00      | in        | B      | yes      | 5      | 40
        +7 10:00:01 | in       | B      | yes      | 5      | 40
        11:00      | in        | C      | yes      | 5      | 40
        +1 11:00   | out       | C      | yes      | 5      | 40
        +7 12:00   | in        | D      | yes      | 5      | 40
        12:00      | in        |        | yes      | 5      | 40
        12:00:01   | in        | E      | yes      | 5      | 40
        +2 12:00   | in        | F      | no       | 5      | 0
        """,
    )
    assert figures(store, "first_contact_share") == {"first_contact_share": pytest.approx(2 / 3)}


def test_a_live_system_has_the_clock(store: Store) -> None:
    """A missed call of long ago waits for ever in a file, and is lost where the system is fed without a person."""
    text = """
        started_at | direction | client | answered | wait_s | talk_s
        10:00      | in        | A      | no       | 5      | 0
        """
    draw(store, text, system="file")
    draw(store, text.replace("| A ", "| B "), system="live", live=True)
    assert figures(store, "pending_callbacks", system="file")["pending_callbacks"] == 1
    assert figures(store, "pending_callbacks lost_share", system="live") == {"pending_callbacks": 0, "lost_share": 1}

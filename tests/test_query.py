"""Questions: every number by every dimension, the calls behind it, and filters that mean what they say."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from calldash.asking import ask, value_text
from calldash.filters import RANGES, CallFilter, from_pairs
from calldash.importing import import_built, import_file
from calldash.metrics import CALL_COLUMNS, DIMENSIONS, METRICS
from calldash.providers import BuiltCall, Leg
from calldash.query import Moment, listing, questions
from calldash.settings import load
from calldash.store import Store, open_store
from tests.drawn import DAY, as_csv, calls, draw, figures, known, take

HERE = Path(__file__).parent
OVER_CALLS = [metric for metric in METRICS.values() if metric.table == "calls"]
COUNTS = [metric.key for metric in OVER_CALLS if metric.unit == "count" and metric.key != "clients"]
SHARES = [metric.key for metric in OVER_CALLS if metric.unit == "share"]
SUMS = {"total_talk_s", "handled_talk_s", "queue_talk_s"}


def leg(kind: str, employee: str | None, start: int, answer: int | None, end: int, queue: str = "main") -> Leg:
    """A leg that began, was answered and ended so many seconds after ten o'clock."""
    at = DAY + timedelta(hours=7)
    answered = None if answer is None else at + timedelta(seconds=answer)
    talk = None if answer is None else end - answer
    reason = None if kind != "queue" else "completed" if answer is not None else "abandoned"
    ended = at + timedelta(seconds=end)
    return Leg(kind, at + timedelta(seconds=start), ended, answered, employee, "Floor", queue, talk, reason)


def with_legs() -> Iterator[BuiltCall]:
    """Anna is rung twice and takes the second; Boris does not; then a transfer; then nobody."""
    told = {
        "one": (True, leg("queue", None, 0, 20, 80), leg("ring", "Anna", 0, None, 5), leg("ring", "Boris", 5, None, 12),
                leg("ring", "Anna", 12, 20, 80)),
        "two": (True, leg("queue", None, 30, 40, 100), leg("ring", "Boris", 30, 40, 100), leg("ring", "Vera", 95, 100, 160)),
        "three": (False, leg("queue", None, 200, None, 230), leg("ring", "Anna", 200, None, 215),
                  leg("ring", "Anna", 215, None, 230)),
    }  # fmt: skip
    for number, (name, (answered, *legs)) in enumerate(told.items()):
        values = {
            "started_at": legs[0].started_at.isoformat() + "Z",
            "direction": "inbound",
            "client": f"+7916000000{number}",
            "answered": str(answered),
            "wait_s": "20",
            "talk_s": "60" if answered else "0",
        }
        yield BuiltCall(name, frozenset([name]), values, legs[-1].ended_at, tuple(legs))


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the golden rows as two systems, and a third one whose calls have legs."""
    folder = tmp_path_factory.mktemp("query")
    store = open_store(load(db=folder / "full.duckdb", data=folder))
    for name in ("golden", "golden-edges"):
        import_file(store, HERE / name / "calls.csv", system=name)
    import_built(store, with_legs(), "legs", "legs")
    yield store
    store.close()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("empty")
    store = open_store(load(db=folder / "empty.duckdb", data=folder))
    yield store
    store.close()


def moment(store: Store) -> Moment:
    return Moment(store.settings, store.now())


def listed(store: Store, chosen: CallFilter, keys: list[str] | None = None, **how: Any) -> list[tuple[Any, ...]]:
    """The rows of the list of calls: call_no and `keys`."""
    order = {"sort": "started_at", "descending": True, "limit": 10_000, "offset": 0} | how
    asked = listing(keys or ["id"], chosen, moment(store), **order)
    return store.rows(asked.sql, asked.values)


def rows(store: Store, keys: list[str], by: list[str], chosen: CallFilter | None = None, cases: bool = False) -> list[dict[str, Any]]:
    frame = ask(store, keys, by, chosen, cases)
    return [{str(name): known(value) for name, value in row.items()} for row in frame.to_dict("records")]


def sensible(row: dict[str, Any]) -> None:
    """What holds of any row of figures."""
    for key, metric in METRICS.items():
        value = row[key]
        if metric.unit == "count" and key != "peak_parallel":
            assert value is not None, key
        assert value is None or metric.unit == "money" or value >= 0, (key, value)
        if metric.unit == "share":
            assert value is None or 0 <= value <= 1 + 1e-12, (key, value)
            if metric.cases:
                assert (value is None) == (row[f"{key}_cases"] == 0), key


@pytest.mark.parametrize("by", [None, *DIMENSIONS])
def test_every_number_by_every_dimension(full: Store, empty: Store, by: str | None) -> None:
    keys = list(METRICS)
    found = rows(full, keys, [by] if by else [], cases=True)
    assert found
    for row in found:
        sensible(row)
    assert len({row[by] for row in found} if by else found) == len(found)
    if by:
        total = rows(full, COUNTS, [])[0]
        assert {key: sum(row[key] for row in found) for key in COUNTS} == total, "groups add up to the whole"
        assert rows(empty, keys, [by]) == []


@pytest.mark.parametrize("second", ["hour", "team", "source", "callback"])
def test_two_dimensions(full: Store, second: str) -> None:
    found = rows(full, list(METRICS), ["weekday", second])
    assert sum(row["calls"] for row in found) == figures(full, "calls")["calls"]
    assert [row["weekday"] for row in found] == sorted(row["weekday"] for row in found)


@pytest.mark.parametrize("key", METRICS)
def test_one_number_alone_has_one_row(full: Store, empty: Store, key: str) -> None:
    """Whatever the filter, also one for which the number has no meaning."""
    for chosen in (CallFilter(), from_pairs({"direction": "inbound", "wait_s": "5-"}), CallFilter(behind=key)):
        for store in (full, empty):
            assert len(rows(store, [key, "calls"], [], chosen)) == len(rows(store, [key], [], chosen)) == 1


def test_an_empty_store_has_counts_of_nothing_and_knows_no_shares(empty: Store) -> None:
    found = rows(empty, list(METRICS), [])
    assert len(found) == 1
    revenue = {"revenue"}
    for key, value in found[0].items():
        zero = METRICS[key].unit == "count" and key != "peak_parallel"
        assert value == (0 if zero or key in SUMS | revenue else None), key


def test_a_filter_that_nothing_fits_is_the_same_as_nothing(full: Store, empty: Store) -> None:
    nothing = CallFilter().choose("team", ["no such team"])
    assert rows(full, list(METRICS), [], nothing, cases=True) == rows(empty, list(METRICS), [], cases=True)


@pytest.mark.parametrize("by", [key for key in DIMENSIONS if key != "client_id"])
def test_choosing_a_value_gives_its_row(full: Store, by: str) -> None:
    """What a table says in a row, the cards say when the row is chosen."""
    keys = [key for key in METRICS if key != "load_share"]  # a share of the selection changes with it
    found = rows(full, keys, [by])
    for row in random.Random(1).sample(found, min(4, len(found))):
        text = value_text(by, row[by])
        chosen = CallFilter().choose(by, [text or None])
        alone = rows(full, keys, [], chosen)[0]
        assert alone == pytest.approx({key: row[key] for key in keys}), (by, text)


@pytest.mark.parametrize("key", METRICS)
def test_every_number_opens_the_calls_behind_it(full: Store, key: str) -> None:
    for pairs in ({}, {"direction": "inbound"}, {"employee": "Анна"}, {"since": "2025-10-27"}, {"system": "legs"}):
        chosen = from_pairs(pairs | {"behind": key})
        found = listed(full, chosen, ["id", "client"])
        assert len(found) == len({row[0] for row in found})
        assert figures(full, "calls", chosen)["calls"] <= len(found)
        number = rows(full, [key], [], from_pairs(pairs), cases=True)[0]
        if key in COUNTS:
            assert len(found) == number[key], pairs
        elif key == "clients":
            assert len({row[2] for row in found}) == number[key]
        elif key in SHARES:
            assert len(found) == pytest.approx((number[key] or 0) * number[f"{key}_cases"]), pairs


@pytest.mark.parametrize("key", ["handled_calls", "rings", "missed_rings"])
@pytest.mark.parametrize(("employee", "handled", "rings", "missed"), [("Anna", 1, 2, 1), ("Boris", 1, 2, 1), ("Vera", 1, 1, 0)])
def test_calls_behind_what_an_employee_did(
    full: Store, key: str, employee: str, handled: int, rings: int, missed: int
) -> None:
    """Anna was rung twice by a call that she took in the end: that is no missed ring of hers."""
    wanted = {"handled_calls": handled, "rings": rings, "missed_rings": missed}[key]
    pairs = {"system": "legs", "employee": employee}
    assert figures(full, key, **pairs)[key] == wanted
    assert len(listed(full, from_pairs(pairs | {"behind": key}))) == wanted


def test_figures_of_legs(full: Store) -> None:
    keys = "handled_calls handled_talk_s ring_attempts rings missed_rings pickup_share peak_parallel load_balance queue_visits queue_abandoned"
    assert figures(full, keys, system="legs") == {
        "handled_calls": 3,
        "handled_talk_s": 180,
        "ring_attempts": 7,
        "rings": 5,
        "missed_rings": 2,
        "pickup_share": 0.6,
        "peak_parallel": 2,
        "load_balance": 1.0,
        "queue_visits": 3,
        "queue_abandoned": 1,
    }


def test_load_balance_is_one_less_the_gini_coefficient(store: Store) -> None:
    """Three employees talked 0, 30 and 90 seconds: half the mean difference of all pairs, over the mean."""
    draw(
        store,
        """
        started_at | direction | client | answered | wait_s | talk_s | employee | team
        10:00      | in        | A      | yes      | 5      | 0      | Anna     | Sales
        10:10      | in        | A      | yes      | 5      | 10     | Boris    | Sales
        10:20      | out       | A      | yes      | 5      | 20     | Boris    | Sales
        10:30      | in        | A      | yes      | 5      | 90     | Vera     | Sales
        """,
    )
    talks = [0, 30, 90]
    gini = sum(abs(one - other) for one in talks for other in talks) / (2 * len(talks) ** 2 * (sum(talks) / len(talks)))
    assert figures(store, "load_balance") == {"load_balance": pytest.approx(1 - gini)}
    assert {row["employee"]: row["load_share"] for row in rows(store, ["load_share"], ["employee"])} == {
        "Anna": 0, "Boris": 0.25, "Vera": 0.75,
    }  # fmt: skip


def nearest_rank(values: list[int], percent: int) -> int:
    """The smallest value such that at least so many per cent are no larger."""
    return next(value for value in sorted(values) if sum(one <= value for one in values) * 100 >= percent * len(values))


def test_quantiles_are_of_nearest_rank(store: Store) -> None:
    """Many employees with a few waits each, from 1 to 25 of them, all figures exact."""
    dice = random.Random(5)
    waits = {f"e{number}": [dice.randint(0, 30) for _ in range(1 + number % 25)] for number in range(150)}
    drawn = [
        calls("started_at | direction | answered | talk_s\n10:00 | in | yes | 5")[0]
        | {"id": f"{name}-{number}", "employee": name, "wait_s": str(wait)}
        for name, some in waits.items()
        for number, wait in enumerate(some)
    ]
    take(store, as_csv(drawn))
    keys = ["median_wait_s", "p90_wait_s", "max_wait_s", "avg_wait_s", "service_level"]
    found = {row["employee"]: [row[key] for key in keys] for row in rows(store, keys, ["employee"])}
    for name, some in waits.items():
        level = sum(wait <= 20 for wait in some) / len(some)
        wanted = [nearest_rank(some, 50), nearest_rank(some, 90), max(some), sum(some) / len(some), level]
        assert found[name] == pytest.approx(wanted), (name, some)


MONEY = """
    id | started_at | kind  | direction | client | answered | talk_s | cost | sale_amount | currency | roaming | spam
    a  | 10:00      | voice | in        | A      | yes      | 60     | 1.50 |             | RUB      | no      | no
    b  | 10:10      | voice | out       | A      | yes      | 120    | 2.25 | 100         | RUB      | yes     | no
    c  | 10:20      | sms   | out       | A      | no       |        | 0.10 |             |          | no      | no
    d  | +1 10:00   | voice | out       | B      | yes      | 60     | 9    | 50          | USD      | no      | no
    e  | +1 10:10   | voice | out       | B      | no       |        |      |             |          | no      | no
    f  | +2 10:00   | voice | int       | B      | yes      | 60     | 3    |             | RUB      | no      | no
    g  | +2 10:10   | voice | in        | B      | no       |        | 4    | 10          | RUB      |         | yes
"""
MONEY_KEYS = "total_cost revenue cost_per_minute roaming_cost"


def money(store: Store, **pairs: str) -> list[float | None]:
    return [None if value is None else float(value) for value in figures(store, MONEY_KEYS, **pairs).values()]


def test_two_currencies_are_never_added(store: Store) -> None:
    """Money over both is not known, all else is; roubles alone are roaming's."""
    draw(store, MONEY)
    assert money(store) == [None, None, None, 2.25]
    assert figures(store, "calls sale_calls avg_talk_s") == {"calls": 4, "sale_calls": 2, "avg_talk_s": 80}
    assert money(store, since="2026-03-02", until="2026-03-02") == [3.85, 100, 1.25, 2.25]
    assert money(store, currency="USD") == [9, 50, 9, 0]
    assert money(store, day="2026-03-04") == [7, 0, 7, 0]
    assert money(store, currency="") == [None, 0, None, None]
    by = {row["currency"]: row["total_cost"] for row in rows(store, ["total_cost"], ["currency"])}
    assert {key: value and float(value) for key, value in by.items()} == {"RUB": 10.85, "USD": 9, None: None}


def test_total_talk_is_not_known_when_no_talk_is(store: Store) -> None:
    draw(store, "started_at | direction | answered | talk_s | employee\n10:00 | in | yes | | Anna\n10:00 | in | no | | Anna")
    assert figures(store, "total_talk_s avg_talk_s handled_talk_s avg_handled_talk_s") == {
        "total_talk_s": None, "avg_talk_s": None, "handled_talk_s": None, "avg_handled_talk_s": None,
    }  # fmt: skip


def test_spam_is_in_no_number_but_its_own_and_cost(store: Store) -> None:
    row = calls(MONEY)[0] | {"spam": "yes"}
    take(store, as_csv([row]))
    found = rows(store, list(METRICS), [])[0]
    assert {key for key, value in found.items() if value} == {"spam_calls", "total_cost", "cost_per_minute"}


# A small random set of calls with a plain reading of every dimension.
CHOICES: dict[str, list[str]] = {
    "direction": ["inbound", "outbound", "internal"],
    "kind": ["voice", "voice", "sms"],
    "client": ["+79160000001", "+79160000002", ""],
    "line": ["+74950000001", "101", ""],
    "employee": ["Anna", "O'Neil", 'a,b"c', ""],
    "team": ["<b>x</b>", "'; DROP TABLE calls; --", ""],
    "queue": ["main", ""],
    "answered": ["yes", "no"],
    "wait_s": ["0", "5", "20", ""],
    "talk_s": ["0", "30", ""],
    "recording": ["a.mp3", ""],
    "source": ["yandex", "Yandex", ""],
    "medium": ["cpc", ""],
    "campaign": ["100 %", "line\nbreak", ""],
    "destination": ["0042", ""],
    "cost": ["1.5", ""],
    "currency": ["RUB", "usd", ""],
    "outcome": ["success", "failure", ""],
    "spam": ["yes", "no", "no", "no"],
}
ZONE = ZoneInfo("Europe/Moscow")


def some_calls() -> list[dict[str, str]]:
    dice = random.Random(3)
    found = []
    for number in range(120):
        at = DAY + timedelta(minutes=dice.randrange(60 * 24 * 45))
        found.append({"id": f"c{number}", "started_at": f"{at.isoformat()}Z"} | {name: dice.choice(some) for name, some in CHOICES.items()})
    return found


def read(row: dict[str, str]) -> dict[str, str | None]:
    """The dimensions of a row, as texts."""
    local = datetime.fromisoformat(row["started_at"]).replace(tzinfo=UTC).astimezone(ZONE)
    status = {"inbound": "missed", "outbound": "unreached", "internal": "unanswered"}[row["direction"]]
    if row["answered"] == "yes":
        status = "answered"
    if row["kind"] != "voice":
        status = "message"
    if row["spam"] == "yes":
        status = "spam"
    miss = row["direction"] == "inbound" and row["kind"] == "voice" and row["answered"] == "no"
    return {name: row[name] or None for name in CHOICES if name in DIMENSIONS} | {
        "day": local.date().isoformat(),
        "week": (local.date() - timedelta(days=local.weekday())).isoformat(),
        "month": local.date().replace(day=1).isoformat(),
        "hour": str(local.hour),
        "weekday": str(local.isoweekday()),
        "status": status,
        "miss_reason": (None if not miss else "abandoned" if row["wait_s"] else "unknown"),
        "recorded": "yes" if row["recording"] else "no",
        "currency": (row["currency"].upper() or "RUB") if row["cost"] else None,
        "provider": "plain",
        "system": "plain",
    }


SOME = some_calls()
READ = {row["id"]: read(row) for row in SOME}
READABLE = sorted(READ["c0"])  # all but the number the store gives to a client, and what needs other calls


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("few")
    store = open_store(load(db=folder / "few.duckdb", data=folder))
    take(store, as_csv(SOME))
    yield store
    store.close()


@st.composite
def filters(draw: st.DrawFn) -> CallFilter:
    """A filter over values that occur, and some that do not."""
    days = sorted(draw(st.lists(st.dates(date(2026, 3, 1), date(2026, 4, 18)), min_size=2, max_size=2)))
    chosen = CallFilter(draw(st.sampled_from([None, days[0]])), draw(st.sampled_from([None, days[1]])))
    for name in draw(st.sets(st.sampled_from(READABLE), max_size=3)):
        values = sorted({read[name] for read in READ.values()}, key=str)
        strange = {"date": "1999-01-01", "number": "23"}.get(DIMENSIONS[name].type, "nothing like it")
        chosen = chosen.choose(name, draw(st.sets(st.sampled_from([*values, strange]), min_size=1, max_size=3)))
    for name in draw(st.sets(st.sampled_from(sorted(RANGES)))):
        bounds = st.sampled_from([None, 0, 1, 5, 20, 30])
        chosen = chosen.between(name, draw(bounds), draw(bounds))
    return chosen


def fits(row: dict[str, str], chosen: CallFilter) -> bool:
    of_row = READ[row["id"]]
    day = date.fromisoformat(str(of_row["day"]))
    if (chosen.since and day < chosen.since) or (chosen.until and day > chosen.until):
        return False
    if any(of_row[name] not in values for name, values in chosen.chosen):
        return False
    return all(
        row[name] and (low is None or int(row[name]) >= low) and (high is None or int(row[name]) <= high)
        for name, low, high in chosen.ranges
    )


@examples(max_examples=120)
@given(chosen=filters())
def test_a_filter_means_what_it_says(few: Store, chosen: CallFilter) -> None:
    wanted = sorted(row["id"] for row in SOME if fits(row, chosen))
    assert sorted(row[1] for row in listed(few, chosen)) == wanted


@pytest.mark.parametrize("by", READABLE)
def test_a_dimension_is_what_it_says(few: Store, by: str) -> None:
    counted = Counter(READ[row["id"]][by] for row in SOME if row["spam"] == "no" and row["kind"] == "voice" and row["direction"] != "internal")
    found = {value_text(by, row[by]) or None: row["calls"] for row in rows(few, ["calls"], [by])}
    assert {key: number for key, number in found.items() if number} == dict(counted)


@pytest.mark.parametrize("key", CALL_COLUMNS)
def test_the_list_can_be_sorted_and_paged_by_every_column(few: Store, key: str) -> None:
    """Pages cut the same list, without a call twice or lost; what is not known comes last."""
    for descending in (False, True):
        how = {"sort": key, "descending": descending}
        at_once = listed(few, CallFilter(), [key], **how)
        assert len(at_once) == len(SOME)
        pages = [listed(few, CallFilter(), [key], limit=50, offset=offset, **how) for offset in (0, 50, 100)]
        assert [row for page in pages for row in page] == at_once
        values = [row[1] for row in at_once]
        known_ones = [value for value in values if value is not None]
        assert values == known_ones + [None] * (len(values) - len(known_ones))
        if key not in ("direction", "kind"):
            assert known_ones == sorted(known_ones, reverse=descending)


def test_instants_in_the_list_are_local(store: Store) -> None:
    draw(store, "started_at | direction | answered | wait_s\n+1 00:30 | in | no | 5")
    assert listed(store, CallFilter(), ["started_at", "ended_at"])[0][1:] == (
        DAY + timedelta(days=1, minutes=30),
        DAY + timedelta(days=1, minutes=30, seconds=5),
    )


@pytest.mark.parametrize("pairs", [{"until": "9999-12-31"}, {"since": "0001-01-01"}, {"day": "0001-01-01"}, {"client_id": "2147483647"}])
def test_the_ends_of_the_calendar(few: Store, pairs: dict[str, str]) -> None:
    open_end = "until" in pairs or "since" in pairs
    assert len(listed(few, from_pairs(pairs))) == (len(SOME) if open_end else 0)


@pytest.mark.parametrize(("keys", "by"), [(["no_such"], []), (["calls"], ["no_such"]), (["calls); DROP TABLE calls; --"], [])])
def test_names_come_from_the_catalogue_only(few: Store, keys: list[str], by: list[str]) -> None:
    with pytest.raises(KeyError):
        questions(keys, by, CallFilter(), moment(few))


def test_values_travel_as_parameters(few: Store) -> None:
    hostile = "x') OR ('1' = '1"
    chosen = CallFilter().choose("team", [hostile]).choose("source", [hostile])
    for asked in questions(list(METRICS), ["hour"], chosen, moment(few)):
        assert hostile not in asked.sql
    assert listed(few, chosen) == []

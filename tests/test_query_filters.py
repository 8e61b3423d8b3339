"""Filters, dimensions and the list of calls, against a plain reading of a small random set."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from calldash.asking import value_text
from calldash.filters import RANGES, CallFilter, from_pairs
from calldash.metrics import CALL_COLUMNS, DIMENSIONS, METRICS
from calldash.query import Moment, questions
from calldash.settings import load
from calldash.store import Store, open_store
from tests.drawn import DAY, as_csv, draw, listed, rows, take

DAYS_OFF = {date(2026, 2, 23), date(2026, 3, 9)}  # Russia's, on Mondays of the time of these calls


def moment(store: Store) -> Moment:
    return Moment(store.settings, store.now())


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
    "cost": ["1.5", "20", ""],
    "sale_amount": ["99.99", "", ""],
    "roaming": ["yes", "no", ""],
    "tags": ["vip", "vip; refund", "refund;;vip;vip", " ; ", "a,b", ""],
    "currency": ["RUB", "usd", ""],
    "outcome": ["success", "failure", ""],
    "spam": ["yes", "no", "no", "no"],
}


TRANSCRIBED = ("c3", "c5", "c8", "c13")
ZONE = ZoneInfo("Europe/Moscow")


def some_calls() -> list[dict[str, str]]:
    dice = random.Random(3)
    found = []
    for number in range(120):
        at = DAY + timedelta(minutes=dice.randrange(60 * 24 * 45))
        found.append(
            {"id": f"c{number}", "started_at": f"{at.isoformat()}Z"}
            | {name: dice.choice(some) for name, some in CHOICES.items()}
        )
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
        "currency": (row["currency"].upper() or "RUB") if row["cost"] or row["sale_amount"] else None,
        "roaming": row["roaming"] or None,
        "working": "yes" if local.isoweekday() < 6 and local.date() not in DAYS_OFF and 9 <= local.hour < 18 else "no",
        "transcribed": "yes" if row["id"] in TRANSCRIBED else "no",
        "provider": "plain",
        "system": "plain",
    }


SOME = some_calls()


READ = {row["id"]: read(row) for row in SOME}


TAGS = {row["id"]: {tag.strip() for tag in row["tags"].split(";")} - {""} for row in SOME}


READABLE = sorted(READ["c0"])  # all but the number the store gives to a client, and what needs other calls


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("few")
    store = open_store(load(db=folder / "few.duckdb", data=folder))
    take(store, as_csv(SOME))
    with store.writing() as cursor:
        for call in TRANSCRIBED:
            told = {"system": "plain", "id": call, "file": "t.vtt", "sha256": "", "imported_at": DAY, "lines": 1}
            places = ", ".join(f"${name}" for name in told)
            cursor.execute(f"INSERT INTO transcripts ({', '.join(told)}) VALUES ({places})", told)
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
    if draw(st.booleans()):
        chosen = chosen.choose("tag", draw(st.sets(st.sampled_from([None, "vip", "refund", "a,b", "v"]), min_size=1)))
    for name in draw(st.sets(st.sampled_from(sorted(RANGES)))):
        known = [0, 1, 5, 20, 30] if RANGES[name].unit == "seconds" else [Decimal(0), Decimal("1.5"), Decimal("99.98")]
        bounds = st.sampled_from([None, *known])
        chosen = chosen.between(name, draw(bounds), draw(bounds))
    return chosen


def quantity(row: dict[str, str], name: str) -> Decimal | None:
    """What a range limits: a call without an end of its own lasts as long as it waits and talks."""
    if name == "duration_s":
        return Decimal(int(row["wait_s"] or 0) + int(row["talk_s"] or 0))
    return Decimal(row[name]) if row[name] else None


def fits(row: dict[str, str], chosen: CallFilter) -> bool:
    of_row = READ[row["id"]]
    day = date.fromisoformat(str(of_row["day"]))
    if (chosen.since and day < chosen.since) or (chosen.until and day > chosen.until):
        return False
    if any(not (_values(row["id"], name) & set(values)) for name, values in chosen.chosen):
        return False
    limits = [(quantity(row, name), low, high) for name, low, high in chosen.ranges]
    return all(
        found is not None and (low is None or found >= low) and (high is None or found <= high)
        for found, low, high in limits
    )


def _values(call: str, name: str) -> set[str | None]:
    return (TAGS[call] or {None}) if name == "tag" else {READ[call][name]}


@examples(max_examples=120)
@given(chosen=filters())
def test_a_filter_means_what_it_says(few: Store, chosen: CallFilter) -> None:
    wanted = sorted(row["id"] for row in SOME if fits(row, chosen))
    assert sorted(row[1] for row in listed(few, chosen)) == wanted


@pytest.mark.parametrize("by", READABLE)
def test_a_dimension_is_what_it_says(few: Store, by: str) -> None:
    counted = Counter(READ[row["id"]][by] for row in SOME if _is_counted(row))
    found = {value_text(by, row[by]) or None: row["calls"] for row in rows(few, ["calls"], [by])}
    assert {key: number for key, number in found.items() if number} == dict(counted)


def test_a_call_with_several_tags_counts_under_each(few: Store) -> None:
    counted = Counter(tag for row in SOME if _is_counted(row) for tag in _values(row["id"], "tag"))
    found = {row["tag"]: row["calls"] for row in rows(few, ["calls"], ["tag"])}
    assert {key: number for key, number in found.items() if number} == dict(counted)


def _is_counted(row: dict[str, str]) -> bool:
    return row["spam"] == "no" and row["kind"] == "voice" and row["direction"] != "internal"


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


@pytest.mark.parametrize("key", ["started_at", "employee", "talk_s", "callback", "system"])
def test_pages_counted_from_the_end_are_the_same_pages(few: Store, key: str) -> None:
    for descending in (False, True):
        how = {"sort": key, "descending": descending}
        for limit, offset in (
            (50, 0),
            (50, 50),
            (50, 100),
            (7, 117),
            (7, 60),
            (120, 0),
            (1, 119),
            (50, 120),
            (50, 500),
        ):
            page = listed(few, CallFilter(), limit=limit, offset=offset, **how)
            assert listed(few, CallFilter(), limit=limit, offset=offset, listed=len(SOME), **how) == page


def test_instants_in_the_list_are_local(store: Store) -> None:
    draw(store, "started_at | direction | answered | wait_s\n+1 00:30 | in | no | 5")
    assert listed(store, CallFilter(), ["started_at", "ended_at"])[0][1:] == (
        DAY + timedelta(days=1, minutes=30),
        DAY + timedelta(days=1, minutes=30, seconds=5),
    )


@pytest.mark.parametrize(
    "pairs", [{"until": "9999-12-31"}, {"since": "0001-01-01"}, {"day": "0001-01-01"}, {"client_id": "2147483647"}]
)
def test_the_ends_of_the_calendar(few: Store, pairs: dict[str, str]) -> None:
    open_end = "until" in pairs or "since" in pairs
    assert len(listed(few, from_pairs(pairs))) == (len(SOME) if open_end else 0)


@pytest.mark.parametrize(
    ("keys", "by"), [(["no_such"], []), (["calls"], ["no_such"]), (["calls); DROP TABLE calls; --"], [])]
)
def test_names_come_from_the_catalogue_only(few: Store, keys: list[str], by: list[str]) -> None:
    with pytest.raises(KeyError):
        questions(keys, by, CallFilter(), moment(few))


def test_values_travel_as_parameters(few: Store) -> None:
    hostile = "x') OR ('1' = '1"
    chosen = CallFilter().choose("team", [hostile]).choose("source", [hostile])
    for asked in questions(list(METRICS), ["hour"], chosen, moment(few)):
        assert hostile not in asked.sql
    assert listed(few, chosen) == []

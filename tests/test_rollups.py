"""Figures from rollups are the figures of the calls: every metric by every dimension, before and after changes."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from calldash import asking, demo, rollups
from calldash.filters import CallFilter
from calldash.given import spend_import
from calldash.importing import import_built, import_file
from calldash.metrics import DIMENSIONS, METRICS
from calldash.metrics.lengths import LENGTHS
from calldash.query import lengths, questions
from calldash.settings import load
from calldash.store import Store, open_store
from tests.conftest import Opener
from tests.drawn import draw, figures
from tests.unkept import assert_same

HERE = Path(__file__).parent
LAST = date(2026, 3, 13)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The demo's calls, which have legs and queues, beside the golden ones, with rollups brought up to date."""
    store = open_store(load(db=tmp_path_factory.mktemp("rollups") / "calls.duckdb"))
    import_built(store, demo.calls(LAST, ZoneInfo("Europe/Moscow")), "office", "office")
    for pair in ("golden", "golden-edges"):
        import_file(store, HERE / pair / "calls.csv", system=pair)
    _spend_on(store)
    assert rollups.refresh(store) > 100
    assert rollups.refresh(store) == 0
    yield store
    store.close()


def _spend_on(store: Store) -> None:
    """Two sources of calls, one of which cost in two currencies, and one that brought none."""
    text = (
        "SELECT source, min(campaign) FROM calls WHERE campaign IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 2"
    )
    (one, of_one), (other, of_other) = store.rows(text)
    days = f"{LAST - timedelta(days=60)},{LAST}"
    lines = [f'{one},"{of_one}",{days},1000,RUB', f'{other},"{of_other}",{days},70,RUB', f"nobody,,{days},5,RUB"]
    for currency, some in (("RUB", lines), ("USD", [f"{other},elsewhere,{LAST},{LAST},10,USD"])):
        path = store.settings.db.with_name(f"{currency}.csv")
        path.write_text("\n".join(["source,campaign,since,until,amount,currency", *some]))
        assert spend_import.import_file(store, path, "test").new == len(some)


FILTERS = {
    "all": CallFilter(),
    "two weeks": CallFilter(LAST - timedelta(days=40), LAST - timedelta(days=27)),
    "with the last days": CallFilter(LAST - timedelta(days=20), LAST),
    "outbound": CallFilter(LAST - timedelta(days=60)).choose("direction", ["outbound"]),
    "two teams": CallFilter().choose("team", ["Продажи", None]),
    "an hour": CallFilter().choose("hour", ["11"]),
    "a queue on Mondays": CallFilter().choose("queue", ["Поддержка"]).choose("weekday", ["1"]),
    "a source": CallFilter().choose("source", ["yandex", "google"]),
    "no campaign on Fridays": CallFilter().choose("campaign", [None]).choose("weekday", ["5"]),
    "long talks": CallFilter().between("talk_s", 60, None),
    "behind": CallFilter(behind="missed_calls"),
}


@pytest.mark.parametrize("by", [None, *DIMENSIONS])
def test_every_figure_by_every_dimension(kept: Store, by: str | None) -> None:
    assert_same(kept, lambda: asking.ask(kept, list(METRICS), [by] if by else [], cases=True))


@pytest.mark.parametrize("name", FILTERS)
def test_every_figure_within_a_filter(kept: Store, name: str) -> None:
    for by in ([], ["day"], ["weekday", "hour"], ["team", "employee"], ["source", "campaign"]):
        assert_same(kept, lambda by=by: asking.ask(kept, list(METRICS), by, FILTERS[name]))  # type: ignore[misc]


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("kind", LENGTHS)
def test_lengths_within_a_filter(kept: Store, kind: str, name: str) -> None:
    assert_same(kept, lambda: asking.lengths(kept, kind, FILTERS[name]))


def test_totals_beside_groups(kept: Store) -> None:
    keys = [key for key, metric in METRICS.items() if metric.one_scan]
    for part in (0, 1):
        assert_same(kept, lambda part=part: asking.ask_with_total(kept, keys, ["day"], cases=True)[part])  # type: ignore[misc]


def test_rollups_answer_what_pages_ask(kept: Store) -> None:
    """A page's usual questions read no call."""
    moment = rollups.moment(kept)
    every_length = [lengths(kind, FILTERS["two weeks"], moment) for kind in LENGTHS]
    for keys, by in (
        (["inbound_calls", "missed_share", "avg_wait_s", "timely_callback_share", "revenue"], ["day"]),
        (["median_wait_s", "p90_wait_s"], ["queue"]),
        (["handled_calls", "pickup_share", "load_share"], ["employee"]),
        (["load_balance", "peak_parallel"], []),
        (["peak_parallel"], ["team"]),
        (["peak_parallel"], ["line"]),
        (["longest_break_s"], ["employee"]),
        (["handled_calls", "pickup_share"], ["employee", "hour"]),
        (["unique_calls", "target_calls", "sale_calls"], ["source", "campaign"]),
    ):
        for asked in [*questions(keys, by, FILTERS["two weeks"], moment), *every_length]:
            assert " calls" not in asked.sql and "leg_rows" not in asked.sql, asked.sql


CHANGES = """
    started_at   | direction | client | answered | wait_s | talk_s | employee | id
    10:00        | in        | A      | no       | 20     | 0      | Ann      | first
    12:00        | out       | A      | yes      | 5      | 60     | Ann      | back
    +1 23:59     | in        | B      | yes      | 4      | 600    | Ann      | late
    +2 00:05     | in        | C      | yes      | 3      | 60     | Bob      | early
    +28 10:00    | in        | D      | yes      | 3      | 60     | Bob      | newest
"""


def test_days_that_change_are_read_until_they_are_added_up_again(store: Store) -> None:
    draw(store, CHANGES)
    rollups.refresh(store)
    keys = list(METRICS)
    ask = lambda: asking.ask(store, keys, ["day"])  # noqa: E731
    assert_same(store, ask)
    # An earlier call of a client is new: what the later ones were to the figures changes on their days too.
    draw(
        store,
        """
        started_at | direction | client | answered | wait_s | talk_s | employee | id
        -1 10:00   | in        | B      | no       | 9      | 0      | Bob      | before
        12:00      | out       | A      | no       | 5      | 0      | Ann      | back
        """,
    )
    assert {str(day) for day in rollups.moment(store).loose or ()} >= {"2026-03-01", "2026-03-02", "2026-03-03"}
    assert_same(store, ask)
    assert figures(store, "called_back_share unique_calls")["called_back_share"] == 0
    assert rollups.refresh(store) > 0
    assert not rollups.moment(store).loose
    assert_same(store, ask)


def test_a_talk_over_midnight_stands_beside_the_next_days(store: Store) -> None:
    draw(store, CHANGES)
    rollups.refresh(store)
    peak = lambda **days: asking.ask(store, ["peak_parallel"], [], CallFilter(**days)).iloc[0, 0]  # noqa: E731
    assert peak() == 2
    assert peak(since=date(2026, 3, 4), until=date(2026, 3, 30)) == 1
    assert peak(since=date(2026, 3, 1), until=date(2026, 3, 5)) == 2


def test_other_thresholds_make_other_rollups(open_here: Opener) -> None:
    store = open_here()
    draw(store, CHANGES)
    rollups.refresh(store)
    store = open_here(service_level_s=3)
    assert rollups.moment(store).loose is None
    assert figures(store, "service_level")["service_level"] == pytest.approx(2 / 4)
    rollups.refresh(store)
    assert rollups.moment(store).loose == []
    assert figures(store, "service_level")["service_level"] == pytest.approx(2 / 4)


def test_time_goes_by_where_calls_come_in_live(store: Store) -> None:
    """What "now" decides is never taken from a rollup of another now."""
    draw(store, CHANGES)
    with store.writing() as cursor:
        cursor.execute("UPDATE systems SET live = TRUE")
    rollups.refresh(store)
    found = rollups.moment(store)
    assert found.moving and found.loose == []
    assert_same(store, lambda: asking.ask(store, list(METRICS), ["day"]))

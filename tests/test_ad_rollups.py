"""Results of advertising from what is kept are those of the calls, whatever sells, and while days change."""

from dataclasses import asdict
from datetime import date

import pytest

from calldash import asking, rollups
from calldash.advertising import ad_results
from calldash.advertising.ad_results import Results
from calldash.advertising.results.lines import Line
from calldash.filters import CallFilter
from calldash.metrics import METRICS
from calldash.query import questions
from calldash.store import Store
from tests.conftest import Opener
from tests.drawn import draw
from tests.given import deals_from, spend_from
from tests.unkept import assert_same, from_calls

# B calls by two campaigns, and buys by both; E buys, and nobody knows from where; C and F are lost.
CALLS = """
    started_at | direction | client | answered | wait_s | talk_s | source | medium  | campaign | sale_amount
    10:00      | in        | A      | yes      | 3      | 60     | yandex | cpc     | one      |
    11:00      | in        | B      | yes      | 3      | 60     | yandex | cpc     | two      | 300
    12:00      | in        | C      | no       | 9      | 0      | yandex | cpc     | two      |
    13:00      | in        | B      | yes      | 3      | 10     | yandex | cpc     | one      | 150.5
    14:00      | in        | D      | yes      | 3      | 60     | direct | organic |          | 5000
    15:00      | in        | E      | yes      | 3      | 60     |        |         |          | 1000
    16:00      | out       | E      | yes      |        | 60     |        |         |          | 70
    +1 13:00   | in        | F      | no       | 9      | 0      | google | cpc     | two      |
    +1 14:00   | in        | A      | yes      | 3      | 60     | google |         |          | 20
    +9 10:00   | in        | E      | yes      | 3      | 60     | 2gis   |         |          |
    +20 10:00  | in        | A      | yes      | 3      | 60     | yandex | cpc     | two      | 9
"""
SPEND = """
    source | medium | campaign | since      | until      | amount
    yandex | cpc    | one      | 2026-03-01 | 2026-03-07 | 100
    yandex | cpc    | two      | 2026-03-02 |            | 60
    google | cpc    | brand    | 2026-03-02 |            | 40
    nobody |        |          | 2026-03-09 |            | 5
"""
DEALS = """
    id | phone | happened_at      | amount | margin | status
    1  | {A}   | 2026-03-04T10:00 | 700    |        | won
    2  | {B}   | 2026-03-05T10:00 | 300    | 90     | won
    3  | {B}   | 2026-03-05T11:00 | 80     |        | lost
    4  |       | 2026-03-06T10:00 | 25     |        | won
"""
LATER = """
    started_at | direction | client | answered | wait_s | talk_s | source | campaign | sale_amount
    09:00      | in        | C      | yes      | 3      | 60     | yandex | one      | 11
    +1 15:00   | in        | G      | no       | 3      | 0      | google | two      |
"""
ADS = [key for key, metric in METRICS.items() if metric.table in ("spend", "paid_sources")]
BY = ([], ["day"], ["week"], ["source"], ["source", "campaign"], ["medium"], ["day", "source"], ["weekday"])
PERIODS = {
    "all": CallFilter(),
    "a day": CallFilter(date(2026, 3, 2), date(2026, 3, 2)),
    "a source": CallFilter().choose("source", ["yandex"]),
    "unknown sources": CallFilter().choose("source", [None, "google"]),
    "a campaign on Mondays": CallFilter().choose("campaign", ["two"]).choose("weekday", ["1"]),
    "nothing": CallFilter(date(2027, 1, 1), date(2027, 1, 2)),
}


def taken(store: Store) -> None:
    draw(store, CALLS)
    spend_from(store, SPEND)


def with_deals(store: Store) -> None:
    a, b = (client for (client,) in store.rows("SELECT client FROM clients ORDER BY client LIMIT 2"))
    deals_from(store, DEALS.format(A=a, B=b))


def assert_all_same(store: Store) -> None:
    for name, chosen in PERIODS.items():
        for by in BY if name == "all" else BY[:1]:
            assert_same(store, lambda by=by, chosen=chosen: asking.ask(store, ADS, by, chosen))  # type: ignore[misc]
        of_rollups = ad_results.results(store, chosen)
        assert told(of_rollups) == pytest.approx(told(from_calls(store, lambda: ad_results.results(store, chosen))))  # noqa: B023


def told(found: Results) -> dict[str, float | None]:
    """All numbers by where they stand."""
    numbers: dict[str, float | None] = dict(asdict(found.moved) if found.moved else {})
    for line in (found.whole, *found.sources, *found.campaigns):
        numbers |= {f"{line.codes} {name}": value for name, value in _of(line).items()}
    return numbers


def _of(line: Line) -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    for key, figure in line.figures.items():
        low, high = (figure.interval.low, figure.interval.high) if figure.interval else (None, None)
        found |= {key: figure.value, f"{key} cases": figure.cases, f"{key} low": low, f"{key} high": high}
    return found


@pytest.mark.parametrize(("sales", "vat"), [("calls", "in"), ("deals", "out")])
def test_kept_parts_tell_what_calls_tell(open_here: Opener, sales: str, vat: str) -> None:
    store = open_here(margin=0.3, ad_cost_vat=vat)
    taken(store)
    if sales == "deals":
        with_deals(store)
    rollups.refresh(store)
    assert_all_same(store)
    for what in ("targets", "profit"):
        plan = ad_results.plan(store, PERIODS["all"], what, 100)
        assert plan and plan == from_calls(store, lambda what=what: ad_results.plan(store, PERIODS["all"], what, 100))  # type: ignore[misc]
    draw(store, LATER)
    assert rollups.moment(store).loose
    assert_all_same(store)


@pytest.mark.parametrize("model", ["last", "linear"])
def test_models_tell_what_calls_tell(open_here: Opener, model: str) -> None:
    store = open_here(attribution=model, sales_from="deals")
    taken(store)
    with_deals(store)
    rollups.refresh(store)
    assert_all_same(store)
    assert_same(store, lambda: ad_results.by_models(store, CallFilter()))


def test_spend_and_deals_that_come_later_need_no_new_parts(open_here: Opener) -> None:
    store = open_here()
    draw(store, CALLS)
    rollups.refresh(store)
    before = asking.ask(store, ["romi", "buyers"]).iloc[0]
    assert before["romi"] != before["romi"] and before["buyers"] == 4
    spend_from(store, SPEND)
    with_deals(store)
    assert rollups.moment(store).loose == [] and rollups.refresh(store) == 0
    assert asking.ask(store, ["buyers"]).iloc[0]["buyers"] == 2
    assert_all_same(store)


def test_no_call_is_read(open_here: Opener) -> None:
    store = open_here()
    taken(store)
    rollups.refresh(store)
    for by in BY:
        for asked in questions(ADS, by, PERIODS["all"], rollups.moment(store)):
            assert " calls" not in asked.sql and "spend_rows" not in asked.sql, asked.sql

"""What advertising cost and brought, on calls, spend and deals that a human can add up."""

from datetime import date
from decimal import Decimal

import pytest

from calldash.filters import CallFilter
from calldash.given import spend_import
from calldash.store import Store
from tests.drawn import as_csv, cases, draw, figures, rows
from tests.given import CALLS, SPEND, deals_from, spend_from

# Of yandex: 160 for 4 calls of 3 clients, of whom one bought for 300 and one is lost; 2 target calls, both unique.
EXPECTED = """
    key                  | yandex | all
    ad_cost              | 160    | 200
    cost_per_call        | 40     | 50
    cost_per_target_call | 80     | 100
    cost_per_target      | 80     | 100
    cost_per_client      | 53.333 | 66.667
    cac                  | 160    | 200
    buyers               | 1      | 3
    sales_revenue        | 300    | 6300
    gross_profit         | 150    | 3150
    romi                 | -0.0625| -0.25
    roas                 | 1.875  | 1.5
    missed_ad_cost       | 53.333 | 53.333
"""


@pytest.fixture
def drawn(open_here) -> Store:
    store = open_here(margin=0.5)
    draw(store, CALLS)
    spend_from(store, SPEND)
    return store


@pytest.mark.parametrize("case", cases(EXPECTED), ids=lambda case: case["key"])
def test_what_it_cost_and_brought(drawn: Store, case: dict[str, str]) -> None:
    """All together, the calls of sources without spend stand beside none of it."""
    key = case["key"]
    yandex = figures(drawn, key, source="yandex")[key]
    assert yandex == pytest.approx(float(case["yandex"]), rel=1e-4)
    assert figures(drawn, key)[key] == pytest.approx(float(case["all"]), rel=1e-4)
    by_source = {row["source"]: row[key] for row in rows(drawn, [key], ["source"])}
    assert by_source["yandex"] == pytest.approx(yandex)


def test_all_calls_of_a_source_stand_beside_its_spend(drawn: Store) -> None:
    """The medium tells them apart: what came by free search has no spend of its own."""
    draw(
        drawn,
        """
        started_at | direction | client | answered | wait_s | talk_s | source | medium
        +1 10:00   | in        | K      | yes      | 3      | 60     | google | organic
        """,
        system="other",
    )
    assert figures(drawn, "cost_per_call", source="google") == {"cost_per_call": 40}
    by_medium = {row["medium"]: row["ad_cost"] for row in rows(drawn, ["ad_cost"], ["medium"])}
    assert by_medium["organic"] is None


def test_what_is_not_known_is_not_nothing(drawn: Store) -> None:
    found = {row["source"]: row for row in rows(drawn, ["ad_cost", "cost_per_call", "romi", "cac"], ["source"])}
    assert set(found["2gis"].values()) == {"2gis", None}
    assert found["google"]["ad_cost"] == 40
    assert found["google"]["cost_per_call"] is None  # nobody called
    assert figures(drawn, "ad_cost romi", employee="Анна") == {"ad_cost": None, "romi": None}
    assert figures(drawn, "ad_cost", since="2026-04-01") == {"ad_cost": None}


def test_a_total_is_spread_over_its_days_and_adds_up_to_the_last_kopeck(drawn: Store) -> None:
    found = drawn.rows("SELECT day, gross FROM spend_days WHERE campaign = 'one' ORDER BY day")
    assert len(found) == 7
    assert sum(amount for _day, amount in found) == Decimal(100)
    assert {amount for _day, amount in found} == {Decimal("14.285714"), Decimal("14.285715")}
    part = CallFilter(date(2026, 3, 2), date(2026, 3, 3))
    assert figures(drawn, "ad_cost", part)["ad_cost"] == pytest.approx(2 * 14.285714 + 100)


def test_lost_clients_cost_what_their_source_costs_each(store: Store) -> None:
    """a: 100 for two clients, one lost; b: 30 for one, lost: 50 + 30, not 130 x 2 / 3."""
    draw(
        store,
        """
        started_at | direction | client | answered | wait_s | source
        10:00      | in        | A      | no       | 9      | a
        10:00      | in        | B      | yes      | 9      | a
        10:00      | in        | C      | no       | 9      | b
        +5 10:00   | in        | D      | yes      | 9      |
        """,
    )
    spend_from(store, "source | since | amount\na | 2026-03-02 | 100\nb | 2026-03-02 | 30")
    assert figures(store, "missed_ad_cost")["missed_ad_cost"] == 80
    assert [row["missed_ad_cost"] for row in rows(store, ["missed_ad_cost"], ["source"])][:2] == [50, 30]


def test_two_currencies_are_never_added(drawn: Store) -> None:
    spend_from(drawn, "source | since | amount | currency\nvk | 2026-03-02 | 7 | USD", "usd.csv")
    keys = "ad_cost cost_per_call romi missed_ad_cost"
    assert set(figures(drawn, keys).values()) == {None}
    assert figures(drawn, "ad_cost", source="vk")["ad_cost"] == 7
    by = {row["currency"]: row["ad_cost"] for row in rows(drawn, ["ad_cost"], ["currency"])}
    assert by["USD"] == 7 and by["RUB"] == 200


def test_with_and_without_vat(open_here) -> None:
    store = open_here()
    spend_from(
        store,
        "source | since | amount | vat | vat_rate\na | 2026-03-02 | 100 | out | 20\nb | 2026-03-02 | 60 | in | 20",
    )
    assert figures(store, "ad_cost")["ad_cost"] == 180
    assert figures(open_here(ad_cost_vat="out"), "ad_cost")["ad_cost"] == 150


DEALS = """
    id | phone            | happened_at      | amount | margin | status
    1  | 8 900 000-00-65  | 2026-03-05 12:00 | 1000   | 400    | won
    2  | +7 900 000-00-66 | 2026-03-05       | 500    |        | open
    3  |                  | 2026-03-06       | 10     |        | won
"""


def test_sales_are_those_of_deals_or_of_calls_never_both(open_here) -> None:
    store = open_here(margin=0.5)
    draw(store, CALLS)
    spend_from(store, SPEND)
    keys = "deals deal_revenue sales_revenue gross_profit buyers"
    assert figures(store, keys) == {
        "deals": 0, "deal_revenue": None, "sales_revenue": 6300, "gross_profit": 3150, "buyers": 3,
    }  # fmt: skip
    deals_from(store, DEALS)
    expected = {"deals": 2, "deal_revenue": 1010, "sales_revenue": 1010, "gross_profit": 405, "buyers": 1}
    assert figures(store, keys) == expected
    assert figures(store, "romi", source="yandex")["romi"] == pytest.approx((400 - 160) / 160)
    store = open_here(margin=0.5, sales_from="calls")
    assert figures(store, keys) == expected | {"sales_revenue": 6300, "gross_profit": 3150, "buyers": 3}


@pytest.mark.parametrize(("model", "one", "two"), [("first", 1000, None), ("last", None, 1000), ("linear", 500, 500)])
def test_the_call_that_brought_a_deal(open_here, model: str, one: int | None, two: int | None) -> None:
    store = open_here(attribution=model)
    draw(store, CALLS)
    deals_from(store, DEALS)
    found = {row["campaign"]: row["deal_revenue"] for row in rows(store, ["deal_revenue"], ["source", "campaign"])}
    assert (found.get("one"), found.get("two")) == (one, two)
    assert figures(store, "deals deal_revenue") == {"deals": 2, "deal_revenue": 1010}


def test_the_calls_behind_sales(drawn: Store) -> None:
    from tests.drawn import listed

    assert len(listed(drawn, CallFilter(behind="ad_cost").choose("source", ["yandex"]))) == 4
    deals_from(drawn, DEALS)
    assert [row[1] for row in listed(drawn, CallFilter(behind="deals"))] == ["c1"]


def test_spend_imported_twice_costs_once(drawn: Store) -> None:
    receipt = spend_from(drawn, SPEND)
    assert (receipt.new, receipt.replaced, receipt.same) == (0, 0, 3)
    path = drawn.settings.db.with_name("more.csv")
    path.write_text(as_csv([{"source": "yandex", "campaign": "two", "date": "2026-03-02", "amount": "66"}]))
    receipt = spend_import.import_file(drawn, path, "test")
    assert (receipt.new, receipt.replaced, receipt.same) == (1, 1, 0)
    assert figures(drawn, "ad_cost")["ad_cost"] == 206

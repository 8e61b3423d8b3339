"""Results of advertising on calls, spend and deals that a human can add up."""

import json
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result
from typer.testing import CliRunner

from calldash.__main__ import app as commands
from calldash.advertising import ad_results
from calldash.advertising.results import cohorts, intervals, planner, trust
from calldash.advertising.results.lines import Line
from calldash.filters import CallFilter
from calldash.store import Store
from tests.drawn import as_csv, calls, cases, draw, figures
from tests.given import CALLS, SPEND, deals_from, spend_from

# Of yandex: 160 for 4 calls of 3 clients, of whom B bought for 300; C is lost at 12, F and G at 13 of the next day.
ALL = (
    CALLS.rstrip()
    + """
    16:00      | out       | E      | yes      |        | 60     |        |         |          | 70
    +1 13:00   | in        | F      | no       | 9      | 0      | yandex | cpc     | two      |
    +1 13:30   | in        | G      | no       | 9      | 0      | yandex | cpc     | two      |
"""
)


@pytest.fixture
def drawn(open_here) -> Store:
    store = open_here(margin=0.5)
    draw(store, ALL)
    spend_from(store, SPEND)
    return store


def by_codes(lines: list[Line]) -> dict[tuple[str | None, ...], Line]:
    return {line.codes: line for line in lines}


def test_the_interval_of_a_count_is_the_exact_one() -> None:
    """Garwood's, as tables of it have them."""
    assert intervals.count(0) == pytest.approx((0, 3.6889), abs=1e-4)
    assert intervals.count(10) == pytest.approx((4.7954, 18.3904), abs=1e-4)
    assert intervals.cost_of_one(100, 10).low == pytest.approx(100 / 18.3904, rel=1e-4)
    assert intervals.cost_of_one(100, 0).high is None


def test_the_interval_of_a_sum_is_wide_where_few_bought_much() -> None:
    even, odd = intervals.total([10.0] * 100), intervals.total([1.0] * 99 + [901.0])
    assert intervals.total([10.0] * 100) == even  # drawn the same each time
    assert 780 < even[0] < 830 and 1170 < even[1] < 1220
    assert odd[0] < 150 and odd[1] > 1900
    assert intervals.total([]) == (0, 0)
    many = intervals.total([1.0] * 4000)
    assert many == pytest.approx((4000 - 1.96 * 4000**0.5, 4000 + 1.96 * 4000**0.5), rel=1e-4)


def test_lines_have_the_numbers_of_the_catalogue_with_their_cases(drawn: Store) -> None:
    found = ad_results.results(drawn, CallFilter())
    assert [line.codes for line in found.sources] == [("yandex",), ("google",)]
    yandex = found.sources[0].figures
    catalogue = figures(drawn, "ad_cost cost_per_call cost_per_client cac romi roas missed_ad_cost", source="yandex")
    assert {key: yandex[key].value for key in catalogue} == pytest.approx(catalogue)
    assert (yandex["cost_per_call"].cases, yandex["cac"].cases, yandex["romi"].cases) == (6, 1, 1)
    assert yandex["romi"].few
    assert yandex["missed_ad_cost"].value == 96  # 160 x 3 lost / 5 clients
    assert yandex["romi"].value == pytest.approx((150 - 160) / 160)
    assert yandex["romi"].interval and yandex["romi"].interval.low == -1  # the one buyer might not have come
    campaigns = by_codes(found.campaigns)
    assert campaigns["yandex", "two"].figures["cac"].value == 60
    assert campaigns["yandex", "one"].figures["cac"].value is None
    google = found.sources[1].figures["cost_per_call"]
    assert (google.value, google.cases) == (None, 0)  # spend, but nobody called by it


def test_romi_moves_by_the_inbound_buyers_whose_source_is_not_known(drawn: Store) -> None:
    """E bought for 1000 on an inbound call of no source; what we sold by calling E is nobody's advertising."""
    found = ad_results.results(drawn, CallFilter()).moved
    assert found and found.as_it_is == pytest.approx((150 - 200) / 200)
    assert found.if_all == pytest.approx((150 + 500 - 200) / 200)
    assert found.turns
    assert trust.moved(0, [1], [1]) is None


def test_the_hours_of_a_campaign_add_up_to_its_burned_money(drawn: Store) -> None:
    """Campaign two: 60 for the clients B, C, A, F and G, 12 each; C is lost at 12, F and G at 13."""
    found = ad_results.lost_money(drawn, CallFilter())
    assert [(row.campaign, row.hour, round(row.missed_ad_cost, 6)) for row in found.itertuples()] == [
        ("two", 12, 12), ("two", 13, 24),
    ]  # fmt: skip
    assert found["missed_ad_cost"].sum() == pytest.approx(
        figures(drawn, "missed_ad_cost", campaign="two")["missed_ad_cost"]
    )
    assert list(found["missed_ad_cost_cases"]) == [1, 2]


def test_two_currencies_burn_nothing_that_is_known(drawn: Store) -> None:
    spend_from(drawn, "source | campaign | since | amount | currency\nyandex | two | 2026-03-03 | 7 | USD", "usd.csv")
    assert ad_results.lost_money(drawn, CallFilter()).empty
    assert ad_results.plan(drawn, CallFilter(), "targets", 100) == []
    assert ad_results.results(drawn, CallFilter()).moved is None


FIRSTS = """
    first_day  | after | clients | buyers | profit
    2026-03-02 |       | 10      | 0      | 0
    2026-03-02 | 0     | 0       | 2      | 50
    2026-03-04 | 10    | 0       | 1      | 30
    2026-03-09 |       | 4       | 0      | 0
    2026-03-09 | 1     | 0       | 1      | 5
"""


def test_a_young_cohort_is_not_told_of_what_it_has_not_had() -> None:
    """The first week ends on the 8th: its 14 days are over on the 22nd, those of the second week on the 29th."""
    firsts = pd.DataFrame(cases(FIRSTS)).replace("", None)
    for name in ("after", "clients", "buyers", "profit"):
        firsts[name] = pd.to_numeric(firsts[name])
    costs = pd.DataFrame({"day": pd.to_datetime(["2026-03-02", "2026-03-08"]), "cost": [30.0, 10.0]})
    first, second = cohorts.cohorts(firsts, costs, date(2026, 3, 2), date(2026, 3, 22))
    assert (first.first, first.last, first.clients, first.cost) == (date(2026, 3, 2), date(2026, 3, 8), 10, 40)
    assert [(at.days, at.buyers, at.profit) for at in first.reached[:3]] == [(7, 2, 50), (14, 3, 80), (30, None, None)]
    assert first.maturity == pytest.approx(14 / 60) and first.young
    assert [at.buyers for at in second.reached] == [1, None, None, None]
    assert second.reached[1].known_from == date(2026, 3, 29)
    assert (second.cost, cohorts.usual([first, second], 7)) == (None, 3 / 14)
    assert cohorts.usual([first, second], 60) is None


def test_cohorts_are_the_clients_whom_paid_advertising_brought(drawn: Store) -> None:
    (first,) = ad_results.cohorts(drawn, CallFilter())
    assert first.clients == 5  # A, B, C, F, G; not D by search, nor E
    assert first.cost == pytest.approx(200 - 100 / 7)  # a seventh was spent on the Sunday before
    assert [(at.buyers, at.profit) for at in first.reached] == [(None, None)] * 4  # the data end on the 11th


def history(source: str, spend: list[float], brought: list[float]) -> pd.DataFrame:
    """A day a number, from a Monday on."""
    days = [date(2026, 3, 2) + timedelta(days=at) for at in range(len(spend))]
    counts = {"profit": brought, "targets": brought, "buyers": brought}
    return pd.DataFrame({"source": source, "day": days, "cost": spend} | counts)


def test_the_planner_tells_of_more_money_only_where_days_show_it() -> None:
    weekly = [100.0, 300.0] * 5  # every other week three times as much
    spend = [week for week in weekly for _day in range(7)]
    good = history("good", spend, [cost / 50 for cost in spend])
    flat = history("flat", spend, [4.0] * len(spend))
    found = planner.plan(pd.concat([flat, good]), "targets", 1000)
    assert [one.source for one in found] == ["good", "flat"]
    assert found[0].more == pytest.approx(20) and found[0].average == pytest.approx(20)
    assert found[0].surely_more and not found[1].surely_more
    assert found[1].more == pytest.approx(0)


SILENT = """
    spend | brought | days | reason
    100   | 4       | 70   | steady
    vary  | 0.1     | 70   | rare
    vary  | 4       | 40   | short
"""


@pytest.mark.parametrize("case", cases(SILENT), ids=lambda case: case["reason"])
def test_the_planner_is_silent_where_it_cannot_tell(case: dict[str, str]) -> None:
    days = int(case["days"])
    spend = [float(case["spend"]) if case["spend"] != "vary" else 100.0 * (1 + at // 7 % 2) for at in range(days)]
    (found,) = planner.plan(history("one", spend, [float(case["brought"])] * days), "targets", 1000)
    assert (found.silent, found.more, found.interval) == (case["reason"], None, None)
    assert found.average > 0


def test_models_stand_side_by_side(drawn: Store) -> None:
    deals_from(drawn, "id | phone | happened_at | amount | status\n1 | +79000000065 | 2026-03-05 | 1000 | won")
    found = ad_results.by_models(drawn, CallFilter()).set_index("source")
    assert found.loc["yandex", ["first_deals", "last_deals", "linear_deals"]].to_list() == [1, 1, 1]
    campaign = CallFilter().choose("campaign", ["one"])
    found = ad_results.by_models(drawn, campaign).set_index("source")
    revenue = [found.loc["yandex", f"{model}_deal_revenue"] for model in ad_results.MODELS]
    assert (revenue[0], pd.isna(revenue[1]), revenue[2]) == (1000, True, 500)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CALLDASH_LANGUAGE", "en")
    (tmp_path / "calls.csv").write_text(as_csv(calls(ALL)), encoding="utf-8")
    (tmp_path / "spend.csv").write_text(as_csv(cases(SPEND)), encoding="utf-8")
    assert run("import", "calls.csv").exit_code == 0
    assert run("spend", "import", "spend.csv").exit_code == 0
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, list(arguments))


@pytest.mark.usefixtures("folder")
def test_the_command_prints_each_subject() -> None:
    rows = json.loads(run("results", "--format", "json").stdout)
    assert [(row["source"], row["ad_cost"]) for row in rows] == [("", 200), ("yandex", 160), ("google", 40)]
    assert rows[1]["cac_cases"] == 1
    lines = run("results", "missed", "--format", "csv").stdout.splitlines()
    assert lines == ["source,campaign,hour,lost_clients,missed_ad_cost", "yandex,two,12,1,12.0", "yandex,two,13,2,24.0"]
    for subject in ("campaigns", "models", "cohorts", "planner"):
        assert run("results", subject).exit_code == 0, subject
    assert "yandex" in run("results", "planner").stdout
    refused = run("results", "--where", "employee=Ann")
    assert (refused.exit_code, refused.stderr.strip()) == (
        1, "Spend is known by: source, medium, campaign, keyword, ad, weekday. It cannot be filtered otherwise.",
    )  # fmt: skip

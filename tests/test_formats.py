"""Numbers in both languages, their changes, and the interval of a share."""

from decimal import Decimal

import pytest

from calldash import formats, i18n
from calldash.formats import Change
from tests.drawn import cases

SHOWN = """
metric          | value      | ru           | en
calls           | 1234567    | 1 234 567    | 1,234,567
calls           | 0          | 0            | 0
missed_share    | 0.1234     | 12,3 %       | 12.3%
missed_share    | 0          | 0,0 %        | 0.0%
missed_share    | 1          | 100,0 %      | 100.0%
avg_wait_s      | 13.148     | 0:13         | 0:13
avg_wait_s      | 59.5       | 1:00         | 1:00
total_talk_s    | 3725       | 1:02:05      | 1:02:05
total_talk_s    | 4500000    | 1 250:00:00  | 1,250:00:00
revenue         | 1234567.5  | 1 234 568 ₽  | RUB 1,234,568
total_cost      | 12.5       | 12,50 ₽      | RUB 12.50
revenue         | -1500      | −1 500 ₽     | −RUB 1,500
romi            | -0.794     | −79,4 %      | −79.4%
revenue         | 0          | 0,00 ₽       | RUB 0.00
"""


@pytest.fixture(autouse=True)
def _rubles():
    formats.use_currency("RUB")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("case", cases(SHOWN), ids=lambda case: f"{case['metric']}={case['value']}")
@pytest.mark.parametrize("code", ["ru", "en"])
def test_a_number_is_written_as_the_language_does(case, code):
    i18n.use(code)
    assert plain(formats.show(case["metric"], float(case["value"]))) == case[code]


@pytest.mark.parametrize("value", [None, float("nan")])
@pytest.mark.parametrize("metric", ["calls", "missed_share", "avg_wait_s", "revenue"])
def test_unknown_is_a_dash_and_never_zero(metric, value):
    assert formats.show(metric, value) == "—"


def test_other_currencies_keep_their_sign():
    formats.use_currency("EUR")
    i18n.use("ru")
    assert plain(formats.money(Decimal("1500"))) == "1 500 €"
    i18n.use("en")
    assert plain(formats.money(Decimal("1500"))) == "€1,500"


def test_millions_are_short_where_asked():
    i18n.use("ru")
    assert plain(formats.show("revenue", 12_345_678, short=True)) == "12,3 млн ₽"
    assert plain(formats.show("calls", 9_999_999, short=True)) == "9 999 999"


CHANGES = """
metric        | now  | before | text     | direction | good
missed_share  | 0.10 | 0.20   | −10 pp   | -1        | yes
missed_share  | 0.20 | 0.185  | +1.5 pp  | 1         | no
service_level | 0.80 | 0.70   | +10 pp   | 1         | yes
service_level | 0.80 | 0.80   | 0 pp     | 0         |
calls         | 12   | 10     | +20%     | 1         |
missed_calls  | 12   | 10     | +20%     | 1         | no
avg_wait_s    | 5    | 10     | −50%     | -1        | yes
calls         | 5000 | 10     | +49,900% | 1         |
"""


@pytest.mark.parametrize("case", cases(CHANGES), ids=lambda case: f"{case['metric']} {case['now']}")
def test_shares_change_in_points_the_rest_in_per_cent(case):
    good = {"yes": True, "no": False, "": None}[case["good"]]
    found = formats.change(case["metric"], float(case["now"]), float(case["before"]))
    assert found is not None
    assert Change(plain(found.text), found.direction, found.good) == Change(case["text"], int(case["direction"]), good)


@pytest.mark.parametrize(("now", "before"), [(None, 1), (1, None), (5, 0), (float("nan"), 1)])
def test_without_something_to_compare_with_there_is_no_change(now, before):
    assert formats.change("calls", now, before) is None


def test_a_share_from_zero_still_changes():
    found = formats.change("missed_share", 0.1, 0.0)
    assert found is not None
    assert plain(found.text) == "+10 pp"


# Published values of Wilson's score interval.
@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (1, 20, 0.0089, 0.2361)],
)
def test_the_interval_of_a_share(part, whole, low, high):
    assert formats.wilson(part / whole, whole) == pytest.approx((low, high), abs=0.0001)


def test_the_interval_as_text():
    assert plain(formats.interval(0.5, 10)) == "24–76 %"


def test_an_exact_amount_keeps_each_digit_and_at_least_cents():
    i18n.use("ru")
    found = [plain(formats.exact(one, "RUB")) for one in (Decimal("1500.5"), Decimal(100), Decimal("-0.0125"), None)]
    assert found == ["1 500,50 ₽", "100,00 ₽", "−0,0125 ₽", "—"]

"""What calls cost by a tariff: examples that a human can check, and the quick reading against the plain one."""

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from calldash.costs.tariffs import Line, Tariff, bill, keeping
from calldash.costs.tariffs.rating import Talk, rate
from calldash.filters import CallFilter, from_pairs
from calldash.query import Moment, Question, numbers_of
from calldash.query.rated import rated
from calldash.store import Store
from tests.drawn import DAY, as_csv, cases, draw, take

MONDAY = DAY.date()
D = Decimal
EXAMPLES = cases(
    """
    what                              | price | first | step | connection | free | threshold | decimals | talk | cost
    a minute                          | 1.90  | 60    | 60   | 0          | 0    | 0         | 2        | 60   | 1.90
    a begun minute is a minute        | 1.90  | 60    | 60   | 0          | 0    | 0         | 2        | 61   | 3.80
    one second is a minute            | 1.90  | 60    | 60   | 0          | 0    | 0         | 2        | 1    | 1.90
    by seconds: 90 s of 2.00          | 2.00  | 1     | 1    | 0          | 0    | 0         | 2        | 90   | 3.00
    by seconds: half a cent goes up   | 1.00  | 1     | 1    | 0          | 0    | 0         | 2        | 63   | 1.05
    1/60 of 1.00 is 0.0166 …          | 1.00  | 1     | 1    | 0          | 0    | 0         | 2        | 1    | 0.02
    the same to four decimals         | 1.00  | 1     | 1    | 0          | 0    | 0         | 4        | 1    | 0.0167
    0.005 goes up                     | 0.30  | 1     | 1    | 0          | 0    | 0         | 2        | 1    | 0.01
    a minute, then seconds            | 3.00  | 60    | 1    | 0          | 0    | 0         | 2        | 80   | 4.00
    thirty, then sixes: 31 are 36     | 5.00  | 30    | 6    | 0          | 0    | 0         | 2        | 31   | 3.00
    the connection, then minutes      | 1.00  | 60    | 60   | 2.50       | 0    | 0         | 2        | 61   | 4.50
    no talk, no connection            | 1.00  | 60    | 60   | 2.50       | 0    | 0         | 2        | 0    | 0
    three seconds cost nothing        | 1.90  | 60    | 60   | 2.50       | 0    | 3         | 2        | 3    | 0
    from the fourth on the whole      | 1.90  | 60    | 60   | 0          | 0    | 3         | 2        | 4    | 1.90
    the first minute is free          | 1.90  | 60    | 60   | 0          | 60   | 0         | 2        | 61   | 1.90
    within it only the connection     | 1.90  | 60    | 60   | 0.50       | 60   | 0         | 2        | 30   | 0.50
    """
)


def rated_of(store: Store, chosen: CallFilter | None = None, tariff_no: int | None = None) -> dict[str, Decimal | None]:
    """What each call costs by the quick reading, by its id."""
    asked = Question()
    ctes = rated(chosen or CallFilter(), Moment(store.settings), asked, keeping.any_packages(store), tariff_no)
    return dict(store.rows(f"{ctes} SELECT id, as_amount(due_u) FROM rated", asked.values))


def tariff(*lines: Line, **how: Any) -> Tariff:
    return Tariff(**({"tariff": "T", "since": date(2026, 1, 1), "lines": lines} | how))


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: case["what"])
def test_examples(store, case):
    line = Line(
        D(case["price"]), first_s=int(case["first"]), step_s=int(case["step"]), connection=D(case["connection"]),
        free_s=int(case["free"]), threshold_s=int(case["threshold"]),
    )  # fmt: skip
    one = tariff(line, decimals=int(case["decimals"]))
    (charge,) = rate(one, [Talk(MONDAY, "+79000000065", int(case["talk"]))])
    assert charge.amount == D(case["cost"])
    assert keeping.keep(store, "me", [one]) == []
    draw(store, f"started_at | direction | client | answered | talk_s\n10:00 | out | A | yes | {case['talk']}")
    assert rated_of(store) == {"c1": D(case["cost"])}


CALLS = """
    started_at | direction | client        | answered | talk_s | cost | line
    10:00      | out       | +74991234567  | yes      | 61     | 3.00 | 100
    10:10      | out       | +79161234567  | yes      | 61     | 3.80 | 100
    10:20      | out       | +375291001234 | yes      | 30     | 14.50 | 100
    10:30      | out       | 101           | yes      | 30     | 0    | 100
    10:40      | out       |               | yes      | 30     | 1    | 100
    10:50      | out       | +74991234567  | no       | 0      | 0    | 100
    11:00      | in        | +74991234567  | yes      | 90     | 4.40 | 800
    11:10      | out       | +74991234567  | yes      |        | 1.50 | 100
"""


def test_the_longest_prefix_wins(store):
    prices = Line(D("1.50"), "7"), Line(D("1.90"), "79"), Line(D("14.50"), "375"), Line(D("2.20"), direction="inbound")
    keeping.keep(store, "me", [tariff(*prices)])
    draw(store, CALLS)
    wanted = [D("3.00"), D("3.80"), D("14.50"), None, None, D(0), D("4.40"), None]
    assert list(dict(sorted(rated_of(store).items())).values()) == wanted


def test_a_line_without_prefix_is_for_every_number(store):
    keeping.keep(store, "me", [tariff(Line(D(1)))])
    draw(store, CALLS)
    assert {id_: rated_of(store)[id_] for id_ in ("c4", "c5", "c7")} == {"c4": D(1), "c5": D(1), "c7": None}


def test_the_tariff_of_the_day_of_the_line_before_that_of_all(store):
    given = [
        tariff(Line(D(1)), until=MONDAY),
        tariff(Line(D(2)), since=MONDAY + timedelta(days=1)),
        tariff(Line(D(5)), tariff="Free line", line="800"),
    ]
    assert keeping.keep(store, "me", given) == []
    draw(
        store,
        """
        started_at | direction | client | answered | talk_s | line
        10:00      | out       | A      | yes      | 60     | 100
        +1 10:00   | out       | A      | yes      | 60     | 100
        +1 10:00   | out       | A      | yes      | 60     | 800
        -70 10:00  | out       | A      | yes      | 60     | 100
        """,
    )
    assert rated_of(store) == {"c1": D(1), "c2": D(2), "c3": D(5), "c4": None}


PACKAGE = """
    started_at | direction | client | answered | talk_s | cost
    10:00      | out       | A      | yes      | 61     | 0
    11:00      | out       | A      | yes      | 120    | 6.00
    12:00      | out       | A      | yes      | 60     | 6.00
    +29 23:30  | out       | A      | yes      | 60     | 6.00
    +30 00:10  | out       | A      | yes      | 60     | 0
"""


def test_a_package_is_used_up_in_the_order_of_time_month_by_month(store):
    """Three minutes: two go to the first call, one to the second, whose other minute is paid; April has its own."""
    keeping.keep(store, "me", [tariff(Line(D(6), package="P"), packages=(("P", 3),))])
    draw(store, PACKAGE)
    wanted = {"c1": D(0), "c2": D(6), "c3": D(6), "c4": D(6), "c5": D(0)}
    assert rated_of(store) == wanted
    later = CallFilter(since=MONDAY, until=MONDAY).between("talk_s", 100, None)
    assert rated_of(store, later) == {"c2": D(6)}, "calls that a filter leaves out use up the package too"


def test_messages_are_priced_each(store):
    one = tariff(Line(D("2.60"), kind="sms", package="P"), packages=(("P", 1),))
    keeping.keep(store, "me", [one])
    text = "started_at | direction | client | kind | answered\n10:00 | out | A | sms | no\n10:01 | out | A | sms | no"
    draw(store, text)
    assert rated_of(store) == {"c1": D(0), "c2": D("2.60")}


def test_another_basis_bills_the_wait_too(store):
    keeping.keep(store, "me", [tariff(Line(D("1.00"), billed="call"))])
    text = "started_at | direction | client | answered | wait_s | talk_s\n10:00 | out | A | yes | 30 | 40\n"
    draw(store, text + "10:10 | out | A | no | 70 | 0")
    assert rated_of(store) == {"c1": D(2), "c2": D(0)}


def chance_tariff(rng: random.Random) -> Tariff:
    lines = {}
    for _ in range(rng.randint(1, 12)):
        prefix = rng.choice(["", "7", "79", "791", "7916", "7499", "375", "3752", "44", "1"])
        line = Line(
            D(rng.randint(0, 9_999_999)) / D(10) ** rng.choice([2, 4, 6]), prefix, rng.choice(["voice", "voice", "sms"]),
            rng.choice(["outbound", "outbound", "inbound"]), rng.random() < 0.2, rng.choice([1, 30, 60]),
            rng.choice([1, 6, 60]), D(rng.randint(0, 300)) / 100, rng.choice([0, 0, 20]), rng.choice([0, 3]),
            rng.choice(["talk", "call"]),
            rng.choice([None, None, "A", "B"]),
        )  # fmt: skip
        lines[line.calls] = line
    return tariff(*lines.values(), decimals=rng.randint(0, 6),
                  packages=(("A", rng.randint(1, 20)), ("B", 3)))  # fmt: skip


def chance_calls(rng: random.Random) -> list[dict[str, str]]:
    numbers = ["+79161234567", "+79100000000", "+74991234567", "+375291001234", "+442079460111", "101", ""]
    found = []
    for number in range(150):
        at = DAY + timedelta(seconds=rng.randrange(60 * 86_400))
        found.append({
            "id": f"{number:04}", "started_at": at.isoformat(), "direction": rng.choice(["outbound", "inbound"]),
            "kind": rng.choice(["voice", "voice", "sms"]), "client": rng.choice(numbers),
            "answered": rng.choice(["yes", "yes", "no"]), "wait_s": str(rng.randint(0, 40)),
            "talk_s": rng.choice(["", str(rng.randint(0, 400))]), "roaming": rng.choice(["", "no", "yes"]),
        })  # fmt: skip
    return found


@pytest.mark.parametrize("seed", range(12))
def test_the_quick_reading_is_the_plain_one(store, seed):
    rng = random.Random(seed)
    one = chance_tariff(rng)
    assert keeping.keep(store, "me", [one]) == []
    take(store, as_csv(chance_calls(rng)))
    stored = store.rows(
        "SELECT id, day, client, talk_s, date_diff('second', started_at, ended_at), answered, kind, direction, "
        "coalesce(roaming, FALSE) FROM calls ORDER BY started_at, system, id"
    )
    plain = dict(zip((row[0] for row in stored), rate(one, [Talk(*row[1:]) for row in stored]), strict=True))
    quick = rated_of(store)
    assert quick == {id_: charge.amount for id_, charge in plain.items()}
    assert quick == rated_of(store, tariff_no=keeping.tariffs(store)[0][0])
    assert any(amount for amount in quick.values())


BILL = """
    started_at | direction | client        | answered | wait_s | talk_s | cost  | currency
    10:00      | out       | +74991234567  | yes      | 5      | 60     | 1.50  |
    10:01      | out       | +74991234567  | yes      | 5      | 60     | 1.51  |
    10:02      | out       | +74991234567  | yes      | 70     | 60     | 4.50  |
    10:03      | out       | +74991234567  | yes      | 5      | 80     | 6.00  |
    10:04      | out       | +74991234567  | yes      | 5      | 80     | 2.00  |
    10:05      | out       | +74991234567  | yes      | 5      | 60     | 14.50 |
    10:06      | out       | +74991234567  | no       | 5      | 0      | 1.50  |
    10:07      | out       | +74991234567  | yes      | 5      | 60     | 1.50  | USD
    10:08      | out       | +998901234567 | yes      | 5      | 60     | 9.00  |
    10:09      | out       | +74991234567  | yes      | 5      |        | 1.50  |
    10:10      | out       | +74991234567  | yes      | 5      | 60     |       |
    10:11      | out       | +74991234567  | yes      | 5      | 60     | 7.77  |
    10:12      | in        | +74991234567  | yes      | 5      | 60     | 0     |
    -90 10:00  | out       | +74991234567  | yes      | 5      | 60     | 1.50  |
"""
WHY = {
    "c2": ("rounding", D("0.01")), "c3": ("duration", D("3.00")), "c4": ("twice", D("3.00")),
    "c5": ("step", D("-1.00")), "c6": ("prefix", D("13.00")), "c7": ("unanswered", D("1.50")), "c8": ("currency", None),
    "c9": ("not_in_tariff", None), "c10": ("talk_unknown", None), "c11": ("cost_unknown", None),
    "c12": ("other", D("6.27")), "c14": ("no_tariff", None),
}  # fmt: skip


def audited(store: Store) -> None:
    assert keeping.keep(store, "me", [tariff(Line(D("1.50"), "7"), Line(D("14.50"), "375"))]) == []
    draw(store, BILL)


def test_a_bill_is_audited_call_by_call(store):
    audited(store)
    found = bill.differences_of(store, CallFilter())
    told = {row["id"]: (row["why"], row["difference"]) for row in found.to_dict("records")}
    assert told == WHY
    assert found["id"].iloc[0] == "c6", "the largest difference first"
    assert bill.differences_of(store, CallFilter(), "step")["id"].tolist() == ["c5"]


def test_the_sums_of_a_bill_to_the_cent_and_each_currency_by_itself(store):
    audited(store)
    rows = {(row["currency"], row["why"]): row for row in bill.sums_of(store, CallFilter()).to_dict("records")}
    assert rows["RUB", "right"]["calls"] == 2
    assert rows["RUB", "right"]["charged"] == D("1.50")
    assert rows["RUB", "prefix"]["difference"] == D("13.00")
    assert rows["RUB", "not_in_tariff"]["difference"] is None
    assert rows["USD", "currency"]["calls"] == 1
    assert rows["USD", "currency"]["difference"] is None
    assert sum(row["calls"] for row in rows.values()) == 14


def test_a_package_that_was_not_counted_is_named(store):
    keeping.keep(store, "me", [tariff(Line(D(6), package="P"), packages=(("P", 9),))])
    draw(store, "started_at | direction | client | answered | talk_s | cost\n10:00 | out | A | yes | 60 | 6")
    assert bill.differences_of(store, CallFilter())["why"].tolist() == ["package"]


def test_what_another_tariff_would_have_cost(store):
    own = tariff(Line(D("1.50"), "7"), Line(D("14.50"), "375"), monthly=D(310))
    cheap = tariff(Line(D("1.00"), "7"), tariff="Cheap", own=False, monthly=D(155))
    dear = tariff(Line(D("9.00")), tariff="Dear", own=False)
    keeping.keep(store, "me", [own, cheap, dear])
    draw(
        store,
        """
        started_at | direction | client        | answered | talk_s | cost
        10:00      | out       | +74991234567  | yes      | 61     | 3.00
        +1 10:00   | out       | +375291001234 | yes      | 30     | 14.50
        """,
    )
    chosen = CallFilter(MONDAY, MONDAY + timedelta(days=9))  # ten days of March
    found = {one.tariff: one for one in bill.what_if(store, chosen)}
    assert (found["T"].total, found["T"].charged, found["T"].saved) == (D("117.50"), D("117.50"), D(0))
    assert (found["Cheap"].due, found["Cheap"].monthly, found["Cheap"].kept_cost) == (D("2.00"), D("50.00"), D("14.50"))
    assert (found["Cheap"].total, found["Cheap"].kept, found["Cheap"].saved) == (D("66.50"), 1, D("51.00"))
    assert found["Dear"].total == D("27.00")
    assert list(found) == ["Dear", "Cheap", "T"]
    best = bill.cheapest(list(found.values()))
    assert best
    assert best.tariff == "Dear"


def test_two_currencies_are_not_compared(store):
    keeping.keep(
        store, "me", [tariff(Line(D(1)), own=False, currency="USD"), tariff(Line(D(2)), tariff="R", own=False)]
    )
    draw(store, "started_at | direction | client | answered | talk_s | cost\n10:00 | out | A | yes | 60 | 6")
    found = bill.what_if(store, CallFilter())
    assert {one.tariff: one.total for one in found} == {"R": D(2), "T": None}
    best = bill.cheapest(found)
    assert best
    assert best.tariff == "R"


def test_fees_of_parts_of_months():
    one = tariff(Line(D(1)), monthly=D("100"))
    assert bill.fees(one, date(2026, 3, 1), date(2026, 3, 31)) == D("100.00")
    assert bill.fees(one, date(2026, 3, 1), date(2026, 3, 1)) == D("3.23")
    assert bill.fees(one, date(2026, 1, 31), date(2026, 3, 1)) == D("106.46")


def test_the_calls_behind_each_number_of_the_audit(store):
    audited(store)
    moment = Moment(store.settings, store.now())
    for row in bill.sums_of(store, CallFilter()).to_dict("records"):
        behind = numbers_of(CallFilter(behind=f"charge:{row['why']}"), moment)
        told = bill.differences_of(store, CallFilter(), row["why"])["call_no"].tolist()
        assert sorted(number for (number,) in store.rows(behind.sql, behind.values)) == sorted(told)
        assert len(told) == row["calls"]
    [one] = bill.what_if(store, CallFilter())
    for key, count in (("tariff", one.priced), ("untold", one.kept)):
        behind = numbers_of(CallFilter(behind=f"{key}:{one.tariff_no}"), moment)
        assert len(store.rows(behind.sql, behind.values)) == count > 0


def test_what_stands_behind_is_read_from_an_address():
    for text in ("charge:twice", "tariff:3", "untold:3", "rule:12", "missed_calls"):
        assert from_pairs({"behind": text}).behind == text
    for text in ("charge:", "charge:a b", "tariff:x", "rule:-1", "rule:1;2", "other:1", "rule:٣"):
        assert from_pairs({"behind": text}).behind is None


def test_the_audit_of_years_is_the_sum_of_its_quarters(store):
    audited(store)
    first, last = date(2025, 11, 15), date(2026, 3, 31)
    parts = bill.stretches(CallFilter(), first, last)
    assert [(one.since, one.until) for one in parts] == [
        (first, date(2025, 12, 31)), (date(2026, 1, 1), last),
    ]  # fmt: skip
    assert bill.stretches(CallFilter(MONDAY, MONDAY), first, last) == [CallFilter(MONDAY, MONDAY)]
    years = bill.stretches(CallFilter(), date(2024, 2, 29), date(2026, 10, 1))
    assert [str(one.since) for one in years][:5] == [
        "2024-02-29", "2024-04-01", "2024-07-01", "2024-10-01", "2025-01-01",
    ]  # fmt: skip
    assert (years[-1].since, years[-1].until) == (date(2026, 10, 1), date(2026, 10, 1))
    whole = bill.sums_of(store, CallFilter())
    told = bill.added([bill.sums_of(store, one) for one in parts])
    assert told.to_dict("records") == whole.to_dict("records")
    listed = bill.largest([bill.differences_of(store, one, None, 5) for one in parts], 5)
    assert listed["id"].tolist() == bill.differences_of(store, CallFilter(), None, 5)["id"].tolist()

"""Where numbers belong: what the numbering plans tell, kept once for each number, and asked as a breakdown."""

import json
from datetime import date
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from calldash import commands, i18n
from calldash.__main__ import app
from calldash.costs.tariffs import Line, Tariff, keeping
from calldash.filters import from_pairs
from calldash.labels import value_label
from calldash.numbers import places
from calldash.server.placing import Placing
from tests.drawn import cases, draw, figures, rows

PLACES = cases(
    """
    number         | country | region              | kind        | carrier
    +74991234567   | RU      | г. Москва           | landline    |
    +73012345678   | RU      | Республика Бурятия  | landline    |
    +79000000100   | RU      |                     | mobile      | Tele2
    +78001234567   | RU      |                     | toll_free   |
    +78091234567   | RU      |                     | premium     |
    +442079460111  | GB      | London              | landline    |
    +375291001234  | BY      |                     | mobile      | Velcom
    +12125551234   | US      | New York, NY        | either      |
    +88216123456   |         |                     | voip        |
    +999           |         |                     | other       |
    101            |         |                     | other       |
    Bob            |         |                     | other       |
    """
)
CALLS = """
    started_at | direction | client         | answered | talk_s | cost
    10:00      | out       | +74991234567   | yes      | 60     | 1.50
    10:10      | out       | +74991234567   | yes      | 60     | 1.50
    10:20      | out       | +375291001234  | yes      | 60     | 14.50
    10:30      | out       | 101            | yes      | 60     | 0
    10:40      | in        |                | no       | 0      |
"""


@pytest.mark.parametrize("case", PLACES, ids=lambda case: case["number"])
def test_the_plans_tell_a_number(case):
    found = places.place(case["number"])
    wanted = (case["country"] or None, case["region"] or None, case["kind"], case["carrier"] or None)
    assert tuple(found) == wanted


def test_each_number_is_told_once(store):
    draw(store, CALLS)
    assert places.unknown(store) == 3
    assert places.fill(store) == 3
    assert (places.unknown(store), places.fill(store)) == (0, 0)
    found = {
        row["country"]: (row["total_cost"], row["priced_calls"])
        for row in rows(store, ["total_cost", "priced_calls"], ["country"])
    }
    assert found == {"RU": (3.0, 2), "BY": (14.5, 1), None: (0.0, 0)}


def test_before_a_number_is_told_its_place_is_not_known(store):
    draw(store, CALLS)
    assert [row["country"] for row in rows(store, ["total_cost"], ["country"])] == [None]


def test_filters_by_place(store):
    draw(store, CALLS)
    places.fill(store)
    assert figures(store, "total_cost", number_kind="mobile") == {"total_cost": 14.5}
    assert figures(store, "total_cost", from_pairs({"region": "г. Москва"})) == {"total_cost": 3.0}
    assert figures(store, "missed_calls", country="") == {"missed_calls": 1}


def test_a_client_id_given_again_is_told_anew(store):
    draw(store, CALLS)
    places.fill(store)
    with store.writing() as cursor:
        cursor.execute("UPDATE clients SET client = '+442079460111' WHERE client = '+375291001234'")
    assert places.fill(store) == 1
    assert {row["country"] for row in rows(store, ["total_cost"], ["country"])} == {"RU", "GB", None}


def test_other_numbering_plans_tell_anew(store):
    draw(store, CALLS)
    places.fill(store)
    with store.writing() as cursor:
        cursor.execute("UPDATE meta SET value = 'older' WHERE name = 'number_places'")
    assert places.fill(store) == 3


def test_places_in_the_readers_language():
    i18n.use("ru")
    assert [value_label("country", "GB"), value_label("region", "г. Москва")] == ["Великобритания", "г. Москва"]
    i18n.use("en")
    assert value_label("region", "г. Москва") == "Moscow (г. Москва)", "two regions are called Moscow in English"
    assert value_label("region", "Республика Бурятия") == "Republic of Buryatia"
    assert value_label("carrier", "Tele2") == "T2"
    assert value_label("country", "XK") == "Kosovo"


def test_new_numbers_are_told_beside_the_pages(store):
    beside = Placing(store)
    draw(store, CALLS)
    beside.look()
    assert places.unknown(store) == 0
    draw(store, CALLS.replace("+375291001234", "+375291001235"), system="more")
    beside.look()
    assert places.unknown(store) == 0


def test_commands_tell_numbers_before_they_answer(open_here):
    store = open_here()
    draw(store, CALLS)
    store.close()
    words = ["kpi", "total_cost", "--by", "country", "--format", "json", "--db", str(store.settings.db)]
    found = CliRunner().invoke(app, words)
    assert json.loads(found.stdout)["BY"] == {"total_cost": 14.5}


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("report", {"format": "csv"}),
        ("tariffs audit", {"where": ["country=BY"], "format": "csv"}),
        ("rules preview", {}),
    ],
)
def test_commands_tell_what_is_missing_first(store, tmp_path, name, arguments):
    """The command line opened the store itself: nobody told the places of new numbers yet."""
    draw(store, CALLS)
    keeping.keep(store, "me", [Tariff(tariff="T", since=date(2026, 1, 1), lines=(Line(Decimal(1), "7"),))])
    report = tmp_path / "places.toml"
    report.write_text('title = "Places"\nrows = ["country"]\nmetrics = ["calls"]\n')
    wanted = tmp_path / "rules.toml"
    wanted.write_text('[[rule]]\nname = "x"\ndoes = "spam"\nwhen = [["country", "is", ["by"]]]')
    files = {"report": {"name": str(report)}, "rules preview": {"path": str(wanted)}}
    done = commands.run(store, name, arguments | files.get(name, {}), print)
    assert done.code == 0, done.text
    assert places.unknown(store) == 0
    shown = {"report": "Belarus", "tariffs audit": "not_in_tariff", "rules preview": "1 call would change"}
    assert shown[name] in done.text

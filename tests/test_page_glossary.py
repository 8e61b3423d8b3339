"""The glossary: every number with its meaning, SQL, settings and value, without a browser."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from calldash import glossary as terms
from calldash.asking import ask
from calldash.formats import show
from calldash.metrics import DIMENSIONS, METRICS
from calldash.query import Moment
from calldash.settings import THRESHOLDS, load
from tests.drawn import draw
from tests.in_app import app, first_in_menu

pytest_plugins = ("tests.in_app",)

ROOT = Path(__file__).parents[1]
CALLS = """
started_at | direction | client | answered | wait_s | talk_s | employee | sale_amount
09:00      | in        | A      | true     | 10     | 60     | Ann      | 100
09:10      | in        | B      | false    | 30     | 0      | Ann      |
+1 09:20   | in        | C      | true     | 20     | 180    | Bob      |
"""


@pytest.fixture
def page_here(tmp_path, monkeypatch):
    """The glossary as the only page of the menu."""
    first_in_menu(monkeypatch, tmp_path, "glossary")


def shown(test: AppTest) -> dict[str, str]:
    """The value of each number on the page, by its key."""
    bodies = [element.proto.body for element in test.get("html")]
    found = (re.search(r"<code>(\w+)</code><span>([^<]*)</span>", body) for body in bodies)
    return {one[1]: one[2] for one in found if one}


def test_every_number_with_its_value_now(app_store, page_here):
    draw(app_store, CALLS)
    values = ask(app_store, list(METRICS)).iloc[0]
    test = app()
    assert shown(test) == {key: show(key, values[key]) for key in METRICS}
    assert shown(test)["missed_share"] == "33.3%"
    said = "".join(element.proto.body for element in test.get("html"))
    assert all(f"<code>{key}</code>" in said for key in DIMENSIONS)
    assert all(f"<code>{name}</code>" in said for name in THRESHOLDS)


def test_values_of_the_filter_in_force(app_store, page_here):
    draw(app_store, CALLS)
    test = app(since="2026-03-03", until="2026-03-03")
    assert shown(test)["inbound_calls"] == "3"
    test.main.get("button_group")[0].set_value("chosen").run()
    assert shown(test)["inbound_calls"] == "1"


def test_an_empty_store_still_explains(app_store, page_here):
    found = shown(app())
    assert set(found) == set(METRICS)
    assert found["calls"] == "0"
    assert found["missed_share"] == "—"


def test_searching_by_name_key_and_definition(app_store, page_here):
    test = app()
    field = test.text_input(key="glossary_search")
    assert set(shown(field.set_value("PICK-UP SHARE").run())) == {"pickup_share"}
    assert set(shown(field.set_value("p90_w").run())) == {"p90_wait_s"}
    assert {"load_balance"} <= set(shown(field.set_value("gini").run()))
    field.set_value("zzz").run()
    assert not shown(test)
    assert [info.value for info in test.info][-1] == "No number has this in its name or definition."


def test_every_number_stands_once():
    assert sorted(term.metric.key for term in terms.terms()) == sorted(METRICS)
    assert not [term.metric.key for term in terms.terms() if term.subject == terms.OTHER]


@pytest.mark.parametrize(
    ("key", "settings"),
    [
        ("missed_calls", ()),
        ("service_level", ("service_level_s", "short_abandon_s")),
        ("timely_callback_share", ("callback_target_min", "callback_window_h")),
        ("avg_callback_delay_s", ("callback_window_h",)),
        ("unique_target_calls", ("target_talk_s", "unique_memory_days")),
        ("repeat_calls", ("repeat_days",)),
    ],
)
def test_settings_behind_a_number(key, settings):
    assert terms.settings_of(METRICS[key]) == settings


def test_declared_settings_are_among_them():
    assert all(set(metric.settings) <= set(terms.settings_of(metric)) for metric in METRICS.values())


def test_a_formula_is_what_is_asked(store):
    draw(store, CALLS)
    moment = Moment(store.settings, store.now())
    found = {metric.key: terms.in_force(metric.sql, moment) for metric in METRICS.values() if metric.table == "calls"}
    listed = ", ".join(f"{sql} AS {key}" for key, sql in found.items())
    asked = ask(store, list(found)).iloc[0]
    ran = store.frame(f"SELECT {listed} FROM calls").iloc[0]
    assert {key: show(key, ran[key]) for key in found} == {key: show(key, asked[key]) for key in found}


def test_a_formula_has_the_thresholds_in_force():
    moment = Moment(load(service_level_s=37))
    assert "wait_s <= 37" in terms.in_force(METRICS["service_level"].sql, moment)
    assert "{" not in "".join(terms.in_force(metric.sql + metric.rows, moment) for metric in METRICS.values())

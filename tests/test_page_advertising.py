"""The page about advertising: tracking numbers and rules, and what it says of them elsewhere."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from calldash import audit
from calldash.advertising import tracking
from calldash.marking import rules
from calldash.people import Person
from calldash.store import Store
from calldash.store.rule_conditions import Condition, Rule
from calldash.ui import run
from tests.drawn import draw
from tests.in_app import app, app_store, first_in_menu

__all__ = ["app_store"]

CALLS = """
    started_at | direction | client | line        | answered | talk_s | source
    10:00      | in        | A      | 84951111111 | yes      | 60     |
    11:00      | in        | B      | 84951111111 | yes      | 60     |
    12:00      | in        | C      | 84952222222 | yes      | 60     | ya
    13:00      | in        | D      | 84953333333 | no       | 0      |
"""
LINE = (1, {"line": "84951111111", "source": "radio"})


def opened(monkeypatch: pytest.MonkeyPatch, folder: Path, page: str, **params: str) -> AppTest:
    first_in_menu(monkeypatch, folder, page)
    return app(**params)


def said(test: AppTest) -> str:
    return "\n".join(
        str(one.value).replace("\\", "")
        for kind in ("markdown", "caption", "info", "success")
        for one in test.get(kind)
    )


def test_how_far_sources_are_known(app_store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    draw(app_store, CALLS)
    tracking.save(app_store, audit.LOCAL, [LINE])
    test = opened(monkeypatch, tmp_path, "advertising")
    assert (
        "The phone system names the source of 1 inbound calls, the line that of 2. For 1 of 4 nobody does: 75.0% have a source."
        in said(test)
    )
    assert "Sources are mostly known" in said(test)


def test_a_rule_is_made_tried_and_saved(app_store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    draw(app_store, CALLS)
    test = opened(monkeypatch, tmp_path, "advertising", part="rules")
    test.button("rule_start_never").click().run()
    [value] = [one for one in test.text_input if one.label == "Value"]
    value.set_value("84951111111, 84953333333").run()
    test.button("rule_take").click().run()
    assert "These rules are not saved yet." in said(test)
    assert rules.rules(app_store) == []
    test.button("rules_try").click().run()
    assert "3 calls would change." in said(test)
    assert rules.rules(app_store) == []
    test.button("rules_save").click().run()
    assert not test.exception
    assert "Saved. 3 calls changed." in said(test)
    [rule] = rules.rules(app_store)
    assert (rule.does, rule.conditions) == ("not_target", (Condition("line", "is", ("+74951111111", "+74953333333")),))


def test_a_rule_that_is_wrong_is_told(app_store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    draw(app_store, CALLS)
    test = opened(monkeypatch, tmp_path, "advertising", part="rules")
    test.button("rule_start_block").click().run()
    test.button("rule_take").click().run()
    assert [one.value for one in test.error] == ["client: say what to compare with."]


def test_a_rule_is_switched_off_and_the_draft_thrown_away(
    app_store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    draw(app_store, CALLS)
    rules.save(app_store, audit.LOCAL, [Rule("Radio", "spam", (Condition("line", "begins", ("+7495111",)),))])
    test = opened(monkeypatch, tmp_path, "advertising", part="rules")
    assert "Radio**" in said(test)
    test.toggle[0].set_value(False).run()
    test.button("rules_discard").click().run()
    assert [rule.active for rule in rules.rules(app_store)] == [True]
    assert "not saved yet" not in said(test)
    test.toggle[0].set_value(False).run()
    test.button("rules_save").click().run()
    assert [rule.active for rule in rules.rules(app_store)] == [False]
    assert app_store.rows("SELECT count(*) FROM calls WHERE spam") == [(0,)]


def test_the_number_beside_a_rule_opens_its_calls(
    app_store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    draw(app_store, CALLS)
    rules.save(app_store, audit.LOCAL, [Rule("Radio", "spam", (Condition("line", "begins", ("+7495111",)),))])
    [rule] = rules.rules(app_store)
    first_in_menu(monkeypatch, tmp_path, "advertising", "calls")
    test = app(part="rules")
    button = test.button(f"rule_row_{rule.rule_no}_calls")
    assert button.label == "2 calls"
    button.click().run()
    assert test.query_params["behind"] in (f"rule:{rule.rule_no}", [f"rule:{rule.rule_no}"])


def test_who_sees_numbers_masked_sees_no_block_list(
    app_store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    draw(app_store, CALLS)
    rules.save(app_store, audit.LOCAL, [Rule("Block", "spam", (Condition("client", "is", ("+79161111111",)),))])
    [rule] = rules.rules(app_store)
    monkeypatch.setattr(run, "LOCAL", Person("mark", "Mark", "marketer"))
    test = opened(monkeypatch, tmp_path, "advertising", part="rules")
    assert "+79161111111" not in said(test)
    assert "+791••••••11" in said(test)
    assert test.button(f"rule_row_{rule.rule_no}_edit").disabled
    assert "rule_start_block" not in [one.key for one in test.button]


def test_the_rules_are_shown_with_the_numbers(
    app_store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    draw(app_store, CALLS)
    rules.save(app_store, audit.LOCAL, [Rule("Radio", "spam", (Condition("line", "begins", ("+7495111",)),))])
    test = opened(monkeypatch, tmp_path, "sources")
    assert "By 1 rule; 2 calls were taken for spam by them." in said(test)

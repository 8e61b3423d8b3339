"""Changed settings, and all else that is recorded, read in the audit trail."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from calldash import audit, i18n
from calldash.audit import noted_settings
from calldash.server.files import KINDS
from calldash.store import Store
from calldash.telling.actions import ACTIONS
from calldash.telling.details import NAMES, told_details, told_subject

ROOT = Path(__file__).parents[1] / "calldash"


def noted(store: Store) -> list[dict[str, list[object]]]:
    noted_settings.note(store)
    lines = audit.trail(store)
    return [json.loads(detail)["changed"] for _at, _who, action, _subject, detail in lines if action == "settings"]


def test_the_first_time_what_differs_from_the_defaults_is_noted(open_here) -> None:
    assert noted(open_here(service_level_s=30))[0]["service_level_s"] == [20, 30]


def test_a_setting_that_changed_is_noted_once(open_here) -> None:
    store = open_here()
    before = len(noted(store))
    assert len(noted(store)) == before
    store.close()
    changed = open_here(margin=0.5)
    assert noted(changed)[0] == {"margin": [1.0, 0.5]}
    assert len(noted(changed)) == before + 1
    changed.close()
    assert noted(open_here())[0] == {"margin": [0.5, 1.0]}


def test_of_a_secret_the_trail_knows_only_that_there_is_one(open_here) -> None:
    store = open_here(metrics_token="open sesame, please", oidc_client_secret="another secret")
    changed = noted(store)[0]
    assert changed["metrics_token"][0] is None
    assert changed["metrics_token"] == changed["oidc_client_secret"]
    assert "sesame" not in json.dumps(audit.trail(store), default=str)


def recorded() -> Iterator[tuple[str, str]]:
    """Each place that records an action by its name, and the name."""
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record":
                yield from (
                    (f"{path.relative_to(ROOT)}:{node.lineno}", str(one.value))
                    for one in ast.walk(node.args[2])
                    if isinstance(one, ast.Constant)
                )


@pytest.mark.parametrize(("place", "action"), [*recorded(), *((key, kind.action) for key, kind in KINDS.items())])
def test_every_action_that_is_recorded_has_words(place: str, action: str) -> None:
    assert action in ACTIONS


def named() -> Iterator[tuple[str, str]]:
    """Each place that records details by name, and the name."""
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record":
                yield from ((f"{path.relative_to(ROOT)}:{node.lineno}", one.arg) for one in node.keywords if one.arg)


@pytest.mark.parametrize(("place", "name"), [*named()])
def test_every_detail_that_is_recorded_has_words(place: str, name: str) -> None:
    assert name in NAMES


def test_details_are_told_in_words() -> None:
    i18n.use("ru")
    told = told_details({"address": "10.0.0.1", "how": "password", "teams": [], "employee": None})
    assert told == "Адрес: 10.0.0.1; Способ входа: пароль"
    assert told_details({"changed": {"margin": [1.0, 0.5], "oidc_issuer": [None, "x"]}}) == (
        "Изменилось: margin 1.0 → 0.5, oidc_issuer — → x"
    )
    assert (told_subject("rules"), told_subject("olga")) == ("Правила", "olga")
    assert told_details({"before": "lead", "role": "admin", "offered": True}) == (
        "Раньше: Руководители групп; Роль: Администраторы; Предлагается: да"
    )

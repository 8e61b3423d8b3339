"""Ten calls that differ in what matters, in the app's store or in one of their own, and what the journal made of them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from calldash.query import Moment
from calldash.settings import load
from calldash.store import Store, named, open_store
from tests.drawn import draw
from tests.in_app import first_in_menu

NAMES = """started_at | direction | client    | answered | wait_s | talk_s | cost | employee       | source  | miss_reason | kind | spam | recording
09:00      | in        | A         | true     | 10     | 60     | 2.50 | Ann            | <b>x</b>|             |      |      | one.wav
09:10      | in        | B         | false    | 3      | 0      | 0    |                | a,b"c   | abandoned   |      |      |
09:30      | out       | B         | false    |        | 0      | 1.25 | Ann            |         |             |      |      |
09:40      | out       | B         | true     |        | 30     | 1    | =1+1           |         |             |      |      |
10:00      | in        | anonymous | true     | 40     | 20     |      | **bold**       |         |             |      |      |
10:10      | int       |           | true     |        | 5      |      | Bob            |         |             |      |      |
10:20      | out       | A         |          |        |        | 3    |                |         |             | sms  |      |
10:30      | in        | C         | true     | 5      | 5      |      |                |         |             |      | true |
10:40      | in        | D         | false    | 50     | 0      |      |                |         | no_answer   |      |      | https://example.org/1.mp3
10:50      | in        | D         | false    | 60     | 0      |      |                |         | no_answer   |      |      | none.mp3
"""


@pytest.fixture
def filled(app_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store with ten calls, Calls the only page of the menu."""
    first_in_menu(monkeypatch, tmp_path, "calls")
    draw(app_store, NAMES)
    return app_store


@pytest.fixture(scope="module")
def ten(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The ten calls in a store that no test changes."""
    folder = tmp_path_factory.mktemp("ten")
    store = open_store(load(db=folder / "calls.duckdb", data=folder))
    draw(store, NAMES)
    yield store
    store.close()


def components(test: AppTest, key: str) -> list[dict[str, Any]]:
    """What components of our own were given, in their order on the page: those whose data have `key`."""
    found = [json.loads(element.proto.json) for element in test.get("bidi_component") if element.proto.json]
    return [data for data in found if key in data]


def texts(test: AppTest, column: int) -> list[str]:
    """The texts of a column of the journal."""
    return [row["cells"][column]["text"] for row in components(test, "rows")[0]["rows"]]


def said(test: AppTest) -> str:
    """All text of the page and of the card."""
    kinds = ("html", "markdown", "caption", "warning", "info", "subheader")
    return " ".join(getattr(one.proto, "body", "") for kind in kinds for one in test.get(kind)).replace("\u00a0", " ")


def number_of(store: Store, call: str) -> int:
    """The number of the call with an id."""
    return int(store.rows("SELECT call_no FROM calls WHERE id = ?", [call])[0][0])


def name_of(store: Store, call: str) -> str:
    """The name of the call with an id, as a URL has it."""
    return named.name(store, number_of(store, call))


def moment(store: Store) -> Moment:
    """Now, as the store has it."""
    return Moment(store.settings, store.now())

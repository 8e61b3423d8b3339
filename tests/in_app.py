"""The store as the app holds it: the process's one, in the test's folder."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from calldash.server import running
from calldash.store import Store
from calldash.ui import menu
from tests import kept
from tests.patience import PATIENCE_S


@pytest.fixture
def app_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty store that pages see, with settings as they come."""
    with held(tmp_path, monkeypatch) as store:
        yield store


@contextmanager
def held(folder: Path, monkeypatch: pytest.MonkeyPatch, fill: kept.Filling | None = None) -> Iterator[Store]:
    """A store in `folder` that pages see, with settings as they come: empty, or with what `fill` puts there."""
    monkeypatch.setenv("CALLDASH_DB", str(folder / "app.duckdb"))
    monkeypatch.setenv("CALLDASH_DATA", str(folder))
    kept.put(folder / "app.duckdb", fill)
    running.close()
    st.cache_data.clear()
    yield running.store()
    running.close()


def first_in_menu(monkeypatch: pytest.MonkeyPatch, folder: Path, *keys: str) -> None:
    """Makes the menu that of the pages `keys` alone; what the first run of the app shows is the first of them."""
    pages = folder / "pages"
    pages.mkdir()
    for key in keys:
        (pages / f"{key}.py").write_text((menu.FOLDER / f"{key}.py").read_text())
    monkeypatch.setattr(menu, "FOLDER", pages)
    there = {entry.key: entry for entry in menu.PAGES}
    monkeypatch.setattr(menu, "PAGES", tuple(there[key] for key in keys))


def tables(test: AppTest) -> list[dict[str, Any]]:
    """What each table of a page that opens into its rows was given."""
    found = [json.loads(one.proto.json) for one in test.get("bidi_component") if one.proto.json]
    return [data for data in found if "heads" in data]


def cells(test: AppTest) -> dict[str, list[tuple[str, str]]]:
    """The numbers of the only such table and what stands below them, by the names of its rows."""
    (table,) = tables(test)
    return {row["name"]: [(cell["text"], cell["note"]) for cell in row["cells"]] for row in table["rows"]}


def app(**params: str) -> AppTest:
    """A run of the app with `params` in the URL, in English unless they say otherwise; nothing on it went wrong."""
    test = AppTest.from_file("../calldash/ui/shell.py", default_timeout=PATIENCE_S)
    for name, value in ({"lang": "en"} | params).items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    assert not test.error
    return test

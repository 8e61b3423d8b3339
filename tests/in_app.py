"""The store as the app holds it: the process's one, in the test's folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from calldash.server import running
from calldash.store import Store


@pytest.fixture
def app_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty store that pages see, with settings as they come."""
    monkeypatch.setenv("CALLDASH_DB", str(tmp_path / "app.duckdb"))
    monkeypatch.setenv("CALLDASH_DATA", str(tmp_path))
    running.close()
    st.cache_data.clear()
    yield running.store()
    running.close()

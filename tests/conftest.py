"""What tests share: an environment without the operator's settings, and stores that are closed in the end."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from calldash import i18n
from calldash.people import LOCAL, viewer
from calldash.settings import load
from calldash.store import Store, open_store
from tests import chromium, kept
from tests.served import browser  # noqa: F401

# The same cases every time, and no clock in any of them.
settings.register_profile("calldash", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calldash")

Opener = Callable[..., Store]


@pytest.fixture(autouse=True)
def _settings_of_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of whoever runs the tests decides nothing."""
    for name in list(os.environ):
        if name.startswith("CALLDASH_") and name != chromium.SETTING:
            monkeypatch.delenv(name)
    i18n.use(i18n.SOURCE)
    viewer.use(LOCAL)


@pytest.fixture
def open_here(tmp_path: Path) -> Iterator[Opener]:
    """Opens the store in the test's folder with the settings given; the one opened before is closed."""
    held: list[Store] = []

    def opened(**settings: Any) -> Store:
        while held:
            held.pop().close()
        wanted = load(**({"db": tmp_path / "calls.duckdb", "data": tmp_path} | settings))
        if wanted.db.parent == tmp_path:
            kept.put(wanted.db)
        held.append(open_store(wanted))
        return held[0]

    yield opened
    while held:
        held.pop().close()


@pytest.fixture
def store(open_here: Opener) -> Store:
    """An empty store with default settings."""
    return open_here()

"""Settings: defaults that work, the environment over calldash.toml, one sentence about what is wrong."""

from pathlib import Path
from typing import Any

import pytest

from calldash.problems import Problem
from calldash.settings import STORED, THRESHOLDS, Settings, load


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings file is looked for in the working directory."""
    monkeypatch.chdir(tmp_path)


def test_defaults_are_those_of_the_definitions() -> None:
    found = load()
    assert (found.service_level_s, found.short_abandon_s, found.callback_target_min, found.target_talk_s) == (
        20,
        5,
        15,
        30,
    )
    assert (found.callback_window_h, found.repeat_days, found.unique_memory_days, found.margin) == (24, 1, None, 1)
    assert (found.zone, found.region, found.currency) == ("Europe/Moscow", "RU", "RUB")


def test_given_over_environment_over_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("calldash.toml").write_text('zone = "Asia/Omsk"\nservice_level_s = 30\nrepeat_days = 7\n')
    monkeypatch.setenv("CALLDASH_SERVICE_LEVEL_S", "40")
    monkeypatch.setenv("CALLDASH_REPEAT_DAYS", "3")
    found = load(repeat_days=2)
    assert (found.zone, found.service_level_s, found.repeat_days) == ("Asia/Omsk", 40, 2)


@pytest.mark.parametrize("text", ["", "none", "None"])
def test_no_memory_means_ever(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("CALLDASH_UNIQUE_MEMORY_DAYS", text)
    assert load().unique_memory_days is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("service_level_s", "-1"),
        ("service_level_s", "soon"),
        ("service_level_target", "1.5"),
        ("callback_window_h", "0"),
        ("unique_memory_days", "0"),
        ("max_file_mb", "0"),
        ("zone", "Mars/Olympus"),
        ("zone", ""),
        ("zone", "../../etc/passwd"),
        ("region", "Russia"),
        ("currency", "roubles"),
        ("memory_limit", "much"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"CALLDASH_{name.upper()}", value)
    with pytest.raises(Problem, match=name) as raised:
        load()
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("text", ["zone = ", "moon = 1", "[zone]\nname = 1"])
def test_a_wrong_file_is_told(text: str) -> None:
    Path("calldash.toml").write_text(text)
    with pytest.raises(Problem) as raised:
        load()
    assert "\n" not in str(raised.value)


def test_thresholds_are_settings() -> None:
    names: Any = set(Settings.model_fields)
    assert set(STORED) < set(THRESHOLDS) <= names

"""Settings: defaults that work, the environment over calldash.toml, one sentence about what is wrong."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from calldash import i18n
from calldash.__main__ import app
from calldash.problems import Problem
from calldash.settings import STORED, THRESHOLDS, Settings, load, wrong_settings
from tests.drawn import cases


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


SAID = """
    variable                  | value               | russian
    CALLDASH_SERVICE_LEVEL_S  | soon                | Настройка service_level_s (переменная CALLDASH_SERVICE_LEVEL_S): напишите целое число.
    CALLDASH_CALLBACK_WINDOW_H | 0                  | Настройка callback_window_h (переменная CALLDASH_CALLBACK_WINDOW_H): должно быть больше 0.
    CALLDASH_LANGUAGE         | de                  | Настройка language (переменная CALLDASH_LANGUAGE): напишите одно из этого: 'ru', 'en'.
    CALLDASH_ZONE             | Mars/Olympus        | Настройка zone (переменная CALLDASH_ZONE): нет часового пояса Mars/Olympus.
    CALLDASH_WORKING_HOURS    | Mondy 9:00-18:00    | Настройка working_hours (переменная CALLDASH_WORKING_HOURS): Mondy — не день недели: пишите Mon Tue Wed Thu Fri Sat Sun, Mon-Fri или daily.
    CALLDASH_LINE_GROUPS      | {"none": "1"}       | Настройка line_groups (переменная CALLDASH_LINE_GROUPS): группу линий нельзя назвать «none».
    CALLDASH_DAY_EXCEPTIONS   | {"1.1": "off"}      | Настройка day_exceptions (переменная CALLDASH_DAY_EXCEPTIONS): 1.1 = off: пишите день как 2026-12-31 и 09:00-13:00 или off.
"""


@pytest.mark.parametrize("case", cases(SAID), ids=lambda case: case["variable"])
def test_a_wrong_setting_is_told_in_the_readers_language_with_its_place(
    monkeypatch: pytest.MonkeyPatch, case: dict[str, str]
) -> None:
    monkeypatch.setenv(case["variable"], case["value"])
    with pytest.raises(Problem) as raised:
        load()
    i18n.use("ru")
    try:
        assert i18n.say(raised.value) == case["russian"]
    finally:
        i18n.use("en")


def test_the_file_of_a_wrong_setting_is_named() -> None:
    Path("calldash.toml").write_text("margin = 1\n")
    Path("secrets.toml").write_text("metrics_token = 5\nmoon = 1\n")
    with pytest.raises(Problem) as raised:
        load()
    assert "(file secrets.toml): " in str(raised.value) and "5" not in str(raised.value)
    Path("secrets.toml").write_text("a = 1\nzone = \n")
    with pytest.raises(Problem, match=r"secrets\.toml is not TOML: line 2, column 8"):
        load()


def test_what_a_command_was_given_has_no_place() -> None:
    with pytest.raises(Problem) as raised:
        load(zone="Mars")
    assert str(raised.value) == "Setting zone: there is no time zone Mars."


def test_each_limit_of_a_setting_has_words() -> None:
    """What pydantic can say of our fields stands in the table: nothing is told in English only."""
    for name, wrong in (("recording_max_redirects", 21), ("service_level_target", 2), ("memory_limit", "much"),
                        ("moon", 1), ("google_target_name", ""), ("google_missed_name", "x" * 101), ("margin", "x"), ("service_level_s", 1.5), ("zone", 5)):  # fmt: skip
        with pytest.raises(Problem) as raised:
            load(**{name: wrong})
        assert raised.value.values["reason"].message in wrong_settings.REASONS.values(), name


def test_the_language_is_known_before_the_settings_are_right(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("calldash.toml").write_text('language = "en"\nmoon = 1\n')
    assert wrong_settings.language() == "en"
    monkeypatch.setenv("CALLDASH_LANGUAGE", "ru")
    assert wrong_settings.language() == "ru"
    monkeypatch.setenv("CALLDASH_LANGUAGE", "de")
    assert wrong_settings.language() == "en"


def test_a_command_says_it_in_the_language_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALLDASH_ZONE", "Mars")
    told = CliRunner().invoke(app, ["check"])
    assert told.exit_code == 1 and "нет часового пояса Mars" in told.output


def test_thresholds_are_settings() -> None:
    names: Any = set(Settings.model_fields)
    assert set(STORED) < set(THRESHOLDS) <= names

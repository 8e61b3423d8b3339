"""The golden rows give the golden figures, asked as an operator asks: through the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from calldash.__main__ import app
from tests.conftest import Opener
from tests.drawn import draw, figures

PAIRS = ("golden", "golden-edges")
STRICT = {
    "CALLDASH_SERVICE_LEVEL_S": "10",
    "CALLDASH_SHORT_ABANDON_S": "10",
    "CALLDASH_CALLBACK_TARGET_MIN": "5",
    "CALLDASH_TARGET_TALK_S": "120",
    "CALLDASH_REPEAT_DAYS": "3",
}
SECTIONS: dict[str, list[str]] = {
    "all": [],
    "by_day": ["--by", "day"],
    "by_hour": ["--by", "hour"],
    "by_weekday": ["--by", "weekday"],
    "by_source": ["--by", "source"],
    "by_employee_of_call": ["--by", "employee"],
    "outbound": ["--where", "direction=outbound"],
    "one_week": ["--since", "2025-10-27", "--until", "2025-11-02"],
    "sales_team": ["--where", "team=Sales"],
    "strict": [],
}


def run(db: Path, *arguments: str, env: dict[str, str] | None = None) -> str:
    found = CliRunner().invoke(app, [*arguments, "--db", str(db)], env=env)
    assert found.exit_code == 0, found.output
    return found.stdout


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A store for each pair."""
    folder = tmp_path_factory.mktemp("golden")
    for pair in PAIRS:
        run(folder / f"{pair}.duckdb", "import", str(Path(__file__).parent / pair / "calls.csv"))
    return {pair: folder / f"{pair}.duckdb" for pair in PAIRS}


def expected(pair: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((Path(__file__).parent / pair / "expected.json").read_text(encoding="utf-8"))
    return found


def differences(found: dict[str, Any], wanted: dict[str, Any], place: str = "") -> list[str]:
    """Where `found` is not `wanted`; keys that are not wanted are free, rows are not."""
    told = []
    for key, value in wanted.items():
        got = found.get(key, "nothing")
        if isinstance(value, dict):
            told += differences(got if isinstance(got, dict) else {}, value, f"{place}{key} ")
        elif None in (got, value) or got == "nothing":
            told += [] if got is value else [f"{place}{key}: {got}, not {value}"]
        elif got != pytest.approx(value, rel=1e-6, abs=1e-12):
            told.append(f"{place}{key}: {got}, not {value}")
    return told


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("pair", PAIRS)
def test_section(imported: dict[str, Path], tmp_path: Path, pair: str, section: str) -> None:
    wanted = expected(pair)
    assert set(wanted) == set(SECTIONS)
    db, env = imported[pair], None
    if section == "strict":
        db, env = tmp_path / "strict.duckdb", STRICT
        run(db, "import", str(Path(__file__).parent / pair / "calls.csv"), env=env)
    found = json.loads(run(db, "kpi", "all", "--format", "json", *SECTIONS[section], env=env))
    if section.startswith("by_"):
        assert set(found) == set(wanted[section])
    assert differences(found, wanted[section]) == []


@pytest.mark.parametrize("pair", PAIRS)
def test_thresholds_changed_later_give_the_same_figures(imported: dict[str, Path], pair: str) -> None:
    """A store filled with other thresholds is brought up to date when it is opened, there and back."""
    for env, section in ((STRICT, "strict"), (None, "all")):
        found = json.loads(run(imported[pair], "kpi", "all", "--format", "json", env=env))
        assert differences(found, expected(pair)[section]) == []


@pytest.mark.parametrize(
    ("setting", "value", "asked", "keys", "before", "after"),
    [
        ("repeat_days", 2, {}, "repeat_calls", [0], [1]),
        ("unique_memory_days", 1, {}, "unique_calls", [2], [4]),
        ("callback_window_h", 26, {}, "missed_clients lost_share called_back_share", [1, 1, 0], [1, 0, 1]),
        ("zone", "UTC", {"day": "2026-03-05"}, "inbound_calls", [0], [1]),
    ],
)
def test_a_changed_setting_makes_the_stored_facts_anew(
    open_here: Opener, setting: str, value: Any, asked: dict[str, str], keys: str, before: list[int], after: list[int]
) -> None:
    draw(
        open_here(),
        """
        started_at | direction | client | answered | wait_s | talk_s
        23:30      | in        | A      | yes      | 5      | 40
        +1 23:31   | in        | A      | yes      | 5      | 40
        +4 01:30   | in        | A      | yes      | 5      | 40
        10:00      | in        | B      | no       | 5      | 0
        +1 11:00   | out       | B      | yes      | 5      | 40
        """,
    )
    assert list(figures(open_here(), keys, **asked).values()) == before
    assert list(figures(open_here(**{setting: value}), keys, **asked).values()) == after
    assert list(figures(open_here(), keys, **asked).values()) == before

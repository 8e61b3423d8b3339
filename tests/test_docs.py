"""What the documents claim: every figure, provider, setting and command is there, as the program has it."""

import re
import tomllib
from pathlib import Path

import pytest

from calldash.__main__ import app
from calldash.metrics import DIMENSIONS, METRICS, Metric
from calldash.providers import registry
from calldash.providers.own import Own
from calldash.providers.plain import COLUMNS
from calldash.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
KPIS = (ROOT / "docs/kpis.md").read_text()
PROVIDERS = (ROOT / "docs/providers.md").read_text()


def kpi_line(metric: Metric) -> str:
    settings = ", ".join(f"`{name}`" for name in metric.settings)
    return f"| `{metric.key}` | {metric.title} | {metric.words} | {metric.unit} | {metric.better or '–'} | {settings} |"


@pytest.mark.parametrize("metric", METRICS.values(), ids=list(METRICS))
def test_every_figure_is_documented_as_it_is(metric: Metric) -> None:
    assert kpi_line(metric) in KPIS.split("\n")


def test_no_figure_is_documented_that_is_not_there() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", KPIS, re.MULTILINE)) == set(METRICS) | set(DIMENSIONS)


@pytest.mark.parametrize("provider", registry().values(), ids=list(registry()))
def test_every_provider_is_in_the_readme_and_the_documents(provider) -> None:
    assert f"| {provider.name} | `{provider.key}` |" in README
    assert f"Key `{provider.key}`." in PROVIDERS


@pytest.mark.parametrize("column", [column.name for column in COLUMNS])
def test_every_plain_column_is_documented(column: str) -> None:
    rows = [line for line in PROVIDERS.split("\n") if line.startswith("| `")]
    assert any(f"`{column}`" in line.split("|")[1] for line in rows)


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_is_in_the_readme_with_its_default(name: str) -> None:
    found = re.search(rf"^\| `{name}` \| (.+?) \|", README, re.MULTILINE)
    assert found, name
    default = Settings.model_fields[name].default
    assert found[1] == ("none" if default is None else f"`{default}`")


def test_the_example_of_an_own_provider_is_one() -> None:
    example = re.search(r"```toml\n(.*?)```", PROVIDERS, re.DOTALL)
    assert example
    assert Own.model_validate(tomllib.loads(example[1])).system == "bank"


def test_the_commands_of_the_readme_exist() -> None:
    known = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    known |= {group.name for group in app.registered_groups}
    assert set(re.findall(r"python -m calldash (\w+)", README)) <= known


def test_the_links_of_the_documents_lead_somewhere() -> None:
    for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#\s]+)", path.read_text()):
            assert target.startswith("http") or (path.parent / target).exists(), (path.name, target)


def test_every_part_of_the_program_is_on_the_map() -> None:
    drawn = (ROOT / "docs/architecture.md").read_text().split("```")[1]
    parts = [path.name + "/" * path.is_dir() for path in (ROOT / "calldash").iterdir() if path.name != "__init__.py"]
    missing = {name for name in parts if not name.startswith("__pycache__")} - set(drawn.split())
    assert not missing

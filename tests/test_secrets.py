"""Secrets: where they come from, which place wins, and that nobody reads them anywhere else."""

import logging
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from calldash.problems import Problem
from calldash.server import logs
from calldash.settings import load
from calldash.settings.watched import read_by_others
from tests.served import running
from tests.test_logs import FORMATS

SECRET, OTHER = "s3cret-of-the-file", "s3cret-of-the-environment"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The working directory, where the files of settings are looked for."""
    monkeypatch.chdir(tmp_path)
    yield tmp_path


def written(folder: Path, text: str, mode: int = 0o600) -> Path:
    path = folder / "secrets.toml"
    path.write_text(text)
    path.chmod(mode)
    return path


def test_secrets_are_read_beside_the_settings_and_the_environment_wins(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "calldash.toml").write_text('zone = "Asia/Omsk"\nmetrics_token = "of the settings"\n')
    written(folder, f'metrics_token = "{SECRET}"\noidc_client_secret = "{SECRET}"\n')
    found = load()
    assert found.zone == "Asia/Omsk"
    assert found.metrics_token and found.metrics_token.get_secret_value() == SECRET, "the later file wins"
    assert found.oidc_client_secret and found.oidc_client_secret.get_secret_value() == SECRET
    monkeypatch.setenv("CALLDASH_METRICS_TOKEN", OTHER)
    found = load()
    assert found.metrics_token and found.metrics_token.get_secret_value() == OTHER
    assert SECRET not in repr(found) + str(found) + found.model_dump_json()


@pytest.mark.parametrize(
    "text",
    [
        f'metrics_token = "{SECRET}',
        f"metrics_token = {SECRET}",
        f"{SECRET}",
        f'metrics_tokn = "{SECRET}"',
        f'[metrics_token]\nis = "{SECRET}"',
        f'metrics_token = ["{SECRET}"]',
    ],
)
def test_a_wrong_file_is_one_sentence_without_the_secret(folder: Path, text: str) -> None:
    written(folder, text)
    with pytest.raises(Problem) as raised:
        load()
    said = str(raised.value)
    assert ("secrets.toml" in said or "metrics_tok" in said) and "\n" not in said
    assert SECRET not in said
    line = FORMATS["plain"]().format(logging.LogRecord("calldash", logging.ERROR, "", 0, "%s", (said,), None))
    told = FORMATS["plain"]().format(
        logging.LogRecord("calldash", 40, "", 0, "failed", (), (Problem, raised.value, raised.value.__traceback__))
    )
    assert SECRET not in line + told


@pytest.mark.parametrize(
    ("mode", "told"), [(0o600, False), (0o400, False), (0o640, True), (0o604, True), (0o644, True)]
)
def test_a_file_that_others_may_read_is_told_of(folder: Path, mode: int, told: bool) -> None:
    path = written(folder, f'metrics_token = "{SECRET}"', mode)
    assert read_by_others() == ([path.name] if told else [])


def test_no_file_no_warning(folder: Path) -> None:
    assert read_by_others() == []


def asked(address: str, **headers: str) -> str:
    """All that an address answers with, whatever its status."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=30) as answer:
            return f"{answer.headers}{answer.read().decode('utf-8', 'replace')}"
    except urllib.error.HTTPError as error:
        return f"{error.headers}{error.read().decode('utf-8', 'replace')}"


def test_the_app_in_use_shows_its_secrets_nowhere(folder: Path) -> None:
    written(folder, f'metrics_token = "{SECRET}"\noidc_client_secret = "{OTHER}"\n', 0o644)
    log = folder / "log"
    with running(log, folder, db=folder / "calls.duckdb", data=folder) as address:
        metrics = asked(f"{address}/metrics", Authorization=f"Bearer {SECRET}")
        assert "calldash_calls 0.0" in metrics
        answers = [metrics] + [
            asked(f"{address}{path}", Authorization=f"Bearer wrong-{SECRET}")
            for path in ("/metrics", "/healthz", "/", "/sign-in", "/none", "/export/none", "/recording/none")
        ]
    said = log.read_text()
    assert "secrets.toml" in said and "0600" in said
    assert not [one for one in [*answers, said] if SECRET in one or OTHER in one]


def test_the_log_hides_a_token_that_somebody_logs() -> None:
    record = logging.LogRecord("httpx", 20, "", 0, "sent %s", (f"Authorization: Bearer {SECRET}",), None)
    assert SECRET not in logs.said(record)

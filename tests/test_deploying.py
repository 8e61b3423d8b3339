"""The examples for those who put the app on a server: they name what there is, and fit each other."""

import configparser
import os
import re
import shlex
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from calldash.__main__ import app
from calldash.settings import Settings

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs/operations.md").read_text()
DOCKER = (ROOT / "Dockerfile").read_text()
UNITS = dict(re.findall(r"`/etc/systemd/system/([\w.-]+)`:\n\n```ini\n(.*?)```", TEXT, re.DOTALL))


def unit(name: str) -> configparser.ConfigParser:
    """A unit as systemd reads it: keys may come again, the last one is enough here."""
    read = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read_string(UNITS[name])
    return read


def test_the_units_are_there_and_start_what_the_readme_starts() -> None:
    assert set(UNITS) == {"calldash.service", "calldash-backup.service", "calldash-backup.timer"}
    service = unit("calldash.service")["Service"]
    assert service["ExecStart"].removeprefix(f"{service['WorkingDirectory']}/") in (ROOT / "README.md").read_text()
    assert (service["User"], service["ProtectSystem"], service["NoNewPrivileges"]) == ("calldash", "strict", "yes")
    assert service["EnvironmentFile"].startswith("-/etc/"), "the file of secrets may be missing"
    assert 10 < int(service["TimeoutStopSec"]) <= 60, "longer than the app's own patience"


def test_the_app_may_write_where_the_backup_goes() -> None:
    """While the app runs it writes the backup, not the command."""
    place = shlex.split(unit("calldash-backup.service")["Service"]["ExecStart"])[-1].rstrip("/")
    for name in ("calldash.service", "calldash-backup.service"):
        assert place in unit(name)["Service"]["ReadWritePaths"].split()
    assert f"0700 /opt/calldash/data {place}" in TEXT


def test_the_line_for_cron_keeps_the_old_backups_where_the_new_one_failed(tmp_path: Path) -> None:
    [line] = re.findall(r"^\d+ \d+ \* \* \* calldash (cd .+)$", TEXT, re.MULTILINE)
    assert "%" not in line, "cron ends a line there"
    assert line.count("&&") == 2 and ";" not in line and "calldash backup" in line
    _go, _make, find = line.split("&& ")
    old, new = tmp_path / "calldash-2026-01-01-000000.calldash-backup", tmp_path / "calldash-new.calldash-backup"
    for path in (old, new, tmp_path / "other"):
        path.write_text("x")
    for path in (old, tmp_path / "other"):
        os.utime(path, (time.time() - 40 * 86_400,) * 2)
    subprocess.run(find.replace("/srv/backups/calldash", str(tmp_path)), shell=True, check=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == [new.name, "other"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for name, text in UNITS.items():
        (tmp_path / name).write_text(re.sub(r"/opt/calldash/\.venv/bin/\w+", "/usr/bin/true", text))
    for name in UNITS:
        done = subprocess.run(["systemd-analyze", "verify", str(tmp_path / name)], capture_output=True, text=True)
        assert (done.returncode, done.stderr.strip()) == (0, "")


def test_the_image_is_made_by_the_steps_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    for step in ("python3 -m venv .venv", "-r requirements.txt", "streamlit run app.py"):
        assert step in readme
        assert step in DOCKER or step in DOCKER.replace('", "', " ")
    for name in re.findall(r"^COPY (.+) \./$", DOCKER, re.MULTILINE)[0].split():
        assert (ROOT / name).is_file()
    assert all(name.lower() in Settings.model_fields for name in re.findall(r"CALLDASH_(\w+)=", DOCKER))


def test_the_image_runs_as_nobody_special_and_answers_for_its_health() -> None:
    steps = re.findall(r"^([A-Z]+) ", DOCKER, re.MULTILINE)
    assert steps.index("USER") < steps.index("CMD") and "root" not in re.findall(r"^USER (\w+)", DOCKER, re.MULTILINE)
    assert "HEALTHCHECK" in steps and "/healthz" in DOCKER
    assert re.findall(r"^VOLUME (\S+)", DOCKER, re.MULTILINE) == ["/data"]


@pytest.mark.parametrize("kept_out", ["secrets.toml", "calldash.toml", ".git", ".venv", "data/*", "tests"])
def test_secrets_and_data_do_not_get_into_an_image(kept_out: str) -> None:
    assert kept_out in (ROOT / ".dockerignore").read_text().split()


def test_the_commands_of_the_document_exist() -> None:
    known = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    assert {"invite", "backup", "check"} <= set(re.findall(r"-m calldash (\w+)", TEXT)) <= known

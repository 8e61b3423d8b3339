"""The headless Chromium of the browser tests: found on the system, else installed.

`python -m tests.chromium` makes sure that there is one, prints where, and fails with one sentence when it cannot.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

SETTING = "CALLDASH_CHROMIUM"
FLAGS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--autoplay-policy=no-user-gesture-required")
_COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
_ASK = f"The browser tests need Chromium: install the package chromium or Google Chrome, or name one in {SETTING}."


def find() -> str | None:
    """The path of a Chromium that runs: the one named in CALLDASH_CHROMIUM, the system's, or Playwright's own."""
    return next((path for path in _candidates() if _runs(path)), None)


def install() -> str | None:
    """Fetches Playwright's own Chromium, or as root the system's package; the path of what runs then."""
    _try(sys.executable, "-m", "playwright", "install", "chromium")
    found = find()
    if found is None and shutil.which("apt-get") and os.geteuid() == 0:
        _try("apt-get", "update", "-qq")
        _try("apt-get", "install", "-y", "-qq", "chromium")
        found = find()
    return found


def _candidates() -> Iterator[str]:
    if named := os.environ.get(SETTING):
        yield named
        return
    yield from (path for name in _COMMANDS if (path := shutil.which(name)))
    yield from _MAC
    with sync_playwright() as playwright:
        yield playwright.chromium.executable_path


def _runs(path: str) -> bool:
    """Whether the file is there and starts; some systems have a `chromium-browser` that only asks for a package."""
    if not Path(path).is_file():
        return False
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _try(*command: str) -> None:
    """Runs a command whose failure shows by Chromium still not being there; its output goes to stderr."""
    try:
        subprocess.run(command, stdout=sys.stderr, timeout=600, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        sys.stderr.write(f"{error}\n")


if __name__ == "__main__":
    if path := find() or (None if os.environ.get(SETTING) else install()):
        sys.stdout.write(f"Chromium: {path}\n")
    else:
        sys.exit(_ASK)

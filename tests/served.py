"""The app in a process of its own, as people use it, and a headless browser to use it with."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests import chromium

ROOT = Path(__file__).parents[1]


@contextmanager
def running(log: Path, folder: Path = ROOT, **places: Path) -> Iterator[str]:
    """Starts the app in `folder` with settings such as `db=…`; gives its address. It logs to the file `log`."""
    port = free_port()
    settings = {f"CALLDASH_{name.upper()}": str(path) for name, path in places.items()}
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(port)]
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=folder, env=os.environ | settings, stdout=out, stderr=out)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address + "/healthz")
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        finally:
            process.kill()  # does nothing to one that has ended


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(address: str) -> None:
    """Returns when something answers there; fails after a minute."""
    for _attempt in range(600):
        try:
            urllib.request.urlopen(address, timeout=1)
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


@contextmanager
def browser_page(width: int = 1440, height: int = 1000) -> Iterator[Page]:
    """A page of a headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.FLAGS))
        page = browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(30_000)
        yield page
        browser.close()


def settled(page: Page) -> None:
    """Waits until the script of the page has run and nothing on it is stale."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    page.wait_for_timeout(300)

"""The app in a process of its own, as people use it, and a headless browser to use it with."""

import functools
import itertools
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import chromium
from tests.patience import PATIENCE_S

ROOT = Path(__file__).parents[1]
_PORTS_OF_A_WORKER = 500
_ports = itertools.count(os.getpid())
_found = functools.cache(chromium.find)
expect.set_options(timeout=PATIENCE_S * 1000)


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
        wait_for(address + "/healthz", process)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE_S)
        finally:
            process.kill()  # does nothing to one that has ended


def free_port() -> int:
    """A port of this machine on which nobody listens, and that nobody else is given until it is used.

    Those that the system hands out by itself begin higher; of these each worker of the tests has its own.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 20
    for number in _ports:
        port = 20_000 + worker * _PORTS_OF_A_WORKER + number % _PORTS_OF_A_WORKER
        with socket.socket() as free, suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port
    raise AssertionError("ports do not end")


def wait_for(address: str, process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    """Returns when something answers there; fails when the process that shall answer has ended, or never does."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        assert process.poll() is None, f"{process.args} ended with {process.returncode}"
        try:
            urllib.request.urlopen(address, timeout=10)
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{address} does not answer")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium for the tests of a file; not for longer, as no other event loop can run beside it."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=_found(), args=list(chromium.FLAGS))
        yield found
        found.close()


@contextmanager
def visitor(browser: Browser, width: int = 1440, height: int = 1000) -> Iterator[Page]:
    """A page of a browser that knows nothing of the pages before."""
    context = browser.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(PATIENCE_S * 1000)
    yield context.new_page()
    context.close()


@contextmanager
def browser_page(width: int = 1440, height: int = 1000) -> Iterator[Page]:
    """A page of a headless Chromium of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_found(), args=list(chromium.FLAGS))
        with visitor(browser, width, height) as page:
            yield page
        browser.close()


def settled(page: Page) -> None:
    """Waits until the script of the page has run and nothing on it is stale."""
    idle = page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')
    idle.wait_for()
    page.wait_for_timeout(300)
    idle.wait_for()  # what was asked a moment ago has begun by now

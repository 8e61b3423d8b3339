"""How long a page takes in a real browser from a change of the period to the last of its elements."""

from statistics import median
from time import perf_counter

from playwright.sync_api import Page

from bench.pages import shown_pages
from bench.scratch import Scratch
from bench.table import Line
from calldash.ui.periods import PRESETS
from tests.served import browser_page, running, settled

_START = "7d"
_CHANGES = ("30d", "90d", "month", "last_month", "today")
_SETTLED = """before => location.search !== before
    && document.querySelector('[data-testid="stApp"]').dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-stale="true"]')"""


def app(scratch: Scratch) -> list[Line]:
    """Each page over the big store: for periods nobody has asked for yet, then for the same ones again."""
    settings = scratch.big_store()
    lines = []
    log = scratch.folder / "app.log"
    with running(log, db=settings.db, data=scratch.folder) as address, browser_page() as page:
        page.set_default_timeout(180_000)
        for name in shown_pages():
            page.goto(f"{address}/{'' if name == 'overview' else name}")
            page.locator("h1").wait_for()
            settled(page)
            _change(page, _START)
            first, again = ([_change(page, preset) for preset in _CHANGES] for _ in range(2))
            text = f"{median(first):.2f} s, the same periods again {median(again):.2f} s"
            lines.append(Line(f"rerun of {name} after a change of period", text))
    return lines


def _change(page: Page, preset: str) -> float:
    """Seconds from the choice of a period until nothing on the page is stale."""
    page.locator(".st-key-filter_period input").click()
    option = page.get_by_role("option").nth(PRESETS.index(preset))
    option.wait_for()
    before = page.evaluate("location.search")
    started = perf_counter()
    option.click()
    page.wait_for_function(_SETTLED, arg=before)
    return perf_counter() - started

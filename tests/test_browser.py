"""What people do, in a real browser: every page in both languages and widths, from a number to its calls, an import."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from calldash import demo
from calldash.asking import ask
from calldash.filters import CallFilter
from calldash.importing import DEMO, import_built
from calldash.settings import load
from calldash.store import open_store
from calldash.ui import menu
from tests.served import browser_page, running, settled

DAY = date(2026, 11, 20)
MONTH = CallFilter(date(2026, 10, 22), DAY)
ADDRESSES = ["", *(entry.key for entry in menu.PAGES[1:] if entry.needs)]  # my account: only of who has one
ENGLISH_IN_RUSSIAN = re.compile(r"\b(Missed|Calls|Employee|Waiting|Filters|Service level|not known)\b")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path, int]]:
    """The app over the demo company: its address, its folder, the calls missed in a month."""
    folder = tmp_path_factory.mktemp("app")
    store = open_store(load(db=folder / "calls.duckdb", data=folder))
    import_built(store, demo.calls(DAY, ZoneInfo("Europe/Moscow")), DEMO, DEMO)
    missed = int(ask(store, ["missed_calls"], chosen=MONTH).iloc[0, 0])
    store.close()
    with running(folder / "log.txt", db=folder / "calls.duckdb", data=folder) as address:
        yield address, folder, missed


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with browser_page() as found:
        yield found


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("h1").wait_for()
    settled(page)


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_page_is_whole(app, page, language, width):
    address, _folder, _missed = app
    outside: list[str] = []
    page.on("request", lambda request: outside.append(request.url) if address not in request.url else None)
    page.set_viewport_size({"width": width, "height": 1000})
    for key in ADDRESSES:
        open_page(page, f"{address}/{key}?lang={language}")
        expect(page.locator('[data-testid="stAlertContentError"], [data-testid="stException"]')).to_have_count(0)
        main = page.locator('[data-testid="stMain"]')
        assert main.evaluate("one => one.scrollWidth - one.clientWidth") <= 0, key
        if language == "ru":
            assert not ENGLISH_IN_RUSSIAN.search(main.inner_text()), key
    assert [url for url in outside if not url.startswith(("data:", "blob:", "ws:"))] == []
    page.set_viewport_size({"width": 1440, "height": 1000})


def test_the_first_page_is_found_by_its_name_too(app, page):
    address, _folder, _missed = app
    open_page(page, f"{address}/overview?lang=en&team=none")
    expect(page.locator("h1")).to_have_text("Overview")
    expect(page.get_by_text("Page not found")).to_have_count(0)
    assert "team=none" in page.url


def test_a_number_opens_the_calls_behind_it(app, page):
    address, _folder, missed = app
    open_page(page, f"{address}/missed?lang=en&since={MONTH.since}&until={MONTH.until}")
    page.locator(".st-key-card-missed_calls a").first.click()
    page.wait_for_url("**/calls?**behind=missed_calls**")
    settled(page)
    expect(page.get_by_text(f"{missed:,} calls", exact=True)).to_be_visible()


def test_a_copied_link_shows_the_same(app, page):
    address, _folder, _missed = app
    open_page(page, f"{address}/calls?lang=en&since={DAY}&until={DAY}&direction=outbound&talk_s=60-")
    shown = page.locator("tbody").inner_text()
    assert "Outbound" in shown and "Inbound" not in shown
    colleague = page.context.browser.new_context()
    other = colleague.new_page()
    open_page(other, page.url)
    assert other.locator("tbody").inner_text() == shown
    colleague.close()


def test_a_file_is_imported_and_the_demo_gives_way(app, page):
    address, folder, _missed = app
    rows = ["id,started_at,direction,client,answered,wait_s,talk_s"]
    rows += ["1,2026-11-01T10:00:00,inbound,+79000000001,да,5,60", "2,24/08/17,inbound,+79000000002,нет,5,0"]
    (folder / "mine.csv").write_text("\n".join(rows), encoding="utf-8")
    open_page(page, f"{address}/imports?lang=en")
    page.locator("input[type=file]").first.set_input_files(folder / "mine.csv")
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_text("2 rows read: 1 new, 0 changed, 0 same, 1 rejected").wait_for()
    page.get_by_text("The demo data").wait_for()
    page.locator('[data-testid="stExpander"]', has_text="rejected: 1").wait_for()
    open_page(page, f"{address}/?lang=en&since=2026-11-01&until=2026-11-01")
    expect(page.locator(".st-key-card-inbound_calls")).to_contain_text("1")
    assert "Traceback" not in (folder / "log.txt").read_text()

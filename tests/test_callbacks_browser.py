"""The ledger of missed clients as people use it: dial, take, close with a reason, reopen, in a real browser."""

from pathlib import Path

from playwright.sync_api import Page, expect

from calldash.settings import load
from calldash.store import open_store
from tests.drawn import draw
from tests.served import browser_page, running, settled

CALLS = """
started_at | direction | client | answered | wait_s | talk_s | queue
09:00      | in        | A      | false    | 30     | 0      | q
10:00      | in        | B      | false    | 50     | 0      | q
11:00      | in        | C      | true     | 5      | 60     | q
"""


def rows(page: Page):
    return page.locator("tbody tr").filter(has=page.locator(".actions"))


def test_take_close_and_reopen(tmp_path: Path) -> None:
    place = {"db": tmp_path / "calls.duckdb", "data": tmp_path}
    store = open_store(load(**place))
    draw(store, CALLS)
    store.close()
    with running(tmp_path / "app.log", **place) as address, browser_page() as page:
        page.goto(f"{address}/callbacks?lang=en")
        settled(page)
        expect(rows(page)).to_have_count(2)
        expect(page.get_by_role("button", name="Filters")).to_be_visible()
        expect(page.locator(".st-key-filter_period")).to_have_count(0)  # a period would change nothing here
        expect(rows(page).first.get_by_role("link", name="Call now")).to_have_attribute("href", "tel:+79000000065")
        rows(page).first.get_by_role("button", name="Take").click()
        expect(rows(page).first.get_by_role("button", name="Release")).to_be_visible()
        rows(page).first.get_by_role("button", name="Close…").click()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_role("button", name="Close", exact=True).last).to_be_disabled()
        dialog.get_by_text("Needs nothing any more").click()
        dialog.get_by_role("button", name="Close", exact=True).last.click()
        expect(rows(page)).to_have_count(1)
        expect(page.get_by_text("Needs nothing any more")).to_be_visible()
        page.get_by_role("button", name="Reopen").click()
        expect(rows(page)).to_have_count(2)
        expect(rows(page).first.get_by_role("button", name="Release")).to_be_visible()
        rows(page).first.get_by_role("button", name="Open the client's calls").click()
        page.wait_for_url("**/calls?**client_id=**")


def test_the_question_keeps_the_language(tmp_path: Path) -> None:
    place = {"db": tmp_path / "calls.duckdb", "data": tmp_path}
    store = open_store(load(**place))
    draw(store, CALLS)
    store.close()
    with running(tmp_path / "app.log", **place) as address, browser_page(width=390) as page:
        page.goto(f"{address}/callbacks?lang=ru")
        settled(page)
        rows(page).first.get_by_role("button", name="Закрыть…").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_text("Уже ничего не нужно").click()
        settled(page)
        expect(dialog.get_by_text("Уже ничего не нужно")).to_be_visible()
        dialog.get_by_role("button", name="Закрыть", exact=True).last.click()
        expect(rows(page)).to_have_count(1)
        expect(page.get_by_text("Что сделано недавно")).to_be_visible()


def test_a_cause_opens_its_calls(tmp_path: Path) -> None:
    place = {"db": tmp_path / "calls.duckdb", "data": tmp_path}
    store = open_store(load(**place))
    draw(store, CALLS)
    store.close()
    with running(tmp_path / "app.log", **place) as address, browser_page(height=2400) as page:
        page.goto(f"{address}/missed?lang=en&since=2026-03-02&until=2026-03-02")
        bar = page.locator(".st-key-why .point path").nth(1)  # below its group
        bar.wait_for()
        settled(page)
        box = bar.bounding_box()
        assert box
        page.mouse.move(box["x"] + 3, box["y"] + 5)
        page.mouse.move(box["x"] + 8, box["y"] + 5)
        page.mouse.click(box["x"] + 8, box["y"] + 5)
        page.wait_for_url("**/calls?**miss_cause=left_60**")

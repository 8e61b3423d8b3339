"""Marking in a real browser: on the card of a call, and several calls at once; the figures follow."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from calldash.settings import load
from calldash.store import open_store
from tests.drawn import draw
from tests.served import browser_page, running, settled

CALLS = """
    started_at | direction | client | answered | wait_s | talk_s | id
    10:00      | in        | A      | yes      | 5      | 10     | c1
    11:00      | in        | B      | no       | 20     | 0      | c2
    12:00      | in        | C      | yes      | 5      | 60     | c3
"""
DAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("marks")
    store = open_store(load(db=folder / "calls.duckdb", data=folder))
    draw(store, CALLS)
    store.close()
    with running(folder / "log.txt", db=folder / "calls.duckdb", data=folder) as address:
        yield address, folder


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with browser_page() as found:
        yield found


def journal(page: Page, address: str, more: str = "") -> None:
    page.goto(f"{address}/calls?lang=en&since={DAY}&until={DAY}{more}")
    page.locator("tbody tr").first.wait_for()
    settled(page)


def test_a_mark_on_the_card_is_kept_and_taken_back(app: tuple[str, Path], page: Page) -> None:
    address, folder = app
    journal(page, address)
    page.locator("tbody tr").first.locator("td").nth(2).click()
    card = page.get_by_role("dialog")
    card.get_by_text("Success", exact=True).click()
    expect(page.get_by_text("1 call marked.")).to_be_visible()
    card.get_by_text("History of the marks").click()
    expect(card.get_by_text("who sat at the app · Outcome: Success")).to_be_visible()
    card.get_by_label("Note").fill("call again")
    card.get_by_label("Note").blur()
    expect(card.get_by_text("Note: call again")).to_have_count(1)
    journal(page, address, "&outcome=success")
    expect(page.get_by_text("1 call", exact=True)).to_be_visible()
    assert "Traceback" not in (folder / "log.txt").read_text()


def test_picked_calls_are_marked_together(app: tuple[str, Path], page: Page) -> None:
    address, folder = app
    journal(page, address)
    expect(page.get_by_text("3 calls", exact=True)).to_be_visible()
    for row in (0, 1):
        page.locator("tbody input[type=checkbox]").nth(row).click()
        expect(page.get_by_text(f"{row + 1} call{'s' if row else ''} picked")).to_be_visible()
    page.locator(".st-key-journal-marks").get_by_role("button", name="Spam").click()
    page.locator(".st-key-mark_spam_yes button").click()
    expect(page.get_by_text("2 calls marked.")).to_be_visible()
    page.goto(f"{address}/?lang=en&since={DAY}&until={DAY}")
    settled(page)
    expect(page.locator(".st-key-card-inbound_calls")).to_contain_text("1")
    assert "Traceback" not in (folder / "log.txt").read_text()


def test_the_amount_of_a_sale_is_marked_and_taken_back(app: tuple[str, Path], page: Page) -> None:
    address, folder = app
    journal(page, address)
    page.locator("tbody tr").first.locator("td").nth(2).click()
    card = page.get_by_role("dialog")
    amount = card.get_by_label("Amount of the sale, RUB")
    amount.fill("1 500,50")
    amount.blur()
    expect(page.get_by_text("1 call marked.")).to_be_visible()
    expect(card.locator(".cd-facts")).to_contain_text("RUB 1,500")
    card.get_by_text("History of the marks").click()
    expect(card.get_by_text("Sale for RUB\u00a01,500.50")).to_be_visible()
    amount.fill("0")
    amount.blur()
    expect(page.get_by_text("The amount of a sale is a number above 0 in RUB")).to_be_visible()
    journal(page, address)
    page.locator("tbody input[type=checkbox]").nth(0).click()
    expect(page.get_by_text("1 call picked")).to_be_visible()
    page.locator(".st-key-journal-marks").get_by_role("button", name="Sale").click()
    page.get_by_role("button", name="No amount by hand").click()
    expect(page.get_by_text("1 call marked.")).to_be_visible()
    assert "Traceback" not in (folder / "log.txt").read_text()

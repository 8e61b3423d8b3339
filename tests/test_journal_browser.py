"""The journal and the card in a real browser: rows open, the recording plays, the keyboard walks."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from calldash.settings import load
from calldash.store import open_store
from tests.drawn import draw
from tests.in_journal import NAMES, name_of
from tests.recorded import wav
from tests.served import running, settled, visitor


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The app in a process of its own, over a call with a recording: its address and the call's name."""
    folder = tmp_path_factory.mktemp("journal")
    (folder / "recordings").mkdir()
    wav(folder / "recordings" / "one.wav", 20)
    store = open_store(load(db=folder / "app.duckdb", data=folder))
    draw(store, NAMES)
    number = name_of(store, "c1")
    store.close()
    places = {"db": folder / "app.duckdb", "recordings": folder / "recordings"}
    with running(folder / "log.txt", **places) as address:
        yield address, number


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with visitor(browser) as found:
        yield found


def open_journal(page: Page, address: str, **params: str) -> None:
    page.goto(f"{address}/calls?lang=en&sort=started_at&order=up{''.join(f'&{k}={v}' for k, v in params.items())}")
    page.locator("tbody tr").first.wait_for()
    settled(page)


def test_a_row_opens_its_call_and_the_recording_plays(served, page):
    address, number = served
    answers = []
    page.on("response", lambda answer: answers.append(answer.status) if "/recording/" in answer.url else None)
    open_journal(page, address)
    page.locator("tbody tr").first.locator("td").nth(2).click()
    audio = page.locator("[role=dialog] audio")
    audio.wait_for(state="attached")
    assert f"call={number}" in page.url
    audio.evaluate("one => one.play()")
    page.wait_for_function("one => one.currentTime > 0.3", arg=audio.element_handle())
    assert 206 in answers
    page.keyboard.press("Escape")
    audio.wait_for(state="detached")
    page.wait_for_url(lambda url: "call=" not in url)
    page.go_back()
    audio.wait_for(state="attached")


def test_the_keyboard_walks_the_list_opens_and_closes(served, page):
    address, number = served
    open_journal(page, address)
    rows, dialog = page.locator("tbody tr"), page.locator("[role=dialog]")
    expect(rows.first).to_have_attribute("tabindex", "0")
    rows.first.focus()
    for key, index in (("ArrowDown", 1), ("End", 9), ("ArrowUp", 8), ("PageUp", 0), ("PageDown", 9), ("Home", 0)):
        page.keyboard.press(key)
        expect(rows.nth(index)).to_be_focused()
    page.keyboard.press("Enter")
    dialog.wait_for()
    assert page.url.endswith(f"call={number}")
    page.keyboard.press("Alt+ArrowDown")
    expect(dialog).to_contain_text("Missed: nobody talked")
    settled(page)
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    expect(rows.nth(1)).to_be_focused()


def test_an_entry_of_the_story_opens_its_call(served, page):
    address, number = served
    open_journal(page, address, call=number)
    expect(page.locator(".story a[aria-current]")).to_contain_text("called, talked")
    page.locator(".story a").nth(1).click()
    expect(page.locator("[role=dialog]")).to_contain_text("only messages and cost count it")
    expect(page.locator(".story a[aria-current]")).to_contain_text("message")


def test_columns_are_ticked_and_moved(served, page):
    address, _number = served
    open_journal(page, address, columns="started_at,status,client")
    page.locator(".st-key-journal-controls [data-testid=stPopover] button").first.click()
    page.locator("li[data-key=client] .up").click()
    page.wait_for_url("**columns=started_at%2Cclient%2Cstatus**")
    settled(page)
    page.locator("li[data-key=status] input").click()
    page.wait_for_url(lambda url: "columns=started_at%2Cclient&" in url + "&")
    settled(page)
    page.locator("li[data-key=client]").drag_to(page.locator("li[data-key=started_at]"))
    page.wait_for_url(lambda url: "columns=client%2Cstarted_at&" in url + "&")
    settled(page)
    assert page.locator("thead th").all_inner_texts()[1].startswith("Client")


def test_calls_are_picked_by_box_shift_and_space(served, page):
    address, _number = served
    open_journal(page, address)
    boxes, picked = page.locator("tbody .pick input"), page.locator("tbody tr[aria-selected=true]")
    boxes.nth(1).click()
    page.get_by_text("1 call picked").wait_for()
    boxes.nth(4).click(modifiers=["Shift"])
    page.get_by_text("4 calls picked").wait_for()
    page.locator("tbody tr").nth(8).focus()
    page.keyboard.press("Space")
    page.get_by_text("5 calls picked").wait_for()
    expect(picked).to_have_count(5)
    page.locator("thead .pick input").click()
    page.get_by_text("10 calls picked").wait_for()
    boxes.nth(0).click()
    page.get_by_text("9 calls picked").wait_for()
    assert "call=" not in page.url
    page.get_by_role("button", name="Pick none").click()
    expect(picked).to_have_count(0)

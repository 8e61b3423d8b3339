"""Signing in as people do it: the first code, accounts, what each role is shown, and a page that closes with its session."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from calldash import demo
from calldash.importing import DEMO, import_built
from calldash.people import accounts, invitations
from calldash.settings import load
from calldash.store import open_store
from calldash.ui import menu
from tests.served import running, settled, visitor

GOOD = "four words nobody guesses"
PEOPLE = {
    "head": {},
    "lead": {"teams": ("Продажи",)},
    "employee": {"employee": "Анна Северина"},
    "marketer": {},
    "auditor": {},
}
# What each role finds in its menu, besides its own account; the rest is not there, by its address either.
PAGES = {
    "auditor": {"trail"},
    "marketer": {entry.key for entry in menu.PAGES if entry.needs in ("figures", "calls", "advertising")},
    "employee": {entry.key for entry in menu.PAGES if entry.needs in ("figures", "calls", "transcripts", "marks")},
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The app over the demo company with an account of each role; its address and its log."""
    folder = tmp_path_factory.mktemp("people")
    store = open_store(load(db=folder / "calls.duckdb", data=folder))
    import_built(store, demo.calls(date(2026, 11, 20), ZoneInfo("Europe/Moscow")), DEMO, DEMO)
    invitations.redeem(store, invitations.first(store), GOOD, "olga")
    for role, place in PEOPLE.items():
        accounts.create(store, "olga", role, role.title(), role, **place)
        invitations.redeem(store, invitations.invite(store, "olga", role), GOOD)
    store.close()
    with running(folder / "log.txt", db=folder / "calls.duckdb", data=folder) as address:
        yield address, folder / "log.txt"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with visitor(browser) as found:
        yield found


def sign_in(page: Page, address: str, login: str, to: str = "/?lang=en") -> None:
    page.goto(address + to)
    page.locator('input[name="login"]').fill(login)
    page.locator('input[name="password"]').fill(GOOD)
    page.locator("form button").click()
    page.locator("h1").wait_for()
    settled(page)


def in_the_menu(page: Page, first: str) -> set[str]:
    """The keys of the pages in the menu; the first has no address of its own."""
    links = page.locator('[data-testid="stSidebar"] [data-testid="stPageLink"] a')
    expect(links.first).to_be_visible()
    return {re.sub(r"[?].*", "", link.get_attribute("href")).rpartition("/")[2] or first for link in links.all()}


def another(page: Page) -> Page:
    """A page of somebody else's browser."""
    return page.context.browser.new_context().new_page()


@pytest.mark.parametrize("role", PAGES)
def test_each_role_finds_its_pages_and_no_others(app, page, role):
    address, log = app
    sign_in(page, address, role)
    first = next(entry.key for entry in menu.PAGES if entry.key in PAGES[role])
    assert in_the_menu(page, first) == PAGES[role] | {"account"}
    opening = menu.PAGES[0].key  # who may not see it is led to a page of theirs
    for key in {entry.key for entry in menu.PAGES} - PAGES[role] - {"account", opening}:
        page.goto(f"{address}/{key}?lang=en")
        settled(page)
        drawn = page.locator('[data-testid="stMain"] [data-testid="stAlertContentError"]')
        expect(drawn).to_have_text("Your role does not allow this.")
        expect(page.locator('[data-testid="stMain"] [data-testid="stVerticalBlock"] table')).to_have_count(0)
        expect(page.get_by_text("Page not found")).to_have_count(0)
    assert "Traceback" not in log.read_text()


def test_a_lead_sees_the_calls_of_the_team_alone(app, page):
    address, _log = app
    sign_in(page, address, "lead", "/employees?lang=en&since=2026-10-01&until=2026-11-20")
    names = page.locator('[data-testid="stMain"]').inner_text()
    assert "Support" not in names
    page.goto(f"{address}/calls?lang=en&team=%D0%9F%D0%BE%D0%B4%D0%B4%D0%B5%D1%80%D0%B6%D0%BA%D0%B0")
    settled(page)
    expect(page.get_by_text("Nothing to show here")).to_be_visible()


def test_a_marketer_sees_masked_numbers_and_no_recordings(app, page):
    address, _log = app
    sign_in(page, address, "marketer", "/calls?lang=en")
    page.locator("table tbody tr").first.wait_for()
    cells = page.locator("table tbody tr").first.inner_text()
    assert "••••" in cells
    for path in ("/recording/1", "/evidence/1"):
        assert page.request.get(address + path).status == 403
    text = page.request.get(f"{address}/export/csv?what=calls&columns=client&lang=en").text()
    assert "••••" in text and not re.search(r"\+7\d{10}", text)


def test_a_page_left_open_ends_with_the_session(app, page):
    address, _log = app
    sign_in(page, address, "head", "/waiting?lang=en")
    other = another(page)
    sign_in(other, address, "head", "/account?lang=en")
    other.get_by_role("button", name=re.compile("Sign out everywhere")).click()
    expect(other.get_by_role("button", name=re.compile("Sign out everywhere"))).to_have_count(0)
    page.get_by_role("link", name="Load").click()
    page.wait_for_timeout(1000)
    assert "Peak" not in page.locator("body").inner_text(), "the page is dead"
    page.goto(f"{address}/calls?lang=en")
    expect(page.locator('input[name="password"]')).to_be_visible()


def test_an_administrator_makes_an_account_and_the_trail_tells(app, page):
    address, _log = app
    sign_in(page, address, "olga", "/people?lang=en")
    page.get_by_role("button", name="Add an account").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Login").fill("petr")
    dialog.get_by_role("textbox", name="Name").fill("Petr")
    dialog.get_by_role("button", name="Make the account").click()
    link = page.get_by_text("/sign-in/code?code=").inner_text()
    other = another(page)
    other.goto(link)
    other.locator('input[name="password"]').fill(GOOD)
    other.locator("form button").click()
    settled(other)
    page.goto(f"{address}/trail?lang=en")
    settled(page)
    page.get_by_role("button", name="Check the trail").click()
    expect(page.get_by_text("Every line follows from the one before")).to_be_visible()


def test_the_second_factor_signs_out_elsewhere_until_an_administrator_takes_it_off(app, page):
    address, _log = app
    sign_in(page, address, "head", "/account?lang=en")
    elsewhere = another(page)
    sign_in(elsewhere, address, "head")
    page.get_by_role("button", name="Set up").click()
    secret = page.locator('[role="dialog"] [data-testid="stCode"]').inner_text().strip()
    page.get_by_label("Code of the app").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Switch it on").click()
    expect(page.get_by_text("Signing in asks for a code of your authenticator app.")).to_be_visible()
    elsewhere.goto(f"{address}/account?lang=en")
    expect(elsewhere.locator('input[name="login"]')).to_be_visible()
    admin = another(page)
    sign_in(admin, address, "olga", "/people?lang=en")
    admin.get_by_role("button", name="Second factor off").click()
    expect(admin.get_by_role("button", name="Second factor off")).to_have_count(0)
    sign_in(elsewhere, address, "head", "/account?lang=en")
    expect(elsewhere.get_by_role("button", name="Set up")).to_be_visible()
    for one in (elsewhere, admin):
        one.context.close()

"""Numbers of clients as a marketer gets them: on no page, in no message behind it, in no file is there a whole one."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow.parquet
import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect
from python_calamine import CalamineWorkbook

from calldash import i18n
from calldash.commands import run
from calldash.metrics import CALL_COLUMNS
from calldash.people import accounts, invitations
from calldash.settings import load
from calldash.store import named, open_store
from calldash.ui import menu
from tests.served import running, settled, visitor

GOOD = "four words nobody guesses"
PARTS = {"advertising": ("rules", "spend", "deals"), "costs": ("unusual", "budgets", "tariffs", "audit")}
PAGES = [entry.key for entry in menu.PAGES if entry.needs in ("figures", "calls", "advertising")]
LAST = date(2026, 11, 20)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, frozenset[str], str]]:
    """The app over the demo company; its address, the clients' numbers as they are dialled at home, a client's call."""
    folder = tmp_path_factory.mktemp("privacy")
    store = open_store(load(db=folder / "calls.duckdb", data=folder))
    i18n.use("en")
    assert run(store, "demo", {"day": LAST.isoformat()}, lambda _share: None).code == 0
    invitations.redeem(store, invitations.first(store), GOOD, "olga")
    for role in ("marketer", "head"):
        accounts.create(store, "olga", role, role.title(), role)
        invitations.redeem(store, invitations.invite(store, "olga", role), GOOD)
    numbers = frozenset(client[-10:] for (client,) in store.rows("SELECT client FROM clients"))
    call = named.name(store, store.rows("SELECT max(call_no) FROM calls WHERE client LIKE '+79%'")[0][0])
    store.close()
    with running(folder / "log.txt", db=folder / "calls.duckdb", data=folder) as address:
        yield address, numbers, call


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with visitor(browser) as found:
        yield found


def sign_in(page: Page, address: str, login: str) -> None:
    page.goto(f"{address}/?lang=en")
    page.locator('input[name="login"]').fill(login)
    page.locator('input[name="password"]').fill(GOOD)
    page.locator("form button").click()
    settled(page)


def whole(text: str, numbers: frozenset[str]) -> set[str]:
    """The clients' numbers in a text, however they are written: their ten digits with marks between them."""
    bare = re.sub(r"(?<=\d)[ \u00a0().-]+(?=\d)", "", text)
    return {found for run in re.findall(r"\d{10,15}", bare) for found in [run[-10:], run[:10]] if found in numbers}


def test_the_search_finds_numbers_that_are_there(app) -> None:
    _address, numbers, _call = app
    number = min(numbers)
    for spelt in (f"+7{number}", f"8 ({number[:3]}) {number[3:6]}-{number[6:8]}-{number[8:]}"):
        assert whole(f"x {spelt}, y", numbers) == {number}


def told(page: Page, address: str, places: list[str], numbers: frozenset[str]) -> dict[str, set[str]]:
    """Where whole numbers are: in a page, its address, or the messages that it was drawn from."""
    heard: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: heard.append(frame if isinstance(frame, bytes) else frame.encode()))

    page.on("websocket", listen)
    found = {}
    for place in places:
        heard.clear()
        page.goto(f"{address}/{place}")
        settled(page)
        texts = [page.content(), page.url, *(frame.decode("latin-1") for frame in heard)]
        if leaked := {one for text in texts for one in whole(text, numbers)}:
            found[place] = leaked
    return found


def test_no_page_of_a_marketer_has_a_whole_number(app, page):
    address, numbers, call = app
    sign_in(page, address, "marketer")
    parts = [f"{key}?part={part}&lang=en" for key, found in PARTS.items() for part in found]
    places = [f"{key}?lang=en" for key in PAGES] + parts
    assert told(page, address, [*places, f"calls?lang=en&call={call}", "calls?lang=en&client_id=1,2,3"], numbers) == {}


def test_who_may_see_numbers_finds_them_on_the_same_pages(app, page):
    """The search can fail: the same pages have them for others."""
    address, numbers, call = app
    sign_in(page, address, "head")
    places = ["calls?lang=en", f"calls?lang=en&call={call}", "callbacks?lang=en", "advertising?part=deals&lang=en"]
    assert set(told(page, address, places, numbers)) == set(places)


def test_one_number_is_uncovered_by_a_click_that_the_trail_tells(app, page):
    address, numbers, call = app
    sign_in(page, address, "marketer")
    page.goto(f"{address}/calls?lang=en&call={call}")
    settled(page)
    dialog = page.get_by_role("dialog")
    assert not whole(dialog.inner_text(), numbers)
    dialog.get_by_role("button", name="Show the number").click()
    expect(dialog.locator("strong", has_text="+7 ")).to_be_visible()
    assert len(whole(dialog.inner_text(), numbers)) == 1
    page.reload()
    settled(page)
    assert not whole(page.get_by_role("dialog").inner_text(), numbers)
    page.context.clear_cookies()
    sign_in(page, address, "olga")
    page.goto(f"{address}/trail?lang=en")
    settled(page)
    expect(page.get_by_text("Number uncovered").first).to_be_attached()


@pytest.mark.parametrize("form", ["csv", "csv_excel", "json", "xlsx", "parquet"])
def test_no_file_of_a_marketer_has_a_whole_number(app, page, tmp_path: Path, form: str):
    address, numbers, _call = app
    sign_in(page, address, "marketer")
    columns = ",".join(CALL_COLUMNS)
    for asked in (f"what=calls&columns={columns}", "what=figures&rows=client_id&metrics=calls", "what=bill"):
        answer = page.request.get(f"{address}/export/{form}?{asked}&since=2026-11-10&until=2026-11-20&lang=en")
        if asked == "what=bill" and answer.status != 200:
            continue
        assert answer.status == 200, asked
        assert not whole(text_of(answer.body(), form, tmp_path), numbers), asked
        assert not whole(answer.headers["content-disposition"], numbers)


def text_of(content: bytes, form: str, folder: Path) -> str:
    path = folder / f"file.{form}"
    path.write_bytes(content)
    if form == "xlsx":
        book = CalamineWorkbook.from_path(str(path))
        return "\n".join(str(row) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())
    return str(pyarrow.parquet.read_table(path).to_pylist()) if form == "parquet" else content.decode("utf-8")


@pytest.mark.parametrize("target", ["metrica", "metrica-yclid", "google"])
def test_what_is_uploaded_back_has_none(app, page, target: str):
    address, numbers, _call = app
    sign_in(page, address, "marketer")
    answer = page.request.get(f"{address}/export/{target}?since=2026-08-10&until=2026-11-20&lang=en")
    assert answer.status == 200
    assert not whole(answer.text(), numbers)

"""Every page under the security policy, in a real browser, with names that try to be markup: nothing is refused that
pages need, and nothing that data say becomes an element."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from calldash.people import accounts, invitations
from calldash.settings import load
from calldash.store import named, open_store
from calldash.ui import menu
from tests.drawn import as_csv, take
from tests.recorded import save, spoken
from tests.served import browser_page, running, settled

GOOD = "four words nobody guesses"
EVIL = (
    "<b id=hit>x</b>",
    "<img src=x onerror=window.hit=1>",
    "</script><script>window.hit=1</script>",
    "[x](javascript:window.hit=1)",
    '"><svg onload=window.hit=1>',
    "![x](/healthz?hit)",
    "$\\href{javascript:alert(1)}{x}$",
    "{{7*7}} ${7*7} :material/home: :red[x]",
)
TEXTS = ("employee", "team", "queue", "source", "medium", "campaign", "keyword", "ad", "tags")
WATCH = """
window.refused = [];
document.addEventListener('securitypolicyviolation', one =>
    window.refused.push(`${one.violatedDirective} ${one.blockedURI} ${one.sourceFile}:${one.lineNumber}`));
"""
# Elements that no page of ours makes, wherever they hide.
FOUND = """() => {
    const found = [], roots = [document];
    while (roots.length) {
        const root = roots.pop();
        for (const one of root.querySelectorAll('*')) {
            if (one.shadowRoot) roots.push(one.shadowRoot);
            const href = (one.getAttribute('href') || '') + (one.getAttribute('src') || '');
            const handled = [...one.attributes].some(given => given.name.startsWith('on'));
            if (one.id === 'hit' || handled || /javascript:|[?]hit/.test(href)) found.push(one.outerHTML.slice(0, 200));
        }
    }
    return found.concat(window.hit ? ['a script ran'] : [], document.querySelectorAll('.katex').length ? ['maths'] : []);
}"""


def rows() -> list[dict[str, object]]:
    """A fortnight of calls, each text of them one of the EVIL."""
    found: list[dict[str, object]] = []
    for number in range(280):
        evil = {name: EVIL[(number + at) % len(EVIL)] for at, name in enumerate(TEXTS)}
        call = {
            "id": EVIL[number % 8] + str(number),
            "started_at": f"2026-03-{2 + number % 14:02}T{9 + number % 9:02}:{number % 60:02}:00",
            "direction": "outbound" if number % 5 == 4 else "inbound",
            "client": f"+79000000{number % 40:03}",
            "answered": "true" if number % 3 else "false",
            "wait_s": number % 50,
            "talk_s": 40 if number % 3 else 0,
            "recording": "one.wav" if number == 1 else "",
            "cost": 2,
            "currency": "RUB",
        }
        found.append(call | evil)
    return found


# Where Streamlit keeps what it was given to show or to save; icons and fonts are files of its own (/static/media).
OF_STREAMLIT = re.compile(r"(?<!/static)/media/(?!\w+\.svg)")
KEPT: list[str] = []


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The app over such calls, with people of such names; its address, and the call that has a recording."""
    folder = tmp_path_factory.mktemp("policy")
    save(folder / "recordings/one.wav", spoken("##....####" * 4, "....##...." * 4))
    settings = {"db": folder / "app.duckdb", "data": folder, "recordings": folder / "recordings"}
    store = open_store(load(**settings))
    take(store, as_csv(rows()), EVIL[0].replace("/", "") + ".csv")
    invitations.redeem(store, invitations.first(store), GOOD, "olga")
    for number, name in enumerate(EVIL):
        accounts.create(store, "olga", f"p{number}", name, "employee", (), name)
    call = named.name(store, int(store.rows("SELECT call_no FROM calls WHERE recording = 'one.wav'")[0][0]))
    store.close()
    with running(folder / "log.txt", **settings) as address:
        yield address, call


@pytest.fixture(scope="module")
def page(app: tuple[str, str]) -> Iterator[Page]:
    with browser_page() as found:
        found.on("request", lambda request: KEPT.append(request.url) if OF_STREAMLIT.search(request.url) else None)
        found.add_init_script(WATCH)
        found.goto(f"{app[0]}/sign-in?lang=en")
        found.locator('input[name="login"]').fill("olga")
        found.locator('input[name="password"]').fill(GOOD)
        found.locator("form button").click()
        found.locator("h1").wait_for()
        yield found


def nothing_happened(page: Page, where: str) -> None:
    """No policy was in the way, and nothing was made of the data."""
    assert page.evaluate("window.refused") == [], where
    assert page.evaluate(FOUND) == [], where
    assert not KEPT and not OF_STREAMLIT.search(page.content()), (where, "Streamlit keeps a file for whoever asks")


@pytest.mark.parametrize("key", ["", *(entry.key for entry in menu.PAGES[1:])])
def test_pages_live_under_the_policy_and_names_stay_names(app, page, key):
    answer = page.goto(f"{app[0]}/{key}?lang=en&since=2026-03-01&until=2026-03-16")
    policy = answer.headers["content-security-policy"]
    assert " 'unsafe-eval'" not in policy and "frame-ancestors 'none'" in policy
    page.locator("h1").wait_for()
    settled(page)
    expect(page.locator('[data-testid="stAlertContentError"], [data-testid="stException"]')).to_have_count(0)
    nothing_happened(page, key)
    for tab in page.locator('[data-testid="stMain"] [role=tab], [data-testid="stMain"] [role=radio]').all()[:6]:
        if tab.is_visible():
            tab.click()
            settled(page)
    nothing_happened(page, key)


def test_what_was_uploaded_cannot_be_read_back(app, page):
    page.goto(f"{app[0]}/imports?lang=en")
    with page.expect_request(
        lambda request: request.method == "PUT" and "/_stcore/upload_file/" in request.url
    ) as sent:
        file = {"name": "x.csv", "mimeType": "text/csv", "buffer": b"secret-4711"}
        page.locator("input[type=file]").first.set_input_files([file])
    settled(page)
    for method in ("GET", "HEAD", "POST"):
        assert "secret-4711" not in page.request.fetch(sent.value.url, method=method).text(), method


def test_a_tables_own_csv_which_no_trail_tells_of_is_hidden(app, page):
    page.goto(f"{app[0]}/trail?lang=ru")
    settled(page)
    own = page.locator('[data-testid="stElementToolbar"] button[aria-label^="Download as CSV"]')
    expect(own).to_have_count(1)
    expect(own).to_be_hidden()


def test_a_recording_plays_under_the_policy(app, page):
    page.goto(f"{app[0]}/calls?lang=en&since=2026-03-01&until=2026-03-16&call={app[1]}")
    page.locator(".wave[data-ready=true]").wait_for()
    page.locator("[role=dialog] audio").evaluate("audio => audio.play()")
    page.wait_for_function("audio => audio.currentTime > 0.2", arg=page.locator("[role=dialog] audio").element_handle())
    nothing_happened(page, "player")


def test_a_file_is_taken_under_the_policy_and_its_name_stays_a_name(app, page):
    page.goto(f"{app[0]}/imports?lang=en")
    settled(page)
    file = {"name": "<img src=x onerror=window.hit=1>.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"}
    page.locator('input[type="file"]').first.set_input_files(file)
    settled(page)
    page.get_by_role("button", name="Import", exact=False).first.click()
    page.wait_for_timeout(1500)
    settled(page)
    nothing_happened(page, "imports")

"""The player in a real browser: the sound moves, two sides are drawn, seeking, speed, sides, the next recording, links."""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from calldash.settings import load
from calldash.store import named, open_store
from tests.drawn import draw
from tests.recorded import save, spoken
from tests.served import running, settled, visitor

CALLS = """
id   | started_at | direction | client | answered | talk_s | recording
one  | 09:00      | in        | A      | true     | 40     | one.wav
none | 09:10      | in        | A      | true     | 40     |
two  | 09:20      | in        | A      | true     | 40     | two.WAV
name | 09:30      | in        | A      | true     | 40     |
gone | 09:40      | in        | A      | true     | 40     | gone.wav
link | 09:50      | in        | A      | true     | 40     | http://127.0.0.1:9/1.mp3
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path, dict[str, str]]]:
    """The app over calls with recordings: its address, its folder, the calls' names."""
    folder = tmp_path_factory.mktemp("player")
    save(folder / "recordings/one.wav", spoken("##" + "." * 30 + "####" * 12, "....####" + "." * 72))
    save(folder / "recordings/two.WAV", spoken("##........" * 8), "GSM610")
    save(folder / "recordings/name.ogg", spoken("####" * 20), "OPUS", "OGG")
    settings = {"db": folder / "app.duckdb", "data": folder, "recordings": folder / "recordings"}
    store = open_store(load(**settings))
    draw(store, CALLS)
    names = {id_: named.name(store, number) for id_, number in store.rows("SELECT id, call_no FROM calls")}
    store.close()
    with running(folder / "log.txt", **settings, recording_patterns=Path("{id}")) as address:
        yield address, folder, names


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with visitor(browser) as found:
        yield found


def card(page: Page, app: tuple[str, Path, dict[str, str]], call: str, rest: str = "") -> Locator:
    """Opens the card of a call; its audio, once the picture is drawn."""
    page.goto(f"{app[0]}/calls?lang=en&sort=started_at&order=up&call={app[2][call]}{rest}")
    page.locator(".wave[data-ready=true]").wait_for()
    return page.locator("[role=dialog] audio")


def until(page: Page, audio: Locator, condition: str) -> None:
    page.wait_for_function(f"audio => {condition}", arg=audio.element_handle())


def test_nothing_is_sent_before_somebody_listens_and_then_the_sound_moves(app, page):
    sent: list[tuple[int, str]] = []
    page.on("response", lambda answer: sent.append((answer.status, answer.url)))
    audio = card(page, app, "one")
    sounds = [status for status, url in sent if re.search(r"/recording/[\d\w-]+$", url)]
    assert sounds == [] and audio.evaluate("audio => audio.paused")
    expect(page.locator(".total")).to_have_text("0:40")
    page.locator(".play").click()
    until(page, audio, "audio.currentTime > 0.3")
    assert next(status for status, url in sent if re.search(r"/recording/[\d\w-]+$", url)) == 206
    expect(page.locator(".play")).to_have_attribute("aria-label", "Pause")
    page.keyboard.press("Space")
    until(page, audio, "audio.paused")
    page.locator("[role=dialog] h2").first.click()
    page.keyboard.press("Space")
    until(page, audio, "!audio.paused")


def test_a_click_a_step_and_keys_seek(app, page):
    audio = card(page, app, "one")
    wave = page.locator(".wave")
    assert wave.get_attribute("data-sides") == "2"
    box = wave.bounding_box()
    assert box
    wave.click(position={"x": box["width"] * 0.5, "y": 20})
    expect(page.locator(".now")).to_have_text(re.compile("0:(19|20)"))
    page.locator("[data-step='10']").click()
    expect(page.locator(".now")).to_have_text(re.compile("0:(29|30)"))
    page.locator(".play").click()
    until(page, audio, "audio.currentTime > 29.5")
    page.keyboard.press("Home")
    until(page, audio, "audio.currentTime < 5")
    page.keyboard.press("ArrowRight")
    until(page, audio, "audio.currentTime > 9.5")


def test_speed_is_kept_for_the_next_recording(app, page):
    audio = card(page, app, "one")
    page.locator("[data-rate='3']").click()
    assert audio.evaluate("audio => audio.playbackRate") == 3
    page.keyboard.press(",")
    expect(page.locator("[data-rate='2']")).to_have_attribute("aria-pressed", "true")
    page.locator("[data-move='1']").click()
    page.wait_for_url(f"**call={app[2]['two']}**")
    page.locator(".wave[data-sides='1'][data-ready=true]").wait_for()
    assert page.locator("[role=dialog] audio").evaluate("audio => audio.playbackRate") == 2
    expect(page.locator(".mute:visible")).to_have_count(0)
    page.locator("[data-move='-1']").click()
    page.wait_for_url(f"**call={app[2]['one']}**")


def test_silence_is_left_out_when_asked(app, page):
    audio = card(page, app, "one", "&t=5")
    page.locator(".skip").click()
    page.locator(".play").click()
    # Nobody speaks from 4 to 16 s: played on, it would take nearly eleven seconds to get there.
    page.wait_for_function("audio => audio.currentTime > 15.7", arg=audio.element_handle(), timeout=10_000)
    assert audio.evaluate("audio => audio.currentTime") < 22


# What goes to the loudspeakers goes to a meter as well.
METER = """
  const connect = AudioNode.prototype.connect
  AudioNode.prototype.connect = function (target, ...rest) {
    if (target instanceof AudioDestinationNode) {
      window.meter ??= new AnalyserNode(target.context)
      connect.call(this, window.meter)
    }
    return connect.call(this, target, ...rest)
  }
  window.loudness = () => {
    const values = new Float32Array(2048)
    window.meter?.getFloatTimeDomainData(values)
    return Math.max(...values.map(Math.abs))
  }
"""


def test_a_side_is_muted_and_heard_again(app, page):
    page.add_init_script(METER)
    audio = card(page, app, "one", "&t=17")  # from here on the agent speaks, on the left
    page.locator(".play").click()
    page.keyboard.press("n")
    page.wait_for_function("() => window.loudness() > 0.3")
    page.get_by_role("button", name="Mute the employee").click()
    expect(page.locator("[data-side='0']")).to_have_attribute("aria-pressed", "true")
    page.wait_for_function("() => window.loudness() === 0")
    page.keyboard.press("m")
    page.wait_for_function("() => window.loudness() > 0.3")
    until(page, audio, "!audio.paused")


def test_a_link_to_a_second_opens_there(app, page):
    audio = card(page, app, "one", "&t=17")
    expect(page.locator(".now")).to_have_text("0:17")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("[data-step='10']").click()
    page.locator(".link").click()
    expect(page.locator(".told")).to_have_text("The address is copied.")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert "t=27" in copied and f"call={app[2]['one']}" in copied
    page.goto(copied)
    expect(page.locator(".now")).to_have_text("0:27")
    page.locator(".play").click()
    until(page, audio, "audio.currentTime > 27.2")


def test_a_recording_without_a_path_is_found_by_its_name(app, page):
    audio = card(page, app, "name")
    page.locator(".play").click()
    until(page, audio, "audio.currentTime > 0.3")


def test_what_cannot_be_played_is_said(app, page):
    for call, sentence in (
        ("gone", "The recording gone.wav is missing."),
        ("link", "The recording lies at the provider."),
    ):
        page.goto(f"{app[0]}/calls?lang=en&call={app[2][call]}")
        page.get_by_text(sentence).wait_for()
    page.get_by_role("button", name="Fetch it to listen here").click()
    page.get_by_text("a machine of an internal network").wait_for()


def test_a_recording_is_forwarded_and_withdrawn(app, page):
    card(page, app, "one")
    page.get_by_role("button", name="Forward").click()
    page.get_by_text("7 days", exact=True).click()
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_test_id("stPopoverBody").locator("code").inner_text().strip()
    colleague = page.context.browser.new_context()
    other = colleague.new_page()
    other.goto(link)
    audio = other.locator("audio")
    audio.evaluate("audio => audio.play()")
    until(other, audio, "audio.currentTime > 0.3")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_role("button", name="Withdraw")).to_have_count(0)
    assert other.goto(link).status == 410
    expect(other.locator("p")).to_have_text("Ссылка отозвана.")
    colleague.close()


def test_the_sound_ends_with_the_page_and_what_was_heard_is_noted(app, page):
    audio = card(page, app, "one")
    page.locator(".play").click()
    until(page, audio, "audio.currentTime > 1.5")
    with page.expect_request("**/listened?**") as told:
        page.keyboard.press("Escape")
    since, until_s = re.search(r"since=([\d.]+)&until=([\d.]+)", told.value.url).groups()
    assert (float(since), float(until_s) > 1) == (0, True)
    audio.wait_for(state="detached")
    settled(page)
    folder = app[1]
    (folder / "copy").write_bytes((folder / "app.duckdb").read_bytes())
    (folder / "copy.wal").write_bytes((folder / "app.duckdb.wal").read_bytes())
    with duckdb.connect(str(folder / "copy")) as store:
        actions = {row[0] for row in store.execute("SELECT action FROM audit WHERE subject = 'plain/one'").fetchall()}
    assert {"listen", "heard", "link", "open", "unlink"} <= actions

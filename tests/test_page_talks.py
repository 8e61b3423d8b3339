"""Talks: search in what was said, talk analytics, and the way from a line that was found to its second in the call."""

import re

import pytest
from playwright.sync_api import expect

from calldash.commands import run
from calldash.talk import kept
from calldash.transcripts import importing
from calldash.transcripts import kept as transcripts
from calldash.transcripts.lines import Line
from calldash.ui.talks import figures
from tests.drawn import draw
from tests.in_app import app, first_in_menu
from tests.served import browser_page, running, settled

pytest_plugins = ("tests.in_app",)

DAY = "2026-03-06"
CALLS = """
id | started_at | direction | client | answered | talk_s | employee | recording
c1 | 09:00      | in        | A      | true     | 60     | Ann      | one.mp3
c2 | 09:10      | in        | B      | true     | 60     | Bob      | two.mp3
"""
KNOWN = {
    "why": None, "channels": 2, "duration_s": 60.0, "talk_s": 58.0, "agent_s": 30.0, "client_s": 20.0, "agent_share": 0.6,
    "silence_share": 0.1, "interruptions_by_agent": 2, "interruptions_by_client": 0, "longest_monologue_agent_s": 41.0,
    "longest_monologue_client_s": 12.0,
}  # fmt: skip


@pytest.fixture
def page_here(tmp_path, monkeypatch):
    """Talks as the only page."""
    first_in_menu(monkeypatch, tmp_path, "talks")


@pytest.fixture
def talked(app_store, page_here):
    """One analysed talk and one of mono."""
    draw(app_store, CALLS)
    rows = [("c1", "one.mp3", KNOWN), ("c2", "two.mp3", {"why": "mono", "channels": 1})]
    kept.put(app_store, [
        {"system": "plain", "id": call_id, "recording": recording, "agent_channel": 0} | found
        for call_id, recording, found in rows
    ])  # fmt: skip
    return app_store


def said(test) -> str:
    return "\n".join(
        str(one.value)
        for kind in ("markdown", "caption", "info", "html")
        for one in test.get(kind)
        if hasattr(one, "value")
    )


def test_figures_by_employee_with_what_is_not_known(talked):
    test = app()
    table = test.dataframe[0].value
    assert list(table["employee"]) == ["Ann"]
    assert table.loc[0, "talks_analysed"] == 1
    assert table.loc[0, "avg_agent_share"] == 0.6
    assert "Analysed: 1 talk; one channel, the sides cannot be told apart: 1" in said(test).replace("\\", "")


def test_a_store_without_transcripts_says_how_to_get_some(talked):
    test = app()
    test.text_input(key="said").set_value("договор").run()
    assert "There are no transcripts yet" in said(test)


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("договоры", "1 line found in 1 call"),
        ("цена договор", "No line has all these words"),
        ("погода", "Nobody said this"),
    ],
)
def test_what_was_found_is_counted(talked, phrase, told):
    lines = [Line(0, 2, "agent", "Вот договор"), Line(2, 3, "client", "А цена?")]
    transcripts.put(talked, [("plain", "c1")], lines, "x.json", "0", "ru")
    test = app()
    test.text_input(key="said").set_value(phrase).run()
    assert not test.exception
    assert told in said(test)


def test_nothing_analysed_is_said_in_words(app_store, page_here):
    draw(app_store, CALLS)
    assert "None of these calls has a stereo recording that is analysed." in said(app())


def test_a_call_tells_its_figures_or_why_not():
    assert figures.words(KNOWN) == (
        "Talk analytics: the employee talked 60.0%, silence 10.0%, interrupted 2 times, longest monologue 0:41"
    )
    assert figures.words({"why": "mono"}) == "Talk analytics: — (one channel, the sides cannot be told apart)"
    assert figures.words(None) == "Talk analytics: — (the recording has not been analysed yet)"


def test_from_a_word_to_its_second_in_the_recording(app_store, tmp_path):
    assert run(app_store, "demo", {"day": DAY}, lambda _share: None).code == 0
    path = app_store.settings.db
    app_store.close()
    with running(tmp_path / "log.txt", db=path, data=tmp_path) as address, browser_page() as page:
        page.goto(f"{address}/talks?lang=en&since={DAY}&until={DAY}&employee=Анна Северина")
        page.locator("h1").wait_for()
        page.get_by_label("Said in the talk").fill("договорами отправить")
        page.keyboard.press("Enter")
        hit = page.locator(".hits button").first
        expect(hit.locator("mark")).to_have_text(["отправить", "договор"])
        hit.click()
        page.wait_for_url(re.compile(r"/calls\?.*call=20\d{6}-[0-9a-f]{12}&t=37"))
        settled(page)
        expect(page.locator(".lines li")).to_have_count(9)
        expect(page.locator(".now")).to_have_text("0:37")
        page.locator(".lines button", has_text="Двенадцать человек").click()
        expect(page.locator(".now")).to_have_text("0:22")
        page.get_by_role("button", name="Transcript", exact=True).click()
        with page.expect_download() as taken:
            page.get_by_role("link", name="VTT").click()
        assert importing.read(taken.value.path().read_bytes()).spoken[5].start_s == 34.62
    assert "Traceback" not in (tmp_path / "log.txt").read_text()

"""Calls: the journal and the card of a call, without a browser and in one."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page
from streamlit.testing.v1 import AppTest

from calldash import asking, i18n, query, reports
from calldash.filters import CallFilter, from_pairs
from calldash.metrics import CALL_COLUMNS, METRICS
from calldash.query import Moment
from calldash.settings import load
from calldash.store import Store, open_store
from calldash.ui import call_card_legs, journal_csv, journal_phones, journal_state, menu
from calldash.ui.call_card_reasons import reasons
from calldash.ui.journal_cells import cell
from calldash.ui.journal_state import View
from tests.drawn import as_csv, calls, cases, draw, take
from tests.served import browser_page, running
from tests.test_recordings import wav

pytest_plugins = ("tests.in_app",)
ROOT = Path(__file__).parents[1]
NAMES = """
started_at | direction | client    | answered | wait_s | talk_s | cost | employee       | source  | miss_reason | kind | spam | recording
09:00      | in        | A         | true     | 10     | 60     | 2.50 | Ann            | <b>x</b>|             |      |      | one.wav
09:10      | in        | B         | false    | 3      | 0      | 0    |                | a,b"c   | abandoned   |      |      |
09:30      | out       | B         | false    |        | 0      | 1.25 | Ann            |         |             |      |      |
09:40      | out       | B         | true     |        | 30     | 1    | =1+1           |         |             |      |      |
10:00      | in        | anonymous | true     | 40     | 20     |      | **bold**       |         |             |      |      |
10:10      | int       |           | true     |        | 5      |      | Bob            |         |             |      |      |
10:20      | out       | A         |          |        |        | 3    |                |         |             | sms  |      |
10:30      | in        | C         | true     | 5      | 5      |      |                |         |             |      | true |
10:40      | in        | D         | false    | 50     | 0      |      |                |         | no_answer   |      |      | https://example.org/1.mp3
10:50      | in        | D         | false    | 60     | 0      |      |                |         | no_answer   |      |      | none.mp3
"""


@pytest.fixture
def filled(app_store, tmp_path, monkeypatch) -> Store:
    """A store with ten calls, Calls the only page of the menu."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "calls.py").write_text((ROOT / "pages" / "calls.py").read_text())
    monkeypatch.setattr(menu, "FOLDER", tmp_path / "pages")
    draw(app_store, NAMES)
    return app_store


def app(**params: str) -> AppTest:
    test = AppTest.from_file("../calldash/ui/shell.py", default_timeout=30)
    for name, value in ({"lang": "en"} | params).items():
        test.query_params[name] = value
    return test.run()


def tables(test: AppTest) -> list[dict]:
    """What the tables of calls were given, in their order on the page."""
    found = [json.loads(element.proto.json) for element in test.get("bidi_component") if element.proto.json]
    return [data for data in found if "rows" in data]


def texts(test: AppTest, column: int) -> list[str]:
    return [row["cells"][column]["text"] for row in tables(test)[0]["rows"]]


def said(test: AppTest) -> str:
    """All text of the page and of the card."""
    kinds = ("html", "markdown", "caption", "warning", "info", "subheader")
    return " ".join(getattr(one.proto, "body", "") for kind in kinds for one in test.get(kind)).replace("\u00a0", " ")


@pytest.fixture(scope="module")
def ten(tmp_path_factory) -> Iterator[Store]:
    """The ten calls in a store that no test changes."""
    folder = tmp_path_factory.mktemp("ten")
    store = open_store(load(db=folder / "calls.duckdb", data=folder))
    draw(store, NAMES)
    yield store
    store.close()


def number_of(store: Store, call: str) -> str:
    return str(store.rows("SELECT call_no FROM calls WHERE id = ?", [call])[0][0])


def moment(store: Store) -> Moment:
    return Moment(store.settings, store.now())


def test_the_journal_lists_the_newest_first(filled):
    test = app()
    assert not test.exception
    assert not test.error
    data = tables(test)[0]
    assert [column["title"] for column in data["columns"]][:3] == ["Start", "Direction", "Status"]
    assert len(data["rows"]) == 10
    assert texts(test, 0)[0] == "02/03/2026 10:50:00"
    assert texts(test, 2)[:4] == ["Missed", "Missed", "Spam", "Message"]
    assert "<b>10 calls</b>" in said(test)
    assert "Talk: <b>2:00</b>" in said(test)
    assert "Cost: <b>RUB 7.75</b>" in said(test)


def test_names_stay_text(filled):
    shown = texts(app(columns="employee,source", sort="started_at", order="up"), 0)
    assert shown[:5] == ["Ann", "—", "Ann", "=1+1", "**bold**"]


@pytest.mark.parametrize(
    ("sort", "order", "ids"),
    [
        ("wait_s", "", "c10 c9 c5 c1"),
        ("wait_s", "up", "c2 c8 c1 c5"),
        ("employee", "up", "c5 c4 c3 c1"),
        ("id", "up", "c1 c10 c2 c3"),
    ],
)
def test_sorting_is_done_over_all_calls(filled, sort, order, ids):
    assert texts(app(columns="id", sort=sort, order=order), 0)[:4] == ids.split()


def test_every_column_can_be_shown(filled):
    test = app(columns=",".join(CALL_COLUMNS))
    assert not test.exception
    assert len(tables(test)[0]["rows"][0]["cells"]) == len(CALL_COLUMNS)


@pytest.mark.parametrize("key", CALL_COLUMNS)
def test_every_column_can_be_sorted_by(ten, key):
    asked = query.listing([key], CallFilter(), moment(ten), key, True, 50, 0)
    values = [value for _number, value in ten.rows(asked.sql, asked.values)]
    known = [value for value in values if value is not None]
    assert values == known + [None] * (10 - len(known))
    if key != "direction" and key != "kind":
        assert known == sorted(known, reverse=True)


def test_only_the_calls_behind_a_number_are_listed(filled):
    test = app(behind="missed_calls", columns="id")
    assert sorted(texts(test, 0)) == ["c10", "c2", "c9"]
    assert "<b>3 calls</b>" in said(test)
    assert [button.label for button in test.button if "Behind" in button.label] == ["Behind\\: Missed calls"]


# Numbers that count calls; clients are fewer than their calls.
COUNTS = [one.key for one in METRICS.values() if one.unit == "count" and one.table == "calls" and one.key != "clients"]


@pytest.mark.parametrize("key", COUNTS)
def test_as_many_calls_are_listed_as_the_number_says(ten, key):
    asked = query.count_of(from_pairs({"behind": key}), moment(ten))
    assert ten.rows(asked.sql, asked.values)[0][0] == asking.ask(ten, [key]).iloc[0][key]


TWO_CURRENCIES = """
started_at | direction | answered | cost | currency
09:00      | in        | true     | 1    | RUB
09:10      | in        | true     | 2    | USD
09:20      | in        | true     |      |
"""


def test_sums_of_two_currencies_are_not_known(store):
    draw(store, TWO_CURRENCIES)
    asked = query.count_of(CallFilter(), moment(store))
    assert store.rows(asked.sql, asked.values) == [(3, None, None)]


def test_pages_are_of_fifty_and_a_filter_begins_at_the_first(filled):
    rows = "".join(f"+1 10:{n // 60:02}:{n % 60:02} | in | A | true\n" for n in range(120))
    many = [row | {"id": f"m{n}"} for n, row in enumerate(calls("started_at | direction | client | answered\n" + rows))]
    take(filled, as_csv(many), name="many.csv")
    test = app(page="3", columns="id")
    assert len(tables(test)[0]["rows"]) == 30
    assert "Calls 101 to 130 of 130" in said(test)
    test.multiselect(key="filter_direction").set_value(["inbound"]).run()
    assert "page" not in test.query_params
    assert len(tables(test)[0]["rows"]) == 50
    assert texts(app(page="99", columns="id"), 0)[-1] == "c1"


@pytest.mark.parametrize("value", ["", "x' OR 1=1 --", "-1", "9" * 40, "<b>", "id,id,zz", "💥", "0"])
def test_nonsense_in_the_url_is_no_error(filled, value):
    test = app(**dict.fromkeys(("columns", "sort", "order", "page", "call"), value))
    assert not test.exception
    assert not test.error
    assert len(tables(test)[0]["rows"]) == 10


def test_nothing_found_says_what_to_change(filled):
    test = app(source="nobody")
    assert "choose a longer period or fewer filters" in said(test)
    assert not tables(test)


def test_an_empty_store_shows_no_journal(app_store):
    test = app()
    assert not test.exception
    assert not tables(test)


def test_the_columns_are_chosen_in_their_order(filled):
    test = app()
    chooser = next(one for one in test.multiselect if one.label.startswith("Columns"))
    chooser.set_value(["talk_s", "id", "started_at"]).run()
    assert [column["key"] for column in tables(test)[0]["columns"]] == ["talk_s", "id", "started_at"]
    assert test.query_params["columns"] in ("talk_s,id,started_at", ["talk_s,id,started_at"])
    test.button(key="journal_usual").click().run()
    assert "columns" not in test.query_params


def test_a_view_and_the_url_say_the_same():
    for view in (View(), View(("id", "cost"), "cost", False, 7), View(page=2), View(descending=False)):
        assert journal_state.parse(journal_state.to_pairs(view)) == view
    assert journal_state.to_pairs(View()) == {}
    assert View(page=4).sorted_by("cost") == View(sort="cost")
    assert View().sorted_by("started_at") == View(descending=False)


CARDS = """
call | sentence
c1   | Answered: a person talked after 0:10, within the service level of 0:20.
c1   | Unique: the first call of this client.
c1   | Target: they talked at least 0:30.
c2   | Missed: nobody talked with the client. Reason: Client hung up.
c2   | Left after 0:03, sooner than 0:05: a short abandon, left out of abandoned share and service level.
c2   | It opened a miss: the client had to be reached until 03/03/2026 09:10:03.
c2   | First callback at 02/03/2026 09:30:00, after 19:57: late, the target is 15:00.
c2   | Closed at 02/03/2026 09:40:00: the client answered a callback.
c3   | The client did not answer: not reached.
c4   | The client answered: reached.
c5   | Answered: a person talked after 0:40, later than the service level of 0:20.
c5   | The number is hidden or not known: without a client the call is neither unique nor repeat.
c6   | It is a call between employees: only internal calls and cost count it.
c7   | It is a message, no call: only messages and cost count it.
c8   | It is marked as spam: of all numbers only spam calls and cost count it.
c9   | Still to call back: nobody has tried yet.
c10  | An earlier missed call of this client was still open, so this one belongs to it.
c10  | Repeat: the client had called at most 1 day before.
"""


@pytest.mark.parametrize("case", cases(CARDS), ids=lambda case: f"{case['call']} {case['sentence'][:12]}")
def test_the_card_says_why_a_call_counts_as_it_does(ten, case):
    number = int(number_of(ten, case["call"]))
    row = reports.run(ten, "call", CallFilter(), moment(ten), call_no=number, zone="Europe/Moscow").iloc[0]
    assert case["sentence"] in reasons(row.to_dict(), ten.settings)


def test_the_card_shows_the_call_its_client_and_its_row(filled):
    test = app(call=number_of(filled, "c2"))
    assert not test.exception
    card = said(test)
    assert "Missed: nobody talked with the client" in card.replace("\\", "")
    assert "+7 900 000-00-66" in card
    assert "calls.csv, line 3" in card.replace("\\", "")
    assert any('a,b""c' in code.value for code in test.code)
    others = tables(test)[1]["rows"]
    assert [row["cells"][2]["text"] for row in others] == ["Answered", "Not reached"]


def test_the_card_shows_every_call(filled):
    for (number,) in filled.rows("SELECT call_no FROM calls"):
        test = app(call=str(number), lang="ru" if number % 2 else "en")
        assert not test.exception
        assert not test.error


def test_the_card_says_what_is_wrong_with_a_recording(filled):
    assert "none.mp3 is missing" in said(app(call=number_of(filled, "c10"))).replace("\\", "")
    assert "lies at the provider" in said(app(call=number_of(filled, "c9")))


def test_a_call_that_is_not_there_is_said(filled):
    test = app(call="999999")
    assert "There is no such call any more" in said(test)
    assert len(tables(test)[0]["rows"]) == 10


def test_the_legs_are_drawn_on_one_scale_of_time(store):
    with store.writing() as cursor:
        cursor.execute(
            "INSERT INTO legs VALUES (1, 1, 'queue', NULL, NULL, '<b>q</b>', '2026-03-02 06:00:00', '2026-03-02 06:00:30', "
            "'2026-03-02 06:01:30', 60, 'completed', TRUE), (1, 2, 'ring', 'Ann', NULL, NULL, '2026-03-02 06:00:00', NULL, "
            "'2026-03-02 06:00:15', NULL, NULL, FALSE), (1, 3, 'ring', NULL, NULL, NULL, '2026-03-02 06:00:15', NULL, NULL, NULL, 'odd', FALSE)"
        )
    frame = reports.run(store, "call_legs", CallFilter(), moment(store), call_no=1, zone="Europe/Moscow")
    html = call_card_legs.markup(frame)
    words = re.sub(r"<[^>]+>", " ", html.replace("<b>", " ").replace("</b>", " "))
    assert "&lt;b&gt;q&lt;/b&gt;" in html
    assert "09:00:00 · in the queue · answered after 0:30 · talked 1:00 · talk ended" in words
    assert "rang · 0:15 without an answer" in words
    assert "rang · not answered · odd" in words
    assert "left:0.00%;width:33.33%" in html
    assert "left:33.33%;width:66.67%" in html


HARMLESS = """
text              | written
=1+1              | '=1+1
+cmd              | '+cmd
-5                | '-5
@SUM(1)           | '@SUM(1)
＝1               | '＝1
+79001112233      | +79001112233
+7 (900) 1        | '+7 (900) 1
Ann               | Ann
a=b               | a=b
"""


@pytest.mark.parametrize("case", cases(HARMLESS), ids=lambda case: case["text"])
def test_no_cell_of_the_file_is_a_formula(case):
    assert journal_csv.harmless(case["text"]) == case["written"]


@pytest.mark.parametrize("text", ["\t=1", "\r=1", " =1", "\u00a0=1", "\n=1"])
def test_white_space_hides_no_formula(text):
    assert journal_csv.harmless(text) == f"'{text}"


ROW = ("started_at", "status", "client", "wait_s", "cost", "unique", "source")
VALUES = (datetime(2026, 3, 2, 9, 0, 5), "missed", "+79001112233", 65, Decimal("1234.50"), True, '=a;"b"\nc')


def test_the_file_is_one_for_russian_excel():
    i18n.use("ru")
    content = journal_csv.write(ROW, [VALUES, (None,) * 7])
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[1] == ["2026-03-02 09:00:05", "Пропущен", "+79001112233", "65", "1234,5", "да", '\'=a;"b"\nc']
    assert rows[2] == [""] * 7


def test_the_file_holds_the_filtered_calls_in_their_order(ten, monkeypatch):
    monkeypatch.setattr(journal_csv, "LIMIT", 3)
    missed = from_pairs({"direction": "inbound"})
    content = journal_csv.file(ten, ("id", "source", "recording"), missed, "started_at", False, "en")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[1:] == [["c1", "<b>x</b>", "one.wav"], ["c2", 'a,b"c', ""], ["c5", "", ""]]


def test_a_file_that_is_cut_says_so(filled, monkeypatch):
    labels = [button.proto.label for button in app().get("download_button")]
    monkeypatch.setattr(journal_csv, "LIMIT", 3)
    labels += [button.proto.label for button in app().get("download_button")]
    assert labels == ["Download as CSV", "First 3 of 10 as CSV"]


def test_the_file_in_english_has_commas_and_points():
    i18n.use("en")
    content = journal_csv.write(ROW, [VALUES]).decode("utf-8-sig")
    assert content.startswith(
        "Start,Status,Client,Wait,Cost,Unique,Source\r\n2026-03-02 09:00:05,Missed,+79001112233,65,1234.5,yes,"
    )


def test_cells_are_written_as_people_read_them():
    i18n.use("en")
    assert cell("talk_s", None).text == "—"
    assert cell("talk_s", 0).text == "0:00"
    assert cell("cost", Decimal("2.5"), "USD").text.replace("\u00a0", " ") == "US$2.50"
    assert (cell("status", "missed").mark, cell("status", "missed").text) == ("✕", "Missed")
    assert cell("unique", False).text == "no"
    assert cell("client", "101").text == "101"


def test_numbers_are_readable_and_tell_their_place():
    assert journal_phones.shown("+79000000000") == "+7 900 000-00-00"
    assert [journal_phones.shown(text) for text in ("101", "+7", "Bank")] == ["101", "+7", "Bank"]
    assert journal_phones.place("+442079460000", "en") == ("London",)
    assert journal_phones.place("101", "en") == ()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The app in a process of its own, over a call with a recording: its address and the call's number."""
    (tmp_path / "recordings").mkdir()
    wav(tmp_path / "recordings" / "one.wav", 20)
    store = open_store(load(db=tmp_path / "app.duckdb", data=tmp_path))
    draw(store, NAMES)
    number = number_of(store, "c1")
    store.close()
    places = {"db": tmp_path / "app.duckdb", "recordings": tmp_path / "recordings"}
    with running(tmp_path / "log.txt", **places) as address:
        yield address, number


@pytest.fixture
def page() -> Iterator[Page]:
    with browser_page() as found:
        yield found


def test_a_row_opens_its_call_and_the_recording_plays(served, page):
    address, number = served
    answers = []
    page.on("response", lambda answer: answers.append(answer.status) if "/recording/" in answer.url else None)
    page.goto(f"{address}/calls?lang=en&sort=started_at&order=up")
    page.locator("tbody tr").first.locator("td").nth(2).click()
    audio = page.locator("[role=dialog] audio")
    audio.wait_for()
    assert f"call={number}" in page.url
    audio.evaluate("one => one.play()")
    page.wait_for_function("one => one.currentTime > 0.3", arg=audio.element_handle())
    assert answers[0] == 206
    page.locator("[data-rate='2']").click()
    page.locator("[data-step='10']").click()
    page.wait_for_function("one => one.currentTime > 10", arg=audio.element_handle())
    assert audio.evaluate("one => one.playbackRate") == 2
    page.keyboard.press("Escape")
    audio.wait_for(state="detached")
    page.wait_for_url(lambda url: "call=" not in url)
    page.go_back()
    audio.wait_for()

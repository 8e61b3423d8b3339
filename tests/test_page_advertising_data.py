"""Ad spend and deals on their page: files brought, what is wrong with them, formats of one's own."""

import pytest
from streamlit.testing.v1 import AppTest

from calldash.store import Store
from tests.drawn import draw, figures
from tests.given import deals_from, spend_from
from tests.in_app import app, app_store, cells, first_in_menu, tables  # noqa: F401 (a fixture)

CALLS = """
    started_at | direction | client | answered | wait_s | talk_s | source | campaign
    10:00      | in        | A      | yes      | 3      | 60     | yandex | Поиск
    +1 11:00   | in        | A      | yes      | 3      | 60     | google | Бренд
"""
DEALS = "id | phone | date | amount | status | title\n1 | +79000000065 | 2026-03-05 | 1000 | won | Окна"
GOOD = "Дата;Кампания;Клики;Расход (руб.)\n01.03.2026;Поиск;1;50\n02.03.2026;РСЯ;1;7\n"


@pytest.fixture
def there(app_store: Store, tmp_path, monkeypatch: pytest.MonkeyPatch) -> Store:  # noqa: F811
    draw(app_store, CALLS)
    first_in_menu(monkeypatch, tmp_path, "advertising")
    return app_store


def bring(test: AppTest, content: str, kind: str = "spend", name: str = "x.csv") -> AppTest:
    """Chooses a file and presses the button."""
    uploader = next(one for one in test.file_uploader if one.key and one.key.startswith(f"given_{kind}_"))
    uploader.set_value([(name, content.encode(), "text/csv")]).run()
    return test.button(key=f"given_{kind}_go").click().run()


def unmatched(test: AppTest) -> list[list[str]]:
    """The rows of the list of spend that meets no calls."""
    found = [one.value for one in test.table if "Reason" in one.value.columns]
    cells = found[0].replace("\xa0", " ", regex=True).values.tolist() if found else []
    return [[cell.replace("\\", "") for cell in row] for row in cells]


def test_a_file_of_spend_is_taken_and_told(there: Store) -> None:
    test = bring(app(part="spend"), GOOD)
    assert not test.exception and not test.error
    assert "2 new, 0 replaced, 0 same" in test.success[0].value.replace("\\", "")
    assert "1 campaign with spend is on no call" in test.warning[-1].value
    assert [list(row) for row in unmatched(test)] == [
        ["yandex / РСЯ", "RUB 7.00", "Calls of this source have no such campaign"]
    ]
    assert there.rows("SELECT count(*) FROM spend") == [(2,)]
    test = bring(test, GOOD.replace("50", "60"))
    assert "1 new, 1 replaced, 1 same" in test.success[0].value.replace("\\", "")


def test_each_wrong_line_is_listed_and_nothing_taken(there: Store) -> None:
    test = bring(app(part="spend"), GOOD + "40.03.2026;Поиск;1;5\n03.03.2026;Поиск;1;-5\n")
    assert "Nothing was taken" in test.error[0].value
    wrong = next(one.value for one in test.dataframe if "Reason" in one.value.columns)
    assert list(wrong["Line of the file"]) == [4, 5]
    assert list(wrong["Reason"]) == ["is no day such as 31.01.2026", "is less than nothing"]
    assert there.rows("SELECT count(*) FROM spend") == [(0,)]


def test_columns_that_nobody_knows_are_chosen_and_kept(there: Store) -> None:
    test = bring(app(part="spend"), "Когда;Где;Сколько\n01.03.2026;radio;100\n", name="radio.csv")
    for ours, theirs in (("since", "Когда"), ("source", "Где"), ("amount", "Сколько")):
        test.selectbox(key=f"map_spend_0_{ours}").select(theirs).run()
    preview = next(one.value for one in test.dataframe if list(one.value.columns) == ["Amount", "First day", "Source"])
    assert preview.values.tolist() == [["100", "01.03.2026", "radio"]]
    test.button(key="map_spend_0_keep").click().run()
    assert not test.error
    assert there.rows("SELECT source, amount FROM spend") == [("radio", 100)]
    test = bring(app(part="spend"), "Когда;Где;Сколько\n02.03.2026;radio;50\n", name="radio2.csv")
    assert test.success[0].value.replace("\\", "").startswith("radio2.csv: radio;")


def test_deals_and_what_each_model_says(there: Store) -> None:
    test = app(part="deals")
    assert [one.value for one in test.info] == ["Sales are those of calls: deals count in no figure but their own."]
    deals_from(there, DEALS)
    test = app(part="deals")
    assert test.info[0].value.startswith("Sales are those of the deals below.")
    (models,) = tables(test)
    heads = [head["text"] for head in models["heads"]]
    assert heads == ["Source", "First call ✓", "Last call before the deal", "All calls, in equal parts"]
    told = {name: [(text.replace("\xa0", " "), note) for text, note in of_row] for name, of_row in cells(test).items()}
    assert told["yandex"] == [("RUB 1,000", "deals: 1"), ("—", "deals: 0"), ("RUB 500", "deals: 1")]
    assert told["google"] == [("—", "deals: 0"), ("RUB 1,000", "deals: 1"), ("RUB 500", "deals: 1")]


def test_what_is_known_of_each_source(there: Store) -> None:
    spend_from(
        there, "source | since | until | amount\nyandex | 2026-03-01 | | 5\nyandex | 2026-03-04 | 2026-03-05 | 8"
    )
    known = app(part="spend").table[0].value
    assert list(known.iloc[0][["Source", "Days without spend"]]) == ["yandex", "2"]


def test_spend_that_meets_no_calls_is_told_what_it_means(there: Store) -> None:
    """What would move is seen before; then the cost stands beside the calls, and the row in the table of names."""
    spend_from(there, "source | campaign | since | amount\nyandex | Поиск_Москва | 2026-03-02 | 500")
    test = app(part="spend")
    test.selectbox(key="unmatched_written").select(("yandex", "Поиск_Москва")).run()
    assert test.button(key="unmatched_save").disabled
    test.selectbox(key="unmatched_counts").select(("yandex", "Поиск")).run()
    seen = next(one.value for one in test.table if "Would count as" in one.value.columns)
    assert [cell.replace("\\", "").replace("\xa0", " ") for cell in seen.iloc[0]] == [
        "yandex / Поиск_Москва", "yandex / Поиск", "0", "RUB 500",
    ]  # fmt: skip
    test.button(key="unmatched_save").click().run()
    assert not test.error and unmatched(test) == []
    assert (
        test.success[0]
        .value.replace("\\", "")
        .startswith("yandex / Поиск_Москва counts as yandex / Поиск from now on.")
    )
    assert figures(there, "ad_cost", campaign="Поиск") == {"ad_cost": 500}
    test = app(part="names")
    assert [list(row) for row in naming_rows(there)] == [["yandex", "Поиск_Москва", "yandex", "Поиск"]]
    assert any("added: yandex / Поиск" in one.value.replace("\\", "") for one in test.caption)


def test_a_look_alike_counts_only_when_its_button_is_pressed(there: Store) -> None:
    spend_from(there, "source | campaign | since | amount\nYandex | поиск | 2026-03-02 | 500")
    test = app(part="names")
    assert naming_rows(there) == []
    test.button(key="proposed_save_0").click().run()
    assert naming_rows(there) == [("Yandex", None, "yandex", None)]
    test.button(key="proposed_save_0").click().run()
    assert ("yandex", "поиск", "yandex", "Поиск") in naming_rows(there)
    assert figures(there, "ad_cost", campaign="Поиск") == {"ad_cost": 500}
    assert not test.error and "proposed_save_0" not in [one.key for one in test.button]


def naming_rows(store: Store) -> list[tuple[str, ...]]:
    return store.rows("SELECT source, campaign, as_source, as_campaign FROM campaign_names")


def test_names_are_brought_as_a_file_and_refused_whole(there: Store) -> None:
    test = app(part="names")
    for content, what in (("source,as_source\nyandex,ya\n", "success"), ("source,as_source\nya,ya\n", "error")):
        (uploader,) = [one for one in test.file_uploader if one.key and one.key.startswith("naming_file")]
        uploader.set_value([("n.csv", content.encode(), "text/csv")]).run()
        test.button(key="naming_import").click().run()
        assert len(getattr(test, what)) == 1
    assert naming_rows(there) == [("yandex", None, "ya", None)]
    assert there.rows("SELECT DISTINCT source, written_source FROM calls ORDER BY 1") == [
        ("google", None), ("ya", "yandex"),
    ]  # fmt: skip

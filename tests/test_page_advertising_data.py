"""Ad spend and deals on their page: files brought, what is wrong with them, formats of one's own."""

import pytest
from streamlit.testing.v1 import AppTest

from calldash.store import Store
from tests.drawn import draw
from tests.given import deals_from, spend_from
from tests.in_app import app, app_store, first_in_menu  # noqa: F401 (a fixture)

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


def test_a_file_of_spend_is_taken_and_told(there: Store) -> None:
    test = bring(app(part="spend"), GOOD)
    assert not test.exception and not test.error
    assert "2 new, 0 replaced, 0 same" in test.success[0].value.replace("\\", "")
    assert "yandex / РСЯ" in test.warning[-1].value.replace("\\", "")
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
    models = test.table[0].value.replace("\xa0", " ", regex=True).set_index("Source")
    assert list(models.columns) == ["First call ✓", "Last call before the deal", "All calls, in equal parts"]
    assert list(models.loc["yandex"]) == ["1 · RUB 1,000", "0 · —", "1 · RUB 500"]
    assert list(models.loc["google"]) == ["0 · —", "1 · RUB 1,000", "1 · RUB 500"]


def test_what_is_known_of_each_source(there: Store) -> None:
    spend_from(
        there, "source | since | until | amount\nyandex | 2026-03-01 | | 5\nyandex | 2026-03-04 | 2026-03-05 | 8"
    )
    known = app(part="spend").table[0].value
    assert list(known.iloc[0][["Source", "Days without spend"]]) == ["yandex", "2"]

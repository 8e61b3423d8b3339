"""Files as people really have them: what Excel, advertising systems and CRMs make of a table, and what is no row of it."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from calldash.commands import deals as told_of_deals
from calldash.commands import spend as told_of_spend
from calldash.given import deals_import, spend_import
from calldash.given.refused import Refused
from calldash.i18n import say
from calldash.problems import Problem
from calldash.store import Store

GOOGLE_RU = """\
Отчет о кампаниях
1 марта 2026 г. – 31 марта 2026 г.
Статус кампании\tКампания\tБюджет\tКод валюты\tKлики\tПоказы\tРасходы
Включена\tБренд\t100,00\tRUB\t10\t1\u00a0234\t1\u00a0234,56
Остановлена\tСтарая\t --\tRUB\t0\t0\t0,00
Итого: аккаунт\t --\t100,00\tRUB\t10\t1\u00a0234\t1\u00a0234,56
"""
GOOGLE_EN = """\
Campaign report
March 1, 2026 - March 31, 2026
Campaign status\tCampaign\tBudget\tCurrency code\tImpr.\tClicks\tCost
Enabled\tTotal Wine\t100.00\tRUB\t1,234\t10\t1,234.56
Total: Account\t --\t100.00\tRUB\t1,234\t10\t1,234.56
"""
GOOGLE_DAYS = """\
Отчет
1 марта 2026 г. – 2 марта 2026 г.
День,Kлики,Показы,Код валюты,Расходы
2026-03-01,1,10,RUB,"100,50"
2026-03-02,2,20,RUB,"1 000,00"
"""
DIRECT = """\
Кампания;Дата;Показы;Клики;Расход всего (руб.)
Итоговая распродажа;01.03.2026;10;1;100
Всего за 99 рублей;01.03.2026;1;1;5
Всего с 01.03.2026 по 01.03.2026;;11;2;105
"""
METRICA = "Date,Expenses,Currency,TrafficSource,UTMCampaign\n1772312400/1772398800,1000,RUB,ad,new\n"
BITRIX_PAGE = """\
\ufeff<meta http-equiv="Content-type" content="text/html;charset=UTF-8" /><table border="1"><thead><tr>
<th>ID</th><th>Стадия сделки</th><th>Название сделки</th><th>Сумма</th><th>Валюта</th><th>Дата завершения</th>
<th>Контакт: Рабочий телефон</th></tr></thead><tbody>
<tr><td>41</td><td>Сделка успешна</td><td>Окна &amp; двери</td><td>5 000,50</td><td>Российский рубль</td>
<td>05.03.2026</td><td>8 900 222-33-44</td></tr></tbody></table>
"""
AMO = "ID,Сделка,Бюджет,Этап сделки\n1,Окна,500,Успешно реализовано\n"


def written(store: Store, text: str, encoding: str = "utf-8", name: str = "x.csv") -> Path:
    path = store.settings.db.with_name(name)
    path.write_bytes(text.encode(encoding))
    return path


def stored(store: Store) -> list[tuple[object, ...]]:
    return store.rows("SELECT source, campaign, since, until, amount FROM spend WHERE amount > 0 ORDER BY ALL")


@pytest.mark.parametrize(
    ("text", "campaign", "impressions"), [(GOOGLE_RU, "Бренд", 1234), (GOOGLE_EN, "Total Wine", 1234)], ids=["ru", "en"]
)
def test_google_ads_for_excel(store: Store, text: str, campaign: str, impressions: int) -> None:
    """UTF-16 with tabs below two titles; a campaign whose name begins with Total is none of the totals."""
    receipt = spend_import.import_file(store, written(store, text, "utf-16"), "test")
    march = date(2026, 3, 1), date(2026, 3, 31)
    assert stored(store) == [("google", campaign, *march, Decimal("1234.56"))]
    assert store.rows("SELECT clicks, impressions FROM spend WHERE amount > 0") == [(10, impressions)]
    assert (receipt.totals, receipt.unknown) == (1, [("google", campaign)])
    assert "lines of totals, left out: 1" in told_of_spend.told(receipt)


def test_a_report_by_days_alone_is_the_sources(store: Store) -> None:
    receipt = spend_import.import_file(store, written(store, GOOGLE_DAYS), "test")
    assert (receipt.shape, receipt.amount, receipt.doubled) == ("Google Ads", Decimal("1100.5"), [])
    later = spend_import.import_file(store, written(store, GOOGLE_EN, "utf-16", "later.csv"), "test")
    assert later.doubled == ["google"]
    assert "counts twice: google" in told_of_spend.told(later)


def test_campaigns_called_like_totals_are_spend(store: Store) -> None:
    receipt = spend_import.import_file(store, written(store, DIRECT), "test")
    assert (receipt.amount, receipt.totals) == (105, 1)


def test_days_of_metrica_as_seconds(store: Store) -> None:
    """Midnights of Moscow, which are the evenings before by Greenwich."""
    spend_import.import_file(store, written(store, METRICA), "test")
    assert stored(store) == [("ad", "new", date(2026, 3, 1), date(2026, 3, 2), 1000)]


def test_a_report_without_days_is_refused_in_one_sentence(store: Store) -> None:
    path = written(store, GOOGLE_RU.replace("1 марта 2026 г. – 31 марта 2026 г.", "За все время"), "utf-16")
    with pytest.raises(Problem) as caught:
        spend_import.import_file(store, path, "test")
    assert say(caught.value) == ("x.csv has no column for: First day. Add it, or say what holds for the whole file.")
    spend_import.import_file(store, path, "test", {"since": "2026-03-01", "until": "2026-03-31"})
    assert [row[1] for row in stored(store)] == ["Бренд"]


def test_a_table_on_another_sheet_of_a_workbook(store: Store, tmp_path: Path) -> None:
    """VK Ads puts a summary before its advertisements; titles are merged cells."""
    path = tmp_path / "vk.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Сводка").merge_range(0, 0, 0, 3, "Кабинет: Роза")
        book.add_worksheet("Пусто")
        sheet = book.add_worksheet("Объявления")
        sheet.merge_range(0, 0, 0, 4, "Отчёт за апрель")
        header = ["Дата", "Название объявления", "ID группы", "Показы", "Потрачено всего, ₽", "Цена за результат, ₽"]
        for at, row in enumerate((header, ["01.04.2026", "Б1", 5, 100, 99.9, 3], ["Итого", "", "", 100, 99.9, ""]), 2):
            sheet.write_row(at, 0, row)
    receipt = spend_import.import_file(store, path, "test")
    assert (receipt.shape, receipt.amount, receipt.totals) == ("VK Ads", Decimal("99.9"), 1)
    assert store.rows("SELECT line, ad FROM spend") == [(4, "Б1")]


def test_a_web_page_called_excel(store: Store) -> None:
    """Bitrix24 calls a page .xls, and currencies by their names."""
    receipt = deals_import.import_file(store, written(store, BITRIX_PAGE, name="DEAL.xls"), "test")
    assert told_of_deals.told(receipt).startswith("DEAL.xls: Bitrix24; deals: 1 new")
    assert store.rows("SELECT id, title, amount, currency, status, client FROM deals") == [
        ("41", "Окна & двери", Decimal("5000.5"), "RUB", "won", "+79002223344")
    ]


def test_deals_without_days_are_refused_in_one_sentence(store: Store) -> None:
    with pytest.raises(Problem) as caught:
        deals_import.import_file(store, written(store, AMO), "test")
    assert not isinstance(caught.value, Refused)
    assert say(caught.value).startswith("x.csv has no column for: Day.")

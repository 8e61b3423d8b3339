"""Exports of ad spend: known ones by their headers, others by a kept format; what is wrong stops the whole file."""

from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from calldash import audit
from calldash.given import kept, spend_import, values
from calldash.given.lines import UnknownColumns
from calldash.given.refused import Refused
from calldash.i18n import say
from calldash.store import Store
from tests.drawn import cases, draw
from tests.given import spend_from

DIRECT = """\
"Отчёт по кампаниям, логин demo"
"Период: 01.03.2026 - 03.03.2026"

Дата;Кампания;№ Кампании;Показы;Клики;CTR (%);Расход (руб.)
01.03.2026;Поиск;123;1 000;20;2,0;1 234,56
02.03.2026;Поиск;123;1000;--;2,0;"500,5"
02.03.2026;РСЯ;124;1000;20;2,0;--
Итого;;;3000;60;;1735,06
"""
DIRECT_EN = """\
Date;Campaign;Impressions;Clicks;Cost, RUB
01.03.2026;Search;10;2;12.50
Total;;10;2;12.50
"""
DIRECT_API = "Report (2026-03-01 - 2026-03-02)\nDate\tCampaignName\tCost\tClicks\n2026-03-01\tSearch\t15230000\t1\nTotal rows: 1\n"
GOOGLE = """\
Campaign report
"1 March 2026 - 31 March 2026"
Campaign,Currency code,Cost,Clicks,Impr.
Brand,USD,"3,100.00",10,100
Total: Account, --,"3,100.00",10,100
"""
GOOGLE_RU = """\
Отчет о кампаниях
День,Кампания,Код валюты,Стоимость,Клики,Показы
2026-03-01,Бренд,RUB,"1 550,40",10,100
Итого: аккаунт, --,RUB,"1 550,40",10,100
"""
GOOGLE_MICROS = "segments.date,campaign.name,metrics.cost_micros,customer.currency_code\n2026-03-01,Brand,2500000,RUB\n"
VK = "Дата;Название кампании;Показы;Клики;Потрачено всего, ₽\n01.03.2026;Осень;100;5;99,90\n"
VK_ADS = """\
Дата;Название объявления;Статус;ID объявления;ID группы объявлений;Показы;Клики;Потрачено, ₽;Охват
01.03.2026;Баннер 1;Активно;11;5;100;5;99,90;80
01.03.2026;Баннер 2;Активно;12;5;100;5;0,10;80
"""
DIRECT_IDS = """\
Дата;ID кампании;Название кампании;ID объявления;ID условия показа;Показы;Клики;Расход (руб.);Валюта
01.03.2026;100;Бренд;10;77;1000;20;500,50;RUB
Итого;;;;;1000;20;500,50;
"""
DIRECT_WIZARD = """\
Дата;Кампания;№ Кампании;Группа;№ Группы;№ Объявления;Условие показа;Показы;Клики;Расход (руб.)
01.03.2026;Бренд;100;A;1;10;окна;1000;20;500,50
"""
METRICA = "Date,Expenses,Currency,UTMSource,UTMCampaign,UTMMedium,Clicks\n2026-03-01/2026-03-02,1000,RUB,ya,new,cpc,9\n"
CALLTOUCH = "source,medium,campaign,content,term,price,dateFrom,dateTo\nvk,cpc,лето,,,300.5,2026-03-01,2026-03-03\n"
TAGS = "date;utm_source;utm_medium;utm_campaign;cost\n01.03.2026;ya;cpc;a;7,5\n"
GOOGLE_RU_DAYS = """\
Эффективность кампаний
"1 марта 2026 г. - 31 марта 2026 г."
Статус кампании,Кампания,Бюджет,Код валюты,Показы,Клики,CTR,Ср. цена за клик,Расходы
Включена,Бренд,"100,00",RUB,100,10,"10,00 %","155,04","1 550,40"
Итого: Аккаунт, --,"100,00",RUB,100,10,"10,00 %","155,04","1 550,40"
"""
EXPORTS = """
    file          | shape             | source | since      | until      | amount  | currency
    VK_ADS        | VK Ads            | vk     | 2026-03-01 | 2026-03-01 | 100.00  | RUB
    DIRECT_IDS    | Yandex Direct     | yandex | 2026-03-01 | 2026-03-01 | 500.50  | RUB
    DIRECT_WIZARD | Yandex Direct     | yandex | 2026-03-01 | 2026-03-01 | 500.50  | RUB
    METRICA       | Yandex Metrica    | ya     | 2026-03-01 | 2026-03-02 | 1000.00 | RUB
    CALLTOUCH     | UTM               | vk     | 2026-03-01 | 2026-03-03 | 300.50  | RUB
    TAGS          | UTM               | ya     | 2026-03-01 | 2026-03-01 | 7.50    | RUB
    GOOGLE_RU_DAYS | Google Ads       | google | 2026-03-01 | 2026-03-31 | 1550.40 | RUB
    DIRECT        | Yandex Direct     | yandex | 2026-03-01 | 2026-03-02 | 1735.06 | RUB
    DIRECT_EN     | Yandex Direct     | yandex | 2026-03-01 | 2026-03-01 | 12.50   | RUB
    DIRECT_API    | Yandex Direct API | yandex | 2026-03-01 | 2026-03-01 | 15.23   | RUB
    GOOGLE        | Google Ads        | google | 2026-03-01 | 2026-03-31 | 3100.00 | USD
    GOOGLE_RU     | Google Ads        | google | 2026-03-01 | 2026-03-01 | 1550.40 | RUB
    GOOGLE_MICROS | Google Ads        | google | 2026-03-01 | 2026-03-01 | 2.50    | RUB
    VK            | VK Ads            | vk     | 2026-03-01 | 2026-03-01 | 99.90   | RUB
"""


def take(store: Store, text: str | bytes, name: str = "x.csv", **given: str) -> spend_import.Receipt:
    path = store.settings.db.with_name(name)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return spend_import.import_file(store, path, "test", given)


@pytest.mark.parametrize("case", cases(EXPORTS), ids=lambda case: case["file"])
def test_exports_are_known_by_their_headers(store: Store, case: dict[str, str]) -> None:
    found = take(store, globals()[case["file"]])
    told = (found.shape, str(found.since), str(found.until), found.amount, found.currency)
    assert told == (case["shape"], case["since"], case["until"], Decimal(case["amount"]), case["currency"])
    assert {source for (source,) in store.rows("SELECT source FROM spend")} == {case["source"]}


def test_an_export_in_cp1251_and_a_workbook(store: Store, tmp_path: Path) -> None:
    assert take(store, DIRECT.encode("cp1251")).amount == Decimal("1735.06")
    path = tmp_path / "direct.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "dd.mm.yyyy"}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(
            (["Отчёт"], ["Дата", "Кампания", "Клики", "Расход (руб.)"], ["04.03.2026", "Поиск", 3, 7.25])
        ):
            sheet.write_row(at, 0, row)
    assert spend_import.import_file(store, path, "test").amount == Decimal("7.25")


def test_an_export_of_the_same_days_replaces_them(store: Store) -> None:
    take(store, DIRECT)
    later = DIRECT.replace("500,5", "510") + "03.03.2026;Поиск;123;1;1;1;5\n"
    found = take(store, later)
    assert (found.new, found.replaced, found.same) == (2, 1, 1)
    assert store.rows("SELECT sum(amount) FROM spend") == [(Decimal("1749.560000"),)]


WRONG = """
    what           | line                                             | column   | reason
    negative       | yandex | a | 2026-03-01 |            | -3     | RUB | amount   | is less than nothing
    bad day        | yandex | a | 33.03.2026 |            | 3      | RUB | since    | is no day such as 31.01.2026
    either way     | yandex | a | 03/04/2026 |            | 3      | RUB | since    | may be one of two days: write it as 2026-01-31
    no amount      | yandex | a | 2026-03-01 |            | much   | RUB | amount   | is no amount
    backwards      | yandex | a | 2026-03-02 | 2026-03-01 | 3      | RUB | until    | is before the first day
    no currency    | yandex | a | 2026-03-01 |            | 3      | XXY | currency | is no currency
    two currencies | yandex | a | 2026-03-09 |            | 3      | USD | currency | stands beside RUB: a file has one currency
    overlapping    | yandex | b | 2026-03-05 | 2026-03-15 | 3      | RUB | since    | overlaps the period of the same campaign on line 2
    no source      |        | a | 2026-03-01 |            | 3      | RUB | source   | is not given
"""


def wrong_cases() -> list[list[str]]:
    lines = [[cell.strip() for cell in line.split("|")] for line in WRONG.strip().splitlines()[1:]]
    return [[line[0], ",".join(line[1:7]), line[7], line[8]] for line in lines]


@pytest.mark.parametrize(("what", "line", "column", "reason"), wrong_cases(), ids=lambda text: text)
def test_one_wrong_line_stops_the_whole_file(store: Store, what: str, line: str, column: str, reason: str) -> None:
    text = f"source,campaign,since,until,amount,currency\nyandex,b,2026-03-01,2026-03-10,50,RUB\n{line}\n"
    with pytest.raises(Refused) as caught:
        take(store, text)
    assert [(one.line, one.column, say(one)) for one in caught.value.wrong] == [(3, column, reason)], what
    assert store.rows("SELECT count(*) FROM spend") == [(0,)]


def test_days_of_a_total_that_is_there_are_not_counted_beside_it(store: Store) -> None:
    spend_from(store, "source | since | until | amount\na | 2026-03-01 | 2026-03-31 | 310")
    with pytest.raises(Refused) as caught:
        spend_from(store, "source | since | amount\na | 2026-03-05 | 3", "days.csv")
    assert say(caught.value.wrong[0]) == "meets only some days of what is there: 2026-03-01 – 2026-03-31, spend.csv:2"
    assert spend_from(store, "source | since | until | amount\na | 2026-03-01 | 2026-04-30 | 500").replaced == 1


def test_campaigns_that_no_call_has_are_kept_and_told(store: Store) -> None:
    draw(store, "started_at | direction | client | answered | source | campaign\n10:00 | in | A | yes | yandex | Поиск")
    found = take(store, DIRECT.replace("20;2,0;--", "20;2,0;9"))
    assert list(found.unknown) == [("yandex", "РСЯ")]
    assert found.new == 3


def test_a_format_of_ones_own(store: Store) -> None:
    text = "Когда;Реклама;Отдали, руб.\n01.03.2026;Радио;5000\n"
    with pytest.raises(UnknownColumns):
        take(store, text)
    kept.keep(store.settings.data, "spend", "Радио", {"since": "Когда", "campaign": "Реклама", "amount": "Отдали"}, {})
    found = take(store, text, source="radio", vat="in", vat_rate="20")
    assert (found.shape, found.amount, found.currency) == ("Радио", Decimal(5000), "RUB")
    assert store.rows("SELECT source, net FROM spend") == [("radio", Decimal("4166.666667"))]
    assert audit.trail(store)[0][1:4] == ("test", "spend import", "x.csv")


def test_lines_are_edited_together_or_not_at_all(store: Store) -> None:
    spend_from(store, "source | since | until | amount\na | 2026-03-01 | 2026-03-31 | 310\nb | 2026-03-01 | | 5")
    first, second = (number for (number,) in store.rows("SELECT spend_no FROM spend ORDER BY source"))
    line = {"source": "b", "since": "2026-03-02", "amount": "7", "currency": "RUB"}
    with pytest.raises(Refused):  # a day of what stays
        spend_import.edit(store, "test", [second], [line, line | {"source": "a"}])
    assert store.rows("SELECT count(*) FROM spend") == [(2,)]
    assert spend_import.edit(store, "test", [first, second], [line]) == 1
    assert store.rows("SELECT source, amount, file, who FROM spend") == [("b", Decimal(7), "", "test")]


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1 234,56", "1234.56"), ("1,234.56", "1234.56"), ("1.234,56", "1234.56"), ("1,234", "1234"), ("0,123", "0.123"),
     ("12,5", "12.5"), ("5\u00a0000 ₽", "5000"), ("12.5 руб.", "12.5"), ("1'000.10", "1000.10")],
)  # fmt: skip
def test_amounts_as_people_write_them(text: str, amount: str) -> None:
    assert values.amount(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "x", "1e999", "NaN", "12-3", "9999999999999"])
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(ValueError):
        values.amount(text)


@pytest.mark.parametrize(
    "text",
    ["2026-03-01", "01.03.2026", "1.3.26", "2026-03-01T00:00:00", "1 марта 2026 г.", "1 мар. 2026", "Mar 1, 2026"],
)
def test_days_as_people_write_them(text: str) -> None:
    assert str(values.day(text)) == "2026-03-01"


def test_the_order_of_dates_with_slashes_is_told_by_the_others() -> None:
    assert values.month_first(["03/04/2026", "03/25/2026"]) is True
    assert values.month_first(["25/03/2026"]) is False
    assert str(values.day("03/04/2026", american=True)) == "2026-03-04"

"""Deals of a CRM: read from its exports, put down to calls, and kept right while calls change."""

from decimal import Decimal

import pytest

from calldash.given import deals_import
from calldash.given.refused import Refused
from calldash.i18n import say
from calldash.importing.files import remove_system
from calldash.marking.marks import put
from calldash.store import Store, tracking
from tests.asterisk_samples import log, master
from tests.conftest import Opener
from tests.drawn import cases, draw, rows
from tests.drawn import take as from_file
from tests.given import deals_from

AMO = """\
ID,Название сделки,Бюджет,Этап сделки,Дата создания,Дата закрытия,Рабочий телефон (контакт),Мобильный телефон (контакт)
7,Окна,"1 500",Успешно реализовано,01.03.2026 10:00:00,05.03.2026 11:00:00,,'+79000000065
8,Двери,900,Переговоры,02.03.2026 10:00:00,не закрыта,79000000066,
9,Полы,100,Закрыто и не реализовано,02.03.2026 10:00:00,03.03.2026 10:00:00,,
"""
BITRIX = """\
"ID";"Стадия сделки";"Название сделки";"Сумма";"Валюта";"Дата создания";"Контакт: Рабочий телефон"
"1";"Сделка успешна";"A";"1000.00";"RUB";"05.03.2026 12:00:00";"8 (900) 000-00-65, 8 (900) 000-00-66"
"2";"Сделка провалена";"B";"5";"USD";"05.03.2026 12:00:00";"+7 900 000-00-66"
"""
BITRIX_EN = "ID,Stage,Deal Name,Amount,Currency,Created on,Contact: Work Phone\n3,Deal won,C,7,RUB,03/25/2026 01:30:00 pm,+79000000065\n"
KOMMO = """\
ID,Lead title,Sale,Pipeline,Lead status,Created at,Closed at,Main contact,Work phone (contact)
4,Doors,250,Sales,Closed - won,01.03.2026 10:00:00,05.03.2026 11:00:00,Ann,+79000000065
5,Floors,90,Sales,Initial contact,02.03.2026 10:00:00,not closed,Bob,79000000066
"""
EXPORTS = """
    file      | shape    | deals
    AMO       | amoCRM   | 7 won 2026-03-05 +79000000065, 8 open 2026-03-02 +79000000066, 9 lost 2026-03-03 None
    KOMMO     | amoCRM   | 4 won 2026-03-05 +79000000065, 5 open 2026-03-02 +79000000066
    BITRIX    | Bitrix24 | 1 won 2026-03-05 +79000000065, 2 lost 2026-03-05 +79000000066
    BITRIX_EN | Bitrix24 | 3 won 2026-03-25 +79000000065
"""


def take(store: Store, text: str) -> deals_import.Receipt:
    path = store.settings.db.with_name("deals.csv")
    path.write_text(text)
    return deals_import.import_file(store, path, "test")


@pytest.mark.parametrize("case", cases(EXPORTS), ids=lambda case: case["file"])
def test_exports_are_known_by_their_headers(store: Store, case: dict[str, str]) -> None:
    assert take(store, globals()[case["file"]]).shape == case["shape"]
    found = store.rows("SELECT id, status, day, client FROM deals ORDER BY id")
    assert ", ".join(" ".join(map(str, row)) for row in found) == case["deals"]


def test_an_export_again_updates(store: Store) -> None:
    first = take(store, AMO)
    assert (first.new, first.changed, first.same, list(first.numberless)) == (3, 0, 0, [4])
    again = take(store, AMO.replace("Переговоры", "Успешно реализовано"))
    assert (again.new, again.changed, again.same) == (0, 1, 2)
    assert store.rows("SELECT count(*), count(*) FILTER (status = 'won') FROM deals") == [(3, 2)]


WRONG = """
    line                                        | column   | reason
    5,2026-03-05,x,won,+79000000065             | amount   | is no amount
    5,2026-03-05,-1,won,+79000000065            | amount   | is less than nothing
    5,2026-03-05,1,perhaps,+79000000065         | status   | is none of: won, lost, open
    5,,1,won,+79000000065                       | happened | is not given
    ,2026-03-05,1,won,+79000000065              | id       | is not given
    1,2026-03-05,2,won,+79000000065             | id       | stands on line 2 with other values
"""


@pytest.mark.parametrize("case", cases(WRONG), ids=lambda case: case["column"] + case["line"])
def test_one_wrong_line_stops_the_whole_file(store: Store, case: dict[str, str]) -> None:
    with pytest.raises(Refused) as caught:
        take(store, f"id,date,amount,status,phone\n1,2026-03-05,1,won,+79000000066\n{case['line']}\n")
    assert [(one.line, one.column, say(one)) for one in caught.value.wrong] == [(3, case["column"], case["reason"])]
    assert store.rows("SELECT count(*) FROM deals") == [(0,)]


CALLS = """
    id | started_at | direction | client | answered | source
    a  | 10:00      | in        | A      | yes      | one
    b  | +1 10:00   | in        | A      | no       | two
    c  | +2 10:00   | in        | A      | yes      | two
    o  | +2 11:00   | out       | A      | yes      | none
    z  | +9 10:00   | in        | A      | yes      | late
    y  | +1 10:00   | in        | B      | yes      | other
"""
DEAL = "id | phone | date | amount | margin | status\n1 | +79000000065 | 2026-03-05 | 100 | 10 | won"


def parts(store: Store) -> dict[str, str]:
    """The calls of the deal by model, with their part of 100."""
    found = store.rows("SELECT model, id, amount FROM attributed ORDER BY model, id")
    told: dict[str, list[str]] = {}
    for model, id_, amount in found:
        told.setdefault(model, []).append(f"{id_} {amount:.2f}")
    return {model: ", ".join(some) for model, some in told.items()}


THREE = {"first": "a 100.00", "last": "c 100.00", "linear": "a 33.33, b 33.33, c 33.33"}


def test_a_deal_is_put_down_to_inbound_calls_before_it(store: Store) -> None:
    draw(store, CALLS)
    deals_from(store, DEAL)
    assert parts(store) == THREE
    sums = "SELECT DISTINCT sum(part), sum(amount), sum(margin) FROM attributed GROUP BY model"
    assert store.rows(sums) == [(Decimal(1), Decimal(100), Decimal(10))]


def test_deals_that_came_before_their_calls(store: Store) -> None:
    deals_from(store, DEAL)
    assert parts(store) == {}
    draw(store, CALLS)
    assert parts(store) == THREE
    draw(store, CALLS)
    assert parts(store) == THREE


def test_calls_that_change_their_client_or_turn_out_to_be_spam(store: Store) -> None:
    draw(store, CALLS)
    deals_from(store, DEAL)
    draw(store, "id | started_at | direction | client | answered | source\na | 10:00 | in | B | yes | one")
    assert parts(store)["linear"] == "b 50.00, c 50.00"
    (number,) = store.rows("SELECT call_no FROM calls WHERE id = 'c'")[0]
    put(store, "test", "spam", "yes", [number])
    assert parts(store) == {"first": "b 100.00", "last": "b 100.00", "linear": "b 100.00"}
    put(store, "test", "spam", None, [number])
    assert parts(store)["last"] == "c 100.00"


def test_calls_that_are_removed(store: Store) -> None:
    draw(store, CALLS, system="gone")
    deals_from(store, DEAL)
    with store.writing() as cursor:
        remove_system(cursor, store, "gone")
    assert parts(store) == {}
    assert store.rows("SELECT sum(deal_amount) FROM spend_rows WHERE deal_model IS NULL") == [(Decimal(100),)]


def test_calls_whose_source_becomes_known(store: Store) -> None:
    """The table of tracking numbers gives the call a source, and with it the deal."""
    draw(store, "started_at | direction | client | answered | line\n10:00 | in | A | yes | +74950000100")
    deals_from(store, DEAL)
    assert [row["source"] for row in rows(store, ["deals"], ["source"])] == [None]
    with store.writing() as cursor:
        tracking.replace(cursor, [tracking.Line("+74950000100", "radio")], "test")
    assert rows(store, ["deals"], ["source"])[0] == {"source": "radio", "deals": 1}


def test_another_window_is_another_attribution(open_here: Opener) -> None:
    store = open_here()
    draw(store, CALLS)
    deals_from(store, DEAL)
    assert parts(open_here(attribution_window_days=2)) == {
        "first": "c 100.00", "last": "c 100.00", "linear": "c 100.00",
    }  # fmt: skip
    assert parts(open_here()) == THREE


def test_ids_that_turn_out_to_be_one_call(store: Store) -> None:
    """The queue_log knows call 2; the CDR, which comes later, says that it belongs to call 1."""
    queue = "1|2|q|NONE|ENTERQUEUE||79991110001|1 9|2|q|SIP/201|CONNECT|8|1772434800.3|8 30|2|q|SIP/201|COMPLETECALLER|8|21|1"
    from_file(store, log(queue.replace(" 9", "\n9").replace(" 30", "\n30")), name="queue_log")
    deals_from(store, DEAL.replace("+79000000065", "79991110001"))
    before = parts(store)["linear"]
    cdr = "10:00:00 10:00:00 10:00:30 79991110001 600 from-trunk SIP/t-00000001 - Queue q 30 30 ANSWERED {} 1 {}\n"
    from_file(store, master(cdr.format(1, 1) + cdr.format(2, 2)), name="Master.csv")
    ((after,),) = store.rows("SELECT id FROM calls")
    assert parts(store) == dict.fromkeys(("first", "last", "linear"), f"{after} 100.00")
    assert before != f"{after} 100.00"

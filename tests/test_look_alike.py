"""Names that look alike are proposed, the right ones and only those, and count so when somebody says so."""

import csv
import io

import pytest

from calldash import audit
from calldash.advertising import look_alike, naming
from calldash.advertising.look_alike import alike
from calldash.commands import run
from calldash.store import Store
from tests.drawn import cases, draw
from tests.given import spend_from

ALIKE = """
    one                     | other
    Yandex                  | yandex
    Яндекс                  | yandex
    brand_msk               | Brand MSK
    brandmsk                | Brand MSK
    Поиск_Москва            | poisk-moskva
    Осеняя Акция            | Осенняя акция
    osennyaya-akciya        | Осенняя акция
    Виртуальная АТС - поиск | виртуальная  атс — поиск
    Щиты на Московском      | shity_na_moskovskom
    2ГИС                    | 2gis
    msk brand               | Brand MSK
"""
OTHERS = """
    one              | other
    brand_msk        | brand_spb
    поиск 1          | поиск 2
    Поиск            | Поиск Москва
    гугл             | google
    Акция            | Реклама
    —                | ...
"""
CALLS = """
    id | started_at | direction | client | answered | source | campaign
    a  | 10:00      | in        | A      | yes      | yandex | Brand MSK
    b  | 10:10      | in        | B      | yes      | yandex | Brand MSK
    c  | 10:20      | in        | C      | yes      | yandex | brand_msk
    d  | 10:30      | in        | D      | yes      | vk     | Осенняя акция
    e  | 10:40      | in        | E      | yes      | 2gis   |
"""
SPEND = """
    source | campaign     | amount | since
    Yandex | brand-msk    | 100    | 2026-03-02
    Яндекс | Поиск        | 70     | 2026-03-02
    vk     | Осеняя Акция | 50     | 2026-03-02
    vk     | Весна        | 40     | 2026-03-02
    target | osennyaya_aktsiya | 30 | 2026-03-02
    vk     | Осенняя акциЯ | 0     | 2026-03-02
"""
PROPOSED = """
    source | campaign          | as_source | as_campaign
    Yandex |                   | yandex    |
    Яндекс |                   | yandex    |
    vk     | Осеняя Акция      | vk        | Осенняя акция
    target | osennyaya_aktsiya | vk        | Осенняя акция
    yandex | brand_msk         | yandex    | Brand MSK
"""


@pytest.mark.parametrize("case", cases(ALIKE), ids=lambda case: f"{case['one']}={case['other']}")
def test_alike(case: dict[str, str]) -> None:
    assert alike(case["one"], case["other"]) >= 75
    assert alike(case["other"], case["one"]) >= 75


@pytest.mark.parametrize("case", cases(OTHERS), ids=lambda case: f"{case['one']}!={case['other']}")
def test_not_alike(case: dict[str, str]) -> None:
    assert alike(case["one"], case["other"]) == 0


def brought(store: Store) -> None:
    draw(store, CALLS)
    spend_from(store, SPEND)


def test_what_is_proposed(store: Store) -> None:
    """Sources as a whole, campaigns of the same source, a campaign under another source, twins among calls.

    Nothing for what looks like nothing, and nothing for campaigns that cost nothing.
    """
    brought(store)
    told = run(store, "names propose", {}, lambda _share: None).text
    found = list(csv.DictReader(io.StringIO(told)))
    assert found == [{name: text or "" for name, text in case.items()} for case in cases(PROPOSED)]
    [yandex] = [one for one in look_alike.proposals(store) if one.written == ("Yandex", None)]
    assert (yandex.calls, {code: int(sum_) for code, sum_ in yandex.spend.items()}) == (3, {"RUB": 100})
    assert naming.names(store) == []


def test_a_proposal_that_is_taken_is_not_made_again(store: Store) -> None:
    brought(store)
    while found := look_alike.proposals(store):
        naming.add(store, audit.LOCAL, found[0].written, found[0].counts)
    left = store.rows("SELECT DISTINCT source, campaign FROM spend WHERE amount > 0 ORDER BY ALL")
    assert left == [("vk", "Весна"), ("vk", "Осенняя акция"), ("yandex", "Brand MSK"), ("yandex", "Поиск")]


def test_a_listed_proposal_can_be_imported(store: Store) -> None:
    brought(store)
    path = store.settings.db.with_name("proposed.csv")
    path.write_text(run(store, "names propose", {}, lambda _share: None).text)
    assert naming.import_file(store, path, audit.LOCAL, {}).new == len(cases(PROPOSED))

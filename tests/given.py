"""Spend and deals drawn as small tables, taken as files are."""

from calldash.given import deals_import, spend_import
from calldash.store import Store
from tests.drawn import as_csv, cases

# What advertising brought in two weeks, for a human to add up.
CALLS = """
    started_at | direction | client | answered | wait_s | talk_s | source | medium  | campaign | sale_amount
    10:00      | in        | A      | yes      | 3      | 60     | yandex | cpc     | one      |
    11:00      | in        | B      | yes      | 3      | 60     | yandex | cpc     | two      | 300
    12:00      | in        | C      | no       | 9      | 0      | yandex | cpc     | two      |
    13:00      | in        | A      | yes      | 3      | 10     | yandex | cpc     | two      |
    14:00      | in        | D      | yes      | 3      | 60     | direct | organic |          | 5000
    15:00      | in        | E      | yes      | 3      | 60     |        |         |          | 1000
    +9 10:00   | in        | E      | yes      | 3      | 60     | 2gis   |         |          |
"""
SPEND = """
    source | medium | campaign | since      | until      | amount
    yandex | cpc    | one      | 2026-03-01 | 2026-03-07 | 100
    yandex | cpc    | two      | 2026-03-02 |            | 60
    google | cpc    | brand    | 2026-03-02 |            | 40
"""


def spend_from(store: Store, drawn: str, name: str = "spend.csv") -> spend_import.Receipt:
    """Takes drawn spend."""
    path = store.settings.db.with_name(name)
    path.write_text(as_csv(cases(drawn)))
    return spend_import.import_file(store, path, "test")


def deals_from(store: Store, drawn: str, name: str = "deals.csv") -> deals_import.Receipt:
    """Takes drawn deals."""
    path = store.settings.db.with_name(name)
    path.write_text(as_csv(cases(drawn)))
    return deals_import.import_file(store, path, "test")

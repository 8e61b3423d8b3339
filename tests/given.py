"""Spend and deals drawn as small tables, taken as files are."""

from calldash.given import deals_import, spend_import
from calldash.store import Store
from tests.drawn import as_csv, cases


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

"""A store that stands still: all that is asked of it is of one moment, whatever is written meanwhile."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb
import pandas as pd

from calldash.store.duck import Store


class _Still(Store):
    """A store whose questions all run in one transaction. For one thread, and for reading."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, store: Store) -> None:
        super().__init__(cursor, store.settings)
        self._held = cursor

    def frame(self, text: str, values: Sequence[Any] | dict[str, Any] = ()) -> pd.DataFrame:
        return self._held.execute(text, values).df()

    def rows(self, text: str, values: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        return self._held.execute(text, values).fetchall()


@contextmanager
def still(store: Store) -> Iterator[Store]:
    """The store as it is now, for as long as the block lasts."""
    with store.cursor() as cursor:
        cursor.begin()
        yield _Still(cursor, store)

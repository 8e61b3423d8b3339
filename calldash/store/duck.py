"""The embedded DuckDB: one connection for the process, a cursor for every call, one writer at a time."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from weakref import WeakSet

import duckdb
import pandas as pd

from calldash.problems import Problem
from calldash.settings import STORED, Settings
from calldash.store import deals, sql

# In this order: the last one holds the others in place.
_CONFINED = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "enable_external_access": "false",
    "lock_configuration": "true",
}


class Busy(Problem):
    """The file is open in another process: the running app."""


class Store:
    """An open store. Readers run beside each other; `writing` gives one writer a transaction."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self._given = threading.Lock()
        self._cursors: WeakSet[duckdb.DuckDBPyConnection] = WeakSet()
        self._remembered: dict[str, tuple[tuple[int, int], Any]] = {}
        self.settings = settings
        self.version = 0
        self.rolled = 0  # how often the rollups were brought up to date since the file was opened

    def close(self) -> None:
        """Closes the file; the store cannot be used any more."""
        self._connection.close()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of one's own to the same data, for use in one thread."""
        cursor = self._connection.cursor()
        with self._given:
            self._cursors.add(cursor)
        return cursor

    def interrupt(self) -> None:
        """Ends every statement that runs now with an exception, what its transaction did is undone."""
        with self._given:
            cursors = list(self._cursors)
        for cursor in cursors:
            with suppress(duckdb.Error):  # closed meanwhile
                cursor.interrupt()

    def frame(self, text: str, values: Sequence[Any] | dict[str, Any] = ()) -> pd.DataFrame:
        """The result of a SELECT as a frame."""
        with self.cursor() as cursor:
            return cursor.execute(text, values).df()

    def rows(self, text: str, values: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """The result of a SELECT as tuples."""
        with self.cursor() as cursor:
            return cursor.execute(text, values).fetchall()

    def remembered(self, text: str) -> list[tuple[Any, ...]]:
        """As `rows`, asked once for each state of the data: for what every question needs to know."""
        state = (self.version, self.rolled)
        if self._remembered.get(text, (None,))[0] != state:
            self._remembered[text] = (state, self.rows(text))
        found: list[tuple[Any, ...]] = self._remembered[text][1]
        return found

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """One transaction: all of it or none. Afterwards the data has a new version."""
        with self.noting() as cursor:
            yield cursor
            cursor.execute("UPDATE meta SET value = CAST(value AS BIGINT) + 1 WHERE name = 'version'")
        self.version = self._stored_version()

    @contextmanager
    def noting(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """One transaction for what no figure is made of: answers given so far stay right."""
        with self._lock, self.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield cursor
                cursor.execute("COMMIT")
            except BaseException:
                cursor.execute("ROLLBACK")
                raise

    def _stored_version(self) -> int:
        return int(self.rows("SELECT value FROM meta WHERE name = 'version'")[0][0])

    def now(self) -> dict[str, datetime]:
        """Each system's "now" (UTC): its newest record, or the clock where it is fed live."""
        clock = datetime.now(UTC).replace(tzinfo=None)
        found = self.remembered(
            "SELECT system, live, newest_at FROM systems WHERE newest_at IS NOT NULL ORDER BY system"
        )
        return {system: max(newest, clock) if live else newest for system, live, newest in found}


def open_store(settings: Settings) -> Store:
    """Opens the file of `settings`, making it when missing; facts made with other thresholds are made anew.

    Raises Busy when another process holds it, Problem when it is no store.
    """
    settings.db.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    store = Store(_connect(settings.db, settings), settings)
    with store.cursor() as cursor:
        sql.run(cursor, "schema")
        cursor.execute("INSERT OR IGNORE INTO meta VALUES ('version', '0')")
    store.version = store._stored_version()
    _keep_up(store)
    deals.keep_up(store)
    return store


def _connect(path: Path, settings: Settings) -> duckdb.DuckDBPyConnection:
    try:
        connection = duckdb.connect(str(path), config={"memory_limit": settings.memory_limit})
    except duckdb.IOException as error:
        if "lock" in str(error).lower():
            raise Busy("The store {path} is open in another process.", path=str(path)) from error
        raise Problem("The file {path} is not a store of calldash.", path=str(path)) from error
    except duckdb.Error as error:
        raise Problem("The file {path} is not a store of calldash.", path=str(path)) from error
    connection.execute("SET GLOBAL TimeZone = 'UTC'; SET GLOBAL preserve_insertion_order = false")
    _confine(connection, path)
    return connection


def copies_of(db: Path) -> Path:
    """The one folder, beside the store, in which the store may read and write other files: copies of itself."""
    return db.absolute().parent / "copies"


def _confine(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """No SQL on this connection reaches other files, the network, extensions or Python, or undoes that.

    What a sort or a join spills stays beside the file.
    """
    spilled, copies = (str(one).replace("'", "''") for one in (f"{path.absolute()}.tmp", copies_of(path)))
    connection.execute(f"SET GLOBAL temp_directory = '{spilled}'")
    connection.execute(f"SET GLOBAL allowed_directories = ['{copies}']")
    for name, value in _CONFINED.items():
        connection.execute(f"SET GLOBAL {name} = {value}")


def _keep_up(store: Store) -> None:
    """Facts depend on settings; those in force stand in `meta`, and a change means computing anew."""
    from calldash.store.facts import refresh_all

    wanted = {name: str(getattr(store.settings, name)) for name in STORED}
    found = dict(store.rows("SELECT name, value FROM meta WHERE name <> 'version'"))
    if all(found.get(name) == value for name, value in wanted.items()):
        return
    with store.writing() as cursor:
        for name, value in wanted.items():
            cursor.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [name, value])
        refresh_all(cursor, store.settings, rezone=found.get("zone") not in (None, wanted["zone"]))

"""The store as a file of its own: copied while it is in use, and put in the place of another."""

import contextlib
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from calldash.problems import Problem
from calldash.settings import Settings
from calldash.store.duck import Busy, Store, copies_of, open_store


def beside(path: Path, what: str = "part") -> Path:
    """A name that nobody uses, in the folder of `path`."""
    return path.with_name(f".{path.name}.{uuid.uuid4().hex[:12]}.{what}")


@contextmanager
def copy_of(store: Store) -> Iterator[Path]:
    """A file with the store as it is at one moment; it is gone after the block. Reading and writing go on meanwhile.

    DuckDB itself copies: were its file opened by another hand in this process, closing that would end its lock.
    """
    folder = copies_of(store.settings.db)
    folder.mkdir(mode=0o700, exist_ok=True)
    name = f"copy_{uuid.uuid4().hex}"
    place = folder / f"{name}.duckdb"
    try:
        with store.cursor() as cursor:
            own = cursor.execute("SELECT current_database()").fetchall()[0][0]
            cursor.execute(f"ATTACH '{_quoted(place)}' AS {name}")
            try:
                cursor.execute("BEGIN")
                cursor.execute(f'COPY FROM DATABASE "{own.replace(chr(34), chr(34) * 2)}" TO {name}')
                cursor.execute("COMMIT")
                cursor.execute(f"CHECKPOINT {name}")
            finally:
                with contextlib.suppress(Exception):
                    cursor.execute("ROLLBACK")
                cursor.execute(f"DETACH {name}")
        yield place
    finally:
        remove(place)


def forget_copies(settings: Settings) -> None:
    """Removes copies that a process left that was killed; for whoever has just opened the store."""
    for left in copies_of(settings.db).glob("copy_*.duckdb*"):
        left.unlink(missing_ok=True)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


@contextmanager
def opened(path: Path, settings: Settings) -> Iterator[Store]:
    """The file of a store, for reading. Raises Problem when it is none."""
    try:
        connection = duckdb.connect(str(path), read_only=True, config={"memory_limit": settings.memory_limit})
        connection.execute("SET GLOBAL TimeZone = 'UTC'")
        store = Store(connection, settings)
        store.version = int(store.rows("SELECT value FROM meta WHERE name = 'version'")[0][0])
    except (duckdb.Error, IndexError) as error:
        raise Problem("The file {path} is not a store of calldash.", path=path.name) from error
    try:
        yield store
    finally:
        store.close()


def log_of(db: Path) -> Path:
    """Where DuckDB keeps what was written and is not in the file yet."""
    return db.with_name(db.name + ".wal")


def remove(db: Path) -> None:
    """Removes a file of a store with its log."""
    for path in (db, log_of(db)):
        path.unlink(missing_ok=True)


def put_in_place(settings: Settings, new: Path, old: Path) -> bool:
    """Makes the file `new` the store of `settings`; the store there was is `old` from then on. Gives whether it was.

    At no moment is there no store. Raises Busy when the app, or a command, has the store open.
    """
    db = settings.db.absolute()
    if not db.exists():
        new.replace(db)
        return False
    held = _hold(settings)
    try:
        with contextlib.suppress(FileNotFoundError):
            log_of(db).replace(log_of(old))
        _keep(db, old)
        new.replace(db)
    finally:
        if held:
            held.close()
    return True


def _hold(settings: Settings) -> Store | None:
    """The store that there is, open so that nobody else opens it; None where what lies there is no store."""
    try:
        store = open_store(settings)
    except Busy:
        raise
    except (Problem, duckdb.Error):
        return None
    with store.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    return store


def _keep(db: Path, old: Path) -> None:
    try:
        os.link(db, old)
    except OSError:
        shutil.copy2(db, old)

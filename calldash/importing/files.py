"""Importing one file, or calls made in the program: a transaction with its entry in the ledger."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import duckdb

from calldash.importing import ledger
from calldash.importing.ledger import Receipt
from calldash.importing.recognising import recognise
from calldash.problems import Problem, Reject
from calldash.providers import BuiltCall, Context, Provider, Row
from calldash.reading import Source, open_source
from calldash.store import (
    Store,
    building,
    deals,
    erased,
    hanging,
    naming,
    parts,
    presence,
    rules,
    spend,
    tracking,
    writing,
)

DEMO = "demo"
Progress = Callable[[float], None]


@dataclass
class _Batch:
    """A file on its way into the store."""

    cursor: duckdb.DuckDBPyConnection
    store: Store
    provider: Provider
    context: Context
    source: Source
    receipt: Receipt
    progress: Progress
    rejects: list[Reject] = field(default_factory=list)

    def leave(self, item: Reject | str) -> None:
        """Notes a row that is no row, or one left out on purpose."""
        if isinstance(item, Reject):
            self.rejects.append(item)
        else:
            self.receipt.rows_ignored += 1
            self.receipt.oddities[item] += 1

    def show(self) -> None:
        """Tells how far reading has come; writing is the other half."""
        self.progress(min(0.5, 0.5 * self.source.done_bytes / self.source.size))


def import_file(
    store: Store,
    path: Path,
    provider: str | None = None,
    system: str | None = None,
    zone: str | None = None,
    name: str | None = None,
    progress: Progress | None = None,
    live: bool = False,
) -> Receipt:
    """Imports the file at `path` (shown as `name`); `progress` gets the share done, 0 to 1.

    A `live` file came without a person: from then on the system's "now" is the clock.
    Raises Problem, with the store unchanged, for a file that cannot be imported at all.
    """
    started = time.monotonic()
    source = open_source(path, store.settings.max_file_mb << 20, name)
    chosen = recognise(source.sample, provider, store.settings.data / "providers")
    receipt = _receipt(source, chosen, system)
    context = Context(_zone(zone or chosen.zone or _zone_of(store, receipt.system)), store.settings.region)
    with store.writing() as cursor:
        receipt.demo_removed = remove_system(cursor, store, DEMO)
        receipt.import_id = ledger.next_id(cursor)
        batch = _Batch(cursor, store, chosen, context, source, receipt, progress or _quiet)
        (_import_tables if chosen.tables else _import_rows)(batch)
        _finish(batch)
        receipt.seconds = time.monotonic() - started
        ledger.record(cursor, receipt, str(context.zone), live)
        ledger.record_rejects(cursor, receipt, erased.without_all(cursor, batch.rejects, context.region))
    return receipt


def _receipt(source: Source, provider: Provider, system: str | None) -> Receipt:
    """The entry of a file that `provider` reads, as of yet without counts; the source is set to its encoding."""
    source.encoding = provider.encoding or source.encoding
    system = system or provider.system or provider.key
    if system == DEMO:
        raise Problem("The name demo is kept for the demo data: choose another system name.")
    return Receipt(source.name, provider.key, system, sha256=source.sha256, bytes=source.size)


def _finish(batch: _Batch) -> None:
    receipt = batch.receipt
    receipt.oddities.update(batch.source.oddities)
    if batch.source.partial is not None:
        receipt.oddities["unfinished_last_line"] += 1
    receipt.rows_rejected = len(batch.rejects)
    if not receipt.rows_read:
        raise Problem("The file has no rows.")
    batch.progress(1.0)


def import_built(store: Store, calls: Iterable[BuiltCall], system: str, provider: str) -> Receipt:
    """Writes calls made in the program (the demo's) as those of `system`, in place of those it had."""
    receipt = Receipt(system, provider, system)
    started = time.monotonic()
    with store.writing() as cursor:
        remove_system(cursor, store, system)
        receipt.import_id = ledger.next_id(cursor)
        writing.begin(cursor)
        building.land_built(cursor, calls)
        done = writing.write(cursor, store.settings, system, provider, receipt.import_id)
        receipt.count(done)
        receipt.oddities.clear()  # odd is what a provider wrote, not what the program makes
        receipt.rows_rejected = len(done.rejects)
        receipt.rows_read = done.new + done.changed + done.same + len(done.rejects)
        receipt.seconds = time.monotonic() - started
        ledger.record(cursor, receipt, store.settings.zone)
    return receipt


def remove_system(cursor: duckdb.DuckDBPyConnection, store: Store, system: str) -> int:
    """Removes all that was imported for `system`; gives the number of calls removed."""
    if not cursor.execute("SELECT 1 FROM systems WHERE system = $1", [system]).fetchone():
        return 0
    removed = writing.remove_calls(cursor, store.settings, system)
    for table in ("rows", "refs", *presence.TABLES, "imports", "systems", *hanging.TABLES):
        cursor.execute(f"DELETE FROM {table} WHERE system = $1", [system])
    if system == DEMO:
        spend.forget(cursor, DEMO)
        deals.remove(cursor, DEMO)
        tracking.forget(cursor, DEMO)
        naming.forget(cursor, DEMO)
        rules.forget(cursor, store.settings, DEMO)
    with_calls = "SELECT client_id FROM calls WHERE client_id IS NOT NULL"
    cursor.execute(f"DELETE FROM clients WHERE client_id NOT IN ({with_calls})")
    return removed


def _import_tables(batch: _Batch) -> None:
    """A provider whose rows are calls."""
    assert batch.provider.tables is not None
    receipt = batch.receipt
    writing.begin(batch.cursor)
    for item in batch.provider.tables(batch.source, batch.context):
        if isinstance(item, Reject | str):
            batch.leave(item)
        else:
            receipt.rows_read += item.num_rows
            writing.land(batch.cursor, item, str(batch.context.zone))
            batch.show()
    receipt.rows_read += len(batch.rejects) + receipt.rows_ignored
    if receipt.rows_read:
        _write(batch)
        receipt.rows_ignored += receipt.oddities["erased_client"]
        writing.record_rows(batch.cursor, "calls")


def _import_rows(batch: _Batch) -> None:
    """A provider whose calls are made of several rows."""
    assert batch.provider.build is not None
    receipt, cursor = batch.receipt, batch.cursor
    writing.begin(cursor)
    parts.begin(cursor)
    kept = parts.keep(cursor, _rows_only(batch))
    found = parts.compare(cursor, receipt.system, receipt.import_id)
    receipt.rows_read = kept + len(batch.rejects) + receipt.rows_ignored
    building.build(cursor, receipt.system, batch.provider, batch.context, building.tie(cursor, receipt.system))
    _write(batch)
    presence.refresh(cursor, receipt.system, batch.provider, batch.store.settings.zone)
    receipt.rows_new, receipt.rows_changed, receipt.rows_same = found["new"], found["changed"], found["same"]


def _write(batch: _Batch) -> None:
    receipt = batch.receipt
    settings = batch.store.settings
    done = writing.write(batch.cursor, settings, receipt.system, receipt.provider, receipt.import_id)
    receipt.count(done)
    batch.rejects += done.rejects


def _rows_only(batch: _Batch) -> Iterator[Row]:
    """The rows of the file; what is no row is noted."""
    assert batch.provider.rows is not None
    for number, item in enumerate(batch.provider.rows(batch.source, batch.context)):
        if isinstance(item, Row):
            yield item
        else:
            batch.leave(item)
        if number % 10_000 == 0:
            batch.show()


def _quiet(_share: float) -> None:
    pass


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Problem("There is no time zone {zone}.", zone=name) from error


def _zone_of(store: Store, system: str) -> str:
    """The zone a system's earlier files were read in, else the company's."""
    found = store.rows("SELECT zone FROM systems WHERE system = ?", [system])
    return str(found[0][0]) if found else store.settings.zone

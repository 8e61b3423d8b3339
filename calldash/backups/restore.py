"""Putting a backup in the place of the store: all that it says of itself is checked before anything is changed."""

import json
import time
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

from calldash import audit
from calldash.backups.backup import DATABASE, FORMAT, MANIFEST, Manifest, Progress, copy_hashed
from calldash.problems import Problem
from calldash.settings import Settings
from calldash.store import copying, counts, open_store

_LONGEST_MANIFEST = 1 << 20
_PART, _ABANDONED_S = "restored", 86_400  # a file beside the store while it is unpacked, and when nobody works on it


def restore(settings: Settings, file: Path, progress: Progress) -> tuple[Manifest, Path | None]:
    """Makes the backup `file` the store of `settings`; gives what it says, and where the store before it lies now.

    Everybody is signed out. Raises Problem when the backup is not whole, Busy when the app is running.
    """
    db = settings.db.absolute()
    db.parent.mkdir(parents=True, exist_ok=True)
    _forget_killed(db)
    part = copying.beside(db, _PART)
    try:
        manifest = _unpack(file, part, progress)
        _verify(settings, part, manifest)
        _prepare(settings.model_copy(update={"db": part}), file, manifest)
        old = db.with_name(f"{db.stem}.before-{datetime.now(UTC):%Y-%m-%d-%H%M%S}{db.suffix}")
        had = copying.put_in_place(settings, part, old)
    finally:
        copying.remove(part)
    return manifest, old if had else None


def _forget_killed(db: Path) -> None:
    """What restores left that were killed."""
    for left in db.parent.glob(f".{db.name}.*.{_PART}*"):
        if time.time() - left.stat().st_mtime > _ABANDONED_S:
            left.unlink(missing_ok=True)


def _unpack(file: Path, part: Path, progress: Progress) -> Manifest:
    """Writes the database of a backup to `part`. Raises Problem when its hash is another."""
    try:
        with zipfile.ZipFile(file) as pack:
            manifest = _manifest(pack)
            with pack.open(DATABASE) as source, part.open("xb") as into:
                part.chmod(0o600)
                digest = copy_hashed(source, into, manifest.bytes, progress, most=manifest.bytes)
    except FileNotFoundError as error:
        raise Problem("There is no file {path}.", path=str(file)) from error
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError, zlib.error) as error:
        raise Problem("The file {path} is not a whole backup of calldash.", path=str(file)) from error
    if digest != manifest.sha256:
        raise Problem("The backup {path} is damaged: its hash is not the one it names.", path=str(file))
    return manifest


def _manifest(pack: zipfile.ZipFile) -> Manifest:
    if pack.getinfo(MANIFEST).file_size > _LONGEST_MANIFEST:
        raise ValueError("no manifest is so long")
    manifest = Manifest(**json.loads(pack.read(MANIFEST)))
    if manifest.format > FORMAT:
        message = "The backup was made by a newer calldash ({version}); install that first."
        raise Problem(message, version=manifest.calldash)
    return manifest


def _verify(settings: Settings, part: Path, manifest: Manifest) -> None:
    """Raises Problem when the database does not hold what the manifest says, or its audit trail is broken."""
    with copying.opened(part, settings) as store, store.cursor() as cursor:
        if counts.of_tables(cursor) != manifest.rows or audit.head(store) != manifest.audit_head:
            raise Problem("The backup is damaged: it does not hold what it says.")
        if line := audit.broken(store):
            message = "The audit trail of the backup is broken at line {line}; it is not restored."
            raise Problem(message, line=line[0])


def _prepare(settings: Settings, file: Path, manifest: Manifest) -> None:
    """Brings the copy up to this calldash. Sessions and codes ended after the backup must not live again."""
    store = open_store(settings)
    try:
        with store.noting() as cursor:
            cursor.execute("UPDATE sessions SET ended_at = $1 WHERE ended_at IS NULL", [_now()])
            cursor.execute("UPDATE one_time_codes SET used_at = $1 WHERE used_at IS NULL", [_now()])
        audit.record(store, audit.LOCAL, "restore", file.name, sha256=manifest.sha256, made_at=manifest.made_at)
        with store.cursor() as cursor:
            cursor.execute("CHECKPOINT")
    finally:
        store.close()


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)

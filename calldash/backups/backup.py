"""Backups: the store as one file that says what is in it, and putting one in the place of the store.

A backup is a ZIP of the database and `manifest.json`: its hash, the rows of each table, which calldash made it and
what it does not hold.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO, Any

from calldash import audit
from calldash.problems import Problem
from calldash.store import Store, copying, counts

ENDING = ".calldash-backup"
DATABASE, MANIFEST = "calldash.duckdb", "manifest.json"
FORMAT = 1
_BLOCK = 4 << 20
NOT_IN_IT = (
    "the folder of recordings, and what was fetched into it",
    "calldash.toml, secrets.toml and variables of the environment",
    "providers, reports and pictures in other files of the data folder",
)
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself; `rows` by table, `audit_head` the hash of the audit trail's last line."""

    format: int
    made_at: str
    calldash: str
    duckdb: str
    sha256: str
    bytes: int
    data_version: int
    rows: dict[str, int]
    audit_head: str
    not_in_it: list[str]


def make(store: Store, target: Path, progress: Progress) -> tuple[Path, Manifest]:
    """Writes a backup to `target`, or into it where it is a folder; gives the file. An existing one is not touched."""
    place = target / f"calldash-{datetime.now(UTC):%Y-%m-%d-%H%M%S}{ENDING}" if target.is_dir() else target
    if place.exists():
        raise Problem("The file {path} exists already; choose another name.", path=str(place))
    if not place.parent.is_dir():
        raise Problem("There is no folder {path}.", path=str(place.parent))
    part = copying.beside(place)
    try:
        with copying.copy_of(store) as copy:
            progress(0.3)
            manifest = _pack(store, copy, part, lambda share: progress(0.3 + 0.7 * share))
        _publish(part, place)
    except OSError as error:
        message = "The backup could not be written to {path}: {reason}."
        raise Problem(message, path=str(place), reason=error.strerror or str(error)) from error
    finally:
        part.unlink(missing_ok=True)
    return place, manifest


def _pack(store: Store, copy: Path, part: Path, progress: Progress) -> Manifest:
    """Writes the ZIP; only its owner may read it."""
    size = copy.stat().st_size
    with part.open("xb") as stream:
        part.chmod(0o600)
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as pack:
            with copy.open("rb") as source, pack.open(DATABASE, "w", force_zip64=True) as into:
                digest = copy_hashed(source, into, size, progress)
            manifest = _describe(store, copy, digest)
            pack.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=2))
        stream.flush()
        os.fsync(stream.fileno())
    return manifest


def _describe(store: Store, copy: Path, digest: str) -> Manifest:
    """Told from the copy, not from the store, which goes on."""
    size = copy.stat().st_size
    with copying.opened(copy, store.settings) as copied, copied.cursor() as cursor:
        rows, head = counts.of_tables(cursor), audit.head(copied)
        engine = str(cursor.execute("SELECT library_version FROM pragma_version()").fetchall()[0][0])
        data = copied.version
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    return Manifest(FORMAT, made_at, product(), engine, digest, size, data, rows, head, list(NOT_IN_IT))


def product() -> str:
    """The version of calldash."""
    try:
        return version("calldash")
    except PackageNotFoundError:
        return _of_checkout()


def _of_checkout() -> str:
    import tomllib

    text = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def copy_hashed(source: IO[bytes], into: IO[bytes], size: int, progress: Progress, most: int | None = None) -> str:
    """Copies in blocks; gives the SHA-256. Raises Problem when there is more than `most` bytes."""
    digest, done = hashlib.sha256(), 0
    while block := source.read(_BLOCK):
        done += len(block)
        if most is not None and done > most:
            raise Problem("The backup is damaged: it holds more than it says.")
        digest.update(block)
        into.write(block)
        progress(min(1.0, done / max(size, 1)))
    return digest.hexdigest()


def _publish(part: Path, place: Path) -> None:
    """Gives the finished file its name, unless somebody took that meanwhile."""
    try:
        os.link(part, place)
    except FileExistsError as error:
        raise Problem("The file {path} exists already; choose another name.", path=str(place)) from error
    except OSError:  # a file system without hard links
        part.rename(place)


def details(manifest: Manifest) -> dict[str, Any]:
    """What the audit trail keeps of a backup."""
    return {"sha256": manifest.sha256, "bytes": manifest.bytes, "calls": manifest.rows.get("calls", 0)}
